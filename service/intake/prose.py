"""The text of a raw record: the first place that holds one, and what to say where none does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

import msgspec

from service.intake.identity import identity
from service.intake.raw_fields import BeyondBounds, RawFields
from service.intake.shapes.blocks import VALUE_KEYS, components, paragraphs, prose
from service.intake.shapes.deletions import Fields
from service.intake.shapes.paths import Field, Kind
from service.intake.shapes.table import FieldTable, fold
from service.intake.shapes.values import address
from service.intake.shapes.wrappers import ROUNDS_MAX, unwrap_alone, unwrap_known, unwrap_plain
from service.records import Reason, Rejected

SUMMARY_CHARS_MAX: Final = 1_500
"""Maximum length of a summary, in characters; a longer one is the text itself, as many RSS feeds give it."""

_READERS: Final = {Kind.PARAGRAPHS: paragraphs, Kind.COMPONENTS: components}

PAGE_KEYS: Final = "articles results docs stories items hits response data news posts entries".split()
"""Keys under which an API answers with a list of articles."""

_EMPTY_MARKUP: Final = re.compile(r"(?:\s|<[/!]?[a-z][^<>]{0,80}>|&nbsp;){1,64}", re.IGNORECASE)
"""What an editor leaves where a text was not written: tags around nothing."""

_TELLING: Final = (Field.TITLE, Field.URL, Field.SOURCE, Field.PUBLISHED_AT, Field.LANGUAGE)
_OF_ARTICLES: Final = frozenset((Field.TITLE, Field.URL, Field.PUBLISHED_AT))
"""Fields one of which tells an article from a comment or a sign of life, in an object of any name."""

NAMES_SHOWN_MAX: Final = 12
"""Maximum number of names of fields in the detail of a dead letter."""


class TextMissing(Rejected):
    """No text was found in a record; `looked_in` are its fields, from the outside in: they may still tell of it."""

    def __init__(self, why: Rejected, looked_in: tuple[RawFields, ...]) -> None:
        super().__init__(why.reason, why.detail)
        self.looked_in = looked_in


def find_text(
    fields: Fields, table: FieldTable, summaries: Literal["refuse", "take"]
) -> tuple[RawFields, str]:
    """Return the fields of the article in a record, wrapped or not, and its text. Raises `TextMissing`."""
    outermost = here = known = RawFields(unwrap_known(fields), table)
    text, is_alone = _text(here), False
    for _ in range(ROUNDS_MAX):
        if text:
            break
        inner = unwrap_plain(here.raw)
        if inner is None:
            inner, is_alone = unwrap_alone(here.raw), True
        if inner is None:
            break
        here = RawFields(inner, table)
        known = known if is_alone else here
        text = _text(here)
    if text:
        found = _whole(here, text, table)
        if not is_alone or not _OF_ARTICLES.isdisjoint(_given(found[0])):
            return found
    here = known
    for candidate in (outermost, here):
        summary = candidate.first(Field.SUMMARY, _read)
        if summary is not None and (summaries == "take" or len(summary) > SUMMARY_CHARS_MAX):
            candidate.read_from[Field.TEXT] = candidate.read_from.pop(Field.SUMMARY)
            return candidate, summary
    raise TextMissing(_without_text(outermost, here), (outermost, here))


def _whole(here: RawFields, text: str, table: FieldTable) -> tuple[RawFields, str]:
    """Return the fields and the text of an article, with what stands beside the text inside an object of its own.

    So stand a `title` and a `date` beside the `body` in `fields.body` where the record has neither.
    """
    path = here.read_from[Field.TEXT]
    place = next(place for place in here.places(Field.TEXT) if place.path == path)
    if not place.steps and not isinstance(here.peek(place.key), dict):
        return here, text
    inner = _beside_the_text(here.raw, (place.key, *place.steps), table)
    if inner is None:
        return here, text
    together = RawFields(inner, table)
    gained = _given(together) - _given(here, besides=place.key)
    has_title = any(place.key not in here.raw for place in together.places(Field.TITLE))
    if (len(gained) > 1 or (gained and has_title)) and (found := _text(together)):
        return together, found
    return here, text


def _beside_the_text(fields: Fields, steps: Sequence[str], table: FieldTable) -> Fields | None:
    """Return the fields of a record with those of the objects on the way to its text; None where none is there."""
    found, inner = fields, fields
    for step in steps:
        key = step if step in inner else next((key for key in inner if fold(key) == step), step)
        if bytes(inner.get(key, b""))[:1] != b"{":
            break
        inner = msgspec.json.decode(inner[key], type=Fields)
        outer = {one: raw for one, raw in found.items() if one != key}
        less = set(_said_already(inner, RawFields(outer, table), table))
        found = {**outer, **{one: raw for one, raw in inner.items() if one not in less}}
    return None if found is fields else found


def _said_already(inner: Fields, outer: RawFields, table: FieldTable) -> Iterator[str]:
    """Yield the keys inside that would take the place of the record's own id, status or collection."""
    below = table.places(inner)
    if outer.peek("collection") not in (None, ""):
        yield "collection"
    if any(outer.at(place) for place in outer.places(Field.STATUS)):
        yield from (place.key for place in below.get(Field.STATUS, ()))
    rank = next((place.rank for place in outer.places(Field.ID) if identity(outer.at(place))), -1)
    yield from (place.key for place in below.get(Field.ID, ()) if place.rank <= rank)


