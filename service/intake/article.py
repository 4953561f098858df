"""articles.raw -> articles.sketched: read, clean, sketch."""

from __future__ import annotations

import re
from hashlib import blake2b

from service.intake.cleaning.clean import WORDS_TAKEN, clean, clean_line
from service.intake.json_guard import read_object
from service.intake.notices import named_in, read_notice
from service.intake.published import read_published_at
from service.intake.raw_fields import RawFields
from service.intake.trace import read_trace
from service.intake.urls import canonical_url, public_url, without_credentials
from service.records import NOT_UNPACKED, Article, RawRecord, Reason, Rejected, Sketched
from service.settings import IntakeSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from service.sketch.normal_form import hash_of, normal_bytes
from service.sketch.sketch import sketch

TEXT_FIELDS = ("body", "text", "content")
"""The first of these that holds a text with something in it is the article."""

RAW_FACTOR_MAX = 8
"""A record, or a text before cleaning, may be so many times `text_bytes_max`: pages carry markup."""

FACTS_RAW_CHARS_MAX = 100_000
"""Longer raw texts are not searched for facts that cleaning took away."""

ID_CHARS_MAX = 256
TITLE_CHARS_MAX = 2_000
SOURCE_CHARS_MAX = 300

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")  # the shape of BCP 47, no look-up


def intake(record: RawRecord, settings: IntakeSettings) -> Sketched:
    """Read one raw record and sketch its text. Raises `Rejected`."""
    article, raw = _read(record, settings)
    facts = facts_of(
        article.title,
        article.text,
        english_facts(),
        raw=raw if article.as_fed and len(raw) < FACTS_RAW_CHARS_MAX else None,
    )
    return Sketched(article, sketch(article.text).pack(), facts.pack())


def read_article(record: RawRecord, settings: IntakeSettings) -> Article:
    """A raw record as an article: liberal in what it accepts, strict in what it makes of it.

    Only a text is required. An optional field of the wrong type, or that cannot be read, is left empty and its
    original kept in `extra`. Raises `Rejected`; everything else that is raised is our fault.
    """
    return _read(record, settings)[0]


def _read(record: RawRecord, settings: IntakeSettings) -> tuple[Article, str]:
    """Return an article, and its text before cleaning."""
    _refuse_unreadable(record)
    value = record.value
    if value is None:
        return _withdrawn(record, settings), ""
    bytes_max = RAW_FACTOR_MAX * settings.text_bytes_max
    if len(value) > bytes_max:
        raise Rejected(Reason.TOO_LARGE, f"the record has {len(value)} bytes; at most {bytes_max} are read")
    fields = RawFields(read_object(value))
    collection = _collection(fields, settings)
    raw_text = _raw_text(fields, settings)
    title = clean_line(fields.line("title"))[:TITLE_CHARS_MAX] or None
    cleaned = clean(raw_text, cleaning=settings.cleaning, title=title)
    _refuse_too_large(cleaned.text, settings.text_bytes_max)
    if not cleaned.normal:
        raise Rejected(Reason.NO_TEXT, "the clean text has no letters or digits")
    url = _url(fields)
    fingerprint = hash_of(cleaned.normal)
    notice = read_notice(title, cleaned.text, fields.peek("pubstatus"))
    article = Article(
        article_id=_given_id(fields) or _derived_id(url, fingerprint),
        collection=collection,
        text=cleaned.text,
        content_hash=fingerprint,
        origin=record.origin,
        title=title,
        url=url,
        source=_source(fields),
        published_at=_published_at(fields),
        language=_language(fields),
        extra=fields.extra() or None,
        repairs=cleaned.repairs,
        as_fed=0 if WORDS_TAKEN.isdisjoint(cleaned.repairs) else _fingerprint(raw_text),
        trace=read_trace(record.headers),
        notice=notice,
        about=named_in(title, cleaned.text) if notice else (),
    )
    return article, raw_text


