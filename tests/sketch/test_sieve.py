"""The sieve may show a sign too many; a repair that has work never goes without its sign."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.intake.cleaning.characters import repair_controls
from service.intake.cleaning.headings import repair_headings
from service.intake.cleaning.link_boxes import drop_link_boxes
from service.intake.cleaning.markup import repair_html
from service.intake.cleaning.spacing import repair_lost_blanks, repair_stray_blanks, repair_white_space
from service.sketch import sieve
from service.sketch.sieve import signs_of
from tests.intake.test_clean_properties import PIECES

REPAIRS: tuple[tuple[int, Callable[[str], str]], ...] = (
    (sieve.CONTROL, repair_controls),
    (sieve.MARKUP, repair_html),
    (sieve.WHITE_SPACE, lambda text: repair_white_space(f"|{text}|")[1:-1]),  # edges are looked at apart
    (sieve.STRAY_BLANK, repair_stray_blanks),
    (sieve.LOST_BLANK, repair_lost_blanks),
    (sieve.GLUED_HEADING, repair_headings),
    (sieve.LINK_BOX, drop_link_boxes),
)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.lists(
        st.one_of(PIECES, st.sampled_from(["Ann Miller Ann J. MillerDam MORE", ".The", "end.”The", "B.Is"]))
    )
)
def test_a_repair_that_changes_a_text_had_a_sign(pieces: list[str]) -> None:
    text = "".join(pieces)
    signs = signs_of(text.encode("utf-8", "surrogatepass"))
    for sign, repair in REPAIRS:
        assert signs & sign or repair(text) == text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("a\x00b", sieve.CONTROL),
        ("a <b", sieve.MARKUP),
        ("a  b", sieve.WHITE_SPACE),
        ("a \nb", sieve.WHITE_SPACE),
        ("a\n b", sieve.WHITE_SPACE),
        ("a\n\n\nb", sieve.WHITE_SPACE),
        ("hotel .", sieve.STRAY_BLANK),
        ("he said.The", sieve.LOST_BLANK),
        ("he said.”The", sieve.LOST_BLANK),
        ("the U.S.The", sieve.LOST_BLANK),
        ("in 2012.The", sieve.LOST_BLANK),
        ("RegionWhen", sieve.GLUED_HEADING),
        ("MORE", sieve.LINK_BOX),
    ],
)
def test_each_fault_shows_its_sign_alone(text: str, sign: int) -> None:
    assert signs_of(text.encode()) == sign


def test_a_well_printed_text_shows_no_sign() -> None:
    text = "“The dam held,” the U.S. mayor – 42 – said, at 3.5 p.m.\n\nMr. McKay (Ind.) left... More later!"
    assert signs_of(text.encode()) == 0


def test_a_text_full_of_stops_is_no_article_and_gets_no_blanks() -> None:
    assert signs_of(b"a.A" * 20_000) == 0
    assert signs_of(b"a.A" * 2_000) == sieve.LOST_BLANK
