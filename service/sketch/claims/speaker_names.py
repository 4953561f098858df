"""By which words of a name two articles mean one speaker."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Final

from service.languages.en import threading as english
from service.records import Claim

_NAMES_MAX: Final = 4_096
"""Maximum number of names whose reading is kept."""
COUNTRY_CHARS: Final = 4
"""First letters of a country's name that its people's name begins with too."""
_WORD: Final = re.compile(r"[\w’'-]+")


@lru_cache(_NAMES_MAX)
def known_by(name: str) -> str:
    """Return the last name of a person, and of a body the word before it too; of a ministry also its country.

    >>> known_by("Omar Sefu Jr."), known_by("U.S. State Department"), known_by("North Merrow")
    ('sefu', 'state department', 'north merrow')
    >>> known_by("Department of Justice"), known_by("Merrow's Foreign Ministry")
    ('justice department', 'merr foreign ministry')
    """
    words = _WORD.findall(name.lower())
    while len(words) > 1 and words[-1] in english.SUFFIXES:
        words.pop()
    for at in range(len(words) - 2):
        if words[at] in english.OFFICES and words[at + 1] == english.OF:
            words = [*words[:at], *words[at + 2 :], words[at]]
            break
    if len(words) > 2 and words[-1] in english.MINISTRIES:
        return " ".join([words[0][:COUNTRY_CHARS], *words[-2:]])
    is_body = bool(words) and (words[-1] in english.BODIES or words[0] in english.SIDES)
    return " ".join(words[-2:] if is_body else words[-1:])


def speaker_hash(claim: Claim) -> int:
    """Return a hash of who speaks, 0 where nobody is named, or another article may name someone else.

    It may where two people speak as one, where a person passed on what another said, and where a ministry is named
    without its country.
    """
    speaker = claim.speaker
    name = speaker.name if speaker is not None else None
    if speaker is None or not name:
        return 0
    if speaker.kind == "group" and english.AND in name:
        return 0
    if claim.via and any(one.kind == "person" for one in claim.via):
        return 0
    return _hash(name)


@lru_cache(_NAMES_MAX)
def _hash(name: str) -> int:
    known = known_by(name)
    words = known.split()
    if not words or (len(words) < 3 and words[-1] in english.MINISTRIES):
        return 0
    return zlib.crc32(known.encode("utf-8", "surrogatepass")) or 1
