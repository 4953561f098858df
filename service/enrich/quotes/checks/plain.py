"""Plain reports that the model passed over: `Ada Brandt, a former minister, said fees would rise.`"""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.findings import is_finding, leads_to_clause
from service.enrich.quotes.checks.interrupted import set_interrupting
from service.enrich.quotes.checks.long_pieces import before_another
from service.enrich.quotes.checks.nobody import is_nobody
from service.enrich.quotes.checks.relative_clauses import behind_relative
from service.enrich.quotes.checks.report_verbs import report_verbs
from service.enrich.quotes.checks.word_classes import Classes
from service.enrich.quotes.checks.worded import assured_reports, put_reports
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import is_clause, sentence_range
from service.enrich.quotes.inference import Labels
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
from service.languages.en.not_said import COUNTING_UP
from service.languages.en.people import DAYS_AND_TIMES, DOCUMENT_NOUNS
from service.languages.en.reporting import (
    ADMITTING_VERBS,
    CALLING,
    CLAUSE_BREAKS,
    CONJUNCTIONS,
    NO_ACTS,
    PLAIN_VERBS,
    READING,
    TELLING_VERBS,
)

CONFIDENCE, SPEAKER_CONFIDENCE = 0.7, 0.95
"""Confidence of a report that only the rule finds, and of its speaker; set by hand."""
METHOD = "rule: plain report"
CONTENT_TOKENS_MAX = 80
"""Maximum length of what is reported, in tokens."""
SOURCE_TOKENS_MAX = 14
"""Maximum length of the source behind "According to", in tokens."""
REPORTS_MAX = 500
"""Maximum number of reports of one text that are added."""
_CALLING, _ACCORDING = word_hashes(CALLING), word_hash("according")
_REPORTING = word_hashes(PLAIN_VERBS | ADMITTING_VERBS | READING | {"according"})
_ENDS = (".", "!", "?")
_AMOUNT_ENDS = CONJUNCTIONS | CLAUSE_BREAKS | {",", ";", ":"}


def add_plain_reports(view: View, drafts: list[Draft], taken: Labels, classes: Classes) -> list[Draft]:
    """Return the drafts with those of plain reports that no draft has, by their first token."""
    added = put_reports(view, taken) + assured_reports(view, taken)
    verbs = report_verbs(view.tokens.attributes, classes, taken)
    if not len(verbs) and not added:
        return drafts
    cued: set[int] = set()
    for draft in drafts:
        if draft.cue is not None:
            cued.update(range(*draft.cue))
    for verb, leads in verbs.tolist():
        if verb in cued or taken[verb]:
            continue
        found = _told_at(view, verb, leads and leads_to_clause(view, verb))
        if found is None or is_nobody(view, found) or not set_interrupting(view, found):
            continue
        if taken[found.content[0][0] : found.content[0][1]].any():
            continue
        taken[found.content[0][0] : found.content[0][1]] = 1
        added.append(found)
        if len(added) == REPORTS_MAX:
            break
    return sorted([*drafts, *added], key=lambda draft: draft.content[0]) if added else drafts


def _told_at(view: View, verb: int, finds: bool) -> Draft | None:
    if finds:
        return _found(view, verb)
    if view.kinds[verb] != c.SAYS or view.hashes[verb] not in _REPORTING:
        return None
    return _accorded(view, verb) if view.hashes[verb] == _ACCORDING else _reported(view, verb)


def _reported(view: View, verb: int) -> Draft | None:
    low, high = sentence_range(view, verb)
    end = _without_stop(view, high)
    if end == high or end - low > CONTENT_TOKENS_MAX or not is_finite_saying(view, verb):
        return None
    if c.PASSAGE in view.kinds[low:end]:
        return None
    behind = verb + 1
    while behind < end and (view.lows[behind] in DAYS_AND_TIMES or view.lows[behind] == "on"):
        behind += 1
    if behind == end or _tells_somebody(view, verb, end):
        return _postposed(view, verb, low)
    if view.lows[verb] in READING:
        return None
    source = subject_before(view, verb, low)
    content = clause_behind(view, verb, end) if view.lows[verb] in PLAIN_VERBS else _act(view, verb, end)
    if source is None or content is None or _is_amount(view, verb, content):
        return None
    return Draft([content], source, (verb, verb + 1), False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD)


def _tells_somebody(view: View, verb: int, end: int) -> bool:
    """Tell whether only a named hearer stands behind a verb: `The ferry had sunk, Roth told | the Courier`."""
    if view.lows[verb] not in TELLING_VERBS or behind_hearer(view, verb, end) != end:
        return False
    return view.is_capital(end - 1) or view.kinds[end - 1] == c.PRONOUN


def _is_amount(view: View, verb: int, content: Range) -> bool:
    """Tell whether the object is an amount, behind which another clause begins: `added | 120 points, and oil fell`."""
    first, end = content
    if view.kinds[first] != c.DIGITS or first != verb + 1 or view.lows[verb] not in COUNTING_UP:
        return False
    ends = (t for t in range(first, end) if view.lows[t] in _AMOUNT_ENDS and view.kinds[t + 1] != c.DIGITS)
    stop = next(ends, end)
    return not is_clause(view, (first, stop))


def _found(view: View, verb: int) -> Draft | None:
    """Read `The court ruled on Tuesday | that the law was void`, and `The report found that ...`."""
    low, high = sentence_range(view, verb)
    end = _without_stop(view, high)
    source = subject_before(view, verb, low)
    content = clause_behind(view, verb, before_another(view, (verb + 1, end), verb + 1))
    if source is None or content is None or end == high or end - low > CONTENT_TOKENS_MAX:
        return None
    if c.PASSAGE in view.kinds[low:end] or not is_finding(view, verb, source):
        return None
    draft = Draft([content], source, (verb, verb + 1), False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD)
    draft.told = True
    return draft


