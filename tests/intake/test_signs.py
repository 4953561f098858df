"""Tests of the search for any of many words at once, beside the plain search for each."""

import pytest

from service.intake.signs import Signs
from service.languages.notices import CORRECTION_SIGNS, WITHDRAWAL_SIGNS

WORDS = ("kill", "do not use", "düzelt", "исправл", "zurückgez", "ill at")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k",
        "kil",
        "kill",
        "The mill at Corran",
        "A milk illness",
        "Bu haberi düzeltiyoruz",
        "Bu haber duzelt",
        "исправлено",
        "Der Verlag hat zurückgezogen",
        "please DO NOT USE it",
        "do not us",
        "kiill",
        "a lone \ud800 surrogate and kill",
    ],
)
def test_signs_are_found_as_each_of_them_is_found_alone(text: str) -> None:
    assert Signs(WORDS).stand_in(text) == any(word in text.lower() for word in WORDS)


def test_each_sign_of_a_notice_is_found_in_the_middle_of_a_text() -> None:
    for words in (CORRECTION_SIGNS, WITHDRAWAL_SIGNS):
        signs = Signs(words)
        assert not signs.stand_in("Die Fähre fährt am Morgen.")
        assert all(signs.stand_in(f"Die Fähre {word} fährt am Morgen.") for word in words)
