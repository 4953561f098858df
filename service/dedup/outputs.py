"""articles.sketched -> articles.unique, articles.duplicates: what follows from a verdict."""

from __future__ import annotations

from typing import Final, Literal, cast

from service.dedup.finding import Incoming
from service.dedup.metadata import metadata_of
from service.dedup.slugs import slug_of, slugs_named
from service.dedup.verdict import Verdict
from service.records import Article, DedupNote, Duplicate, NewFact, Related, Relation, Sketched, Unique

NOTICES: Final = (None, "correction", "withdrawal")
"""Notices by their code in a segment."""

Status = Literal["new", "update", "revision", "correction", "withdrawal"]


def incoming(sketched: Sketched) -> Incoming:
    """Return what dedup needs to know of an article."""
    article = sketched.article
    return Incoming(
        article_id=article.article_id,
        content_hash=article.content_hash,
        origin=article.origin,
        sketch=sketched.sketch,
        as_fed=article.as_fed,
        facts=sketched.facts,
        meta=metadata_of(
            article.title, article.source, article.published_at, article.url, NOTICES.index(article.notice)
        ),
        notice=NOTICES.index(article.notice),
        about=article.about,
        slug=slug_of(article),
        slugs=slugs_named(article),
    )


def to_unique(article: Article, verdict: Verdict, *, new: tuple[NewFact, ...] = ()) -> Unique:
    """Return an article with something new in it, and what dedup says of it. Raises ValueError for any other."""
    if not verdict.goes_on:
        raise ValueError(f"{article.article_id} does not go on: {verdict.relation}")
    note = DedupNote(
        status=_status(article, verdict),
        cluster_id=verdict.cluster_id,
        revision=verdict.revision,
        novelty=verdict.novelty,
        related=_related(article, verdict),
        new=new,
        changed=verdict.changed,
        notice=article.notice,
    )
    return Unique(article, note)


def _status(article: Article, verdict: Verdict) -> Status:
    """Return what the article is: a notice comes before all else, a known id before a match."""
    if article.notice is not None:
        return article.notice
    if verdict.revision > 1:
        return "revision"
    return "update" if verdict.relation is Relation.UPDATE else "new"


def _related(article: Article, verdict: Verdict) -> tuple[Related, ...]:
    if verdict.match_id is None or verdict.relation not in (
        Relation.CONTAINS,
        Relation.OVERLAPS,
        Relation.UPDATE,
    ):
        return ()
    return (
        Related(
            article_id=verdict.match_id,
            relation=article.notice
            or cast(Literal["contains", "overlaps", "update"], verdict.relation.value),
            similarity=verdict.similarity,
            containment=verdict.containment,
            coverage=verdict.coverage,
            sample_size=verdict.sample_size,
        ),
    )


def to_duplicate(article: Article, verdict: Verdict) -> Duplicate:
    """Return an article that says nothing much new, with what it repeats. Raises ValueError for any other."""
    if verdict.relation is None or verdict.goes_on or verdict.match_id is None:
        raise ValueError(f"{article.article_id} is no duplicate: {verdict.relation}")
    return Duplicate(
        article_id=article.article_id,
        collection=article.collection,
        content_hash=article.content_hash,
        duplicate_of=verdict.match_id,
        cluster_id=verdict.cluster_id,
        relation=cast(Literal["exact", "near_duplicate", "part_of"], verdict.relation.value),
        similarity=verdict.similarity,
        containment=verdict.containment,
        coverage=verdict.coverage,
        sample_size=verdict.sample_size,
        novelty=verdict.novelty,
        origin=article.origin,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        language=article.language,
        extra=article.extra,
        repairs=article.repairs,
    )
