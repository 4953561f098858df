"""Short pieces of text are judged once, long ones are not kept."""

from __future__ import annotations

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
