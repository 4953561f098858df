"""Time zones as feeds name them: abbreviations that mean one offset everywhere, and those that mean several."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFFSET_HOURS_MAX: Final = 14
"""Maximum offset from UTC, in hours; no place on earth has a larger one."""

_HOURS: Final[dict[str, float]] = {
    **dict.fromkeys(("utc", "gmt", "z", "ut", "wet", "zulu"), 0),
    **dict.fromkeys(("cet", "mez", "west", "wat"), 1),
    **dict.fromkeys(("cest", "mesz", "eet", "cat", "sast"), 2),
    **dict.fromkeys(("eest", "msk", "мск", "eat", "trt"), 3),
    **dict.fromkeys(("sgt", "hkt", "awst", "wita", "pht"), 8),
    **dict.fromkeys(("jst", "kst", "wit"), 9),
    "npt": 5.75,
    "pkt": 5,
    "ict": 7,
    "wib": 7,
    "acst": 9.5,
    "aest": 10,
    "acdt": 10.5,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "brt": -3,
    "art": -3,
    "adt": -3,
    "ndt": -2.5,
    "nst": -3.5,
    "edt": -4,
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    **dict.fromkeys(("pst", "akdt"), -8),
    "akst": -9,
    "hst": -10,
}
"""Hours east of UTC. The North American ones are those of RFC 2822, which leaves them to no other continent."""

_REGIONS: Final = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Names that stand for summer and winter time alike."""

_NAMED: Final = re.compile(
    r"\b(central european|eastern|central|mountain|pacific)(?: (standard|daylight|summer))?(?: time)?\b"
)
_SHORT: Final = {
    "central european": "cet",
    "eastern": "et",
    "central": "ct",
    "mountain": "mt",
    "pacific": "pt",
}
_SHORT_BY_SEASON: Final = {
    f"{name} {season}": f"{first}{letter}t"
    for name, first in (("eastern", "e"), ("central", "c"), ("mountain", "m"), ("pacific", "p"))
    for season, letter in (("standard", "s"), ("daylight", "d"))
} | {"central european summer": "cest", "central european standard": "cet"}
"""Written names of zones -> what they are called in short."""

SEVERAL_MEANINGS: Final = frozenset(("ist", "ast", "sst", "gst", "ect", "amt", "act", "bst"))
"""Abbreviations of several offsets: India, Israel and Ireland write IST."""

_OFFSET: Final = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d\d))?", re.ASCII)
_IANA: Final = re.compile(r"[A-Za-z]{2,16}(?:/[A-Za-z_+-]{2,32}){1,2}")


def zone_of(name: str, local: datetime) -> tzinfo | None:
    """Return the zone that a name or an offset stands for at a local time; None where it is unknown or means several.

    >>> zone_of("+0530", datetime(2025, 6, 4)).utcoffset(None), zone_of("IST", datetime(2025, 6, 4))
    (datetime.timedelta(seconds=19800), None)
    """
    folded = name.lower()
    if folded in _HOURS:
        return UTC if not _HOURS[folded] else timezone(timedelta(hours=_HOURS[folded]))
    if folded == "bst":
        return timezone(timedelta(hours=1)) if _is_british_summer(local) else None
    if match := _OFFSET.fullmatch(folded):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset > timedelta(hours=OFFSET_HOURS_MAX) or int(match[3] or 0) > 59:
            return None
        return timezone(offset if match[1] == "+" else -offset)
    if folded in _REGIONS:
        return _region(_REGIONS[folded])
    return _region(name) if _IANA.fullmatch(name) else None


def named_regions(text: str) -> str:
    """Return a text in small letters with short names of zones in place of written ones.

    >>> named_regions("9:12 am eastern time"), named_regions("9:12 pacific daylight time")
    ('9:12 am et', '9:12 pdt')
    """
    return (
        _NAMED.sub(_short_name, text)
        if "ern" in text or "tra" in text or "fic" in text or "tain" in text
        else text
    )


def _short_name(match: re.Match[str]) -> str:
    season = f"{match[1]} {match[2]}"
    return _SHORT_BY_SEASON.get(season) or _SHORT[match[1]]


def _is_british_summer(local: datetime) -> bool:
    """Return whether British Summer Time is in force: BST cannot mean it in winter."""
    london = _region("Europe/London")
    return london is not None and bool(local.replace(tzinfo=london).dst())


@lru_cache(maxsize=256)
def _region(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
