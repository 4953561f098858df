"""Checks on what the model read: who cannot be the speaker, and what nobody said."""

from __future__ import annotations

from service.enrich.quotes.checks.passive import set_agents
from service.enrich.quotes.checks.unsaid import is_unsaid
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.view import View


def check(view: View, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts that someone said, each with the one who said it."""
    return [
        draft for draft in drafts if draft.cue is None or (set_agents(view, draft) and not is_unsaid(view, draft))
    ]
