"""Names that a long description ends in: `stage and film producer | Ida Falk`, `The man who asked, | Emil Koch`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.cast.heads import is_surely_name
from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, read_name
from service.enrich.quotes.cast.phrase_tokens import INSIDE_NAMES, Phrase, PhraseTokens, wording
from service.enrich.quotes.view import Range, View
from service.languages.en.names import BODIES
from service.languages.en.people import (
    AGENT_ENDINGS,
    DAYS_AND_TIMES,
    LEADERS,
    NAME_BODIES_OF,
    OFFICES,
    PERSON_ENDINGS,
    TITLE_WORDS,
)
from service.languages.en.reporting import DETERMINERS, PREPOSITIONS, RELATIVES

TOKENS_MIN = 3
"""Minimum length of a phrase that a name may end, in tokens."""
_CAPITALS = frozenset({c.CAPITAL, c.CAPITALS})
_ONE = DETERMINERS | {"one", "another"}
_LEAD_ON = PREPOSITIONS | RELATIVES | {","}
_HOLDERS = LEADERS | OFFICES | TITLE_WORDS


def with_last_name(view: View, tokens: Range, phrase: Phrase) -> Phrase:
    """Return a phrase with the name that it ends in, where nothing else named its speaker."""
    if phrase.pronoun is not None or phrase.relative or tokens[1] - tokens[0] < TOKENS_MIN:
        return phrase
    if not _CAPITALS.intersection(view.kinds[tokens[0] + 1 : tokens[1]]):
        return phrase  # as of most: "the people of the town"
    if phrase.names and (len(phrase.names) < 2 or phrase.names[0].sort != "body"):
        return phrase
    words = PhraseTokens.of(view, tokens)
    first, end = _last_run(words)
    if not 0 < first < end:
        return phrase
    naming = read_name(wording(words.slice(first, end)))
    if not naming.words:
        return phrase
    if _heads_body(words, first, naming):
        return Phrase([naming._replace(sort="person")], "", set(), True)
    if phrase.names:
        return phrase
    if len(naming.words) == 1:
        if _is_in_a_state(words, first):
            phrase.maybe = naming  # "a smiling Falk"
        return phrase
    one = _is_role_of(words, first, naming) or _is_beside(words, first, naming)
    return Phrase([naming], "", set(), True) if one else phrase


def _last_run(words: PhraseTokens) -> Range:
    """Find the capitals at the end of a phrase, before a day, `of Ostmark` and `, wearing a hat`."""
    end = len(words.at)
    for place in range(1, end - 1):
        if words.lows[place] == "," and words.lows[place + 1].endswith("ing"):
            end = place
            break
    while end > 1 and (words.lows[end - 1] in DAYS_AND_TIMES or words.lows[end - 1] == "on"):
        end -= 1
    first = _run_before(words, end)
    if words.low(first - 1) in ("of", "from") and words.is_capital(first - 2):
        end = first - 1
        first = _run_before(words, end)
    return first, end


def _run_before(words: PhraseTokens, end: int) -> int:
    first = end
    while first > 0 and (
        words.is_capital(first - 1) or (first < end and words.lows[first - 1] in INSIDE_NAMES)
    ):
        first -= 1
    return first


def _heads_body(words: PhraseTokens, first: int, naming: Naming) -> bool:
    """Tell whether a body's name goes on behind "and" up to a title: `Office of Dams and Budget Chief | Ida Roth`."""
    joint = first - 1
    opening = words.low(first)
    if words.low(joint) != "and" or not naming.titles or len(naming.words) < 2:
        return False
    if opening in TITLE_WORDS or opening in BODIES or opening in GIVEN_NAMES:
        return False
    before = words.slice(0, joint)
    heads = [place for place, low in enumerate(before.lows) if low in NAME_BODIES_OF]
    of_body = any(before.low(place + 1) in ("of", "for") for place in heads)
    return of_body and "," not in before.lows and before.is_capital(joint - 1)


def _is_in_a_state(words: PhraseTokens, first: int) -> bool:
    """Tell whether a participle tells how somebody looked: `a smiling | Falk`; not so `a leading | Democrat`."""
    adjective = first == 2 and words.low(0) in DETERMINERS and words.low(1).endswith(("ing", "ed"))
    return adjective and is_surely_name(words.low(2))


def _is_role_of(words: PhraseTokens, first: int, naming: Naming) -> bool:
    """Tell whether two things that one person is stand before a name: `philosopher and statesman | Emil Falk`."""
    noun = words.low(first - 1)
    joint = words.lows.index("and") if "and" in words.lows[:first] else 0
    before = words.lows[:first]
    agent = noun.endswith(AGENT_ENDINGS) and naming.key[0] in GIVEN_NAMES  # "Lund backer"
    if words.is_capital(first - 1) or not (agent or kind_of_noun(noun) == "person") or naming.sort == "body":
        return False
    if not joint or before.count("and") > 1 or not _LEAD_ON.isdisjoint(before):
        return False
    office = words.low(joint - 1) in _HOLDERS and words.low(0) in DETERMINERS
    return not office and not words.is_capital(joint - 1)


def _is_beside(words: PhraseTokens, first: int, naming: Naming) -> bool:
    """Tell whether a name behind a comma is who a clause describes: `The man who asked, | Emil Koch`."""
    if kind_of_noun(words.low(first - 1)) == "person":  # "Another critic, | the activist Emil Koch"
        first -= 1 + (words.low(first - 2) in DETERMINERS)
    if words.low(first - 1) != "," or words.lows[: first - 1].count(",") or words.low(0) not in _ONE:
        return False
    if words.low(0) in ("one", "another") and words.low(1) == "of":
        return True
    head = next((place for place, low in enumerate(words.lows) if low in _LEAD_ON), first - 1) - 1
    noun = words.low(head)
    person = kind_of_noun(noun) == "person" or noun.endswith(PERSON_ENDINGS)
    return person and not words.is_capital(head) and naming.sort != "body"
