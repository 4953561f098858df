"""Claims inside claims: `State media reported that | Ada Brandt said fees would rise`. The innermost speaks.

Those outside only carry what was said; they become `via`.
"""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.describe import kind_of_noun
from service.enrich.quotes.cast.phrases import read_phrase
from service.enrich.quotes.checks.carriers import OCCASION_STARTS
from service.enrich.quotes.checks.interrupted import is_predicate, is_subject
from service.enrich.quotes.checks.long_pieces import before_another
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import behind_time, is_clause, is_time
from service.enrich.quotes.subjects import (
    behind_hearer,
    clause_behind,
    is_finite_saying,
    is_noun_phrase,
    subject_before,
    subject_end,
)
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import DAYS_AND_TIMES, MONTH_SURNAMES
from service.languages.en.reporting import (
    ACTING_VERBS,
    AS_SAYING,
    CARRYING,
    COMPARING,
    CONJUNCTIONS,
    INNER_VERBS,
    JUDGING_VERBS,
    PREPOSITIONS,
)

INNER_TOKENS_MAX = 14
"""Number of tokens at the head of a content among which the verb of the one inside stands."""
LEVELS_MAX = 3
"""Maximum number of attributions one inside another."""
_THAT, _COMMA, _ACCORDING = word_hash("that"), word_hash(","), word_hash("according")
_AS_SAYING, _INNER_VERBS, _CARRYING = word_hashes(AS_SAYING), word_hashes(INNER_VERBS), word_hashes(CARRYING)
_COMPARING = word_hashes(COMPARING)
_JUDGING = JUDGING_VERBS - ACTING_VERBS
_BREAKS = (c.PASSAGE, c.NEWLINE)


def open_nested(view: View, draft: Draft) -> None:
    """Give a statement that holds nothing but another attribution to the one inside."""
    for _ in range(LEVELS_MAX):
        if draft.cue is None or draft.source is None or draft.only_passages or len(draft.content) != 1:
            return
        content = draft.content[0]
        found = _quoted_as(view, draft, draft.cue)
        if found is None and c.SAYS in view.kinds[content[0] : content[1]]:
            found = _inverted(view, content) or _said_behind(view, content) or _inside(view, draft, content)
        if found is None:
            return
        source, verb, content = found
        overlaps = draft.source[0] < source[0] < draft.source[1]
        draft.via.insert(0, _apart_from(view, draft.source, source) if overlaps else draft.source)
        draft.source, draft.cue, draft.content = source, (verb, verb + 1), [content]
        draft.confirm()


def _apart_from(view: View, carrier: Range, speaker: Range) -> Range:
    """Cut `According to | the Courier, the dam was safe, Vera Lund` before what was said and who said it."""
    inside = range(carrier[0] + 1, min(carrier[1], speaker[0]))
    return (carrier[0], next((token for token in inside if view.hashes[token] == _COMMA), carrier[1]))


def _quoted_as(view: View, draft: Draft, cue: Range) -> tuple[Range, int, Range] | None:
    """Read `quoted General Sorin Vask | as saying | that the border was quiet`."""
    if view.hashes[cue[0]] not in _CARRYING:
        return None
    first, end = draft.content[0]
    first = min(first, cue[1]) if first <= cue[1] + 1 else first
    for token in range(first + 1, min(end, first + INNER_TOKENS_MAX)):
        if view.lows[token] == "as" and view.lows[token + 1] in AS_SAYING and token + 2 < end:
            source, told = (first, token), behind_hearer(view, token + 1, end)
            if told >= end or not is_noun_phrase(view, source):
                return None
            return source, token + 1, (told, max(told + 1, before_another(view, (told, end), told + 1)))
    return None


def _inverted(view: View, content: Range) -> tuple[Range, int, Range] | None:
    """Read `| "It was a mistake," said Falk on the stand |, according to the Courier`."""
    first, end = content
    verb = first + 1
    if view.kinds[first] != c.PASSAGE or verb + 1 >= end:
        return None
    if view.kinds[verb] != c.SAYS:
        return _told_behind(view, content)
    stop = next((token for token in range(verb + 2, end) if view.lows[token] in PREPOSITIONS), end)
    source = (verb + 1, stop)
    speaks = is_finite_saying(view, verb) and is_noun_phrase(view, source)
    return (source, verb, (first, verb)) if speaks else None


def _told_behind(view: View, content: Range) -> tuple[Range, int, Range] | None:
    """Read `| "He told me to lie," Falk testified |, according to the Courier`."""
    first, end = content
    verb = next((token for token in range(first + 2, end) if is_finite_saying(view, token)), end)
    source = (first + 1, subject_end(view, verb))
    speaks = verb < end and is_noun_phrase(view, source) and not is_clause(view, (verb + 1, end))
    return (source, verb, (first, first + 1)) if speaks else None


