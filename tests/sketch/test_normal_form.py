"""The normal form: one for all ways to print the same words, and the same by the short ways as by the long."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.sketch.normal_form import LETTERS_END, LONG_EXPANSION_CHARS, content_hash, normal_form
from service.sketch.unicode_guard import cap_non_starters

MIXED = st.text(
    st.one_of(
        st.sampled_from(
            "aZé“’ 9_.\n\u00a0ßİﬁ½①ＡÀÅΣς日本語가각한\u1100\u1161\u11a8\u0301\u0327अक्ि\ufdfa\u3131㈠¨ºª\u0130\x01\x7f"
        ),
        st.characters(),
    )
)


def the_long_way(text: str) -> str:
    """NFKC of the whole, case folded, the words of letters and digits."""
    for char in set(text):
        if len(unicodedata.normalize("NFKC", char)) > LONG_EXPANSION_CHARS:
            text = text.replace(char, " ")
    folded = unicodedata.normalize("NFKC", cap_non_starters(text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", folded)).encode("utf-8", "replace").decode()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(MIXED)
def test_the_short_ways_give_what_the_long_way_gives(text: str) -> None:
    assert normal_form(text) == the_long_way(text)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(MIXED)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    once = normal_form(text)
    assert normal_form(once) == once


def test_the_normal_form_is_words_of_letters_and_digits() -> None:
    assert (
        normal_form("“Well…”,\n said   Ms. O’Hara: 3.5 ﬁne ＡＢＣ Straße")
        == "well said ms o hara 3 5 fine abc strasse"
    )


def test_many_letters_beyond_ascii_are_read_too() -> None:
    assert (
        normal_form("Съешь ЕЩЁ — этих «мягких» булок, ДА выпей чаю!")
        == "съешь ещё этих мягких булок да выпей чаю"
    )


@pytest.mark.parametrize(
    "other",
    [
        "“It’s over,” the mayor said. The river fell.",
        '"It\'s over", the mayor said.The river fell',
        "IT’S OVER\u00a0the   mayor — said. (The river) fell...",
    ],
)
def test_the_content_hash_ignores_case_spacing_and_punctuation(other: str) -> None:
    assert content_hash(other) == content_hash("It's over, the mayor said. The river fell.")


def test_the_content_hash_tells_other_words_and_other_orders_apart() -> None:
    texts = ["the river fell", "the river fells", "river the fell", "the river fell 2", "the rive rfell"]
    assert len({content_hash(text) for text in texts}) == len(texts)


def test_the_content_hash_has_32_hex_digits_and_never_changes() -> None:
    assert content_hash("The river fell.") == "aed2d8bc01798200f92b7772c3dc872f"


@pytest.mark.parametrize(
    "bomb", ["\ufdfa" * 300_000, "\u0344" * 300_000, "\u3300" * 300_000, "a" + "\u0316\u0301" * 200_000]
)
def test_a_text_that_normalising_would_blow_up_stays_small(bomb: str) -> None:
    assert len(normal_form(bomb)) <= 4 * len(bomb)


def test_every_letter_stands_where_the_table_reaches() -> None:
    assert not any(chr(point).isalnum() for point in range(LETTERS_END, 0x110000))
