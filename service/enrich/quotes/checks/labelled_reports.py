"""What a labelled speaker only passes on: `FALK: We knew it was old. Roth said it would be repaired.`"""

from __future__ import annotations

import bisect

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.nobody import is_nobody
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.subjects import is_finite_saying
from service.enrich.quotes.view import Range, View
from service.languages.en.people import DAYS_AND_TIMES
from service.languages.en.reporting import DOUBTING, LEADING_IN

EDGE_TOKENS = 2
"""Maximum number of tokens of a sentence before or behind a report that fills it: "And", the full stop."""
CONFIDENCE_MIN = 0.3
"""Minimum confidence of a report that takes its sentence from the label."""
_AROUND = (LEADING_IN | DAYS_AND_TIMES) - DOUBTING
"""Words around a report that are no word of the label's on it: not `I doubt | Roth said`."""


def passed_on(
    view: View, reports: list[Draft], carrier: Range | None, content: Range, kept: list[Draft]
) -> list[Range]:
    """Give each sentence that is somebody's report to who speaks in it, and return what is left to the label.

    `reports` are sorted by their first token; those that are kept join `kept`, with their carrier: the label, if it
    names somebody.
    """
    left: list[Range] = []
    first = content[0]
    at = bisect.bisect_left(reports, content, key=lambda one: one.content[0])
    for report in reports[max(0, at - 1) :]:
        if report.content[0][0] >= content[1]:
            break
        low, high = _sentence(view, report, content)
        if low < first or not _fills(view, report, (low, high)):
            continue
        if first < low:
            left.append((first, low))
        if carrier is not None and carrier not in report.via:
            report.via.append(carrier)
        kept.append(report)
        first = high
    return [*left, (first, content[1])] if first < content[1] else left


def _sentence(view: View, report: Draft, content: Range) -> Range:
    low, high = sentence_range(view, report.content[0][0])
    return max(low, content[0]), min(high, content[1])


def _fills(view: View, report: Draft, sentence: Range) -> bool:
    """Tell whether a report by somebody who is no pronoun fills a sentence, and is not put in doubt there."""
    cue, source = report.cue, report.source
    if cue is None or source is None or view.kinds[source[0]] == c.PRONOUN or is_nobody(view, report):
        return False
    parts = [*report.content, cue, source]
    first, end = min(parts)[0], max(end for _, end in parts)
    around = [*range(sentence[0], first), *range(end, sentence[1])]
    fills = (
        sentence[0] <= first <= sentence[0] + EDGE_TOKENS and sentence[1] - EDGE_TOKENS <= end <= sentence[1]
    )
    return (
        fills
        and report.confidence >= CONFIDENCE_MIN
        and view.lows[source[0]] not in DOUBTING
        and all(view.kinds[token] == c.PUNCTUATION or view.lows[token] in _AROUND for token in around)
        and is_finite_saying(view, cue[1] - 1)
    )
