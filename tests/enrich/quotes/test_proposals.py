"""One proposal a cue: pieces and source are read from labels, else from the likeliest place."""

from __future__ import annotations

import numpy as np
import pytest

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.proposals import EVIDENCE, EVIDENCE_WIDTH, PIECES_MAX, Proposals, propose

TOKENS = 12
LETTERS = {".": f.OUT2, "S": f.SOURCE2_B, "s": f.SOURCE2_I, "C": f.CONTENT2_B, "c": f.CONTENT2_I}


def proposed(
    labels: str,
    *,
    sure: float = 0.9,
    hints: dict[int, tuple[int, float]] | None = None,
    passages: tuple[int, ...] = (),
    cue: int = 3,
) -> Proposals:
    """Propose for one cue in a window of all tokens; `labels` has one letter a token.

    Every label has the posterior `sure`; `hints` sets that of a label at a token by hand.
    """
    assert len(labels) == TOKENS
    numbers = np.array([LETTERS[letter] for letter in labels], np.int8)
    posteriors = np.full((TOKENS, f.SECOND_LABELS), (1 - sure) / (f.SECOND_LABELS - 1), np.float32)
    posteriors[np.arange(TOKENS), numbers] = sure
    for token, (label, posterior) in (hints or {}).items():
        posteriors[token, label] = posterior
    first = np.zeros((TOKENS, f.FIRST_LABELS), np.float32)
    first[cue, f.CUE_B] = 0.8
    attributes = np.full((TOKENS, c.COLUMNS), c.LOWER, np.int32)
    attributes[cue, c.KIND] = c.SAYS
    attributes[list(passages), c.KIND] = c.PASSAGE
    first_token, end, low, high = (np.array([number], np.int32) for number in (cue, cue + 1, 0, TOKENS))
    candidates = Candidates(first_token, end, low, high, np.array([0, TOKENS], np.int32))
    return propose(numbers, posteriors, first, attributes, candidates)


def pieces_of(found: Proposals) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in found.pieces[0, : found.counts[0]]]


def evidence_of(found: Proposals, name: str) -> float:
    return float(found.evidence[0, EVIDENCE.index(name)])


def test_labels_say_what_is_content_and_what_is_source() -> None:
    found = proposed("Ss..Cccccccc")
    assert pieces_of(found) == [(4, 12)]
    assert found.sources[0].tolist() == [0, 2]
    assert evidence_of(found, "labelled") == evidence_of(found, "source_labelled") == 1
    assert evidence_of(found, "after_cue") == 1


def test_content_on_both_sides_of_the_cue_is_two_pieces() -> None:
    found = proposed("Cc..Ss.Ccccc", cue=3)
    assert pieces_of(found) == [(0, 2), (7, 12)]
    assert evidence_of(found, "several_pieces") == 1
    assert evidence_of(found, "after_cue") == 0


def test_of_several_sources_the_surest_is_proposed() -> None:
    found = proposed("Ss...Ss.Cccc", hints={5: (f.SOURCE2_B, 0.99), 6: (f.SOURCE2_I, 0.99)})
    assert found.sources[0].tolist() == [5, 7]


def test_without_labels_the_likeliest_place_is_proposed() -> None:
    content = {
        token: (f.CONTENT2_I, posterior) for token, posterior in ((6, 0.3), (7, 0.4), (8, 0.35), (9, 0.1))
    }
    found = proposed("............", sure=1.0, hints=content)
    assert pieces_of(found) == [(6, 9)]  # where the posterior stays above NEAR_BEST of its highest
    assert evidence_of(found, "labelled") == 0
    assert evidence_of(found, "no_source") == 1
    assert found.sources[0].tolist() == [-1, -1]


def test_nothing_likely_is_no_proposal() -> None:
    found = proposed("............", sure=1.0, hints={7: (f.CONTENT2_I, 0.1)})
    assert found.counts.tolist() == [0]
    assert not found.evidence.any()


@pytest.mark.parametrize(
    ("labels", "passages", "only"), [("....C.......", (4,), 1), ("....Cc......", (4,), 0)]
)
def test_passages_alone_are_known(labels: str, passages: tuple[int, ...], only: int) -> None:
    found = proposed(labels, passages=passages)
    assert found.only_passages.tolist() == [only]
    assert evidence_of(found, "has_passage") == 1
    assert evidence_of(found, "only_passages") == only


def test_a_proposal_has_no_more_pieces_than_there_is_room_for() -> None:
    found = proposed("CCCCCCCCCCCC")
    assert found.counts.tolist() == [PIECES_MAX]


def test_the_kind_of_the_cue_is_part_of_the_evidence() -> None:
    found = proposed("Ss..Cccccccc")
    assert found.evidence.shape == (1, EVIDENCE_WIDTH)
    kinds = found.evidence[0, len(EVIDENCE) :]
    assert np.nonzero(kinds)[0].tolist() == [c.SAYS]


def test_no_candidates_no_proposals() -> None:
    none = np.zeros(0, np.int32)
    found = propose(
        np.zeros(0, np.int8),
        np.zeros((0, f.SECOND_LABELS), np.float32),
        np.zeros((3, f.FIRST_LABELS), np.float32),
        np.zeros((3, c.COLUMNS), np.int32),
        Candidates(none, none, none, none, np.zeros(1, np.int32)),
    )
    assert len(found.counts) == 0
