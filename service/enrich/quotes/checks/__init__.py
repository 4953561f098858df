"""Checks on what the model read: who cannot be the speaker, and what nobody said."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.carriers import add_carrier
from service.enrich.quotes.checks.citing import has_citing, set_cited
from service.enrich.quotes.checks.contents import set_content
from service.enrich.quotes.checks.findings import set_finding
from service.enrich.quotes.checks.interrupted import set_interrupting
from service.enrich.quotes.checks.nested import open_nested
from service.enrich.quotes.checks.passive import set_agents
from service.enrich.quotes.checks.plain import is_called, is_plain_report, is_tagged
from service.enrich.quotes.checks.quoted_as import set_quoted
from service.enrich.quotes.checks.sources import set_source
from service.enrich.quotes.checks.unsaid import is_topic, is_unsaid
from service.enrich.quotes.drafts import CONFIRMED, Draft
from service.enrich.quotes.view import View

_READING = (is_plain_report, is_called, is_tagged)
"""What the rules read by themselves."""

UNSAID_CONFIDENCE = 0.05
"""Factor on the confidence of what nobody said: below the default of enrich.confidence_min."""

TOPIC_CONFIDENCE = 0.5
"""Factor on the confidence of what names only a topic or an act: "discussed the budget"."""


def check(view: View, drafts: list[Draft]) -> list[Draft]:
    """Correct the speakers of passives, and doubt what nobody said. Returns the same drafts."""
    cites = has_citing(view)
    for draft in drafts:
        if cites:
            set_cited(view, draft)
            set_quoted(view, draft)
        set_source(view, draft)
        if not set_interrupting(view, draft):
            draft.confidence *= UNSAID_CONFIDENCE
        set_content(view, draft)
        if draft.cue is not None and view.kinds[draft.cue[1] - 1] != c.SAYS:
            set_finding(view, draft)
        if draft.confidence < CONFIRMED and any(reads(view, draft) for reads in _READING):
            draft.confirm()
        add_carrier(view, draft)
        open_nested(view, draft)
        if is_topic(view, draft):
            draft.confidence *= TOPIC_CONFIDENCE
        if draft.cue is not None and (not set_agents(view, draft) or is_unsaid(view, draft)):
            draft.confidence *= UNSAID_CONFIDENCE
    return drafts
