"""Runs of capitals read as names: what is title, what is name, and whether a person or a body bears it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from service.enrich.remembered import remembered
from service.languages.en.names import (
    BODIES,
    BODY_SURNAMES,
    FEMALE_NAMES,
    MALE_NAMES,
    NEVER_NAMES,
    PARTICLES,
    SUFFIXES,
)
from service.languages.en.people import (
    BODY_NOUNS,
    BUTTONS,
    DAYS_AND_TIMES,
    FEMALE_NOUNS,
    FEMALE_TITLES,
    MALE_NOUNS,
    MALE_TITLES,
    MONTH_SURNAMES,
    NO_NAMES,
    PARTY_MEMBERS,
    PERSON_NOUNS,
    PERSONAL_TITLES,
    POSTS,
    TITLE_WORDS,
)

Gender = Literal["female", "male"]
Sort = Literal["person", "body", "unknown"]
Words = tuple[str, ...]

GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES
_GENDERS: Mapping[str, Gender] = {
    **dict.fromkeys(MALE_NAMES, "male"),
    **dict.fromkeys(FEMALE_NAMES, "female"),
}
"""What a given name shows."""
_CLASS = "class"
"""A title only behind its number: "Petty Officer 1st | Class Rex Benn", but "World Class Boats"."""
_TELLING = (
    TITLE_WORDS
    | PERSON_NOUNS
    | BODIES
    | BODY_NOUNS
    | BUTTONS
    | DAYS_AND_TIMES
    | NEVER_NAMES
    | SUFFIXES
    | {_CLASS}
)
"""Words that make a run of capitals more than the plain name of someone."""
_INTRODUCING = BODIES | BODY_NOUNS | TITLE_WORDS | PERSON_NOUNS | BUTTONS
_POSTS_AND_TITLES = PERSONAL_TITLES | POSTS
_NO_FIRST_NAMES = DAYS_AND_TIMES - MONTH_SURNAMES
_RUN_TOGETHER = re.compile(r"[a-z]{3}[A-Z]").search
HEADLINE_NAME_WORDS = 3
"""Maximum length of a name that only a headline has, in words."""
NAME_WORDS_MAX = 5
"""Maximum length of a person's name, in words."""


class Naming(NamedTuple):
    """A run of capitals: the words before the name, the words of the name, and who may bear it."""

    titles: Words
    words: Words
    sort: Sort
    gender: Gender | None
    key: Words  # the name in lower case, to compare it


def body_named(words: Words) -> Naming:
    """Return the naming of a body by these words."""
    return Naming((), words, "body", None, lowered(words))


def lowered(words: Words) -> Words:
    """Return words in lower case."""
    return tuple([word.lower() for word in words])


def bare(word: str) -> str:
    """Return a word in lower case without its possessive and full stops."""
    if word.isalpha():
        return word.lower()
    return word.lower().replace("’", "'").removesuffix("'s").rstrip(".'")


def _read_name(wording: str) -> Naming:
    """Read a run of capitals, its words parted by single blanks: `Majority Leader Ada Brandt`.

    >>> read_name("Majority Leader Ada Brandt").words
    ('Ada', 'Brandt')
    """
    if wording.isalpha():
        return _read_word(wording, wording.lower())
    words, lows = wording.split(), wording.lower().split()
    alphabetic = wording.replace(" ", "").isalpha()
    if not alphabetic:
        words = [word for word in words if word.strip(".’'")]
        lows = list(map(bare, words))
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:  # a caption's and the text's: "Ada Brandt Ada Brandt"
        del words[half:], lows[half:]
    if _TELLING.isdisjoint(lows) and "-" not in wording and not (len(words) > 2 and _has_acronym(words)):
        name = tuple(words) if alphabetic else tuple([word.rstrip(".") for word in words])
        key = tuple(lows) if alphabetic else lowered(name)
        gender = _GENDERS.get(key[0]) if len(key) > 1 else None
        return Naming((), name, _plain_sort(name, gender), gender, key)
    while len(words) > 1 and lows[-1] in DAYS_AND_TIMES and not _is_surname(lows):
        words.pop()
        lows.pop()
    while len(words) > 1 and lows[0] in _NO_FIRST_NAMES:
        words.pop(0)  # "On Friday Falk"
        lows.pop(0)
    if lows[-1] in PARTY_MEMBERS:
        _cut_party(words, lows)
    if len(words) == 2 and lows[1] in SUFFIXES:  # "Haros Jr." is who was named in full before
        del words[1], lows[1]
    cut = _titles_end(words, lows)
    titles, name = tuple(lows[:cut]), tuple([word.rstrip(".") for word in words[cut:]])
    key = lowered(name)
    gender = _gender(titles, key)
    return Naming(titles, name, _sort(titles, name, key, gender), gender, key)


