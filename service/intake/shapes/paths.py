"""Where the fields of an article stand in the records of news sources: one table, in order of preference.

A path names the keys from the top of the record down, with dots between them. Keys are compared without case and
without the blanks and the marks `_`, `-`, `:` and `.` behind their first character: `published_at` also stands for
`publishedAt`, `PublishedAt` and `published-at`, and `source.name` also for one key of that name. A list on the way is
searched for the first item that has the rest of the path. What a path may hold is said by its kind:
service/intake/shapes/blocks.py and values.py read each kind.

docs/feeding.md shows the shapes behind this table, each with one record.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """Name what intake reads from a record."""

    TEXT = "text"
    TITLE = "title"
    URL = "url"
    SOURCE = "source"
    PUBLISHED_AT = "published_at"
    ID = "id"
    LANGUAGE = "language"
    STATUS = "status"
    SUMMARY = "summary"


class Kind(StrEnum):
    """Name what a path may hold."""

    PROSE = "prose"  # a string, plain, HTML or Markdown; a list of paragraphs; an object around one; blocks
    PARAGRAPHS = "paragraphs"  # a string or a list of strings
    COMPONENTS = "components"  # a list of objects with roles, one of them the body
    LINE = "line"  # a string or a number; an object around one; the first of a list
    NAME = "name"  # like a line, but no web address; an object with a name or a title
    SHORT_NAME = "short name"  # a name where the key says so in part only: short, and no label and value
    ADDRESS = "address"  # a web address; an object or a list of objects with one
    MOMENT = "moment"  # a string, a number, a list of numbers, an object with a date
    IDENTITY = "identity"  # a string or a number; an object around one
    KEYWORD = "keyword"  # one of a list of known words


Row = tuple[Kind, str]

PATHS: Final[dict[Field, tuple[Row, ...]]] = {
    Field.TEXT: (
        (
            Kind.PROSE,
            "body articleBody body_xhtml body_html body_html5 body_nitf article_html fields.body body_text "
            "bodytext_html fields.bodyText",
        ),
        (
            Kind.PROSE,
            "content:encoded content$encoded content_html content_text maintext article_text story_text cleaned_text",
        ),
        (
            Kind.PROSE,
            "text full_text full_content full_article content_elements content textContent article_content",
        ),
        (Kind.PROSE, "markdown html plain_text raw_text raw_content bodies body_txt body_plain body_content"),
        (Kind.PROSE, "contents html_content cleaned_html post_body story_content selftext"),
        (Kind.PROSE, "fullContent post_content contentSet.inlineXML contentSet.inlineData liveBlogUpdate"),
        (Kind.PARAGRAPHS, "news story article document paragraphs"),
        (
            Kind.PROSE,
            "blocks blocks.body page.text document.content post.content fields.content fields.text fieldData.body",
        ),
        (
            Kind.PROSE,
            "data.body acf.body acf.content body_copy page_content rich_content rich_text json_rte lexical slices "
            "lead_paragraph",
        ),
        (
            Kind.PROSE,
            "NewsComponent.ContentItem.DataContent NewsComponent.NewsComponent.ContentItem.DataContent "
            "NewsComponent.NewsComponent.NewsComponent.ContentItem.DataContent",
        ),
        (
            Kind.PROSE,
            "revisions.slots.main.content revisions.slots.main.* revisions.content revisions.*",
        ),
        (
            Kind.PROSE,
            "texto contenido cuerpo inhalt texte contenu testo corpo conteudo conteúdo metin içerik текст",
        ),
        (Kind.PROSE, "正文 内容 本文 본문 내용"),
        (Kind.PARAGRAPHS, "message"),
        (Kind.LINE, "encoded"),
        (Kind.COMPONENTS, "components"),
    ),
    Field.TITLE: (
        (
            Kind.LINE,
            "title headline headlines webTitle fields.headline fields.title article_title article_headline",
        ),
        (
            Kind.LINE,
            "hedline hl1 page_title og:title opengraph.title thread.title fieldData.name data.title name",
        ),
        (
            Kind.LINE,
            "post_title contentMeta.headline head.title subject header.text story_title metadata.title",
        ),
        (
            Kind.LINE,
            "NewsComponent.NewsLines.HeadLine NewsComponent.NewsComponent.NewsLines.HeadLine system.name",
        ),
        (Kind.LINE, "news:news.news:title título titulo titel titre titolo başlık заголовок 标题 標題 제목"),
    ),
    Field.URL: (
        (
            Kind.ADDRESS,
            "feedburner:origLink url link web_url article_url canonical_url canonical_link canonical",
        ),
        (
            Kind.ADDRESS,
            "permalink links.permalink links.canonical links.web page_url post_url story_url news_url",
        ),
        (
            Kind.ADDRESS,
            "requested_url responded_url final_url original_url mainEntityOfPage share_url thread.url",
        ),
        (
            Kind.ADDRESS,
            "opengraph.url og:url meta.canonical meta.html_url warc-target-uri links href @id source_url uri guid id",
        ),
        (Kind.ADDRESS, "warc_headers.warc-target-uri pageUrl permalinkUrl alternate source external_url"),
        (
            Kind.ADDRESS,
            "metadata.sourceURL metadata.url metadata.canonicalURL release_url medium_url story_permalink orig_url "
            "fields.url metadata.source",
        ),
        (Kind.ADDRESS, "fullurl html.responded_url html.requested_url loc enlace lien ссылка 链接"),
    ),
    Field.SOURCE: (
        (
            Kind.NAME,
            "source source_name name_source publisher publisher_name provider site_name meta_site_name",
        ),
        (
            Kind.NAME,
            "og:site_name opengraph.site_name media_name fields.publication publication publication_name",
        ),
        (
            Kind.NAME,
            "newspaper outlet outlet_name agency source-hostname creditline thread.site thread.site_full",
        ),
        (Kind.NAME, "source_domain hostname domain clean_url domain_url site_full site website owner.name"),
        (
            Kind.NAME,
            "domain_name itemMeta.provider metadata.og:site_name source_data first_source feed.title",
        ),
        (Kind.NAME, "feed_title account.display_name user.name sender_chat.title organization"),
        (Kind.NAME, "envelope.meta.source head.docdata.doccopyright.@holder head.pubdata.@name"),
        (
            Kind.NAME,
            "NewsComponent.AdministrativeMetadata.Provider.Party.@FormalName "
            "NewsComponent.AdministrativeMetadata.Source.Party.@FormalName",
        ),
        (
            Kind.NAME,
            "origin.title isPartOf source_id infosource infosources provider_name blog_name html.source_info.publisher",
        ),
        (Kind.NAME, "distributor sourceOrganization copyright_holder"),
        (Kind.NAME, "fuente quelle fonte kaynak источник 来源 出处"),
    ),
    Field.PUBLISHED_AT: (
        (
            Kind.MOMENT,
            "published_at published pubDate date_published date_published_iso first_publish_date",
        ),
        (Kind.MOMENT, "publish_date publication_date published_date publish_up publish_details.time"),
        (Kind.MOMENT, "date_publish publishing_date webPublicationDate dateTimePub isoDate published_time"),
        (
            Kind.MOMENT,
            "publish_time publish_datetime article:published_time published_on publish_on publication_datetime",
        ),
        (
            Kind.MOMENT,
            "publication_time published_utc published_datetime date_iso datetime date_gmt effective",
        ),
        (Kind.MOMENT, "time_published publication_timestamp release_date_time meta.first_published_at"),
        (
            Kind.MOMENT,
            "version_created display_date first_published_at first_publication_date first_published "
            "NewsManagement.FirstCreated",
        ),
        (Kind.MOMENT, "release_date issued dc:date publish date thread.published seendate timestamp"),
        (
            Kind.MOMENT,
            "published_parsed first_created created_at created creation_date date_created create_date",
        ),
        (
            Kind.MOMENT,
            "post_date_gmt post_date posted _publishedAt _createdAt _created sys.publishedAt sys.firstPublishedAt "
            "sys.createdAt contentMeta.contentCreated",
        ),
        (
            Kind.MOMENT,
            "story_date first_published_date unix_timestamp created_utc created_on_time metadata.publishedTime",
        ),
        (
            Kind.MOMENT,
            "metadata.datePublished metadata.publishDate metadata.published_date metadata.published "
            "metadata.article:published_time head.docdata.dateissue.@norm head.docdata.daterelease.@norm "
            "head.pubdata.@datepublication date_publication",
        ),
        (Kind.MOMENT, "itemMeta.versionCreated NewsManagement.ThisRevisionCreated revisions.timestamp"),
        (
            Kind.MOMENT,
            "latest.timestamp updated updated_at system.last_modified warc-date warc_headers.warc-date",
        ),
        (
            Kind.MOMENT,
            "last_publication_date data_pubblicazione data_publicacao fecha datum дата tarih 发布时间",
        ),
        (Kind.MOMENT, "发布日期 발행일 @date @timestamp time data tstamp"),
    ),
    Field.ID: (
        (
            Kind.IDENTITY,
            "altids.itemid @itemid id guid uri uuid _id urn @id article_id article_uuid story_id stories_id news_id",
        ),
        (
            Kind.IDENTITY,
            "news_item_id item_id doc_id document_id docno content_id entry_id post_id result_id",
        ),
        (
            Kind.IDENTITY,
            "identifier external_id objectID sys.id system.id system.codename uno usn nid an @guid pk",
        ),
        (
            Kind.IDENTITY,
            "message_id Identification.NewsIdentifier.PublicIdentifier head.docdata.docid.@idstring",
        ),
    ),
    Field.LANGUAGE: (
        (
            Kind.KEYWORD,
            "language lang language_code langcode inLanguage meta_lang content_language dc:language",
        ),
        (
            Kind.KEYWORD,
            "meta.lang meta.locale locale fields.lang @xml:lang xml:lang humanLanguage langs",
        ),
        (Kind.KEYWORD, "warc-identified-content-language warc_headers.warc-identified-content-language"),
        (
            Kind.KEYWORD,
            "contentMeta.language.@tag metadata.language metadata.languageCode sys.locale system.language",
        ),
        (Kind.KEYWORD, "NewsComponent.DescriptiveMetadata.Language.@FormalName pagelanguage item_language"),
        (Kind.KEYWORD, "idioma sprache langue lingua"),
    ),
    Field.STATUS: (
        (Kind.KEYWORD, "pubstatus publication_status publish_status status state creativeWorkStatus"),
        (Kind.KEYWORD, "itemMeta.pubStatus.@qcode NewsManagement.Status.@FormalName"),
    ),
    Field.SUMMARY: (
        (Kind.PROSE, "description summary excerpt abstract snippet teaser dek standfirst fields.trailText"),
        (
            Kind.PROSE,
            "content_snippet meta_description short_description intro introduction synopsis lead",
        ),
        (Kind.PROSE, "post_excerpt extract"),
    ),
}
"""For each field: the paths that may hold it, in order of preference, and what they may hold."""
