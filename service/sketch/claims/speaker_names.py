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
_WORD: Final = re.compile(r"[\w’'-]+")


@lru_cache(_NAMES_MAX)
def known_by(name: str) -> str:
    """Return the last name of a person, and of a body the word before it too.

    >>> known_by("Omar Sefu Jr."), known_by("U.S. State Department"), known_by("North Merrow")
    ('sefu', 'state department', 'north merrow')
    """
    words = _WORD.findall(name.lower())
    while len(words) > 1 and words[-1] in english.SUFFIXES:
        words.pop()
    is_body = bool(words) and (words[-1] in english.BODIES or words[0] in english.SIDES)
    return " ".join(words[-2:] if is_body else words[-1:])


def speaker_hash(claim: Claim) -> int:
    """Return a hash of who speaks, 0 where nobody is named, or another article may name someone else.

    It may where two people speak as one, and where a person passed on what another said.
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
    return zlib.crc32(known_by(name).encode("utf-8", "surrogatepass")) or 1 if known_by(name) else 0