read_name = remembered(_read_name)


def _read_word(word: str, low: str) -> Naming:
    """Read a run of one word of nothing but letters: no title and no given name tells who bears it."""
    body = low in BUTTONS or (low in BODIES and low not in GIVEN_NAMES) or (len(word) > 1 and word.isupper())
    return Naming((), (word,), "body" if body and low not in NEVER_NAMES else "unknown", None, (low,))


def _cut_party(words: list[str], lows: list[str]) -> None:
    """Cut the place and the party behind a full name: `Ada K. Brandt | Aske Democrat`."""
    given = next((place for place, low in enumerate(lows[:-2]) if low in GIVEN_NAMES), None)
    if given is not None:
        end = given + 2 + (len(lows[given + 1]) == 1)
        del words[end:], lows[end:]


def _has_acronym(words: list[str]) -> bool:
    """Tell whether a body may introduce the name: `CNN Dana Bash`."""
    return any(len(word) > 1 and word.isupper() for word in words)


def _is_surname(lows: list[str]) -> bool:
    """Tell whether a month behind a given name is a surname: `Ada May`."""
    return lows[-2] in GIVEN_NAMES and lows[-1] in MONTH_SURNAMES


def _titles_end(words: list[str], lows: list[str]) -> int:
    """Count the words before the name; `lows` are the bare words."""
    last = len(lows) - 1
    if last < 1:
        return 0
    titled = [place for place, low in enumerate(lows[:last]) if low in TITLE_WORDS or "-" in low]
    titled = [place for place in titled if lows[place] in TITLE_WORDS or _is_compound(words[place])]
    if lows[0] == _CLASS:
        titled.insert(0, 0)
    cut = titled[-1] + 1 if titled else int(lows[0] in BUTTONS and last > 1)
    named = lows[0] in GIVEN_NAMES and lows[0] not in TITLE_WORDS
    if cut and named and lows[cut - 1] not in _POSTS_AND_TITLES:  # but "Virginia Gov. Ada Brandt"
        return 0  # "Stephen King Jr": what follows a given name is no title
    if _is_body(lows[cut:]) and not _is_personal(lows[:cut]):
        return 0
    given = next((place for place in range(cut + 1, last) if lows[place] in GIVEN_NAMES), None)
    if given is not None and lows[cut] not in GIVEN_NAMES and _introduces(words, lows, cut, given):
        return given
    return cut


def _is_compound(word: str) -> bool:
    """Tell whether a word is a noun with a small letter behind its hyphen, and no name: `Oscar-winner`."""
    _, hyphen, after = word.partition("-")
    return bool(hyphen) and after[:1].islower() and len(after) > 2


def _introduces(words: list[str], lows: list[str], first: int, given: int) -> bool:
    """Tell whether the words before a given name belong to no name: bodies, acronyms, first words of a sentence."""
    if len(lows[given].rstrip(".")) == 1 or len(lows[first]) == 1:
        return False
    before = lows[first:given]
    return any(low in _INTRODUCING for low in before) or any(
        word.isupper() and len(word) > 1 for word in words[first:given]
    )


def _is_personal(titles: list[str]) -> bool:
    return bool(titles) and titles[-1] in PERSONAL_TITLES


def _is_body(lows: Sequence[str]) -> bool:
    if len(lows) == 2 and "-" in lows[1] and lows[1] not in BODIES:  # "Park Min-jae"
        return False
    return not BODIES.isdisjoint(lows[1:]) or bool(lows and lows[0] in BODIES and lows[0] not in GIVEN_NAMES)


