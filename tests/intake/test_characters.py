"""Texts that hold more different characters than are looked at one by one are repaired like any other."""

from __future__ import annotations

import pytest

from service.intake.cleaning.characters import repair_mojibake, repair_unicode
from service.sketch.normal_form import normal_form
from service.sketch.unicode_guard import DISTINCT_MAX, distinct_beyond_ascii

WORDS = [f"a{chr(point)} " for point in range(0x80, 0x20000)]
"""Every character of two planes, surrogates among them, each in a word of its own."""
PIECES = [
    "".join(WORDS[first : first + DISTINCT_MAX // 2]) for first in range(0, len(WORDS), DISTINCT_MAX // 2)
]


def beyond(text: str) -> frozenset[str]:
    return distinct_beyond_ascii(text.encode("utf-8", "surrogatepass"))


def test_a_text_of_all_characters_is_repaired_like_its_pieces() -> None:
    whole = "".join(WORDS)
    assert len(beyond(whole)) > DISTINCT_MAX
    assert repair_unicode(whole, beyond(whole)) == "".join(
        repair_unicode(piece, beyond(piece)) for piece in PIECES
    )


def test_a_text_of_all_characters_has_the_normal_form_of_its_pieces() -> None:
    assert normal_form("".join(WORDS)) == " ".join(map(normal_form, PIECES))


@pytest.mark.parametrize("broken", ["itâ€™s", "Ã©tÃ© Ã©t"])
def test_mojibake_is_repaired_among_all_characters(broken: str) -> None:
    many = "".join(WORDS[0x800:]) + broken
    assert repair_mojibake(many, beyond(many)).endswith(repair_mojibake(broken, beyond(broken)))
