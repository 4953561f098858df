"""Subjects and clauses around a verb of saying, by rule: `Ada Brandt, a former minister, | said | fees would rise`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.grammar import auxiliaries, behind_time, is_clause, is_passive
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.lexicon import ROLES, SAYING, THINKING
from service.languages.en.not_said import HEARERS_COUNTED, OWNING
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    BETWEEN_VERBS,
    CITING,
    CLAUSE_BREAKS,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE_SAYING,
    HAVE,
    NOT,
    PREPOSITIONS,
    SUBJECTS,
    TELLING_VERBS,
    VERB_MARKS,
)

SUBJECT_TOKENS_MAX = 24
"""Maximum length of a subject with its apposition, in tokens."""
CONJUNCTION_TOKENS_BACK = 100
"""Number of tokens before a verb among which the conjunction before its subject is looked for."""
HEARER_TOKENS_MAX = 5
"""Maximum length of a hearer behind "told", in tokens."""
CITED_TOKENS_MAX = 24
"""Maximum length of the sources that a report names before what it reports, in tokens."""
HEARERS_TOKENS_MAX = 16
"""Maximum length of several hearers, or of one with a description, before "that", in tokens."""

_CAPITALS = (c.CAPITAL, c.CAPITALS, c.TITLE)
_STOPS = (c.PASSAGE, c.NEWLINE)
_OWNED_KINDS = (c.LOWER, c.DIGITS, c.TITLE, c.CUES)
_OWNING, _VERB_MARKS = word_hashes(OWNING), word_hashes(VERB_MARKS)
_OPENS_CLAUSE = word_hashes(
    (DETERMINERS | SUBJECTS | CLAUSE_BREAKS | PREPOSITIONS | VERB_MARKS) - HEARERS_COUNTED
)
_NOUN_ENDINGS = ("ed", "ing", "ly")
_BEFORE_VERBS = word_hashes(HAVE | BETWEEN_VERBS | DAYS_AND_TIMES)
_VERBS_AND_MARKS = word_hashes(VERB_MARKS | {":", ";", "—", "–", '"'})
_NO_NOUNS = word_hashes((SUBJECTS - DETERMINERS) | (CLAUSE_BREAKS - {"that"}))
_NO_ENDS = word_hashes(CONJUNCTIONS | PREPOSITIONS)
_SUBJECTS, _DETERMINERS = word_hashes(SUBJECTS), word_hashes(DETERMINERS)
_JUDGES = word_hashes(ROLES & (SAYING | THINKING))
"""Titles that are verbs of saying or thinking as well."""
_CITING = word_hashes(CITING)
_ASIDES = _CITING | {word_hash("who")}
_FINITE_SAYING, _JOINING = word_hashes(FINITE_SAYING), word_hashes(CONJUNCTIONS)
_ED, _ON, _STOP, _COMMA, _COLON = (word_hash(word) for word in ("ed", "on", ".", ",", ":"))
_PASSED = _JOINING | {_STOP, _COLON}
"""Words behind which a subject may begin."""


def is_finite_saying(view: View, verb: int) -> bool:
    """Tell whether a token is a verb of saying in an active past or present form that is not denied."""
    if view.kinds[verb] != c.SAYS:
        return False
    if view.hashes[verb] not in _FINITE_SAYING and view.endings[verb] != _ED:
        return False
    before = auxiliaries(view, verb)
    if not before:
        return True
    return NOT.isdisjoint(before) and "to" not in before and not is_passive(view, verb)


def subject_end(view: View, verb: int) -> int:
    """Find where the subject before a verb ends: before auxiliaries, adverbs and days."""
    end = verb
    while end > 0 and view.hashes[end - 1] in _BEFORE_VERBS:
        end -= 1
    if end < verb and view.hashes[end - 1] == _ON:
        end -= 1
    return end


def is_noun_phrase(view: View, tokens: Range) -> bool:
    """Tell whether a stretch may be a subject: a pronoun, or a capital, determiner or number and no verb behind it."""
    first, end = tokens
    if not first < end <= first + SUBJECT_TOKENS_MAX:
        return False
    hashes, kind = view.hashes, view.kinds[first]
    if end - first == 1 and hashes[first] in _SUBJECTS:
        return kind == c.PRONOUN
    opens = kind in _CAPITALS or kind == c.DIGITS or hashes[first] in _DETERMINERS
    opens = opens or (kind <= c.THINKS and _is_of_name(view, first))
    opens = opens or (kind == c.LOWER and view.kinds[end - 1] in _CAPITALS)  # "port aide Ida Roth"
    return opens and hashes[end - 1] not in _NO_ENDS and are_nominal(view, first, end)


def are_nominal(view: View, first: int, end: int) -> bool:
    """Tell whether all tokens of a stretch may stand in a subject; a verb of saying may behind an article."""
    hashes, kinds = view.hashes, view.kinds
    for token in range(first, end):
        word, kind = hashes[token], kinds[token]
        if kind in _STOPS or word in _VERBS_AND_MARKS:
            return False
        if kind <= c.THINKS:
            described = token > first and hashes[token - 1] in _DETERMINERS
            if not described and not _is_of_name(view, token):
                return False
        elif word in _NO_NOUNS or (kind == c.LOWER and view.lows[token].endswith(_NOUN_ENDINGS)):
            return False
    return True


def _is_of_name(view: View, token: int) -> bool:
    """Tell whether a word of saying or thinking is part of a name or the title before one: `| Judge | Ana Roth`."""
    if not view.is_capital(token):
        return False
    if view.hashes[token] in _JUDGES:
        return view.is_capital(token + 1)
    begins = token == 0 or view.sentences[token - 1] != view.sentences[token]
    return not begins and (view.is_capital(token - 1) or view.is_capital(token + 1))


def subject_before(view: View, verb: int, low: int) -> Range | None:
    """Read the subject of a verb, at or behind the token `low`: `Ada Brandt, a former minister,`."""
    end = subject_end(view, verb)
    first = _behind_conjunction(view, low, end)
    while first < end and view.lows[first] in CONJUNCTIONS:
        first += 1
    if view.lows[first] in PREPOSITIONS or view.lows[first] in CLAUSE_BREAKS:
        comma = _last_comma(view, first, end - 1)
        if comma < 0:
            return None
        first = comma + 1
    first = behind_time(view, first, end - 1)
    if first < end and view.lows[end - 1] == ",":
        comma = _first_comma(view, first, end - 1)
        if comma > 0 and view.hashes[comma + 1] in _ASIDES:  # "The pilots, who asked not to be named, said"
            return (first, comma) if is_noun_phrase(view, (first, comma)) else None
        apposed = (
            comma > 0 and is_noun_phrase(view, (first, comma)) and _is_apposition(view, (comma + 1, end - 1))
        )
        return (first, end - 1) if apposed else None
    if _first_comma(view, first, end) >= 0:
        return None
    return (first, end) if is_noun_phrase(view, (first, end)) else None


def _behind_conjunction(view: View, low: int, end: int) -> int:
    """Pass over `Two in five keep no sheep, and | three in four said`, and `at 3 a.m. | Roth said`."""
    hashes, nearest = view.hashes, max(low, end - CONJUNCTION_TOKENS_BACK) + 1
    if _PASSED.isdisjoint(hashes[nearest:end]):
        return low
    for token in range(end - 1, nearest - 1, -1):
        word = hashes[token]
        if word not in _PASSED:
            continue
        stops = word == _STOP and view.lows[token - 1] in ("a.m", "p.m")
        if stops or word == _COLON or (word in _JOINING and hashes[token - 1] == _COMMA):
            return token + 1
    return low


def _is_apposition(view: View, tokens: Range) -> bool:
    first, end = tokens
    if first >= end or end - first > SUBJECT_TOKENS_MAX:
        return False
    return are_nominal(view, first, end)


def _first_comma(view: View, first: int, end: int) -> int:
    inside = view.hashes[first:end]
    return first + inside.index(_COMMA) if _COMMA in inside else -1


def _last_comma(view: View, first: int, end: int) -> int:
    hashes = view.hashes
    return next((token for token in range(end - 1, first, -1) if hashes[token] == _COMMA), -1)


def clause_behind(view: View, verb: int, end: int) -> Range | None:
    """Read the clause that a verb of saying reports, up to `end`: behind the hearer and the day, with its "that"."""
    first = behind_hearer(view, verb, end)
    while first < end and (view.lows[first] in DAYS_AND_TIMES or view.lows[first] == "on"):
        first += 1
    first = _behind_cited(view, first, end)
    if first >= end:
        return None
    if view.lows[first] == "that":
        return (first, end) if end - first > 2 else None
    opens = (
        view.kinds[first] in (*_CAPITALS, c.PRONOUN, c.LOWER, c.DIGITS)
        and view.lows[first] not in PREPOSITIONS
    )
    quotes = c.PASSAGE in view.kinds[first:end]
    if not opens or not (quotes or (end - first > 2 and is_clause(view, (first, end)))):
        return None
    return None if view.lows[first] in CONJUNCTIONS or view.lows[first] in CLAUSE_BREAKS else (first, end)


def _behind_cited(view: View, first: int, end: int) -> int:
    """Pass over the sources in `reported |, citing two officials, | that Falk would resign`."""
    if view.lows[first] != "," or view.hashes[first + 1] not in _CITING:
        return first
    high = min(end, first + CITED_TOKENS_MAX)
    return next(
        (t + 1 for t in range(first + 2, high) if view.lows[t] == "," and view.lows[t + 1] == "that"), first
    )


def _behind_owned(view: View, owner: int, end: int) -> int:
    """Pass over `told | his elder brother | the house was sold`; and `told | her | prices would rise`.

    The nouns behind the pronoun are the hearer up to a word that opens a clause; a verb needs the last of them.
    """
    token = owner + 1
    high = min(end, token + HEARER_TOKENS_MAX)
    while token < high and (
        view.lows[token] == "'s"
        or (view.kinds[token] in _OWNED_KINDS and view.hashes[token] not in _OPENS_CLAUSE)
    ):
        token += 1
    if view.hashes[token] in _VERB_MARKS:
        token -= 1
    return min(max(token, owner + 1), end)


def behind_hearer(view: View, verb: int, end: int) -> int:
    """Pass over a verb of saying and whom it tells: `told | reporters`, `told | the Tarrow Post`, `told | him`."""
    token = first = verb + 1
    if view.lows[verb] not in TELLING_VERBS:
        return first
    if token >= end:
        return end
    if view.hashes[token] in _OWNING:
        token = _behind_owned(view, token, end)
        that = _that_behind(view, token, first, end)
        return that if that >= 0 else token  # "his readers at the Aske Post that ..."
    if view.kinds[token] == c.PRONOUN and view.lows[token] not in ("that", "this"):
        return token + 1
    while token < min(end, first + HEARER_TOKENS_MAX) and view.kinds[token] in _CAPITALS:
        token += 1
    if token > first:
        return token
    if view.lows[first] in DETERMINERS and view.lows[first] != "that":
        token += 1
        while token < min(end, first + HEARER_TOKENS_MAX) and view.is_capital(token):
            token += 1  # "the Aske Post", which says nothing here
        if token > first + 1:
            return token
    that = _that_behind(view, token, first, end)
    return that if that >= 0 else token + 1  # "foreign ministers from Northland and Ostmark that ..."


def _that_behind(view: View, token: int, first: int, end: int) -> int:
    """Return the "that" by which what hearers are told begins, -1 without one; `token` is behind the first of them."""
    high = min(end, first + HEARERS_TOKENS_MAX)
    that = next((at for at in range(first, high) if view.lows[at] == "that"), -1)
    relative = (
        view.lows[that + 1] in VERB_MARKS or view.endings[that + 1] == _ED
    )  # "the story of a dam that had"
    return that if that > token and not relative and not is_clause(view, (token, that)) else -1