def _gender(titles: Words, key: Words) -> Gender | None:
    for title in reversed(titles):
        if title in FEMALE_TITLES or title in MALE_TITLES:
            return "female" if title in FEMALE_TITLES else "male"
    return _GENDERS.get(key[0]) if len(key) > 1 else None


def gender_of_noun(noun: str) -> Gender | None:
    """Return the gender of a person of whom a noun is said: wife, spokesman."""
    return "female" if noun in FEMALE_NOUNS else "male" if noun in MALE_NOUNS else None


def _sort(titles: Words, name: Words, key: Words, gender: Gender | None) -> Sort:
    if not name:
        return "unknown"
    if key[0] in NEVER_NAMES or len(name) > NAME_WORDS_MAX:
        return "body" if len(name) > NAME_WORDS_MAX else "unknown"
    family = gender is not None and key[-1] in BODY_SURNAMES and len(name) == 2
    if key[-1] in BUTTONS or (_is_body(key) and not family):
        return "body"
    if len(name) > 1 and titles:
        return "person"
    if titles and titles[-1] in TITLE_WORDS:
        return "person"
    return _plain_sort(name, gender)


def _plain_sort(name: Words, gender: Gender | None) -> Sort:
    """Tell the sort of a name without titles and without words of bodies."""
    if len(name) > NAME_WORDS_MAX:
        return "body"
    if len(name) > 1:
        return "unknown" if gender is None else "person"
    return "body" if name and len(name[0]) > 1 and name[0].isupper() else "unknown"


def surname(key: Words) -> str:
    """Return the last word of a name that is no suffix: `Omar Sefu Jr` -> sefu."""
    last = key[-1]
    if last not in SUFFIXES:
        return last
    return next((word for word in reversed(key) if word not in SUFFIXES), key[0])


def may_be(one: Words, other: Words) -> bool:
    """Tell whether two names with the same last word may be one person's: given name or initial agrees."""
    mine, given = one[0], other[0]
    if len(one) == 1 or len(other) == 1 or (given in PARTICLES and one[-len(other) :] == other):
        return True  # "Mats van der Berg", "Van der Berg"
    if mine == given or (len(one) > len(other) and one[-len(other) :] == other and given not in GIVEN_NAMES):
        return True  # "Ana Ruiz Mora", "Ruiz Mora"
    short, long = sorted((mine.rstrip("."), given.rstrip(".")), key=len)
    return (
        (len(short) == 1 and long.startswith(short))
        or (one[1:2] == (given,) and len(mine) == 1)
        or (other[1:2] == (mine,) and len(given) == 1)
    )


def spelt(naming: Naming) -> str:
    """Spell out a name, its initials with their full stops."""
    words = naming.words
    spelling = " ".join(words)
    if "." not in spelling and 1 not in map(len, words):
        return spelling
    return " ".join([w + "." if (len(w) == 1 or "." in w) and w.isupper() else w for w in words])


def is_fuller(naming: Naming, known: Words) -> bool:
    """Tell whether a name has more words than the one known, or the given name where that has an initial."""
    if len(naming.words) != len(known):
        return len(naming.words) > len(known) and may_be(known, naming.key)
    return len(known[0]) == 1 < len(naming.key[0])


def is_run_together(wording: str) -> bool:
    """Tell whether a word lost the blank before the next: `Ada BrandtHarbour news`."""
    return not wording.istitle() and _RUN_TOGETHER(wording) is not None


def is_surely_person(naming: Naming) -> bool:
    """Tell whether a name that only a headline has is somebody's."""
    return naming.key[0] in GIVEN_NAMES and len(naming.key) <= HEADLINE_NAME_WORDS


def is_noun(naming: Naming) -> bool:
    """Tell whether a word with a capital names nobody: a noun for people, `MPs`, a word that opens a sentence."""
    word, low = naming.words[0], naming.key[0]
    several = low.endswith("s") and (word[:-1].isupper() or low[:-1] in PERSON_NOUNS)
    return len(low) == 1 or low in PERSON_NOUNS or low in NO_NAMES or (several and not word.isupper())
