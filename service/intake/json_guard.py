"""Refuse raw records that are no JSON in UTF-8, or nest too deep, before anything else reads them."""

from __future__ import annotations

import msgspec
import numpy as np

from service.records import Reason, Rejected

JSON_DEPTH_MAX = 100
"""Maximum nesting of a record, the record itself counted; checked before parsing, so that no parser's stack decides."""

_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ANYTHING = msgspec.json.Decoder(msgspec.Raw)
BOM = b"\xef\xbb\xbf"
"""The byte order mark, which some writers put in front of UTF-8."""

_FRAME_BYTES = 5
"""Size of what serializers of a schema registry put in front of JSON: a zero and the number of the schema."""

_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[[ord("["), ord("{")]] = 1
_STEPS[[ord("]"), ord("}")]] = -1


def unframed(value: bytes) -> bytes:
    """Return the JSON of a record without a byte order mark, and without the frame of a schema registry."""
    if value[:1] == b"\x00" and value[_FRAME_BYTES : _FRAME_BYTES + 1] in (b"{", b"["):
        return value[_FRAME_BYTES:]
    return value.removeprefix(BOM)


def read_object(value: bytes) -> dict[str, msgspec.Raw]:
    """Return the fields of a JSON object, unread: what nobody asks for is checked for syntax but never built.

    A leading byte order mark or frame is accepted; of repeated keys the last counts. Raises `Rejected` with
    INVALID_UTF8, TOO_DEEP, INVALID_JSON or SCHEMA (JSON, but no object).
    """
    value = unframed(value)
    refuse_bad_json(value)
    try:
        return _OBJECT.decode(value)
    except msgspec.ValidationError as error:
        raise _not_an_object(value, error) from None
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Rejected(Reason.INVALID_JSON, str(error)) from None


def refuse_bad_json(value: bytes) -> None:
    """Raise `Rejected` where bytes are not UTF-8 (INVALID_UTF8) or nest too deep to be parsed (TOO_DEEP)."""
    try:
        str(value, "utf-8")
    except UnicodeDecodeError as error:
        detail = f"byte {error.start} is no UTF-8 ({error.reason})"
        raise Rejected(Reason.INVALID_UTF8, detail) from None
    refuse_deep_json(value)


def _not_an_object(value: bytes, error: msgspec.ValidationError) -> Rejected:
    """Say what is wrong: the decoder tells the type from the first character; what follows may still be broken."""
    try:
        _ANYTHING.decode(value)
    except msgspec.MsgspecError as broken:
        return Rejected(Reason.INVALID_JSON, str(broken))
    return Rejected(Reason.SCHEMA, f"wanted a JSON object: {error}")


def refuse_deep_json(value: bytes) -> None:
    """Raise `Rejected` (TOO_DEEP) if brackets outside strings nest deeper than JSON_DEPTH_MAX. Linear time."""
    if _has_few_brackets(value):
        return
    unescaped = value.replace(b"\\\\", b"").replace(b'\\"', b"") if b"\\" in value else value
    outside = b"".join(unescaped.split(b'"')[::2])
    depth = np.cumsum(_STEPS[np.frombuffer(outside, dtype=np.uint8)], dtype=np.int32)
    deepest = int(depth.max(initial=0))
    if deepest > JSON_DEPTH_MAX:
        raise Rejected(Reason.TOO_DEEP, f"nested {deepest} deep; at most {JSON_DEPTH_MAX}")


def _has_few_brackets(value: bytes) -> bool:
    """Return whether at most JSON_DEPTH_MAX brackets open; looking for them one by one is faster than counting."""
    found = 0
    for bracket in (b"[", b"{"):
        at = value.find(bracket)
        while at >= 0:
            found += 1
            if found > JSON_DEPTH_MAX:
                return False
            at = value.find(bracket, at + 1)
    return True
