"""The compiled pass reads the words that an expression finds, and gives each the code that Python gives it."""

from __future__ import annotations

import random
import re

import pytest

from service.sketch.claims.claim_words import code_of, words_of

WORD = re.compile(r"[\W_]*([^\W_]+(?:[.,]\d{1,9}){0,6}(?:['’]s\b)?)")
PIECES = (
    *("running", "Closed", "nations", "Nations'", "THE", "said", "a", "7", "12,500.5", "1.2.3.4.5.6.7.8.9"),
    *(
        "1234567890.12345678901",
        "5m",
        "Lund's",
        "Lund’s",
        "Lund's_",
        "don't",
        "U.S.",
        "x’s",
        "’s",
        "'s",
        "s's",
    ),
    *(
        "Éclair",
        "straße's",
        "İzmir",
        "٣.٤",
        "½",
        "Ⅷ",
        "𝐀b",
        "漢字",
        "\ud800x",
        "_",
        "-",
        "\n",
        " ",
        ". ",
        ", ",
        "😀",
    ),
)


def expected(text: str) -> tuple[list[int], list[int]]:
    """Return the codes and the starts of the words of a text."""
    found = list(WORD.finditer(text))
    return [code_of(word[1]) for word in found], [word.start(1) for word in found]


@pytest.mark.parametrize("seed", range(4))
def test_words_and_their_codes_are_those_of_the_expression(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(1_000):
        text = "".join(dice.choices(PIECES, k=dice.randint(0, 12)))
        words = words_of(text)
        assert (words.codes.tolist(), words.starts.tolist()) == expected(text), text


def test_a_text_without_words_has_none() -> None:
    assert len(words_of("").starts) == len(words_of(" -- … ").starts) == 0
