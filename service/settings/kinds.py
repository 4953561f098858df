"""What a setting may be: types that know their bounds and can say in words what they want."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta

Share = Annotated[float, Meta(ge=0, le=1, description="is a share, so it must lie between 0 and 1")]
Port = Annotated[
    int, Meta(ge=0, le=65_535, description="is a port, so it must be a whole number between 0 and 65535")
]
Count = Annotated[int, Meta(ge=1, description="is a count, so it must be a whole number of 1 or more")]
CountOrNone = Annotated[int, Meta(ge=0, description="is a count, so it must be a whole number of 0 or more")]
Bytes = Annotated[
    int, Meta(ge=1_024, description="is a size in bytes, so it must be a whole number of 1024 or more")
]
Seconds = Annotated[float, Meta(gt=0, description="is a time in seconds, so it must be a number above 0")]
Days = Annotated[float, Meta(gt=0, description="is a time in days, so it must be a number above 0")]
DaysOrNone = Annotated[
    float, Meta(ge=0, description="is a time in days, so it must be a number of 0 or more")
]
TopicPart = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9._-]{0,100}$",
        description="must be at most 100 letters, digits, dots, dashes or underscores, as Kafka allows them",
    ),
]


def convert(value: object, kind: Any) -> Any:
    """Convert a value to `kind`, from text if it came as text. Raises ValueError if it does not fit.

    >>> convert("0.25", Share), convert("a, b", tuple[str, ...]), convert("off", bool)
    (0.25, ('a', 'b'), False)
    """
    converted = msgspec.convert(_from_text(value, kind) if isinstance(value, str) else value, kind)
    if isinstance(converted, float) and not math.isfinite(converted):
        raise ValueError("not finite")
    return converted


def _from_text(text: str, kind: Any) -> object:
    base = _base(kind)
    if base is bool:
        return _as_bool(text)
    if base in (int, float):
        return base(text)
    if get_origin(base) is tuple:
        return [part.strip() for part in text.split(",") if part.strip()]
    if get_origin(base) is Literal:
        return next((c for c in get_args(base) if str(c).casefold() == text.casefold()), text)
    return text


def _as_bool(text: str) -> bool:
    match text.casefold():
        case "true" | "yes" | "on" | "1":
            return True
        case "false" | "no" | "off" | "0":
            return False
    raise ValueError(text)


def wanted(kind: Any) -> str:
    """Describe `kind`, as the second half of a sentence whose subject is the setting.

    >>> wanted(Share), wanted(bool)
    ('is a share, so it must lie between 0 and 1', 'must be true or false')
    """
    for meta in getattr(kind, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.description:
            return meta.description
    base = _base(kind)
    if get_origin(base) is Literal:
        choices = [str(choice) or "empty" for choice in get_args(base)]
        return f"must be {', '.join(choices[:-1])} or {choices[-1]}"
    if get_origin(base) is tuple:
        return "must be a list of texts"
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a text in quotes"}
    return f"must be {words[base]}"


def _base(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind
