"""Checks on what the model read: who cannot be the speaker, and what nobody said."""

from __future__ import annotations

from service.enrich.quotes.checks.passive import set_agents
from service.enrich.quotes.checks.unsaid import is_unsaid
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.view import View

UNSAID_CONFIDENCE = 0.05
"""Factor on the confidence of what nobody said: below the default of enrich.confidence_min."""


def check(view: View, drafts: list[Draft]) -> list[Draft]:
    """Correct the speakers of passives, and doubt what nobody said. Returns the same drafts."""
    for draft in drafts:
        if draft.cue is not None and (not set_agents(view, draft) or is_unsaid(view, draft)):
            draft.confidence *= UNSAID_CONFIDENCE
    return drafts
