"""Marked passages: which are found, and that no text makes pairing slow or wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.enrich.quotes.codepoints import classes, points_of
from service.enrich.quotes.quotation_marks import PASSAGE_CHARS_MAX, UNCLOSED_CHARS_MAX, find_passages


def passages(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in find_passages(points_of(text), classes()).tolist()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and left.', ['"yes"']),
        ("He said “yes” and left.", ["“yes”"]),
        ("Er sagte „ja“ und ging.", ["„ja“"]),
        ("Il a dit «oui» et partit.", ["«oui»"]),
        ("Sie sagte »ja« und ging.", ["»ja«"]),
        ("Hon sa ”ja” och gick.", ["”ja”"]),
        ("She said ``yes'' and left.", ["``yes''"]),
        ("彼は「はい」と言った。", ["「はい」"]),
    ],
)
def test_every_style_of_double_marks_makes_a_passage(text: str, expected: list[str]) -> None:
    assert passages(text) == expected


def test_single_marks_hold_speech_and_apostrophes_do_not_end_it() -> None:
    text = "‘We won’t take the players’ money,’ she said. It’s the club’s view."
    assert passages(text) == ["‘We won’t take the players’ money,’"]


def test_straight_single_marks_hold_speech() -> None:
    assert passages("'It's the clubs' duty,' he said. Rock 'n' roll of the '90s.") == [
        "'It's the clubs' duty,'"
    ]


def test_single_marks_around_double_ones_make_one_passage() -> None:
    assert passages("‘He told me “go” and went,’ she said.") == ["‘He told me “go” and went,’"]


def test_double_marks_around_single_ones_make_one_passage() -> None:
    assert passages("“He told me ‘go’ and went,” she said.") == ["“He told me ‘go’ and went,”"]


def test_a_mark_reopened_in_every_paragraph_makes_one_passage_each() -> None:
    assert passages("“First part.\n\n“Second part.\n\n“Third,” he said.") == [
        "“First part.",
        "“Second part.",
        "“Third,”",
    ]


def test_a_mark_that_is_never_closed_does_not_swallow_the_next_paragraph() -> None:
    assert passages('He said "yes and left.\nShe said "no" and stayed.') == ['"yes and left.', '"no"']


def test_a_stray_mark_far_from_the_end_of_its_paragraph_is_dropped() -> None:
    text = 'He said "yes. ' + "word " * UNCLOSED_CHARS_MAX
    assert passages(text) == []


def test_a_passage_longer_than_the_bound_is_not_made() -> None:
    assert passages('"' + "a " * PASSAGE_CHARS_MAX + '" she said "so"') == ['"so"']


def test_inches_and_plurals_are_no_marks() -> None:
    assert passages("A 6'2\" man and the workers' 7\" single of the '80s.") == []


def test_a_closing_mark_of_another_kind_still_closes() -> None:
    assert passages('She said “yes" and left. He said "no” and left.') == ['“yes"', '"no”']


def test_a_mark_glued_to_the_sentence_before_it_opens() -> None:
    assert passages('They agreed."The sides met," he said.') == ['"The sides met,"']


MARKED_TEXT = st.text(alphabet=st.sampled_from("ab 's.,!?\n\"'“”‘’«»„`[é中\U0001f600"), max_size=300)


@given(MARKED_TEXT)
def test_passages_are_in_order_apart_within_a_paragraph_and_not_empty(text: str) -> None:
    found = find_passages(points_of(text), classes()).tolist()
    position = 0
    for start, end, _closed in found:
        assert position <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert text[start] in "\"'“”‘«»„`"
        position = end


@given(MARKED_TEXT, MARKED_TEXT)
def test_a_paragraph_reads_the_same_whatever_stands_before_it(before: str, text: str) -> None:
    alone = passages(text)
    after = passages(before + "\n" + text)
    assert after[len(after) - len(alone) :] == alone
