"""What rules may ask of tokens: words by hash, kinds, and what stands just outside a text."""

from __future__ import annotations

import numpy as np

from service.enrich.quotes import columns as c
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import OUTSIDE_TOKENS, View, hashes_of
from service.enrich.quotes.vocabulary import Vocabulary, word_hash

TEXT = "He said the quay was shut, and she said so too; nobody else said"


def view_of(text: str) -> View:
    """Read a text without a trained model."""
    return View(tokenise(text, Vocabulary()))


def test_words_and_kinds_are_listed_where_they_stand() -> None:
    view = view_of(TEXT)
    words = [view.lows[token] for token in range(view.count)]
    for word in ("said", "she", "quay", "absent"):
        assert view.places(word_hash(word)) == [at for at, other in enumerate(words) if other == word]
    assert view.of_kind(c.SAYS) == [at for at, kind in enumerate(view.kinds) if kind == c.SAYS] != []
    assert view.of_kind(c.PASSAGE) == []


def test_a_hash_is_found_only_where_one_begins() -> None:
    view = view_of("one two")
    view.hashes = hashes_of(np.array([0x0A0B0C0D, 0x0A0B0C0D], np.int32))
    assert view.places(0x0A0B0C0D) == [0, 1]
    assert view.places(0x0D0A0B0C) == view.places(0x0C0D0A0B) == []


def test_no_word_stands_before_the_first_token_or_behind_the_last() -> None:
    view = view_of("of the port, he said of")
    for away in range(1, OUTSIDE_TOKENS + 1):
        assert view.hashes[-away] == view.endings[-away] == 0
        assert view.hashes[view.count - 1 + away] == view.endings[view.count - 1 + away] == 0


def test_a_word_is_lowered_with_its_apostrophe_straight() -> None:
    assert view_of("İNAN’S Çay").lows[0] == "inan"
    assert [view_of("It’s Çay").lows[token] for token in range(3)] == ["it", "'s", "çay"]
    assert view_of("one").lows[-1] == view_of("one").lows[5] == ""