def _given(fields: RawFields, besides: str = "") -> set[Field]:
    """Return which of the fields that tell an article a record holds, `besides` an object as a whole."""
    return {
        field
        for field in _TELLING
        if any(
            address(value) if field is Field.URL else value  # an id may be an address, but most are not
            for place in fields.places(field)
            if (place.steps or place.key != besides) and (value := fields.at(place))
        )
    }


def _text(fields: RawFields) -> str | None:
    found = fields.first(Field.TEXT, _read)
    if found is None or fields.read_from[Field.TEXT].lower() != "message":
        return found
    if Field.TEXT in fields.own or fields.places(Field.TITLE) or fields.places(Field.URL):
        return found
    fields.leave(Field.TEXT)  # an API's answer that it failed has a message, too
    del fields.read_from[Field.TEXT]
    return None


def _read(value: Any, kind: Kind) -> str | None:
    if kind is Kind.LINE and isinstance(value, list):
        value = next(iter(value), None)
    reader = _READERS.get(kind, prose)
    found = reader(value)
    if not found or found.isspace() or _EMPTY_MARKUP.fullmatch(found):
        return None
    return None if kind is Kind.LINE and found.isascii() and " " not in found else found


def _without_text(outermost: RawFields, innermost: RawFields) -> Rejected:
    """Say what stood where a text was wanted: something else, a summary alone, a page of articles, or nothing."""
    for fields in (innermost, outermost):
        for place in fields.places(Field.TEXT):
            value = fields.at(place)
            if value is not None and not isinstance(value, str) and not _is_empty(value):
                return Rejected(Reason.SCHEMA, f"{place.path} is {what_stands(value)}; wanted a text")
    for fields in (innermost, outermost):
        if where := fields.read_from.get(Field.SUMMARY):
            return Rejected(
                Reason.NO_TEXT,
                f"there is only a summary ({where}); feed the whole text, or set intake.summaries to take",
            )
    for key in PAGE_KEYS:
        value = outermost.peek(key)
        if isinstance(value, dict | list) and value:
            return Rejected(
                Reason.NO_TEXT,
                f"no text; {key} is {what_stands(value)}: send each article as a record, or a list of articles",
            )
    if outermost.places(Field.URL) and outermost.places(Field.TITLE):
        return Rejected(
            Reason.NO_TEXT,
            f"there is only a link: no text under any of its names; the fields are: {_names(outermost)}",
        )
    return Rejected(
        Reason.NO_TEXT,
        "none of body, text, content or their other names (docs/feeding.md) holds a text; "
        f"the fields are: {_names(outermost)}",
    )


def _is_empty(value: Any) -> bool:
    """Return whether a value would be a text if it had one: WordPress leaves `rendered` empty behind a password."""
    return isinstance(value, dict) and any(value.get(key) == "" for key in VALUE_KEYS)


def _names(fields: RawFields) -> str:
    return ", ".join(f"{name:.40}" for name in list(fields.raw)[:NAMES_SHOWN_MAX]) or "none"


def what_stands(value: Any) -> str:
    """Describe a value that was none of the wanted ones, short enough for the detail of a dead letter.

    >>> what_stands([1, 2]), what_stands({"a": 1}), what_stands("x" * 99)
    ('a list of 2 items', 'an object with a', "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'")
    """
    if isinstance(value, BeyondBounds):
        return "a number with too many digits"
    if isinstance(value, list):
        return f"a list of {len(value)} items"
    if isinstance(value, dict):
        return f"an object with {', '.join(f'{key:.20}' for key in list(value)[:4]) or 'nothing in it'}"
    return msgspec.json.encode(value).decode() if isinstance(value, bool | int | float) else f"{value[:60]!a}"


def refuse_too_large(text: str, bytes_max: int) -> None:
    """Raise `Rejected` (TOO_LARGE) where a text has more bytes; measured only where the characters leave a doubt."""
    if len(text) * 4 <= bytes_max:
        return
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > bytes_max:
        raise Rejected(Reason.TOO_LARGE, f"the text has {size} bytes; at most {bytes_max} are taken")