def _act(view: View, verb: int, end: int) -> Range | None:
    """Read `denied | taking bribes`."""
    first = verb + 1
    acts = view.lows[first].endswith("ing") and view.lows[first] not in NO_ACTS
    return (first, end) if acts else None


def _postposed(view: View, verb: int, low: int) -> Draft | None:
    """Read `The plant will close, the firm said.`"""
    last = subject_end(view, verb)
    comma = last - 1
    while comma > low and view.lows[comma] != ",":
        comma -= 1
    content, source = (low, comma), (comma + 1, last)
    if view.lows[verb] in READING and view.lows[last - 1] not in DOCUMENT_NOUNS:
        return None
    if comma - low < 3 or not is_noun_phrase(view, source) or not is_clause(view, content):
        return None
    if any(view.kinds[token] in (c.SAYS, c.NEWLINE) for token in range(*content)):
        return None
    return Draft([content], source, (verb, verb + 1), False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD)


def _accorded(view: View, verb: int) -> Draft | None:
    """Read `According to two officials, | the ministers will meet again`, also behind a semicolon."""
    low, high = sentence_range(view, verb)
    end = _without_stop(view, high)
    opens = verb == low or view.lows[verb - 1] == ";"
    if not opens or end == high or view.lows[verb + 1] != "to" or end - low > CONTENT_TOKENS_MAX:
        return None
    comma = next(
        (t for t in range(verb + 2, min(end, verb + 3 + SOURCE_TOKENS_MAX)) if view.lows[t] == ","), -1
    )
    if verb > low and not is_noun_phrase(view, (verb + 2, comma)):
        return None  # "; according to plan, ..."
    content = behind_relative(view, (comma + 1, end), (verb + 2, comma))
    if comma < verb + 3 or end - comma < 4 or not is_clause(view, content):
        return None
    if any(view.kinds[token] in (c.PASSAGE, c.NEWLINE, c.SAYS) for token in range(*content)):
        return None
    return Draft(
        [content], (verb + 2, comma), (verb, verb + 2), False, CONFIDENCE, SPEAKER_CONFIDENCE, METHOD
    )


def _without_stop(view: View, end: int) -> int:
    """Leave out the mark that ends a sentence; `end` itself where there is none."""
    last = end - 1
    while last > 0 and view.kinds[last] == c.NEWLINE:
        last -= 1
    return last if view.lows[last] in _ENDS else end


def _is_postposed(view: View, draft: Draft, verb: int) -> bool:
    """Tell whether the rules read `The strike begins on Friday, | the Courier reported`."""
    if draft.source is None or view.lows[verb] not in PLAIN_VERBS or not is_finite_saying(view, verb):
        return False
    content, source = draft.content[0], draft.source
    comma = view.lows[content[1]] == ","
    return (
        comma
        and source[1] == subject_end(view, verb)
        and is_noun_phrase(view, source)
        and is_clause(view, content)
    )


def is_called(view: View, draft: Draft) -> bool:
    """Tell whether the rules read `Officials called | it "a farce"`: a subject, the verb, what is called so."""
    if draft.cue is None or draft.source is None or len(draft.content) != 1:
        return False
    verb, (first, end) = draft.cue[1] - 1, draft.content[0]
    follows = view.hashes[verb] in _CALLING and first == verb + 1 and view.is_passage(end - 1)
    if not follows or not is_finite_saying(view, verb):
        return False
    return (
        subject_before(view, verb, sentence_range(view, verb)[0]) == draft.source
        or view.lows[verb - 1] == ","
    )


def is_tagged(view: View, draft: Draft) -> bool:
    """Tell whether the rules read `"It is lost," | Ida Hall |, 29, said`: a passage, a subject, its verb."""
    if draft.cue is None or draft.source is None or not draft.only_passages:
        return False
    verb, first = draft.cue[1] - 1, draft.source[0]
    if draft.content[0][1] != first or not is_finite_saying(view, verb):
        return False
    subject = subject_before(view, verb, first)
    return subject is not None and subject[0] == first and draft.source[1] <= verb


def is_plain_report(view: View, draft: Draft) -> bool:
    """Tell whether the rules read the same speaker and the same place of what was said as the model."""
    if draft.cue is None or draft.source is None or len(draft.content) != 1:
        return False
    verb, (first, end) = draft.cue[1] - 1, draft.content[0]
    low, high = sentence_range(view, verb)
    if view.lows[draft.cue[0]] == "according":
        return (low, draft.cue[0] - 1) == (first, end) and is_clause(view, (first, end))
    if draft.content[0][0] == low and end == draft.source[0] - 1:
        return _is_postposed(view, draft, verb)
    word = view.lows[verb]
    known = word in PLAIN_VERBS or word in ADMITTING_VERBS or draft.told
    if not known or not low <= first < end <= high or end <= draft.source[0]:
        return False
    if not (draft.told or is_finite_saying(view, verb)):
        return False
    behind = _act(view, verb, end) if word in ADMITTING_VERBS else clause_behind(view, verb, end)
    if behind is None or behind[0] != first:
        return False
    subject = subject_before(view, verb, low)
    if subject is not None and draft.source == (
        subject[1] + 1,
        subject[1] + 2,
    ):  # "The pilots, | who | ..., said"
        draft.source = subject
    return subject == draft.source
