"""Tokens and sentences: where they begin and end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.enrich.quotes import columns as c
from service.enrich.quotes.sentences import SENTENCE_TOKENS_MAX
from service.enrich.quotes.tokens import DESCRIBED_TOKENS_MAX, Tokens, tokenise
from service.enrich.quotes.view import Sentences
from service.enrich.quotes.vocabulary import Vocabulary, word_hash

VOCABULARY = Vocabulary(cues=[word_hash("chimes")], clusters={word_hash("harbour"): (3, 17, 400)})


def read(text: str) -> Tokens:
    return tokenise(text, VOCABULARY)


def words(text: str) -> list[str]:
    tokens = read(text)
    return [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]


def sentences(text: str) -> list[str]:
    sentences = Sentences.of(read(text))
    return [text[start:end] for start, end in zip(sentences.starts, sentences.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. didn’t pay.", ["The", "U.S", ".", "didn", "’t", "pay", "."]),
        ("Ada's co-op", ["Ada", "'s", "co-op"]),
        ("they said.The sides", ["they", "said", ".", "The", "sides"]),
        ("O'Brien paid 3.5%", ["O'Brien", "paid", "3.5", "%"]),
        ("wait ... what", ["wait", "...", "what"]),
        ("one\n\n two", ["one", "\n\n ", "two"]),
        ('He "went away" now', ["He", '"went away"', "now"]),
        ("\U0001f600 ok", ["\U0001f600", "ok"]),
    ],
)
def test_text_is_cut_into_words_clitics_marks_and_passages(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("He moved to the U.S. He said so.", ["He moved to the U.S.", "He said so."]),
        ("She works at Halden Inc. The firm grew.", ["She works at Halden Inc.", "The firm grew."]),
        (
            "It lies in the Northern Dist. The mill closed.",
            ["It lies in the Northern Dist.", "The mill closed."],
        ),
        ("They met Sec. Falk. Mrs. May left.", ["They met Sec. Falk.", "Mrs. May left."]),
        ("It was sued by the SEC. Falk left.", ["It was sued by the SEC.", "Falk left."]),
        ("GEN. Falk left. It rained.", ["GEN. Falk left.", "It rained."]),
        ("The U.S. First Army left. It rained.", ["The U.S. First Army left.", "It rained."]),
        ("A U.S. IT firm left. It rained.", ["A U.S. IT firm left.", "It rained."]),
        ("They cited Falk v. The Harbour. It rained.", ["They cited Falk v. The Harbour.", "It rained."]),
        ("SEN. FALK LEFT. IT RAINED.", ["SEN. FALK LEFT.", "IT RAINED."]),
        ("Mr. Lee of the U.S. spoke. He left.", ["Mr. Lee of the U.S. spoke.", "He left."]),
        ("“Go.” She left.", ["“Go.”", "She left."]),
        ("“Go!” she said. “Now.”", ["“Go!” she said.", "“Now.”"]),
        (
            "It rose 3.5 percent (a record.) Then it fell.",
            ["It rose 3.5 percent (a record.)", "Then it fell."],
        ),
        ("A heading\nIt rained", ["A heading", "It rained"]),
        ("they agreed.The sides met.", ["they agreed.", "The sides met."]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_sentence_without_an_end_is_cut() -> None:
    tokens = read("word " * (3 * SENTENCE_TOKENS_MAX))
    assert tokens.sentences.max() == 2


def test_words_are_known_by_kind_and_class() -> None:
    tokens = read("she said harbour chimes Brandt 12 .")
    kinds = tokens.attributes[:, c.KIND].tolist()
    assert kinds == [c.PRONOUN, c.SAYS, c.LOWER, c.CUES, c.CAPITAL, c.DIGITS, c.PUNCTUATION]
    assert tokens.attributes[2, [c.COARSE, c.MIDDLE, c.FINE]].tolist() == [3, 17, 400]


def test_words_are_hashed_without_regard_to_case_apostrophe_and_digits() -> None:
    assert word_hash("Said") == word_hash("said")
    assert word_hash("o’brien") == word_hash("O'Brien")
    assert word_hash("1998") == word_hash("2024") != word_hash("199")


def test_nearest_cue_and_passage_are_seen_from_every_token() -> None:
    tokens = read('Ada said the harbour grew, "a lot" and more.')
    ada, grew = tokens.attributes[0], tokens.attributes[4]
    assert ada[c.CUE_AFTER] == word_hash("said") == grew[c.CUE_BEFORE]
    assert grew[c.PASSAGE_FAR] % 8 == 3  # two tokens before the passage
    assert ada[c.SENTENCE_HOLDS] == 1 * 4 + 1


TEXT = st.text(alphabet=st.characters(codec="utf-16", exclude_categories=[]), max_size=200)


@given(TEXT)
def test_tokens_cover_everything_but_white_space_and_sentences_cover_the_tokens(text: str) -> None:
    tokens = read(text)
    position = 0
    for start, end in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True):
        assert text[position:start].strip() == ""
        assert start < end
        position = end
    assert text[position:].strip() == ""
    sentences = Sentences.of(tokens)
    joined = "".join(text[s:e] for s, e in zip(sentences.starts, sentences.ends, strict=True))
    assert "".join(joined.split()) == "".join(text.split())
    assert bool((np.diff(tokens.sentences) >= 0).all())


def test_a_giant_text_has_sentences_to_its_end_though_only_its_beginning_is_described() -> None:
    text = "a. B " * DESCRIBED_TOKENS_MAX
    tokens = read(text)
    assert tokens.described == DESCRIBED_TOKENS_MAX < len(tokens)
    assert Sentences.of(tokens).ends[-1] == len(text) - 1
