"""What two texts share, shown where it stands, and the verdict in words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dedup.explain import Passage, explain
from service.records import Relation, Span
from service.sketch.hashing import CHARACTER_CLASSES, code_points, token_hashes, token_spans

FERRY = (
    "The night ferry to Holm stayed in port on Tuesday because its northern pier had sunk by a hand's breadth. "
    "Engineers of the Alder Port Authority found a hollow under the piles that no map shows. "
    "Repairs will take three weeks, said harbour master Ilse Brandt, and cost about two million crowns. "
    "Until then passengers travel by bus over the Vik bridge, which adds forty minutes to the journey."
)
QUARRY = (
    "A quarry near Tolven may dig eighty metres deeper than before, the county council decided late last night. "
    "Neighbours had collected nine hundred signatures against it within a single month. "
    "The company promised to water its roads twice a day and to stop blasting before seven in the evening."
)


def shown(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_a_shared_passage_is_shown_in_both_texts() -> None:
    quoted = "Engineers of the Alder Port Authority found a hollow under the piles that no map shows"
    assert quoted in FERRY
    second = QUARRY + " In other news: " + quoted.upper() + ". That was all."
    told = explain(FERRY, second)
    assert len(told.passages) == 1
    (passage,) = told.passages
    assert shown(FERRY, passage.first) == quoted
    assert shown(second, passage.second).lower() == quoted.lower()
    assert passage.words == len(quoted.split())


def test_shares_are_exact_each_way() -> None:
    told = explain(FERRY, FERRY + "\n" + QUARRY)
    assert told.first_in_second == 1.0
    ferry, all_words = (
        len(FERRY.replace("'", " ").split()),
        len((FERRY + " " + QUARRY).replace("'", " ").split()),
    )
    assert told.second_in_first == pytest.approx((ferry - 3) / (all_words - 3))
    assert told.similarity == told.second_in_first


@pytest.mark.parametrize(
    ("first", "second", "relation", "words"),
    [
        (FERRY, FERRY.upper(), Relation.EXACT, "the same words"),
        (FERRY, "Holm, Tuesday. " + FERRY, Relation.NEAR_DUPLICATE, "of the second stands in the first"),
        (FERRY + " " + QUARRY, FERRY[:270], Relation.PART_OF, "which says more"),
        (FERRY, FERRY + " " + QUARRY * 2, Relation.CONTAINS, "of the second is new"),
        (FERRY, QUARRY, Relation.NEW, "Too little is shared"),
        ("", FERRY, Relation.NEW, "Too little is shared"),
    ],
)
def test_the_verdict_is_given_with_its_reason(
    first: str, second: str, relation: Relation, words: str
) -> None:
    told = explain(first, second)
    assert told.verdict.relation is relation
    assert words in told.why


REPORT = (
    f"{FERRY} {QUARRY} The council will pay for the buses, and the company has promised to repair the road."
)
HEADLINE = "Ferry to Holm stays in port"
CHANGED = {
    "figure": (HEADLINE, REPORT.replace("three weeks", "five weeks"), ("figure", "text", "five")),
    "name": (HEADLINE, REPORT.replace("Ilse Brandt", "Oda Brandt"), ("name", "text", "Oda")),
    "headline": ("Ferry to Holm stays in port, says Falk", REPORT, ("name", "title", "Falk")),
    "figure of the headline": ("Ferry to Holm stays in port for 9 days", REPORT, ("figure", "title", "9")),
    "negation": (HEADLINE, REPORT.replace("will pay", "will not pay"), ("negation", "text", "not pay")),
    "passage": (
        HEADLINE,
        f'{REPORT} "Nobody told us of any hollow before last Friday," Oda Falk of the port union said.',
        (
            "passage",
            "text",
            'Nobody told us of any hollow before last Friday," Oda Falk of the port union said',
        ),
    ),
}


@pytest.mark.parametrize(("title", "text", "wanted"), CHANGED.values(), ids=CHANGED)
def test_what_made_the_difference_is_named_with_its_place(
    title: str, text: str, wanted: tuple[str, str, str]
) -> None:
    told = explain(REPORT, text, (HEADLINE, title))
    assert told.verdict.relation is Relation.UPDATE
    assert wanted in {(fact.kind, fact.where, fact.text) for fact in told.facts}
    for fact in told.facts:
        assert (title if fact.where == "title" else text)[fact.start : fact.end] == fact.text


def test_a_negation_that_is_gone_is_named_with_its_place_in_the_first() -> None:
    denied = REPORT.replace("will pay", "will not pay")
    told = explain(denied, REPORT, (HEADLINE, HEADLINE))
    assert told.verdict.relation is Relation.UPDATE
    (gone,) = told.denials_gone
    assert (gone.kind, denied[gone.start : gone.end]) == ("negation", "not pay")


def test_names_in_another_order_are_named_as_names() -> None:
    first = f"On Monday Oda Falk met Ilse Brandt at the pier in Holm. {QUARRY[:200]}"
    told = explain(first, first.replace("Oda Falk met Ilse Brandt", "Ilse Brandt met Oda Falk"))
    assert told.verdict.relation is Relation.UPDATE
    assert {(fact.kind, fact.text) for fact in told.facts} >= {("name", "Oda")}
    assert {fact.kind for fact in told.facts} == {"name"}


def test_a_notice_is_an_update_whatever_it_repeats() -> None:
    told = explain(REPORT, f"{REPORT} Good night.", (None, None), (None, "correction"))
    assert told.verdict.relation is Relation.UPDATE
    assert "says that it is a correction" in told.why


def test_what_is_new_in_a_longer_text_is_named_too() -> None:
    told = explain(FERRY, f"{QUARRY} {FERRY}")
    assert told.verdict.relation is Relation.CONTAINS
    assert "Tolven" in {fact.text for fact in told.facts if fact.kind == "name"}


def test_nothing_shared_shows_nothing() -> None:
    told = explain(FERRY, QUARRY)
    assert (told.passages, told.similarity) == ((), 0.0)
    assert explain("one two", "one two").passages == ()


def test_a_phrase_that_stands_twice_is_matched_with_the_longer_passage() -> None:
    first = "in the middle of town. " + FERRY + " It was in the middle of the coldest night of the year."
    second = "Yesterday in the middle of the coldest night of the year it rang."
    (passage,) = explain(first, second).passages
    assert shown(first, passage.first) == "in the middle of the coldest night of the year"


def test_texts_without_spaces_are_shown_by_their_characters() -> None:
    first = "港口的渡轮因北码头下沉而停航三天工程师发现了一个空洞"
    second = "据报道，港口的渡轮因北码头下沉而停航三天，市长说。"
    (passage,) = [p for p in explain(first, second).passages if p.words > 5]
    assert "北码头下沉而停航三天" in shown(second, passage.second)


@given(st.text(st.sampled_from("ab 港เ.\u00ad\U00020000\ud800"), max_size=60))
def test_every_token_has_its_place(text: str) -> None:
    points = code_points(text)
    hashes, words = np.empty(points.size, np.uint64), np.empty(points.size, np.uint64)
    starts, ends = np.zeros(points.size, np.int64), np.zeros(points.size, np.int64)
    count = token_spans(points, CHARACTER_CLASSES, starts, ends)
    assert count == token_hashes(points, CHARACTER_CLASSES, hashes, words)
    spans = list(zip(starts[:count].tolist(), ends[:count].tolist(), strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.lists(st.sampled_from("red tide gate low bell rope".split()), max_size=40), st.integers(0, 40))
def test_passages_say_the_same_on_both_sides(words: list[str], cut: int) -> None:
    first, second = " ".join(words), " ".join(words[cut:] + words[:cut])
    for passage in explain(first, second).passages:
        assert isinstance(passage, Passage)
        assert shown(first, passage.first) == shown(second, passage.second)
