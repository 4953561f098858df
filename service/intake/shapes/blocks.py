"""Put a text together from what a source gives for one: a string, paragraphs, or the blocks of an editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, Final

import msgspec

from service.intake.json_guard import refuse_deep_json
from service.intake.shapes.versions import are_components, best_version, is_media
from service.records import Rejected

DEPTH_MAX: Final = 24
"""Maximum nesting of objects and lists that is followed inside one value."""

PARTS_MAX: Final = 20_000
"""Maximum number of parts that one text is put together from; `repairs` says where parts behind them are missing."""

VALUE_KEYS: Final = (
    "processed rendered value @value $t #text _ __text _text $text @text _value #cdata-section __cdata _cdata $cdata "
    "#cdata cdata fit_markdown text plain_text html content plain raw nitf bodyHtml raw_markdown string "
    "stringValue S main basic default $oid $numberLong $numberInt long int integerValue N timestampValue $ "
    "markup # * 0"
).split()
"""Keys under which an object holds the one value it stands for, in order of preference: Drupal, WordPress, ninjs,
JSON-LD, XML put into JSON, crawlers, Avro, Firestore, DynamoDB, MongoDB."""

VALUE_RANKS: Final = {key: rank for rank, key in enumerate(VALUE_KEYS)}
"""Keys of a value with their places in that order."""

_RANK_OF_LAST: Final = VALUE_RANKS["markup"]
"""Keys from here on may mean anything else, so they count only in an object that holds nothing else to read."""

PART_KEYS: Final = (
    "summary headline title sections slices primary paragraphs blocks block components root children nodes "
    "content_elements content "
    "contents body.content nitf model bodyModel rich_text html body articleBody text textData p paragraph data items "
    "value document json"
).split()
"""Keys under which an object holds the parts of a text, in the order in which they are read."""

_PARTS: Final = frozenset(PART_KEYS)

NO_PROSE_TYPES: Final = frozenset(
    "image picture photo video audio gallery embed custom_embed oembed oembed_response interstitial_link link_list "
    "related related_content story_card ad advertisement newsletter promo divider raw_html social tweet map chart "
    "table_of_contents iframe box infobox kicker byline author_info".split()
)
"""Types of blocks that hold no words of the story."""

INLINE_TYPES: Final = frozenset(
    "text span extended-text plain bold italic strong em underline strikethrough code link hyperlink text_link "
    "entry-hyperlink asset-hyperlink autolink mention hashtag url email a b i u".split()
)
"""Types of parts that stand in the middle of a sentence."""

PARAGRAPH_TYPES: Final = frozenset(
    "p paragraph block heading header h1 h2 h3 h4 h5 h6 heading-1 heading-2 heading-3 heading-4 quote blockquote "
    "pullquote list-item list_item listitem lic bulleted_list_item numbered_list_item callout toggle".split()
)
"""Types of blocks that are one paragraph, whose parts are pieces of sentences."""

_NO_PROSE_ROLES: Final = ("title", "byline", "author", "caption", "photo", "image", "photographer")
"""Roles of the components of Apple News that are no words of the story; a list so short is searched fastest."""

_BREAK_TYPES: Final = frozenset(("linebreak", "hardbreak", "hard_break", "br"))
"""Types of the parts that end a line inside a paragraph."""

_PIECES_KEYS: Final = ("children", "content", "nodes", "rich_text")
"""Keys under which a paragraph holds its pieces."""

_LANGUAGE_KEY: Final = re.compile(r"[a-z]{2}(?:[-_][A-Z]{2})?", re.ASCII)
_SENTENCE_END: Final = '.!?:;…"”’»)>'
_EDITOR_STARTS: Final = ('{"', '[{"')


class CutText(str):
    """A text of which parts were left out, because it has more than PARTS_MAX."""


def prose(value: Any) -> str:
    """Return the text that a value holds, its paragraphs with empty lines between them; "" where it holds none."""
    if isinstance(value, str):
        if not value.startswith(_EDITOR_STARTS):
            return value
        value = _in_json(value)
    parts = _parts(value, DEPTH_MAX)
    text = "\n\n".join(part for part in islice(parts, PARTS_MAX) if part and not part.isspace())
    return text if next(parts, None) is None else CutText(text)


def _in_json(text: str) -> Any:
    """Return the blocks that an editor wrote as JSON into a string, the string itself where they hold no text."""
    try:
        refuse_deep_json(text.encode("utf-8", "surrogatepass"))
        value = msgspec.json.decode(text)
    except (Rejected, msgspec.MsgspecError, RecursionError, ValueError):
        return text
    return text if next(_parts(value, DEPTH_MAX), None) is None else value


def _parts(value: Any, depth: int) -> Iterator[str]:
    """Yield the paragraphs of a value in order."""
    if isinstance(value, str):
        yield value
    elif depth == 0:
        return
    elif isinstance(value, list):
        yield from _parts_of_list(value, depth)
    elif isinstance(value, dict):
        yield from _parts_of_object(value, depth)


def _parts_of_object(value: dict[str, Any], depth: int) -> Iterator[str]:
    kind = _kind_of(value)
    if kind in NO_PROSE_TYPES:
        return
    if (found := _string_in(value)) is not None:
        yield found
    elif (localised := in_a_language(value)) is not None:
        yield from _parts(localised, depth - 1)
    elif isinstance(value.get("ops"), list):
        yield "".join(_inserted(item) for item in value["ops"])
    elif kind in _BREAK_TYPES:
        yield "\n"
    elif kind and isinstance(value.get(kind), dict):  # a block of Notion holds its text under its type
        yield from _parts({"type": kind, **value[kind]}, depth - 1)
    elif (pieces := _pieces_of_paragraph(value, kind)) is not None:
        yield _in_one_line(pieces, depth)
    else:
        for key in PART_KEYS if value else ():
            if key in value:
                yield from _parts(value[key], depth - 1)


def _parts_of_list(items: list[Any], depth: int) -> Iterator[str]:
    version = best_version(items)
    if version is not None:
        yield from _parts(version, depth - 1)
    elif _are_pieces(items):
        yield _in_one_line(items, depth)
    else:
        silent = _NO_PROSE_ROLES if are_components(items) else ()
        for item in items:
            if is_media(item) or (silent and isinstance(item, dict) and item.get("role") in silent):
                continue
            yield from _parts(item, depth - 1)


def _inserted(operation: Any) -> str:
    """Return what an operation of a Quill document inserts; a picture parts the words before and behind it."""
    inserted = operation.get("insert") if isinstance(operation, dict) else None
    return inserted if isinstance(inserted, str) else "\n"


def _string_in(value: dict[str, Any]) -> str | None:
    """Return the one string that an object stands for, None where it is something else."""
    holding = [key for key in value if key in VALUE_RANKS and isinstance(value[key], str)]
    if not holding:
        return None
    key = min(holding, key=VALUE_RANKS.__getitem__)
    return value[key] if VALUE_RANKS[key] < _RANK_OF_LAST or _holds_nothing_else(value) else None


def _holds_nothing_else(value: dict[str, Any]) -> bool:
    """Return whether an object has no parts of a text, and is no list written with numbers for keys."""
    return not any(value[key] for key in _PARTS & value.keys()) and sum(map(str.isdecimal, value)) < 2


def value_keys(value: dict[str, Any]) -> Sequence[str]:
    """Return the keys under which an object may hold the one value it stands for, in order of preference."""
    return VALUE_KEYS if _holds_nothing_else(value) else VALUE_KEYS[:_RANK_OF_LAST]


def _pieces_of_paragraph(value: dict[str, Any], kind: str) -> list[Any] | None:
    """Return the pieces of a block that is one paragraph; a block without a type is one where it has nothing else."""
    for key in _PIECES_KEYS:
        items = value.get(key)
        if isinstance(items, list) and items and all(_is_piece(item) or _is_silent(item) for item in items):
            is_paragraph = kind in PARAGRAPH_TYPES or (not kind and key == "children")
            return items if is_paragraph else None
    return None


def _is_piece(item: Any) -> bool:
    """Return whether an item may stand in the middle of a sentence."""
    if isinstance(item, str):
        return True
    if not isinstance(item, dict) or not (_kind_of(item) in INLINE_TYPES or not _kind_of(item)):
        return False
    if _string_in(item) is not None or "textData" in item:
        return True
    return any(isinstance(item.get(key), list) for key in _PIECES_KEYS) and bool(_kind_of(item))


def _is_silent(item: Any) -> bool:
    """Return whether an item of a paragraph is a picture or a line break."""
    return isinstance(item, dict) and (_kind_of(item) in NO_PROSE_TYPES or _kind_of(item) in _BREAK_TYPES)


def _are_pieces(items: list[Any]) -> bool:
    """Return whether the items of a list, of no known block, are pieces of sentences and no paragraphs."""
    if len(items) < 2 or not all(map(_is_piece, items)) or not any(isinstance(item, dict) for item in items):
        return False
    strings = [item if isinstance(item, str) else _string_in(item) or "" for item in items]
    pairs = list(pairwise(strings))
    return any(_is_joint(*pair) for pair in pairs) and not any(_is_break(*pair) for pair in pairs)


def _is_break(before: str, behind: str) -> bool:
    """Return whether two pieces would lack the blank between two sentences."""
    return before[-1:] in _SENTENCE_END and behind[:1].isupper() if before and behind else False


def _is_joint(before: str, behind: str) -> bool:
    """Return whether a sentence goes on from one piece to the next."""
    if not before or not behind or before.rstrip()[-1:] in _SENTENCE_END:
        return False
    return before[-1] == " " or behind[0] in " ,.;:" or behind[0].islower()


def _in_one_line(items: list[Any], depth: int) -> str:
    return "".join(part for item in items for part in _parts(item, depth - 1))


def in_a_language(value: dict[str, Any]) -> Any:
    """Return the first value of an object whose keys are nothing but language tags (Contentful), else None."""
    tags = [key for key in value if key != "_type"][:33]  # Sanity says what such an object is
    if not tags or len(tags) > 32 or not all(map(_LANGUAGE_KEY.fullmatch, tags)):
        return None
    return None if value.keys() & {"p", "id"} else value[tags[0]]


def _kind_of(item: Mapping[str, Any]) -> str:
    kind = item.get("type", item.get("_type", item.get("nodeType")))
    return kind.lower() if isinstance(kind, str) else ""


def components(value: Any) -> str:
    """Return the text of a list of components by their roles; "" where none is the body: a page has others."""
    items = value if isinstance(value, list) else ()
    return (
        prose(value) if any(isinstance(item, dict) and item.get("role") == "body" for item in items) else ""
    )


def paragraphs(value: Any) -> str:
    """Return a string, or a list of strings as paragraphs; "" for anything else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else ""
