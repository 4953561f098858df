"""What of a quotation finds its thread, which thread it joins, and what formulas and terms join nothing."""

from __future__ import annotations

import numpy as np

from service.sketch.claims.facet_words import TERM_SHIFT
from service.sketch.claims.stem_weights import english_weights
from service.threads.explaining import VERDICTS
from service.threads.index.quoted_phrases import (
    POSTED_MAX,
    phrases_for,
    phrases_of,
    post_phrases,
    threads_with,
)
from service.threads.pairs import compare_facets
from tests.threads.articles import Text, of_kind, told
from tests.threads.test_rules import facet, verdict

WHOLE = Text(
    "whole",
    "The ferry company of Skerry has a new owner. “Whoever runs barges through Brennhaven sound in February needs "
    "seasoned helmsmen, sturdy hawsers and a sober engineer, and in the end we have to do better for the people who "
    "wait on the other side,” Ada Lorne said on Tuesday. She bought both barges from a bankrupt brewery.",
    title="Brewery sells barges",
)
CUT = Text(
    "cut",
    "A debate in the council of Merrow was about schools. “We have to do better for the people who wait on the other "
    "side,” Ada Lorne said. The council will vote on the budget for teachers next month.",
    source="Halvik Notices",
    day="2025-06-10",
    title="Council of Merrow debates budget for schools",
)
"""One sentence of everyday words, told in two stories; the rarest words stand in the whole alone."""


def phrases(text: str) -> list[int]:
    """Return the phrases of a quotation."""
    one = facet(f"“{text}”")
    found = phrases_of(np.frombuffer(one.words, np.uint32), one.kind, one.flags, *english_weights())
    return [int(phrase) for phrase in found]


def test_a_cut_of_everyday_words_finds_its_thread() -> None:
    (record,) = of_kind("quotation", told(WHOLE, CUT))
    assert record["articles"] == 2


def test_the_whole_of_a_cut_finds_its_thread_and_says_more() -> None:
    (record,) = of_kind("quotation", told(CUT._replace(day="2025-06-01"), WHOLE))
    assert (record["articles"], record["event"]) == (2, "variant")
    assert "helmsmen" in record["added"]


def test_another_part_of_the_whole_joins_the_thread_that_a_cut_opened() -> None:
    part = Text(
        "part",
        "Barges are for the brave. A barge in Brennhaven sound “needs seasoned helmsmen, sturdy hawsers and a sober "
        "engineer,” Ada Lorne said.",
        source="Skerry Post",
        title="Brave new barges",
    )
    found = of_kind("quotation", told(CUT._replace(day="2025-06-01"), WHOLE, part))
    assert [record["articles"] for record in found] == [2, 3]


def test_a_quotation_joins_the_thread_with_which_it_shares_most() -> None:
    parts = Text(
        "parts",
        "“The harbour waits for no dredger,” Ada Lorne said. “Helmsmen, hawsers and engineers cost more than barges "
        "do, and nobody in Brennhaven has counted them since the flood,” she told the council.",
    )
    whole = Text(
        "whole",
        "Ada Lorne said: “The harbour waits for no dredger. Helmsmen, hawsers and engineers cost more than barges do, "
        "and nobody in Brennhaven has counted them.”",
        source="Skerry Post",
        day="2025-06-05",
    )
    (record,) = [one for one in of_kind("quotation", told(parts, whole)) if one["articles"] == 2]
    assert "hawsers" not in record["added"]


def test_phrases_are_two_words_that_say_something() -> None:
    whole, cut = (
        phrases("we have to do better for the people who wait on the other side"),
        phrases("the people who wait"),
    )
    assert set(cut) < set(whole)
    assert whole == sorted(whole)
    assert phrases("helmsmen and hawsers") == []  # both are keys


def test_a_phrase_finds_the_newest_thread_that_has_it() -> None:
    table, following = phrases_for(100_000), 2**32 + 10
    said = np.array(phrases("we have to do better for the people who wait on the other side"), np.uint32)
    assert threads_with(said, table, following).tolist() == []
    for thread in (2**32 - 3, 2**32 + 3):
        post_phrases(said, table, thread)
    found = threads_with(said, table, following).tolist()
    assert set(found) == {2**32 + 3}
    assert len(found) == min(POSTED_MAX, said.size)


def test_six_words_of_a_formula_are_no_quotation() -> None:
    asked = facet("“I will ask the president of the United States for a lamp.”", "Ada Lorne")
    assert verdict(asked, facet("“He met the president of the United States.”", "Ada Lorne")) == "apart"
    sold = facet("“I will not sell a single lamp of this pier to anybody.”", "Ada Lorne")
    assert verdict(sold, facet("“They asked. I will not sell a single lamp.”", "Ada Lorne")) == "same"


def test_a_term_of_a_speaker_left_open_is_a_quotation_for_three_days() -> None:
    one = facet("there was no “tarred hawser ballast”")
    other = facet("“Any fool can see that it was tarred hawser ballast, and nothing else.”", "Ada Lorne")
    assert verdict(one, other, days=3) == "same"
    assert verdict(one, other, days=4) == "apart"


def test_a_term_of_a_story_is_not_taken_for_one_speaker() -> None:
    one = facet("she knows the slogan “Deepen the harbour”", "Ada Lorne")
    other = facet("“No, I never wanted to deepen the harbour. I want a dredger that does not leak.”")
    assert verdict(one, other) == "apart"
    assert VERDICTS[compare_facets(one, other, days=1, same_story=True).verdict] == "apart"


def test_of_a_quotation_without_words_no_phrase_is_read() -> None:
    one = facet("“We have to do better for the people who wait on the other side.”")
    weights, words = english_weights(), np.frombuffer(one.words, np.uint32)
    term = words.size << TERM_SHIFT
    assert phrases_of(words, one.kind, term, weights.stems, weights.weights).size
    assert not phrases_of(
        words[:0], one.kind, term, weights.stems, weights.weights
    ).size  # as of one that was not kept
