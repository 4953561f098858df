"""A raw record becomes an article: liberal in what is accepted, strict in what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

import msgspec

from service.intake.cleaning.clean import WORDS_TAKEN, Repair, clean, clean_line
from service.intake.identity import (
    ID_FROM_ADDRESS,
    ID_FROM_KEY,
    ID_FROM_TEXT,
    article_id,
    id_in_key,
    id_of_url,
    identity,
    is_fit,
    scope_of,
)
from service.intake.json_guard import read_object
from service.intake.notices import named_in, read_notice
from service.intake.prose import TextMissing, find_text, refuse_too_large
from service.intake.publication_time import published_at_in
from service.intake.raw_fields import RawFields
from service.intake.shapes.blocks import CutText
from service.intake.shapes.deletions import is_deleted
from service.intake.shapes.keywords import TAKEN_BACK, Status, language_tag, publication_status
from service.intake.shapes.paths import Field, Kind
from service.intake.shapes.table import table_of
from service.intake.shapes.values import address, line, name, name_as
from service.intake.trace import read_trace
from service.intake.urls import is_front_page, without_credentials
from service.records import NOT_UNPACKED, Article, RawRecord, Reason, Rejected, Sketched
from service.settings import IntakeSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from service.sketch.hashing import code_points
from service.sketch.normal_form import hash_of, normal_bytes
from service.sketch.sketch import sketch_of

FACTS_RAW_CHARS_MAX: Final = 100_000
"""Maximum length of a raw text that is searched for facts that cleaning took away, in characters."""

TITLE_CHARS_MAX: Final = 2_000
"""Maximum length of a title, in characters; a longer one is cut."""

SOURCE_CHARS_MAX: Final = 300
"""Maximum length of the name of a source, in characters; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """An article, its text before cleaning, the fields of its record, and where each of its own was read from.

    The id may be read from beside the fields: then one of `ID_SOURCES` stands in place of its path.
    """

    article: Article
    raw_text: str
    raw_fields: dict[str, msgspec.Raw]
    read_from: dict[Field, str]


def intake(record: RawRecord, settings: IntakeSettings) -> Sketched:
    """Read one raw record and sketch its text. Raises `Rejected`."""
    found = read_record(record, settings)
    article, raw = found.article, found.raw_text
    points = code_points(article.text)
    facts = facts_of(
        article.title,
        article.text,
        english_facts(),
        raw=raw if article.as_fed and len(raw) < FACTS_RAW_CHARS_MAX else None,
        points=points,
    )
    return Sketched(article, sketch_of(points).pack(), facts.pack())


def read_article(record: RawRecord, settings: IntakeSettings) -> Article:
    """Read one raw record as an article.

    Only a text is required. An optional field of the wrong type, or that cannot be read, is left empty and its
    original kept in `extra`. Raises `Rejected`; everything else that is raised is our fault.
    """
    return read_record(record, settings).article


def read_record(record: RawRecord, settings: IntakeSettings) -> ReadRecord:
    """Read one raw record as an article, and tell where each field was found. Raises `Rejected`."""
    value = _value_of(record, settings)
    if value is None:
        return _withdrawn(record, settings, RawFields({}, table_of(())))
    try:
        fields, text = find_text(read_object(value), table_of(settings.fields), settings.summaries)
    except TextMissing as missing:
        for fields in missing.looked_in:
            if is_deleted(fields.raw) or _status(fields) in TAKEN_BACK:
                return _withdrawn(record, settings, fields)
        raise
    if is_deleted(fields.raw):
        return _withdrawn(record, settings, fields)
    collection = _collection(fields, settings)
    refuse_too_large(text, settings.record_bytes_max)
    title = clean_line(fields.first(Field.TITLE, _line) or "")[:TITLE_CHARS_MAX] or None
    cleaned = clean(text, cleaning=settings.cleaning, title=title)
    refuse_too_large(cleaned.text, settings.text_bytes_max)
    normal = cleaned.normal()
    if not normal:
        where = fields.read_from.get(Field.TEXT)
        raise Rejected(Reason.NO_TEXT, f"the clean text of {where} has no letters or digits: {text!a:.120}")
    url = fields.first(Field.URL, _url)
    source = _source(fields)
    published_at, trouble = published_at_in(fields)
    left_out = (Repair.PARTS_LEFT_OUT.value,) if isinstance(text, CutText) else ()
    fingerprint = hash_of(normal)
    status = _status(fields)
    notice = read_notice(title, cleaned.text, status or fields.peek("pubstatus"))
    article = Article(
        article_id=_id(fields, record, settings, url, source) or f"text-{fingerprint}",
        collection=collection,
        text=cleaned.text,
        content_hash=fingerprint,
        origin=record.origin,
        title=title,
        url=url,
        source=source,
        published_at=published_at,
        language=fields.first(Field.LANGUAGE, _language),
        status=status,
        extra=fields.extra() or None,
        repairs=(*cleaned.repairs, *left_out, *trouble),
        as_fed=0 if WORDS_TAKEN.isdisjoint(cleaned.repairs) else _fingerprint(text),
        trace=read_trace(record.headers),
        notice=notice,
        about=named_in(title, cleaned.text) if notice else (),
    )
    fields.read_from.setdefault(Field.ID, ID_FROM_TEXT)
    return ReadRecord(article, text, fields.raw, fields.read_from)