def _withdrawn(record: RawRecord, settings: IntakeSettings) -> Article:
    """Read a record without a value: its key names an article that is withdrawn.

    Raises: Rejected, without a key that can be an id.
    """
    article_id = (record.key or b"").decode("utf-8", "replace").strip()
    if not article_id or len(article_id) > ID_CHARS_MAX or not article_id.isprintable():
        raise Rejected(Reason.SCHEMA, "the record has neither a value nor a key that names an article")
    return Article(
        article_id=article_id,
        collection=settings.default_collection,
        text="",
        content_hash=hash_of(b""),
        origin=record.origin,
        trace=read_trace(record.headers),
        notice="withdrawal",
    )


def _refuse_unreadable(record: RawRecord) -> None:
    """Refuse a record that the reader of batches could hand out in part only: it says so in the one header left."""
    if record.headers and record.headers[0][0] == NOT_UNPACKED:
        raise Rejected(Reason.TOO_LARGE, record.headers[0][1].decode("utf-8", "replace"))


def _collection(fields: RawFields, settings: IntakeSettings) -> str:
    """Tenants are never mixed silently: a collection nobody configured is refused."""
    value = fields.take("collection")
    if value is None or value == "":
        return settings.default_collection
    name = str(value) if isinstance(value, str | int) else ""
    if name not in settings.collections:
        raise Rejected(Reason.UNKNOWN_COLLECTION, f"collection {value!a:.80} is not one of those configured")
    return name


def _raw_text(fields: RawFields, settings: IntakeSettings) -> str:
    wrong = None
    for name in TEXT_FIELDS:
        value = fields.peek(name)
        if isinstance(value, str) and not value.isspace() and value:
            fields.take(name)
            _refuse_too_large(value, RAW_FACTOR_MAX * settings.text_bytes_max)
            return value
        if value is None or isinstance(value, str):
            fields.take(name)
        else:
            wrong = wrong or f"{name} is {type(value).__name__}; wanted a string"
    if wrong is not None:
        raise Rejected(Reason.SCHEMA, wrong)
    raise Rejected(Reason.NO_TEXT, f"none of {', '.join(TEXT_FIELDS)} holds a text")


def _refuse_too_large(text: str, bytes_max: int) -> None:
    """Measures only where the number of characters leaves a doubt: one character has 1 to 4 bytes."""
    if len(text) * 4 <= bytes_max:
        return
    size = len(text) if text.isascii() else len(text.encode())
    if size > bytes_max:
        raise Rejected(Reason.TOO_LARGE, f"the text has {size} bytes; at most {bytes_max} are taken")


def _given_id(fields: RawFields) -> str | None:
    """The id as given; one that is too long or not printable is replaced by its hash and kept in `extra`."""
    value = fields.peek("id")
    if value is None:
        fields.take("id")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    fields.take("id")
    text = str(value).strip()
    if len(text) > ID_CHARS_MAX or not text.isprintable():
        fields.leave("id")
        return f"id-{_hash(text)}"
    return text or None


def _derived_id(url: str | None, fingerprint: str) -> str:
    return f"text-{fingerprint}" if url is None else f"url-{_hash(canonical_url(url))}"


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _fingerprint(text: str) -> int:
    """32 bits of a text's words, never 0."""
    words = normal_bytes(text)
    return int.from_bytes(blake2b(words, digest_size=4).digest(), "big") or 1


def _url(fields: RawFields) -> str | None:
    value = fields.line("url")
    url = public_url(value)
    if url is None and value:
        fields.leave("url")
    return url


def _source(fields: RawFields) -> str | None:
    """A name; some feeds give an object with a name in it."""
    value = fields.peek("source")
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        fields.take("source")
        name = str(value["name"])
    else:
        name = fields.line("source")
    return without_credentials(clean_line(name)[:SOURCE_CHARS_MAX]) or None


def _published_at(fields: RawFields) -> str | None:
    value = fields.take("published_at")
    moment = read_published_at(value)
    if moment is None and value not in (None, ""):
        fields.leave("published_at")
    return moment


def _language(fields: RawFields) -> str | None:
    value = fields.line("language").strip()
    if _LANGUAGE.fullmatch(value):
        return value
    if value:
        fields.leave("language")
    return None
