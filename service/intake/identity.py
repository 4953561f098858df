"""By what an article is known again: its id, the record's key, its address, or its text."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from service.intake.shapes.values import plain
from service.intake.urls import canonical_url, public_url

ID_CHARS_MAX: Final = 256
"""Maximum length of an article id, in characters; a longer one is replaced by its hash."""

ID_FROM_KEY: Final = "(key of the record)"
ID_FROM_ADDRESS: Final = "(address)"
ID_FROM_TEXT: Final = "(text)"
ID_SOURCES: Final = (ID_FROM_KEY, ID_FROM_ADDRESS, ID_FROM_TEXT)
"""What stands for the path of an id that no field of the record gives, in the order in which they are asked."""

NO_IDS: Final = frozenset(
    ("null", "none", "undefined", "nan", "n/a", "na", "nil", "-1", "-", str(UUID(int=0)))
)
"""What stands in the place of an id that a record has not."""

_DIGITS: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


def identity(value: Any) -> str | None:
    """Return an id as a string: numbers written out, without blanks around it; None where a value is no id."""
    found = plain(value)
    if isinstance(found, float) and found.is_integer() and abs(found) < 2**53:
        found = int(found)
    text = "" if found is None else str(found).strip()
    return None if not text or text.lower() in NO_IDS else text


def article_id(given: str, path: str, scope: str | None, local_below: int) -> str:
    """Return the id under which an article is known.

    `path` is the field the id was read from: a web address under another name than `id` stands for the page, however
    it is linked. A number below `local_below` is an id of its source only, so `scope` is put in front of it. What
    is too long or cannot be printed is replaced by its hash.
    """
    if not is_fit(given):
        return f"id-{hash_of(given)}"
    if path != "id" and (url := public_url(given)) is not None:
        return id_of_url(url)
    if scope and _DIGITS.fullmatch(given) and int(given) < local_below:
        scoped = f"{scope}#{given}"
        return scoped if is_fit(scoped) else f"id-{hash_of(scoped)}"
    return given


def is_fit(text: str) -> bool:
    """Return whether a string can be an id as it stands."""
    return len(text) <= ID_CHARS_MAX and text.isprintable()


def scope_of(source: str | None, url: str | None) -> str | None:
    """Return what tells the ids of one source from those of another: its name, else the host of the address."""
    if source is not None:
        return source
    return urlsplit(url).hostname if url is not None else None


def id_in_key(key: bytes | None) -> str | None:
    """Return the id that the key of a record is, None where it is none.

    A key may be text, a number written out, or JSON with one value in it, as Kafka Connect and Debezium write keys.
    """
    if not key or len(key) > 4 * ID_CHARS_MAX:
        return None
    try:
        text = key.decode("utf-8").strip()
    except UnicodeDecodeError:
        return None
    if text[:1] in ("{", '"'):
        text = _id_in_json(key) or ""
    return text if text and is_fit(text) else None


def _id_in_json(key: bytes) -> str | None:
    try:
        value = msgspec.json.decode(key)
    except (msgspec.MsgspecError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("payload"), dict | str):
        value = value["payload"]
    if isinstance(value, dict) and len(value) == 1:
        (value,) = value.values()
    if (
        isinstance(value, str) and value[:1] == "{"
    ):  # Debezium of MongoDB writes an id as JSON inside a string
        try:
            value = msgspec.json.decode(value)
        except (msgspec.MsgspecError, RecursionError):
            return None
    return None if isinstance(value, dict) and value.keys() != {"$oid"} else identity(value)


def id_of_url(url: str) -> str:
    """Return the id of the page at an address, the same however it is linked."""
    return f"url-{hash_of(canonical_url(url))}"


def hash_of(text: str) -> str:
    """Return 32 hex digits that stand for a string."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
