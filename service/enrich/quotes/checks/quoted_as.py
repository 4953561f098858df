"""Passives that pass on: `Falk was quoted by the Courier as saying that the mine would close`."""

from __future__ import annotations

from service.enrich.quotes.checks.interrupted import without_stop
from service.enrich.quotes.checks.long_pieces import before_another
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.grammar import auxiliaries, is_passive, sentence_range
from service.enrich.quotes.subjects import behind_hearer, subject_before
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.reporting import AS_SAYING, QUOTED

SAYING_TOKENS = 14
"""Number of tokens behind "quoted" among which "as saying" stands."""
_QUOTED, _AS_SAYING = word_hashes(QUOTED), word_hashes(AS_SAYING)
_AS, _BY = word_hash("as"), word_hash("by")


def set_quoted(view: View, draft: Draft) -> None:
    """Take who was quoted for the speaker, who quoted for the carrier, and what stands behind "as saying"."""
    if draft.cue is None:
        return
    hashes = view.hashes
    verb = next((token for token in range(*draft.cue) if hashes[token] in _QUOTED), -1)
    if verb < 0:
        return
    near = range(verb + 1, min(view.count - 2, verb + SAYING_TOKENS))
    at = next((token for token in near if hashes[token] == _AS and hashes[token + 1] in _AS_SAYING), -1)
    low, high = sentence_range(view, verb)
    if at < 0 or at + 2 > high or not is_passive(view, verb):
        return
    before = draft.content[-1][1] <= verb and draft.only_passages
    source = draft.source if before else subject_before(view, verb - len(auxiliaries(view, verb)), low)
    if hashes[verb + 1] == _BY and verb + 2 < at:
        draft.via.append((verb + 2, at))
    if not before and source is not None:
        end = without_stop(view, high)
        first = behind_hearer(view, at + 1, end)
        behind = (first, max(first + 1, before_another(view, (first, end), first + 1)))
        draft.source, draft.cue, draft.content = source, (draft.cue[0], at + 2), [behind]
    draft.confirm()
