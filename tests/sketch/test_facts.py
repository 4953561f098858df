"""Facts: the same for other spellings of the same thing, others for another figure, name, order or negation."""

from __future__ import annotations

import time

import pytest

from service.sketch.english_facts import english_facts
from service.sketch.fact_bits import (
    F_FIGURE,
    F_NAME,
    F_NEGATION,
    F_SENTENCE,
    F_SUBJECT,
    HASH_MASK,
    IN_TITLE,
    KIND_SHIFT,
    KNOWN_ONLY,
)
from service.sketch.fact_hashes import LENGTH_MASK
from service.sketch.facts import Facts, fact_spans, facts_of

WORDS = english_facts()


def kinds(text: str, kind: int, title: str | None = None, *, asked: bool = True) -> set[int]:
    """Hashes of the features of a kind; with `asked` those that an article is asked for."""
    features = facts_of(title, text, WORDS).features.tolist()
    return {f & HASH_MASK for f in features if f >> KIND_SHIFT == kind and not (asked and f & KNOWN_ONLY)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They counted 1,200 boats.", "They counted 1200 boats."),
        ("They counted 1.2 million boats.", "They counted 1,200,000 boats."),
        ("They counted 5m boats.", "They counted 5 million boats."),
        ("They counted twelve boats.", "They counted 12 boats."),
        ("They counted twenty-five boats.", "They counted 25 boats."),
        ("They paid $3.50 for it.", "They paid $3.5 for it."),
        ("They met on June 3rd.", "They met on June 3."),
        ("They met on June ٣.", "They met on June 3."),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert kinds(one, F_FIGURE) == kinds(other, F_FIGURE)
    assert len(kinds(one, F_FIGURE)) == 1


def test_other_figures_are_others() -> None:
    seen = [kinds(f"They counted {n} boats.", F_FIGURE) for n in ("12", "21", "1.2", "120", "12.5", "0")]
    assert len(set.union(*seen)) == 6


def test_names_are_told_from_capitals_that_their_place_explains() -> None:
    assert len(kinds("The mayor, Nora Balt, spoke.", F_NAME)) == 2
    assert not kinds("Boats left. Boats came.", F_NAME)


def test_a_negation_shows() -> None:
    assert kinds("The dam will not hold.", F_NEGATION) == kinds("The dam won't hold.", F_NEGATION)
    assert not kinds("The dam will hold.", F_NEGATION)


def test_who_beat_whom_shows() -> None:
    one, other = kinds("Then Tarrow beat Easton.", F_SUBJECT), kinds("Then Easton beat Tarrow.", F_SUBJECT)
    assert one
    assert other
    assert not one & other


@pytest.mark.parametrize(
    "dateline",
    [
        "OSTBY, May 3 (Agency) - ",
        "New Ostby [Norland], May 3 (ANP): ",
        "OSTBY — ",
        "OSTBY (ANP) -- ",
        "OSTBY, May 3 /ANP/. ",
    ],
)
def test_a_dateline_is_known_but_not_asked_for(dateline: str) -> None:
    text = "the ferry from Tarrow sank with 12 people."
    assert kinds(dateline + text, F_FIGURE) == kinds(text, F_FIGURE)
    assert kinds(dateline + text, F_NAME) == kinds(text, F_NAME)


def test_a_sentence_with_a_dash_is_no_dateline() -> None:
    assert len(kinds("The mayor of Ostby paid 40 - far too much.", F_FIGURE)) == 1


def test_what_cleaning_took_away_is_known() -> None:
    facts = facts_of(None, "The dam held.", WORDS, raw="The dam held.\nRead more: Balt pays 40")
    known = [f for f in facts.features.tolist() if f & KNOWN_ONLY]
    assert {f & HASH_MASK for f in known} >= kinds("Balt pays 40", F_FIGURE)


def test_facts_survive_packing_and_nothing_else_is_taken_for_facts() -> None:
    facts = facts_of("Toll rises to 12", "At least 12 people died in Tarrow, Nora Balt said.", WORDS)
    again = Facts.unpack(facts.pack())
    assert again.pack() == facts.pack()
    assert any(f & IN_TITLE for f in again.features.tolist())
    for broken in (b"", facts.pack()[:-1], b"\x09" + facts.pack()[1:]):
        with pytest.raises(ValueError, match="facts"):
            Facts.unpack(broken)


def test_every_feature_has_its_place() -> None:
    text = "At least twenty-five people died in Tarrow. They won't be named."
    facts, spans = facts_of(None, text, WORDS), fact_spans(None, text, WORDS)
    assert len(spans) == facts.features.size
    figure = next(i for i, f in enumerate(facts.features.tolist()) if f >> KIND_SHIFT == F_FIGURE)
    start, end = spans[figure].tolist()
    assert text[start:end] == "twenty-five"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800",
        "1" * 50_000,
        "A" * 50_000,
        "'" * 9_000,
        "a'b" * 9_000,
        "(" * 9_000,
        "-" * 9_000,
        "北京" * 9_000,
        "𝟙 𐐀" * 999,
    ],
)
def test_any_text_has_facts(text: str) -> None:
    facts = facts_of(text, text, WORDS)
    assert Facts.unpack(facts.pack()).words == min(facts.words, 0xFFFF)


def test_a_sentence_is_known_as_a_whole_whatever_its_order_and_marks() -> None:
    (one,) = kinds("The ferry left the harbour at 9 on Monday.", F_SENTENCE)
    assert kinds("On Monday, at 9, the FERRY left the harbour!", F_SENTENCE) == {one}
    assert kinds("The ferry left the harbour at 8 on Monday.", F_SENTENCE) != {one}
    assert one & LENGTH_MASK == 9
    assert kinds("The ferry left. It was late.", F_SENTENCE) == set()


def test_a_line_without_an_end_is_no_sentence() -> None:
    text = "The ferry as it left the harbour of Ostby\n\nThe ferry left the harbour at 9 on Monday."
    assert len(kinds(text, F_SENTENCE)) == 1


@pytest.mark.parametrize(
    "line", ["(c) 2031. All rights reserved.", "© 2031 Ostby Post", "Copyright 2031 Ostby Post"]
)
def test_the_year_of_a_copyright_is_no_figure_of_the_text(line: str) -> None:
    text = "The ferry left the harbour at 9 on Monday."
    assert kinds(f"{text}\n\n{line}", F_FIGURE) == kinds(text, F_FIGURE)
    assert kinds(f"{text}\n\nIn 2031 it will be sold.", F_FIGURE) != kinds(text, F_FIGURE)


def test_a_sentence_without_any_fact_is_read_once() -> None:
    """Where it is read anew for each of its words, eight times the text takes 64 times as long."""

    def cpu_seconds(words: int) -> float:
        text, best = f"{'the of and ' * words}\n\nThe end came here. So.", 9.0
        for _ in range(3):
            begin = time.process_time()
            facts_of(None, text, WORDS)
            best = min(best, time.process_time() - begin)
        return best

    cpu_seconds(60)
    assert cpu_seconds(4_800) <= 24 * max(cpu_seconds(600), 0.0002)
