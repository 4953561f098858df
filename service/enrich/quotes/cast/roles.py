"""What the text says that someone is: before the name, between commas behind it, in brackets."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Gender, Naming, Words, bare
from service.enrich.quotes.cast.role_edges import (
    before_name,
    is_of_bearer,
    joins_body,
    with_standing,
    without_loose_end,
)
from service.enrich.quotes.cast.runs import BRACKET_AFTER, TITLE_AFTER, TITLE_BEFORE, Run
from service.enrich.quotes.cast.telling import TELLING
from service.enrich.quotes.view import View
from service.enrich.remembered import remembered
from service.languages.en.names import NEVER_NAMES
from service.languages.en.people import (
    DAYS_AND_TIMES,
    FEMALE_NOUNS,
    MALE_NOUNS,
    PARTY_LETTERS,
    ROLE_ARTICLES,
    ROLE_ENDS,
    STATES,
)
from service.languages.en.places import PLACES
from service.languages.en.reporting import FINITE_MARKS, IRREGULAR_PAST, PREPOSITIONS
from service.languages.en.roles import ROLE_WORDS, SAME_ROLE

ROLE_CHARS_MAX = 100
"""Maximum length of a role, in characters."""
ROLE_TOKENS_BEFORE = 5
"""Maximum number of tokens of a role before a name."""
ROLE_TOKENS_AFTER = 16
"""Maximum number of tokens of a role behind a name."""
ROLE_NAMED_AFTER = 8
"""Number of tokens behind the comma among which the word for what someone does comes."""
ROLE_MENTIONS_MAX = 4
"""Number of mentions at which a role is looked for."""

_BREAKS = (NEVER_NAMES | {"of", "'s", "s", "whose"}) - {"former"}
_TITLES = TITLE_BEFORE | TITLE_AFTER
_GENDERED = FEMALE_NOUNS | MALE_NOUNS
_OWNS = frozenset({"'s", "'"})
_VERBS = FINITE_MARKS | IRREGULAR_PAST


def add_role(view: View, run: Run, naming: Naming, entity: Entity) -> None:
    """Note what one mention says of an entity."""
    if run.hints & BRACKET_AFTER:
        _read_bracket(view, run.end, entity)
    if naming.titles:
        entity.role_words.update([same_role(title) for title in naming.titles])
    if entity.sort == "body" or not run.hints & _TITLES or len(entity.tokens) > ROLE_MENTIONS_MAX:
        return
    after = _after(view, run, entity) if run.hints & TITLE_AFTER else None
    before = _before(view, run, naming) if run.hints & TITLE_BEFORE else None
    for role in (after, before):
        if role is not None:
            entity.role = entity.role or role
            entity.role_words |= role_words(role)
    if (after or before) and entity.sort == "unknown":
        entity.sort = "person"
    if entity.gender is None:
        entity.gender = _gender_in(naming.titles, after, before)


def _gender_in(titles: Words, after: str | None, before: str | None) -> Gender | None:
    """Return the gender that the words of a role show as they are written: a spokeswoman is compared as a spokesman."""
    gendered = _GENDERED.intersection(titles)
    for role in (after, before):
        if role is not None:
            gendered |= _GENDERED & _words(role)
    if not gendered:
        return None
    return "male" if gendered.isdisjoint(FEMALE_NOUNS) else "female"


@remembered
def role_words(role: str) -> frozenset[str]:
    """Split a role into the words it is compared by: an `adviser to the President` is no president."""
    words = role.lower().split()
    own = next((place for place, word in enumerate(words) if word in PREPOSITIONS), len(words))
    others = TELLING.intersection(_words(" ".join(words[own:])))
    others = others.difference(_words(" ".join(words[:own])))
    return frozenset([same_role(word) for word in _words(role) - others])


@remembered
def _words(role: str) -> frozenset[str]:
    return frozenset([bare(word) for word in role.replace(",", " ").replace("-", " ").split()])


def same_role(word: str) -> str:
    """Return the form in which a word of a role is compared."""
    return SAME_ROLE.get(word, word)


def _read_bracket(view: View, bracket: int, entity: Entity) -> None:
    """Read party and state in brackets: `(R-Ky.)`."""
    party, _, state = view.lows[bracket + 1].partition("-")
    if party in PARTY_LETTERS and state:
        state = state.rstrip(".")
        entity.role_words |= {PARTY_LETTERS[party], *STATES.get(state, state).split()}
        if entity.sort == "unknown":
            entity.sort = "person"


def _after(view: View, run: Run, entity: Entity) -> str | None:
    """Read the role between commas after a name: `Yury Ushakov, an adviser to the president, said`.

    Of `In Ostmark, a Northland official said` it is the official who speaks, and so it is of `In a letter to Roth, a`.
    """
    end = run.end
    stop, named = end + 1, False
    if view.lows[stop] in PREPOSITIONS:
        return None  # "Ida Moss, of Tarrow General Hospital,"
    while stop < min(end + ROLE_TOKENS_AFTER, view.count):
        word = view.lows[stop]
        if not named and word == "by":
            return None  # "Kestrel, a firm founded by the mayor,"
        described = f"{view.lows[stop - 1]} " in ROLE_ARTICLES  # "a will lawyer"
        opens = word in ("a", "an") and view.is_capital(stop - 1)  # "of the Bank on Rivers | a lender"
        verb = word in _VERBS and not described and not view.is_capital(stop)
        ends = (
            opens
            or verb
            or (word in ROLE_ENDS and not _shortens(view, stop) and not joins_body(view, stop, end + 1))
        )
        if word == "," or ends or view.kinds[stop] in (c.PASSAGE, c.NEWLINE):
            break
        if not named and view.kinds[stop] in (c.SAYS, c.THINKS):
            return None
        telling = word in TELLING and view.lows[stop + 1] not in _OWNS  # not "Falk, the mayor's team"
        named = named or (telling and stop - end <= ROLE_NAMED_AFTER)
        stop += 1
    no_bearer = _is_behind_preposition(view, run) or view.lows[end - 1] in PLACES
    speaks = view.kinds[stop] == c.SAYS and not _is_accused(view, stop) and no_bearer
    if not named or speaks or not is_of_bearer(view, (end + 1, stop)):
        return None
    whole = stop < end + ROLE_TOKENS_AFTER
    first, stop = without_loose_end(view, (end + 1, stop), whole=whole)
    return _wording(view.between(first, stop))


def _is_accused(view: View, verb: int) -> bool:
    """Tell whether a verb of saying is a participle: `an aide | charged | with fraud`."""
    return view.lows[verb].endswith("ed") and view.lows[verb + 1] in PREPOSITIONS


def _is_behind_preposition(view: View, run: Run) -> bool:
    """Tell whether a name stands behind a preposition, its title in small letters between: `to mayor | Roth`."""
    before = run.first - 1
    while before > 0 and run.first - before < ROLE_TOKENS_BEFORE and view.lows[before] in TELLING:
        before -= 1
    return view.lows[before] in PREPOSITIONS


def _shortens(view: View, token: int) -> bool:
    """Tell whether a full stop stands behind an abbreviation: `assistant secretary under Mr. Falk`."""
    goes_on = token + 1 < view.count and view.sentences[token + 1] == view.sentences[token]
    return goes_on and view.lows[token] == "."


def _before(view: View, run: Run, naming: Naming) -> str | None:
    """Read the role before a name: `Kremlin aide Yury Ushakov`, `fleet spokesman Cmdr. Ida Moss`."""
    name = run.first + _tokens_before(view, run, naming)
    if name > run.first and TELLING.isdisjoint(naming.titles):
        return None
    first = run.first
    while first > 0 and name - first < ROLE_TOKENS_BEFORE and view.touch(first):
        word = view.lows[first - 1]
        if not word.replace("-", "").isalpha() or word in _BREAKS:
            break
        if word not in TELLING and (first == run.first or not _describes(view, first - 1)):
            break
        first -= 1
    if first < run.first < name and view.kinds[first - 1] == c.LOWER and _may_describe(view, first - 1):
        first = run.first  # "| Rep. Ida Moss", where "impeachment manager" stands before it
    role = before_name(view, (first, name)) if first < name else None
    return _wording(view.between(with_standing(view, role[0]), role[1])) if role is not None else None


def _describes(view: View, token: int) -> bool:
    """Tell whether a word before a title belongs to it: `union leader`, `Kremlin aide`, not `Hale met leader`."""
    if view.kinds[token] in (c.CAPITAL, c.CAPITALS) or view.lows[token] in ROLE_WORDS:
        return True
    return _may_describe(view, token) and (
        token == 0 or view.kinds[token - 1] not in (c.CAPITAL, c.CAPITALS, c.PRONOUN)
    )


def _may_describe(view: View, token: int) -> bool:
    """Tell whether a word is no verb, adverb or small word."""
    word = view.lows[token]
    if view.kinds[token] <= c.PRONOUN or word in _BREAKS:
        return False
    return word not in IRREGULAR_PAST and not word.endswith(("ed", "ly", "ing"))


def _tokens_before(view: View, run: Run, naming: Naming) -> int:
    """Count the tokens of a run before the first word of the name; a day may stand behind the last."""
    token, left = run.end, len(naming.words)
    while token > run.first and view.lows[token - 1] in DAYS_AND_TIMES.difference(naming.key[-1:]):
        token -= 1
    while token > run.first and left:
        token -= 1
        if view[token] != ".":
            left -= 1
    return token - run.first


def _wording(text: str) -> str | None:
    text = text.strip()
    if text.lower().startswith(ROLE_ARTICLES):
        for article in ROLE_ARTICLES:
            if text.lower().startswith(article):
                text = text[len(article) :]
    return text if 2 < len(text) <= ROLE_CHARS_MAX else None