def _value_of(record: RawRecord, settings: IntakeSettings) -> bytes | None:
    _refuse_unreadable(record)
    value = record.value
    if value is None:
        return None
    bytes_max = settings.record_bytes_max
    if len(value) > bytes_max:
        raise Rejected(Reason.TOO_LARGE, f"the record has {len(value)} bytes; at most {bytes_max} are read")
    return value


def _withdrawn(record: RawRecord, settings: IntakeSettings, fields: RawFields) -> ReadRecord:
    """Read a record that says no more than that an article is gone: its fields or its key name the article.

    Raises: Rejected, where neither does.
    """
    url, source = fields.first(Field.URL, _url), _source(fields)
    named = _id(fields, record, settings, url, source)
    if named is None:
        named = id_in_key(record.key)
        fields.read_from[Field.ID] = ID_FROM_KEY
    if named is None:
        raise Rejected(
            Reason.NO_VALUE, "the record withdraws an article, and neither it nor its key names the article"
        )
    article = Article(
        article_id=named,
        collection=_collection(fields, settings),
        text="",
        content_hash=hash_of(b""),
        origin=record.origin,
        url=url,
        source=source,
        trace=read_trace(record.headers),
        notice="withdrawal",
    )
    return ReadRecord(article, "", fields.raw, fields.read_from)


def _refuse_unreadable(record: RawRecord) -> None:
    """Refuse a record that the reader of batches could hand out in part only: it says so in the one header left."""
    if record.headers and record.headers[0][0] == NOT_UNPACKED:
        raise Rejected(Reason.TOO_LARGE, record.headers[0][1].decode("utf-8", "replace"))


def _collection(fields: RawFields, settings: IntakeSettings) -> str:
    """Return the collection a record names; one that nobody configured is refused, so that tenants never mix."""
    value = fields.take("collection")
    if value is None or value == "":
        return settings.default_collection
    name = str(value) if isinstance(value, str | int) else ""
    if name not in settings.collections:
        raise Rejected(Reason.UNKNOWN_COLLECTION, f"collection {value!a:.80} is not one of those configured")
    return name


def _line(value: Any, _: Kind) -> str:
    return line(value)


def _url(value: Any, _: Kind) -> str | None:
    return address(value)


def _source(fields: RawFields) -> str | None:
    found = fields.first(Field.SOURCE, name_as)
    return without_credentials(clean_line(found or "")[:SOURCE_CHARS_MAX]) or None


def _language(value: Any, _: Kind) -> str | None:
    return language_tag(line(value)) or language_tag(name(value))


def _status(fields: RawFields) -> Status | None:
    """Return what the status says of the article; the field itself stays in `extra`, as it was fed.

    Of several the one that cancels the article counts: Superdesk leaves `pubstatus` as it was where `state` is killed.
    """
    places = fields.places(Field.STATUS)
    if not places:
        return None
    found: Status | None = fields.first(Field.STATUS, _status_in)
    fields.leave(Field.STATUS)
    if len(places) > 1 and any(_status_in(fields.at(place), place.kind) == "canceled" for place in places):
        return "canceled"
    return found


def _status_in(value: Any, _: Kind) -> Status | None:
    return publication_status(line(value))


def _id(
    fields: RawFields, record: RawRecord, settings: IntakeSettings, url: str | None, source: str | None
) -> str | None:
    """Return the id given in the record, else the one in its key, else that of its address."""
    scope = scope_of(source, url)
    given = fields.first(Field.ID, lambda value, _: identity(value))
    if given is not None:
        if not is_fit(given):
            fields.leave(Field.ID)
        return article_id(given, fields.read_from[Field.ID], scope, settings.local_ids_below)
    key = id_in_key(record.key) if settings.key_is_id else None
    if key is not None and key not in (source, scope, settings.default_collection):
        fields.read_from[Field.ID] = ID_FROM_KEY
        return article_id(key, "key", scope, settings.local_ids_below)
    if url is None or is_front_page(url):
        return None  # the address of a source would be the id of all its articles
    fields.read_from[Field.ID] = ID_FROM_ADDRESS
    return id_of_url(url)


def _fingerprint(text: str) -> int:
    """Return 32 bits of a text's words, never 0."""
    words = normal_bytes(text)
    return int.from_bytes(blake2b(words, digest_size=4).digest(), "big") or 1
