"""Read one value of a record as a line, a name or an address, in whatever form it is given."""

from __future__ import annotations

from typing import Any, Final

from service.intake.shapes.blocks import DEPTH_MAX, in_a_language, value_keys
from service.intake.shapes.paths import Kind
from service.intake.shapes.table import fold
from service.intake.shapes.versions import best_version
from service.intake.urls import public_url

NAME_KEYS: Final = (
    "name title displayName label legalName site_name source-name publisher domain properties literal @literal"
).split()
"""Keys under which an object holds a name, compared without case and marks."""

ADDRESS_KEYS: Final = (
    "href @href @_href _href -href url @id link canonical permalink self value rendered #text _ $t".split()
)
"""Keys under which an object holds a web address; what puts XML into JSON writes attributes in many ways."""

_REL_KEYS: Final = "rel @rel @_rel _rel -rel".split()
"""Keys under which a link says what it leads to."""

_ATTRIBUTES: Final = "$ @attributes _attributes @ attr".split()
"""Keys under which what puts XML into JSON keeps the attributes of an element apart."""

_OTHER_LINKS: Final = 16
"""Maximum number of links, or of keys of a name's object, that are looked at."""

SHORT_NAME_CHARS_MAX: Final = 60
"""Maximum length of the name of a source where its key says so in part only, in characters."""

_FOLDED_NAME_KEYS: Final = tuple(map(fold, NAME_KEYS))


def plain(value: Any) -> str | int | float | None:
    """Return the string or number that a value is or stands for, None where it is neither."""
    for _ in range(DEPTH_MAX):
        if isinstance(value, bool):
            return None
        if isinstance(value, str | int | float):
            return value
        if isinstance(value, list):
            version = best_version(value)
            value = version if version is not None else next(iter(value), None)
        elif isinstance(value, dict):
            found = next((value[key] for key in value_keys(value) if value.get(key) is not None), None)
            value = in_a_language(value) if found is None else found
        else:
            return None
    return None


def line(value: Any) -> str:
    """Return a string, or a number written out; "" for anything else."""
    found = plain(value)
    return "" if found is None else str(found)


def name_as(value: Any, kind: Kind) -> str:
    """Return the name in a value; "" where the kind asks for a short one and it is a credit or a text."""
    found = name(value)
    return "" if kind is Kind.SHORT_NAME and (len(found) > SHORT_NAME_CHARS_MAX or ": " in found) else found


def name(value: Any, depth: int = DEPTH_MAX) -> str:
    """Return the name in a value; "" where there is none, or where the value is a number or a web address."""
    if isinstance(value, list):
        return next((found for item in value[:8] if (found := name(item, depth - 1))), "") if depth else ""
    if isinstance(value, dict) and depth:
        folded = {fold(key): key for key in list(value)[:_OTHER_LINKS]}
        for key in _FOLDED_NAME_KEYS:
            if key in folded and value[folded[key]] and (found := name(value[folded[key]], depth - 1)):
                return found
    standing = plain(value)
    text = standing.strip() if isinstance(standing, str) else ""
    return "" if text.startswith(("http://", "https://")) else text


def address(value: Any) -> str | None:
    """Return the first web address in a value, fit to be published; None where there is none."""
    if isinstance(value, str):
        return public_url(value.strip())
    if isinstance(value, list):
        ordered = sorted(value[:_OTHER_LINKS], key=_link_rank)
        return next((found for item in ordered if (found := address(item))), None)
    if isinstance(value, dict):
        for place in _with_attributes(value):
            for key in ADDRESS_KEYS:
                if isinstance(place.get(key), str) and (found := public_url(place[key].strip())):
                    return found
        standing = plain(value)
        return public_url(standing.strip()) if isinstance(standing, str) else None
    return None


def _link_rank(item: Any) -> int:
    """Rank what a link leads to: the article, its record in the feed, then a picture, a comment page and others."""
    if not isinstance(item, dict):
        return 0
    rels = (place[key] for place in _with_attributes(item) for key in _REL_KEYS if key in place)
    rel = next(rels, None)
    if rel in (None, "alternate", "canonical"):
        return 0
    return 1 if rel == "self" else 2


def _with_attributes(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an object and those inside that hold its attributes."""
    inside = (element[key] for key in _ATTRIBUTES if key in element)
    return [element, *(attributes for attributes in inside if isinstance(attributes, dict))]
