"""The lines that cleaning took from a text are those that a plain comparison of lines tells."""

from __future__ import annotations

import random

import pytest

from service.sketch.fact_lines import ODD_LINES_MAX, lines_taken
from service.sketch.hashing import code_points

SOME = "ab \n\n\u00a0\u2009\u3000\x1c\x85\u200b\u2028x"
SHARED = "".join(f"Line {n} of the report on the ferry is the same in both.\n" for n in range(4))


def plainly_taken(raw: str, text: str) -> list[int]:
    kept = set(text.split("\n"))
    lines = [line for line in raw.split("\n") if line not in kept and " ".join(line.split()) not in kept]
    return list(map(int, code_points("\n".join(lines))))


def taken(raw: str, text: str) -> list[int]:
    return list(map(int, lines_taken(raw, text, code_points(text))))


def test_random_texts_lose_the_lines_that_a_plain_comparison_tells() -> None:
    choose = random.Random(3)
    for number in range(3_000):
        raw = "".join(choose.choice(SOME) for _ in range(choose.randrange(30)))
        cleaned = [line if number % 2 else " ".join(line.split()) for line in raw.split("\n")]
        text = "\n".join(line for line in cleaned if choose.random() < 0.7)
        if number % 7 == 0:
            raw += "\U0001f600"
        assert taken(SHARED + raw, SHARED + text) == plainly_taken(SHARED + raw, SHARED + text)
        assert taken(raw + SHARED, SHARED + text) == plainly_taken(raw + SHARED, SHARED + text)


@pytest.mark.parametrize("count", [ODD_LINES_MAX, ODD_LINES_MAX + 1])
def test_many_lines_are_looked_for_as_few_are(count: int) -> None:
    raw = "\n".join(f"Caption {n}" for n in range(count))
    assert taken(raw, "Caption 3") == plainly_taken(raw, "Caption 3")


def test_blanks_are_those_of_python() -> None:
    for point in (*range(11, 0x3100), 0xD800):
        is_blank = len(f"a{chr(point)}b".split()) == 2
        assert is_blank == (not taken(f"a{chr(point)}b", "a b")), hex(point)
