"""By which words of a name two articles mean one speaker."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Final

from service.languages.en import threading as english
from service.languages.en.nations import COUNTRY_OF, NO_COUNTRY, SAID_OF_ANY, SPELT
from service.languages.en.places import COUNTRIES
from service.records import Claim

_NAMES_MAX: Final = 4_096
"""Maximum number of names whose reading is kept."""
_WORD: Final = re.compile(r"[\w’'-]+")
_OWNER: Final = re.compile(r"(?<=s)[’']$|[’']s$")
_COUNTRIES: Final = frozenset(COUNTRY_OF.values()) | COUNTRIES


@lru_cache(_NAMES_MAX)
def known_by(name: str) -> str:
    """Return the last name of a person, and of a body the word before it too; of a ministry also its country.

    >>> known_by("Omar Sefu Jr."), known_by("U.S. State Department"), known_by("North Merrow")
    ('sefu', 'state department', 'north merrow')
    >>> known_by("Department of Justice"), known_by("Merrow's Foreign Ministry")
    ('justice department', 'merrow foreign ministry')
    >>> known_by("the French Foreign Ministry"), known_by("Ministry of Foreign Affairs of France")
    ('france foreign ministry', 'france foreign ministry')
    """
    words = _WORD.findall(name.lower())
    while len(words) > 1 and words[-1] in english.SUFFIXES:
        words.pop()
    for at in range(len(words) - 2):
        if words[at] in english.OFFICES and words[at + 1] == english.OF:
            words = [*words[:at], *words[at + 2 :], words[at]]
            break
    if words and words[-1] in english.MINISTRIES:
        return _ministry(words)
    is_body = bool(words) and (words[-1] in english.BODIES or words[0] in english.SIDES)
    return " ".join(words[-2:] if is_body else words[-1:])


def _ministry(words: list[str]) -> str:
    """Return the country of a ministry and what it is for, in whatever order they are named; "ministry" without one."""
    bare = [_OWNER.sub("", word) for word in words[:-1]]
    at = next((at for at, word in enumerate(bare) if word in COUNTRY_OF or word in _COUNTRIES), None)
    if at is None:
        owners = [n for n, word in enumerate(bare) if word != words[n]]
        first = [0] if len(bare) > 1 else []
        at = next((n for n in owners + first if bare[n] not in NO_COUNTRY), None)
    if at is None:
        return words[-1]
    country = COUNTRY_OF.get(bare[at], bare[at])
    begin = at - (at > 0 and bare[at - 1] in english.SIDES)
    skipped = {country} | SAID_OF_ANY
    rest = [word for word in bare[:begin] + bare[at + 1 :] if COUNTRY_OF.get(word, word) not in skipped]
    fields = [SPELT.get(word, word) for word in rest]
    return " ".join(["-".join([*bare[begin:at], country]), *sorted(fields), words[-1]])


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
