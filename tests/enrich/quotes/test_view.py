"""What rules may ask of tokens: words by hash, kinds, and what stands just outside a text."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import OUTSIDE_TOKENS, TOLD_SINGLY_MAX, View
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
    tokens = tokenise("one two", Vocabulary())
    tokens.attributes[:, c.WORD] = 0x0A0B0C0D
    view = View(tokens)
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


def test_a_word_is_told_of_by_its_first_places_that_are_no_heads_of_sentences() -> None:
    view = view_of("Falk came. We met Falk and Falk and a falk. Falk and Quay left. A quay, Quay")
    falk = [place for place in range(view.count) if view.lows[place] == "falk"]
    assert view.telling_places(view.hashes[falk[0]]) == [(falk[1], True), (falk[2], True)]
    quay = [place for place in range(view.count) if view.lows[place] == "quay"]
    assert view.telling_places(view.hashes[quay[0]]) == [(quay[0], True), (quay[1], False)]


def test_words_are_told_of_alike_by_looking_for_each_and_by_sorting_all() -> None:
    words = [f"the W{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(2 * TOLD_SINGLY_MAX)]
    view = view_of(" ".join(words + words))
    asked = [view.hashes[place] for place in range(1, 2 * len(words), 2)]
    assert [view.telling_places(word) for word in asked] == [
        view_of(view.text).telling_places(word) for word in asked
    ]
    assert all(len(view.telling_places(word)) == 2 for word in asked)
