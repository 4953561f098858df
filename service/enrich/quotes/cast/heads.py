"""Where the head of a phrase begins and ends: `Doctors | treating Ivo Brandt`, `CNN's | Dana Bash`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.names import GIVEN_NAMES
from service.enrich.quotes.cast.phrase_tokens import PhraseTokens
from service.enrich.quotes.view import View
from service.languages.en.names import NEVER_NAMES, PARTICLES
from service.languages.en.people import (
    BODY_NOUNS,
    BUTTONS,
    DAYS_AND_TIMES,
    DOCUMENT_NOUNS,
    MONTH_SURNAMES,
    NAMED_ALONE,
    NO_NAMES_ALONE,
    NOUNS_IN_LY,
    PARTY_MEMBERS,
    PERSON_NOUNS,
    POSTS,
    TITLE_WORDS,
)
from service.languages.en.reporting import (
    DETERMINERS,
    HEAD_ENDS,
    IRREGULAR_PARTICIPLES,
    PREPOSITIONS,
    RELATIVES,
)

_PARTICIPLE_ENDINGS = ("ing", "ed")
_HEAD_ENDINGS = (*_PARTICIPLE_ENDINGS, "ly")
_AFTER_PARTICIPLE = HEAD_ENDS | DETERMINERS | {""}
_PERSONS_AND_DOCUMENTS = PERSON_NOUNS | DOCUMENT_NOUNS
_PERSONS_AND_TITLES = PERSON_NOUNS | TITLE_WORDS
_BODIES_AND_DOCUMENTS = BODY_NOUNS | DOCUMENT_NOUNS
_SPEAKING_NOUNS = PERSON_NOUNS | BODY_NOUNS | DOCUMENT_NOUNS

_NO_NAMES = NEVER_NAMES | HEAD_ENDS | RELATIVES | DAYS_AND_TIMES | NO_NAMES_ALONE | NAMED_ALONE
_NO_NAMES |= TITLE_WORDS | POSTS | PARTY_MEMBERS | BUTTONS | _SPEAKING_NOUNS


def is_only_name(head: PhraseTokens) -> bool:
    """Tell whether a month at the end is a surname: `Ada May`, `April Song`."""
    last = len(head.at) - 1
    return last > 0 and head.low(last) in MONTH_SURNAMES and head.low(last - 1) in GIVEN_NAMES


def head_end(phrase: PhraseTokens) -> int:
    """Count the tokens of the head: up to a preposition, a comma, a relative clause or a participle."""
    kinds = phrase.view.kinds
    for place in range(1, len(phrase.at)):
        word = phrase.lows[place]
        if word in HEAD_ENDS and not (word in PARTICLES and phrase.is_capital(place + 1)):
            return place
        if word in IRREGULAR_PARTICIPLES and phrase.low(place + 1) in PREPOSITIONS:
            return place  # "A letter | seen by the Courier"
        if not word.endswith(_HEAD_ENDINGS):
            continue
        adverb = word.endswith("ly") and word not in NOUNS_IN_LY and kinds[phrase.at[place]] == c.LOWER
        adverb = adverb and not phrase.low(place + 1).endswith("ed")  # "his newly | appointed manager"
        if adverb or _is_participle(phrase, place):
            return place
    return len(phrase.at)


def _is_participle(phrase: PhraseTokens, place: int) -> bool:
    """Tell whether a participle ends the head: `Doctors | treating Ivo Brandt`; but not `acting President`."""
    word = phrase.low(place)
    if (
        not word.endswith(_PARTICIPLE_ENDINGS)
        or phrase.view.kinds[phrase.at[place]] > c.LOWER
        or phrase.is_capital(place)
    ):
        return False
    following = phrase.low(place + 1)
    leads_on = phrase.is_capital(place + 1) or following in _AFTER_PARTICIPLE
    return leads_on and following not in TITLE_WORDS and word not in _PERSONS_AND_DOCUMENTS


def last_possessive(phrase: PhraseTokens, stop: int) -> int:
    """Find the last possessive before the head's last word: `CNN 's | Dana Bash`; -1 where there is none."""
    if "'s" not in phrase.lows and "'" not in phrase.lows:
        return -1
    for place in range(stop - 2, 0, -1):
        word = phrase.low(place)
        if word == "'s" or (word == "'" and phrase.low(place - 1).endswith("s")):
            return place
    return -1


def is_described(head: PhraseTokens) -> bool:
    """Tell whether the last word of a head describes without a name, capital or not: `the Aske Democrat`."""
    last = head.low(len(head.at) - 1)
    return (last in PARTY_MEMBERS or last in POSTS) and GIVEN_NAMES.isdisjoint(head.lows)


def is_common(head: PhraseTokens) -> bool:
    """Tell whether a head is one noun with a capital only because it begins a sentence: `Relatives`, `Report`."""
    words_of = [place for place, word in enumerate(head.lows) if word not in NEVER_NAMES]
    if len(words_of) != 1:
        return not words_of
    word = head.low(words_of[0])
    if word in _PERSONS_AND_TITLES or word in NO_NAMES_ALONE or singular_of(word) in PERSON_NOUNS:
        return True
    view, token = head.view, head.at[words_of[0]]
    begins = token == 0 or view.sentences[token - 1] != view.sentences[token]
    if word in NAMED_ALONE or not (begins or _is_headline(view, token)):
        return False
    singular = word.removesuffix("s")
    known = word in _BODIES_AND_DOCUMENTS or singular in _SPEAKING_NOUNS
    return known or (
        word.endswith("s")
        and not word.endswith("ss")
        and word not in GIVEN_NAMES
        and not stands_elsewhere(view, token)
    )


def is_surely_name(word: str) -> bool:
    """Tell whether a word with a capital is a name wherever it stands: neither a known noun nor a plural."""
    return word not in _NO_NAMES and not word.endswith(("s", "men"))


def singular_of(word: str) -> str:
    """Return the singular of a noun for several: fishermen -> fisherman, aides -> aide."""
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


def _is_headline(view: View, token: int) -> bool:
    """Tell whether the words beside a token have capitals too, as in a headline: `Show | Report | Reveals`."""
    return all(view[near][:1].isupper() and view.touch(near) for near in (token, token + 1))


def stands_elsewhere(view: View, token: int) -> bool:
    """Tell whether the word has a capital in another place than at the start of a sentence."""
    for place, is_capital in view.telling_places(view.hashes[token]):
        if not is_capital:
            return False
        if place != token:
            return True
    return False
