"""Words and shingles: what counts as the same, and numbers that must not change within a version."""

from __future__ import annotations

import numpy as np
import pytest

from service.sketch.hashing import (
    CHARACTER_CLASSES,
    SHINGLE_MULTIPLIERS,
    code_points,
    shingle_hashes,
    splitmix64,
    token_hashes,
)


def words_of(text: str) -> list[int]:
    points = code_points(text)
    tokens, words = np.empty(points.size, np.uint64), np.empty(points.size, np.uint64)
    count = token_hashes(points, CHARACTER_CLASSES, tokens, words)
    return [int(word) for word in tokens[:count]]


def test_the_constants_are_those_of_splitmix64() -> None:
    # The first three numbers of the reference implementation with seed 0.
    assert [splitmix64(i) for i in (1, 2, 3)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("said.The ferry", "said. The ferry"),
        ("“Quiet,” he said", '"quiet" HE said'),
        ("don’t", "don't"),
        ("Straße", "STRAßE"),
        ("ферма", "ФЕРМА"),
        ("news\u00adpaper", "newspaper"),
        ("one\u00a0two\u2014three", "one two three"),
        ("a \U0001f600 b", "a b"),
        ("a \ud800 b", "a b"),
        ("جِسْر مجـلـس", "جسر مجلس"),
        ("أحمد إلى مدينة", "احمد الي مدينه"),
        ("کتاب یک", "كتاب يك"),
        ("שָׁלוֹם", "שלום"),
        ("PASLI CIVATALAR İÇİN", "paslı cıvatalar için"),
        ("Всё ещё Пётр", "Все еще Петр"),
        ("ΔΉΜΟΣ ΑΘΗΝΩΝ", "δήμος Αθηνών"),
        ("٢٠٢٤ ۲۰۲۴ ２０２４", "2024 2024 2024"),
    ],
)
def test_what_is_the_same_words(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("farm", "form"), ("ab cd", "abcd"), ("café", "cafe"), ("12", "21")]
)
def test_what_is_not(one: str, other: str) -> None:
    assert words_of(one) != words_of(other)


def test_every_character_of_a_script_without_spaces_is_a_token() -> None:
    assert len(words_of("港口的渡轮")) == 5
    assert len(words_of("เรือข้ามฟาก")) == len("เรือข้ามฟาก")
    assert len(words_of("\U00020000\U00020001 x")) == 3  # beyond the basic plane


def test_a_line_break_inside_a_script_without_spaces_costs_nothing() -> None:
    assert words_of("港口的渡轮\n停航三天") == words_of("港口的渡轮停航三天")


def test_fewer_than_four_words_make_one_hash_whatever_their_order() -> None:
    def shingles(text: str) -> list[int]:
        return [int(h) for h in shingle_hashes(np.array(words_of(text), np.uint64), SHINGLE_MULTIPLIERS)]

    assert shingles("rain at noon") == shingles("noon at rain")
    assert shingles("rain at noon") != shingles("rain at dusk")
    assert len(shingles("one two three four five")) == 2
    assert shingles("one two three four") != shingles("four three two one")
    assert shingles("") == []