def _said_behind(view: View, content: Range) -> tuple[Range, int, Range] | None:
    """Read `| The dam was safe, Vera Lund testified on Monday |, according to the Courier`, and `..., said Lund`."""
    first, end = content
    verb = view.kinds.rfind(c.SAYS, first + 3, end)
    if verb < 0 or view.hashes[verb] not in _INNER_VERBS or not is_finite_saying(view, verb):
        return None
    if view.lows[first] in PREPOSITIONS or c.PASSAGE in view.kinds[verb:end]:
        return None
    comma = next((token for token in range(verb - 1, first + 1, -1) if view.hashes[token] == _COMMA), first)
    source = (comma + 1, subject_end(view, verb))
    if comma + 1 == verb:
        source = (verb + 1, _occasion_from(view, verb + 2, end))
    elif not _is_occasion(view, (behind_hearer(view, verb, end), end)):
        return None
    named = source[1] - source[0] > 1 or view.is_capital(source[0])
    speaks = (
        named
        and view.lows[source[0]] not in CONJUNCTIONS
        and _COMPARING.isdisjoint(view.hashes[source[0] : source[1]])
        and is_noun_phrase(view, source)
        and is_clause(view, (first, comma))
    )
    return (source, verb, (first, comma)) if speaks else None


def _is_occasion(view: View, behind: Range) -> bool:
    """Tell whether nothing but when, where and to whom stands behind a verb of saying; not a clause of its own."""
    first, end = behind
    if is_time(view, behind):
        return True
    return _occasion_from(view, first, end) <= first and not is_clause(view, behind)


def _occasion_from(view: View, first: int, end: int) -> int:
    """Find where it begins to be told when, where and to whom it was said; `end` where that is not told."""
    return next((t for t in range(first, end) if view.lows[t] in OCCASION_STARTS), end)


def _inside(view: View, draft: Draft, content: Range) -> tuple[Range, int, Range] | None:
    first, end = content
    first += view.hashes[first] == _THAT
    inside = view.kinds[first + 1 : min(end - 1, first + INNER_TOKENS_MAX)]
    if c.SAYS not in inside:
        return None
    for verb, kind in enumerate(inside, first + 1):
        if kind in _BREAKS:
            return None
        if kind != c.SAYS or not is_finite_saying(view, verb):
            continue
        source = (_behind_adverbial(view, first, verb), subject_end(view, verb))
        whole = subject_before(view, verb, source[0])  # "The mayor, who was ill,"
        source = whole if whole is not None and whole[0] == source[0] else source
        if draft.cue is not None and view.lows[draft.cue[0]] == "according":
            source = _of_first_verb(view, source, verb)
        behind = _behind(view, verb, end)
        apart = source != whole and _COMMA in view.hashes[source[0] : source[1]]  # "Falk's trial, the mayor"
        timed = (
            view.lows[source[0]] in DAYS_AND_TIMES - MONTH_SURNAMES
        )  # "Friday on Harbour News' Day Report"
        speaks = not (apart or timed) and is_subject(view, source) and not _is_document(view, source)
        return (source, verb, behind) if speaks and behind is not None else None
    return None


def _of_first_verb(view: View, source: Range, verb: int) -> Range:
    """Read `The president | spoke with his guest and | stressed`: the subject of both verbs stands before the first.

    A pronoun is no such subject: whom it means may not be known.
    """
    if view.lows[verb - 1] not in CONJUNCTIONS:
        return source
    verbs = (t for t in range(source[0] + 1, verb - 1) if view.lows[t] != "'s" and is_predicate(view, t))
    stop = next(verbs, source[1])
    pronoun = stop == source[0] + 1 and view.kinds[source[0]] == c.PRONOUN
    return source if pronoun else (source[0], stop)


def _behind_adverbial(view: View, first: int, verb: int) -> int:
    """Pass over `In May of 2014, | the ministry said`, `Two days later, | Falk said` and `on Monday | Falk said`."""
    if view.lows[first] not in PREPOSITIONS:
        return behind_time(view, first, verb - 1)
    if view.lows[first] == "on" and view.lows[first + 1] in DAYS_AND_TIMES and first + 2 < verb:
        return first + 2 + (view.hashes[first + 2] == _COMMA)
    return next((token + 1 for token in range(verb - 1, first, -1) if view.lows[token] == ","), first)


def _behind(view: View, verb: int, end: int) -> Range | None:
    if view.lows[verb] in _JUDGING:
        return (verb + 1, end)
    quoted = behind_hearer(view, verb, end)
    led = quoted < end and view.lows[quoted] in (":", ",")
    quoted += led
    if verb + 1 < quoted < end and view.kinds[quoted] == c.PASSAGE and view.lows[verb] in INNER_VERBS:
        return (
            quoted,
            quoted + 1 if led and not view.is_passage(quoted + 1) else end,
        )  # `told an aide: | "Burn it."`
    if view.lows[verb + 1] == "that" and end - verb > 3:
        return (verb + 1, end)
    return clause_behind(view, verb, end) if view.lows[verb] in INNER_VERBS else None


def _is_document(view: View, source: Range) -> bool:
    """Tell whether a document speaks, in which somebody outside it may have said it: `his book`."""
    phrase = read_phrase(view, source)
    return not phrase.names and kind_of_noun(phrase.head) == "document"
