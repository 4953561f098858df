"""Short pieces of text are judged once, long ones are not kept, and no more answers than that are kept."""

from __future__ import annotations

import pytest

from service.enrich import remembered as kept
from service.enrich.remembered import CHARS_MAX, remembered


def test_a_short_text_is_judged_once_and_a_long_one_every_time() -> None:
    judged: list[str] = []

    @remembered
    def shout(text: str) -> str:
        judged.append(text)
        return text.upper()

    short, long = "a" * CHARS_MAX, "b" * (CHARS_MAX + 1)
    assert [shout(short), shout(short), shout(long), shout(long)] == [short.upper()] * 2 + [long.upper()] * 2
    assert judged == [short, long, long]


def test_what_is_asked_for_now_and_then_stays_and_what_is_not_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "ANSWERS_MAX", 10)
    judged: list[str] = []

    @remembered
    def shout(text: str) -> str:
        judged.append(text)
        return text.upper()

    shout("often")
    shout("once")
    for number in range(100):
        shout(f"new {number}")
        if number % 5 == 0:
            shout("often")
    assert judged.count("often") == 1
    shout("once")
    assert judged.count("once") == 2
