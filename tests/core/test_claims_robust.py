"""Claims of any text whatever: every span exact, work linear in the text, memory bounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.claims import Findings, find_claims
from service.core.quotes.candidates import (
    CANDIDATES_MAX,
    WINDOW_TOKENS,
    find_candidates,
    paragraphs_worth_reading,
)
from service.core.quotes.model import load
from service.core.quotes.read import first_pass
from service.core.quotes.tokens import SENTENCE_TOKENS_MAX, tokenise


def check(text: str, findings: Findings) -> None:
    """Whatever a claim says of the text is so."""
    assert list(findings.claims) == sorted(findings.claims, key=lambda c: (c.start, c.end, c.kind))
    held: list[tuple[int, int]] = []
    for claim in findings.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text
        assert (claim.segments[0].start, claim.segments[-1].end) == (claim.start, claim.end)
        position = claim.start
        for segment in claim.segments:
            assert position <= segment.start < segment.end <= claim.end
            position = segment.end
        assert 0 <= claim.sentence.start <= claim.start < claim.end <= claim.sentence.end <= len(text)
        for mention in (claim.speaker, claim.cue, *claim.quantities, *claim.dates):
            if mention is not None:
                assert 0 <= mention.start < mention.end <= len(text)
                assert text[mention.start : mention.end] == mention.text
        assert 0.0 <= claim.confidence <= 1.0
        assert (claim.speaker is None and claim.cue is None) or claim.kind != "figure"
        held += [(q.start, q.end) for q in claim.quantities]
    assert len(held) == len(set(held))
    claimed = [(claim.kind, claim.segments) for claim in findings.claims]
    assert len(claimed) == len(set(claimed)), "the same words are claimed twice"


WORDS = st.sampled_from(
    'said Brandt she he "We grew" “yes” ‘no,’ according to the ministry told 12 percent $3bn . , : ; that and but '
    "\n \n\n Ada Lund Mr. chairman of ' ” “ \" — denied Tuesday".split(" ")
)
NEWSLIKE = st.lists(WORDS, max_size=80).map(" ".join)
ANYTHING = st.text(alphabet=st.characters(codec="utf-16", exclude_categories=[]), max_size=200)


@settings(deadline=None)
@given(st.one_of(NEWSLIKE, ANYTHING))
def test_every_span_of_every_claim_is_exact(text: str) -> None:
    check(text, find_claims(text, published_at="2024-01-10T00:00:00Z"))


@settings(deadline=None)
@given(NEWSLIKE)
def test_the_same_text_yields_the_same_claims_whatever_was_read_before(text: str) -> None:
    first = find_claims(text)
    find_claims("She said the harbour grew. " + text)
    assert find_claims(text) == first


HOSTILE = {
    "opening marks": "“",
    "straight marks": '"',
    "marks and letters": '"a ',
    "single marks": "‘a ",
    "apostrophes": "'a' ",
    "cues": "he said it said ",
    "cues and passages": '"No." she said. ',
    "passages": '"No way." ',
    "names": "Ada Brandt ",
    "initials": "A. B. ",
    "titles": "Mr. President ",
    "commas": "Ada Brandt, ",
    "full stops": ". ",
    "new lines": "said\n",
    "digits": "1",
    "one word": "a",
    "numbers": "12 percent ",
    "spaces": " ",
    "hyphens": "a-",
    "apposition": "Ada Brandt, chairman of ",
    "transcript": '"LUND: No." ',
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_read_and_its_spans_are_exact(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    check(text, find_claims(text))


@pytest.mark.parametrize("unit", ["he said it said ", '"No." she said. ', "said that Ada Lund said "])
def test_the_second_pass_reads_a_bounded_number_of_windows_of_bounded_size(unit: str) -> None:
    model = load()
    tokens = tokenise(unit * 6_000, model.words.vocabulary())
    (first,) = first_pass(model.first, [tokens])
    candidates = find_candidates(first.posteriors, tokens.sentences, tokens.paragraphs)
    assert 0 < len(candidates) <= CANDIDATES_MAX
    assert int(np.diff(candidates.offsets).max()) <= 3 * WINDOW_TOKENS
    assert int(np.bincount(tokens.sentences).max()) <= SENTENCE_TOKENS_MAX


def test_paragraphs_without_a_cue_or_a_passage_are_not_read() -> None:
    model = load()
    tokens = tokenise("The harbour is old.\nAda Brandt said so.\nIt rains.", model.words.vocabulary())
    lows, highs = paragraphs_worth_reading(tokens.attributes, tokens.paragraphs)
    text = [
        tokens.text[tokens.starts[a] : tokens.ends[b - 1]].strip() for a, b in zip(lows, highs, strict=True)
    ]
    assert text == ["Ada Brandt said so."]
