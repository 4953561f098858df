"""Checks on what the model read: who cannot be the speaker, and what nobody said."""

from __future__ import annotations

from collections.abc import Callable

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.carriers import add_carrier
from service.enrich.quotes.checks.citing import set_cited
from service.enrich.quotes.checks.contents import set_content
from service.enrich.quotes.checks.findings import set_finding
from service.enrich.quotes.checks.interrupted import set_interrupting
from service.enrich.quotes.checks.may_act import (
    CARRY,
    CITE,
    CONTENT,
    CORRECT,
    EVERYTHING,
    FIND,
    INTERRUPT,
    NEST,
    PASSIVE,
    QUOTE,
    READ,
    SOURCE,
    TOPIC,
    UNSAID,
)
from service.enrich.quotes.checks.nested import open_nested
from service.enrich.quotes.checks.passive import set_agents
from service.enrich.quotes.checks.plain import is_called, is_plain_report, is_tagged
from service.enrich.quotes.checks.quoted_as import set_quoted
from service.enrich.quotes.checks.sources import set_source
from service.enrich.quotes.checks.unsaid import is_topic, is_unsaid
from service.enrich.quotes.drafts import CONFIRMED, Draft
from service.enrich.quotes.view import View

UNSAID_CONFIDENCE = 0.05
"""Factor on the confidence of what nobody said: below the default of enrich.confidence_min."""

TOPIC_CONFIDENCE = 0.5
"""Factor on the confidence of what names only a topic or an act: "discussed the budget"."""


_Check = Callable[[View, Draft], None]


def check(view: View, drafts: list[Draft]) -> list[Draft]:
    """Correct the speakers of passives, and doubt what nobody said. Returns the same drafts.

    Only the checks are asked that may act on a draft as the model read it; all of them, once one has changed it.
    """
    for draft in drafts:
        asked = draft.checks
        if asked & CORRECT:
            asked = draft.checks = _corrected(view, draft, asked)
        if asked & TOPIC and is_topic(view, draft):
            draft.confidence *= TOPIC_CONFIDENCE
        nobody = False
        if asked & PASSIVE:
            before = _state(draft)
            nobody = not set_agents(view, draft)
            if _state(draft) != before:
                asked = draft.checks = EVERYTHING
        if nobody or (asked & UNSAID and is_unsaid(view, draft)):
            draft.confidence *= UNSAID_CONFIDENCE
    return drafts


def _corrected(view: View, draft: Draft, asked: int) -> int:
    """Correct a draft. Returns the checks that may act on it now."""
    for bit, correct in CORRECTING:
        if asked & bit:
            before = _state(draft)
            correct(view, draft)
            if asked != EVERYTHING and _state(draft) != before:
                asked = EVERYTHING
    return asked


def _state(draft: Draft) -> tuple[object, ...]:
    """Return what the checks look at."""
    return draft.source, draft.cue, tuple(draft.content), draft.only_passages, draft.told, draft.confidence


def _interrupt(view: View, draft: Draft) -> None:
    if not set_interrupting(view, draft):
        draft.confidence *= UNSAID_CONFIDENCE


def _find(view: View, draft: Draft) -> None:
    if draft.cue is not None and view.kinds[draft.cue[1] - 1] != c.SAYS:
        set_finding(view, draft)


def _read(view: View, draft: Draft) -> None:
    if draft.confidence >= CONFIRMED:
        return
    if is_plain_report(view, draft) or is_called(view, draft) or is_tagged(view, draft):
        draft.confirm()


CORRECTING: tuple[tuple[int, _Check], ...] = (
    (CITE, set_cited),
    (QUOTE, set_quoted),
    (SOURCE, set_source),
    (INTERRUPT, _interrupt),
    (CONTENT, set_content),
    (FIND, _find),
    (READ, _read),
    (CARRY, add_carrier),
    (NEST, open_nested),
)
"""The checks that correct a draft, in their order."""
