"""Reports that name their sources in between: `The Courier reported, citing two officials, that Falk would resign`."""

from __future__ import annotations

from service.enrich.quotes.checks.interrupted import without_stop
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import sentence_range
from service.enrich.quotes.subjects import clause_behind, is_finite_saying, subject_before
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import CITING, INNER_VERBS

VERB_TOKENS_BACK = 6
"""Number of tokens before "citing" among which the verb of who reports stands: `reported on Monday, citing`."""

_CITING, _REPORTING, _COMMA = word_hashes(CITING), word_hashes(INNER_VERBS), word_hash(",")


def set_cited(view: View, draft: Draft) -> None:
    """Give what stands behind the sources to who reports it, where the model took the sources for what was said."""
    if draft.cue is None:
        return
    hashes = view.hashes
    for citing in (draft.cue[0], draft.content[0][0] - 1, draft.cue[1] + 1):
        if hashes[citing] in _CITING:
            break
    else:
        return
    if citing < 1 or view.hashes[citing - 1] != _COMMA:
        return
    low, high = sentence_range(view, citing)
    for verb in range(citing - 2, max(low, citing - 2 - VERB_TOKENS_BACK), -1):
        if view.hashes[verb] in _REPORTING and is_finite_saying(view, verb):
            source, told = (
                subject_before(view, verb, low),
                clause_behind(view, verb, without_stop(view, high)),
            )
            if source is not None and told is not None and told[0] > citing:
                draft.source, draft.cue, draft.content = source, (verb, verb + 1), [told]
                draft.only_passages = False
                draft.confirm()
            return
