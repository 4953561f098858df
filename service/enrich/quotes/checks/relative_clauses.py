"""Where what was said in a relative clause ends: `A man who said he was innocent | was released`."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import (
    ASIDES,
    BETWEEN_VERBS,
    CLAUSE_BREAKS,
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    FINITE_MARKS,
    IRREGULAR_PARTICIPLES,
    IRREGULAR_PAST,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    VERB_MARKS,
)

_NO_VERBS = (
    CONJUNCTIONS | PREPOSITIONS | DETERMINERS | SUBJECTS | {"which", "where", "when", "while", "because"}
)
_SAYS = (c.SAYS, c.THINKS)
_NO_NOUN_KINDS, _NO_NOUNS = (*_SAYS, c.PRONOUN), CLAUSE_BREAKS | DAYS_AND_TIMES
_COMMA, _WHO, _WHOSE, _WHOM = word_hash(","), word_hash("who"), word_hash("whose"), word_hash("whom")
_OWNING, _WHO_OR_WHOSE = frozenset({_WHOSE, _WHOM}), frozenset({_WHO, _WHOSE})
_STOPS_CLAUSE = _OWNING | {_COMMA}
_ED, _IRREGULAR_PAST = word_hash("ed"), word_hashes(IRREGULAR_PAST)
_FINITE, _MAIN = (
    word_hashes(FINITE_MARKS),
    word_hashes((FINITE_MARKS | IRREGULAR_PAST) - IRREGULAR_PARTICIPLES),
)
_ASIDES, _BETWEEN_VERBS = word_hashes(ASIDES), word_hashes(BETWEEN_VERBS)
_CHAINED = word_hashes(VERB_MARKS | BETWEEN_VERBS | SUBJECTS)
"""Words behind which a verb belongs to the same clause: `he would have been`, `he | was`."""
_JOINTS = word_hashes(CONJUNCTIONS | CLAUSE_BREAKS | QUESTION_WORDS | {",", ";", ":", *DASHES})
"""Words and marks behind which another clause may begin."""


def main_verb(view: View, content: Range, who: int) -> int:
    """End `A man who said he was innocent | was released`: behind one finite verb no other stands without a joint.

    Behind `It was Lund who said` none is to come. The verb in `the law he had signed was void` tells more of the noun,
    and does not count.
    """
    first, end = content
    if any(_is_main(view, token) for token in range(sentence_range(view, who)[0], who)):
        return end
    verb = -1
    for token in range(first + 1, end - 1):
        word, before = view.hashes[token], view.hashes[token - 1]
        says = (
            view.kinds[token] in _SAYS and before not in _CHAINED and view.lows[token - 1] not in DETERMINERS
        )
        if says or word in _JOINTS:
            return end
        verbal = word in _FINITE or (word in _IRREGULAR_PAST and view.lows[token + 1] in DETERMINERS)
        if verb < 0:
            past = view.kinds[token - 1] == c.PRONOUN and view.endings[token] == _ED
            counts = (verbal or past) and not _tells_of_noun(view, first, token)
            verb = token if counts else verb
        elif verbal and before not in _CHAINED:
            return token
    return end


def _is_main(view: View, verb: int) -> bool:
    """Tell whether a word is a finite verb and no participle: an article follows in `arrested | a man who said`."""
    word = view.hashes[verb]
    past = word in _IRREGULAR_PAST or view.endings[verb] == _ED
    finite = word in _MAIN and not view.is_capital(verb)  # but "a clerk named Will Roth who said"
    return finite or (past and view.lows[verb + 1] in DETERMINERS)


def _tells_of_noun(view: View, first: int, verb: int) -> bool:
    """Tell whether the subject of a verb is a pronoun directly behind a noun: `the gun | he was holding`."""
    while view.hashes[verb - 1] in _BETWEEN_VERBS:
        verb -= 1
    noun = verb - 2
    is_noun = view.kinds[noun] not in _NO_NOUN_KINDS and view.lows[noun] not in _NO_NOUNS
    return noun >= first and view.kinds[verb - 1] == c.PRONOUN and is_noun


def speaks_in_clause(view: View, source: Range, cue: Range) -> Range:
    """Cut `Ada Roe, | whose brother | says ...` and `Paul Belk, to whom | Koch | wrote ...`.

    Between the comma before the clause and its verb no other comma stands: `Ada Roe, whose brother died, said` is Roe.
    """
    first, end = source
    verb = cue[0]
    at = verb - 1
    if _COMMA not in view.hashes[first:verb]:
        return source
    while at > first and view.hashes[at] not in _STOPS_CLAUSE:
        at -= 1
    if view.hashes[at] not in _OWNING or at + 1 >= verb:
        return source
    led = view.lows[at - 1] in PREPOSITIONS
    if view.hashes[at - 1 - led] != _COMMA:
        return source
    return (at if view.hashes[at] == _WHOSE else at + 1), end if end > at + 1 else verb


def tells_more(view: View, source: Range) -> bool:
    """Tell whether who speaks stands in a clause that only tells more of a noun: `, who`, `, whose aide`, `whom Roth`.

    So it is in `Voters, most of whom | say ...`.
    """
    first, end = source
    if view.hashes[first - 1] == _WHOM or view.hashes[end - 1] == _WHOM:
        return True
    return view.hashes[first] in _WHO_OR_WHOSE and view.hashes[first - 1] == _COMMA


def relative_end(view: View, content: Range) -> int:
    """End `Residents, who say they were never asked, | plan to sue` where the main verb comes."""
    first, end = content
    for token in range(first + 1, end - 1):
        if view.lows[token] == ",":
            after = token + 1
            verbal = view.kinds[after] in (c.LOWER, *_SAYS) and view.lows[after] not in _NO_VERBS
            return token if verbal else end
    return end


def behind_relative(view: View, content: Range, source: Range) -> Range:
    """Begin `According to Radio Tarrow, which saw the letter, | the bank will close` behind the relative clause."""
    first, end = content
    if first < source[1] or view.lows[first] not in ("who", "which"):
        return content
    depth = 0
    for token in range(first, end - 1):
        depth += (view.lows[token] == "(") - (view.lows[token] == ")")
        clauses = view.lows[token] == "," and not depth and is_clause(view, (first, token))
        if clauses and is_clause(view, (token + 1, end)):
            return token + 1, end
    return content


def without_aside(view: View, pieces: list[Range], end: int) -> list[Range]:
    """Drop `attributing the loss to fraud` behind `The bank lost much, the report said,`: it is not what was said."""
    first = pieces[-1][0]
    if view.hashes[first - 1] != _COMMA or first - 1 != end or view.hashes[first] not in _ASIDES:
        return pieces
    return pieces[:-1] if pieces[0][1] < end and is_clause(view, pieces[0]) else pieces
