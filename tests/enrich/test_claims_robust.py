"""Claims of any text whatever: every span exact, work linear in the text, memory bounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from service.enrich.claims import find_claims
from service.enrich.quotes.candidates import (
    WINDOW_TOKENS,
    find_candidates,
    paragraphs_worth_reading,
)
from service.enrich.quotes.model import load
from service.enrich.quotes.read import first_pass
from service.enrich.quotes.sentences import SENTENCE_TOKENS_MAX
from service.enrich.quotes.tokens import tokenise
from service.records import Finding, Mention, Span
from tests.enrich.spans import wrong_claims

WORDS = st.sampled_from(
    'said Brandt she he "We grew" “yes” ‘no,’ according to the ministry told 12 percent $3bn . , : ; that and but '
    "\n \n\n Ada Lund Mr. chairman of ' ” “ \" — denied Tuesday".split(" ")
)
NEWSLIKE = st.lists(WORDS, max_size=80).map(" ".join)
ANYTHING = st.text(alphabet=st.characters(codec="utf-16", exclude_categories=[]), max_size=200)


@settings(deadline=None)
@given(st.one_of(NEWSLIKE, ANYTHING))
def test_every_span_of_every_claim_is_exact(text: str) -> None:
    assert wrong_claims(text, find_claims(text, published_at="2024-01-10T00:00:00Z")) == []


SAID = (
    'It rains. "We grew 12 percent," she said on Monday. "Nobody," Ada Lund told reporters, "expected that."'
)
WRONG: dict[str, Callable[[Finding], dict[str, Any]]] = {
    "outside the text": lambda claim: {"end": len(SAID) + 1},
    "not what the text says there": lambda claim: {"text": claim.text.upper()},
    "begin and end with its segments": lambda claim: {"segments": (Span(claim.start, claim.end - 1),)},
    "empty or out of place": lambda claim: {
        "segments": (Span(claim.start, claim.end), Span(claim.end, claim.end))
    },
    "inside its sentence": lambda claim: {"sentence": Span(claim.start + 1, claim.end)},
    "outside the text: 0..0": lambda claim: {"cue": Mention(0, 0, "")},
    "does not say": lambda claim: {"cue": Mention(0, 2, "it")},
    "sure": lambda claim: {"confidence": 1.01},
    "speaker or a cue": lambda claim: {"kind": "figure"},
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_claim_does_not_go_unnoticed(fault: str) -> None:
    findings = find_claims(SAID)
    claim = findings.claims[0]
    assert wrong_claims(SAID, findings) == []
    wrong = replace(claim, **WRONG[fault](claim))
    found = wrong_claims(SAID, replace(findings, claims=(wrong, *findings.claims[1:])))
    assert len(found) == 1
    assert fault in found[0]


def test_claims_out_of_order_or_made_twice_do_not_go_unnoticed() -> None:
    findings = find_claims(SAID)
    first, second = findings.claims
    assert first.quantities
    (behind,) = wrong_claims(SAID, replace(findings, claims=(second, first)))
    assert "behind a later one" in behind
    (again,) = wrong_claims(SAID, replace(findings, claims=(first, first, second)))
    assert "already" in again
    assert "once more" in again


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
    assert wrong_claims(text, find_claims(text)) == []


@pytest.mark.parametrize("unit", ["he said it said ", '"No." she said. ', "said that Ada Lund said "])
def test_the_second_pass_reads_windows_of_bounded_size(unit: str) -> None:
    model = load()
    tokens = tokenise(unit * 6_000, model.words.vocabulary())
    (first,) = first_pass(model.first, [tokens])
    candidates = find_candidates(first.posteriors, tokens.sentences, tokens.paragraphs)
    assert len(candidates) > 0
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
