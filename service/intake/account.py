"""Account for one raw record: what is read from where, what stays in `extra`, what is dropped, and why it has its id.

For people who look at a new source (`copydesk check --sample`, `copydesk feed --dry-run`); no stage needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from service.intake.arrays import records_in
from service.intake.article import ReadRecord, read_record
from service.intake.cleaning.clean import clean_line
from service.intake.cleaning.lines import repair_lines
from service.intake.cleaning.markup import repair_html
from service.intake.identity import ID_FROM_ADDRESS, ID_FROM_KEY, ID_FROM_TEXT
from service.intake.json_guard import unframed
from service.intake.raw_fields import NOT_CARRIED
from service.intake.shapes.deletions import ENVELOPE
from service.intake.shapes.paths import Field
from service.intake.shapes.wrappers import ROUNDS_MAX
from service.records import Article, RawRecord, Rejected
from service.settings import IntakeSettings
from service.sketch.normal_form import normal_form

WANTED: Final = tuple(field for field in Field if field is not Field.SUMMARY)
"""The fields of an article, in the order in which they are shown; a summary is read in place of a text only."""

LINES_MAX: Final = 200
"""Maximum number of lines of a text that are looked at for having been dropped."""


class FieldRead(msgspec.Struct, frozen=True):
    """One field of an article: the path it was read from, and what was made of it."""

    field: str
    path: str
    value: str


class Dropped(msgspec.Struct, frozen=True):
    """One field of a record that neither is read nor travels on in `extra`."""

    path: str
    why: str


class Account(msgspec.Struct, frozen=True):
    """What becomes of one raw record: an article, or a dead letter with its reason and detail."""

    article_id: str | None = None
    id_why: str | None = None
    reason: str | None = None
    detail: str | None = None
    inside: str | None = None
    read: tuple[FieldRead, ...] = ()
    missing: tuple[str, ...] = ()
    extra: dict[str, Any] = {}
    dropped: tuple[Dropped, ...] = ()
    lines_dropped: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    notice: str | None = None


def accounts_of(record: RawRecord, settings: IntakeSettings) -> Iterator[Account]:
    """Yield the account of each article in a raw record, one where it is no array."""
    try:
        articles = records_in(record, settings.record_bytes_max)
    except Rejected as why:
        yield _of_dead_letter(why)
        return
    for one in articles:
        try:
            yield _of_article(one, read_record(one, settings))
        except Rejected as why:
            yield _of_dead_letter(why)


def _of_dead_letter(why: Rejected) -> Account:
    return Account(reason=why.reason.value, detail=why.detail)


def _of_article(record: RawRecord, found: ReadRecord) -> Account:
    article, paths = found.article, found.read_from
    if (
        record.value is None or not article.text
    ):  # a withdrawal: there is no more to tell than which article it is of
        return Account(
            article_id=article.article_id,
            id_why=id_why(article.article_id, paths[Field.ID]),
            read=(FieldRead(Field.ID.value, paths[Field.ID], article.article_id),),
            notice=article.notice,
        )
    extra = article.extra or {}
    return Account(
        article_id=article.article_id,
        id_why=id_why(article.article_id, paths[Field.ID]),
        inside=_inside(msgspec.json.decode(unframed(record.value)), found.raw_fields.keys() - {ENVELOPE}),
        read=tuple(_fields_read(article, found)),
        missing=tuple(field.value for field in WANTED if field not in paths),
        extra={name: value for name, value in extra.items() if name != NOT_CARRIED},
        dropped=tuple(_dropped(found, extra)),
        lines_dropped=tuple(_lines_dropped(found.raw_text, article.text)),
        repairs=article.repairs,
        notice=article.notice,
    )


def id_why(article_id: str, path: str) -> str:
    """Say in a sentence why an article has its id; `path` is where the id was read from.

    >>> id_why("Corran Post#7", "id")
    'id: a small number is an id of its source only, whose name stands in front of it'
    """
    if path == ID_FROM_TEXT:
        return "the record names none and has no address: a hash of the clean text"
    if path == ID_FROM_ADDRESS:
        return "the record names none: a hash of the address without tracking parameters and fragment"
    where = "the record names none: its key" if path == ID_FROM_KEY else path
    if article_id.startswith("id-"):
        return f"{where}: a hash, because it is too long or cannot be printed"
    if article_id.startswith("url-") and path != "id":
        return f"{where}: a hash of the address that stands there, without tracking parameters and fragment"
    if article_id.rpartition("#")[2].isdigit() and "#" in article_id:
        return f"{where}: a small number is an id of its source only, whose name stands in front of it"
    return f"{where}, as it stands there"


def _fields_read(article: Article, found: ReadRecord) -> Iterator[FieldRead]:
    values = {
        Field.TEXT: article.text,
        Field.TITLE: article.title,
        Field.URL: article.url,
        Field.SOURCE: article.source,
        Field.PUBLISHED_AT: article.published_at,
        Field.ID: article.article_id,
        Field.LANGUAGE: article.language,
        Field.STATUS: article.status,
    }
    for field in WANTED:
        if field in found.read_from:
            yield FieldRead(field.value, found.read_from[field], values[field] or "")
    if "collection" in found.raw_fields:
        yield FieldRead("collection", "collection", article.collection)


def _dropped(found: ReadRecord, extra: dict[str, Any]) -> Iterator[Dropped]:
    used = {path.partition(".")[0] for path in found.read_from.values()} | {"collection"}
    for name, raw in found.raw_fields.items():
        if name in used or name in extra:
            continue
        is_empty = msgspec.json.decode(raw) in (None, "", [], {})
        yield Dropped(name, "empty" if is_empty else "too large for `extra`, or more fields than it takes")


def _inside(value: Any, keys: set[str]) -> str | None:
    """Return the path of the object with these keys inside a record, None where it is the record itself."""
    path: list[str] = []
    for _ in range(ROUNDS_MAX + 1):
        if not isinstance(value, dict) or keys <= value.keys():
            break
        step = max(value, key=lambda name: _shared(value[name], keys), default=None)
        if step is None or not _shared(value[step], keys):
            break
        path.append(step)
        value = value[step]
    return ".".join(path) or None


def _shared(value: Any, keys: set[str], depth: int = ROUNDS_MAX) -> int:
    """Return how many of the keys an object has, or the best of the objects in it."""
    if not isinstance(value, dict):
        return 0
    inner = (_shared(item, keys, depth - 1) for item in value.values()) if depth else ()
    return max(len(keys & value.keys()), *inner, 0)


def _lines_dropped(raw_text: str, text: str) -> Iterator[str]:
    """Yield the lines of a raw text, without its markup, whose words the clean text has not."""
    kept = f" {normal_form(text)} "
    for line in map(clean_line, repair_html(repair_lines(raw_text)).splitlines()[:LINES_MAX]):
        if (words := normal_form(line)) and f" {words} " not in kept:
            yield line
