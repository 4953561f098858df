"""Marked passages get their edges, and those that no cue claimed a place: with another quotation, or of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from service.enrich.quotes import features as f
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.edges import apply_rules
from service.enrich.quotes.read import FirstPass
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
SPEECH = "“The old pier has stood here since my grandfather was a boy and it will stay.”"


@dataclass(slots=True)
class Said:
    """A draft in words: what was said, by whom, and the cue, each by its first appearance in the text."""

    content: tuple[str, ...]
    source: str | None = None
    cue: str | None = "said"
    confidence: float = 0.8


class Scene:
    """A text with the drafts that the model would have made of it."""

    def __init__(self, text: str, *said: Said) -> None:
        self.text = text
        self.view = View(tokenise(text, VOCABULARY))
        self.taken = np.zeros(self.view.count, np.int8)
        posteriors = np.zeros((self.view.count, f.FIRST_LABELS), np.float32)
        self.first = FirstPass(np.zeros(self.view.count, np.int8), posteriors)
        self.drafts = [self._draft(one) for one in said]

    def tokens_of(self, words: str) -> Range:
        """Return the tokens of the first place where `words` stand."""
        start = self.text.index(words)
        inside = [
            token
            for token in range(self.view.count)
            if self.view.starts[token] >= start and self.view.ends[token] <= start + len(words)
        ]
        return inside[0], inside[-1] + 1

    def _draft(self, said: Said) -> Draft:
        content = [self.tokens_of(words) for words in said.content]
        for first, end in content:
            self.taken[first:end] = 1
        only = all(end - first == 1 and self.view.is_passage(first) for first, end in content)
        source = None if said.source is None else self.tokens_of(said.source)
        cue = None if said.cue is None else self.tokens_of(said.cue)
        return Draft(content, source, cue, only, said.confidence, 0.9)

    def ruled(self) -> list[Draft]:
        """Apply the rules to the drafts."""
        return apply_rules(self.view, self.first, self.drafts, self.taken)

    def words_of(self, draft: Draft) -> list[str]:
        """Return the pieces of a draft's content as they stand."""
        return [self.view.between(first, end) for first, end in draft.content]

    def source_of(self, draft: Draft) -> str | None:
        return None if draft.source is None else self.view.between(*draft.source)


def test_a_source_ends_before_its_last_comma() -> None:
    scene = Scene(
        "Ida Quill, head of the port, said the pier is old.",
        Said(("the pier is old",), "Ida Quill, head of the port,"),
    )
    (draft,) = scene.ruled()
    assert scene.source_of(draft) == "Ida Quill, head of the port"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_source_begins_after_a_dateline(dash: str) -> None:
    text = f"LOWER ASKE {dash} The port said the pier is old."
    (draft,) = (scene := Scene(text, Said(("the pier is old",), f"LOWER ASKE {dash} The port"))).ruled()
    assert scene.source_of(draft) == "The port"


def test_a_short_lead_with_a_comma_is_cut_off_before_a_passage() -> None:
    scene = Scene("She said to him, “We go now” and left.", Said(("to him, “We go now”",), "She"))
    (draft,) = scene.ruled()
    assert scene.words_of(draft) == ["“We go now”"]


def test_two_passages_side_by_side_are_two_pieces() -> None:
    scene = Scene("She said so it is “We go.” “We stay.”", Said(("so it is “We go.” “We stay.”",), "She"))
    (draft,) = scene.ruled()
    assert scene.words_of(draft) == ["so it is “We go.”", "“We stay.”"]


def test_a_long_passage_that_no_cue_claimed_is_a_quotation_without_speaker() -> None:
    scene = Scene(f"The pier stayed. {SPEECH}")
    (draft,) = scene.ruled()
    assert scene.words_of(draft) == [SPEECH]
    assert (draft.source, draft.cue, draft.method) == (None, None, "rule: marks")


@pytest.mark.parametrize("passage", ["“ghost ferry”", "“The Old Pier”", "“no”"])
def test_a_short_passage_that_no_cue_claimed_is_a_title_or_a_scare_quote(passage: str) -> None:
    assert Scene(f"The town has a {passage} for years.").ruled() == []


def test_a_quotation_goes_on_behind_its_cue() -> None:
    scene = Scene(f"“We lost all,” Ida Quill said. {SPEECH}", Said(("“We lost all,”",), "Ida Quill"))
    (draft,) = scene.ruled()
    assert scene.words_of(draft) == ["“We lost all,”", SPEECH]
    assert scene.source_of(draft) == "Ida Quill"


def test_a_quotation_goes_on_in_a_paragraph_of_its_own() -> None:
    scene = Scene(
        f"“We lost all,” Ida Quill said.\n{SPEECH}\nIt rained.", Said(("“We lost all,”",), "Ida Quill")
    )
    (draft,) = scene.ruled()
    assert scene.words_of(draft) == ["“We lost all,”", SPEECH]


def test_three_paragraphs_on_it_is_a_quotation_of_its_own() -> None:
    text = f"“We lost all,” Ida Quill said.\nIt rained.\nIt rained.\nIt rained.\n{SPEECH}"
    scene = Scene(text, Said(("“We lost all,”",), "Ida Quill"))
    assert [scene.words_of(draft) for draft in scene.ruled()] == [["“We lost all,”"], [SPEECH]]


def test_a_label_inside_a_passage_names_the_speaker() -> None:
    scene = Scene(f"They spoke. “MAYOR HOYLE: {SPEECH[1:]}")
    (draft,) = scene.ruled()
    assert draft.method == "rule: label"
    assert draft.label is not None
    begin, end, content = draft.label
    assert (scene.text[begin:end], scene.text[content:].startswith("The old pier")) == ("MAYOR HOYLE", True)


def test_a_scare_quote_that_nobody_surely_said_is_dropped() -> None:
    text = "The crew likes the “ghost ferry” for fun."
    assert Scene(text, Said(("“ghost ferry”",), None, "likes", 0.3)).ruled() == []


def test_the_same_words_are_claimed_once_by_the_surest() -> None:
    text = "Ida Quill said that the pier is old, the port said."
    twice = [
        Said(("the pier is old",), "Ida Quill", "said", 0.6),
        Said(("the pier is old",), "the port", "said", 0.9),
    ]
    (draft,) = (scene := Scene(text, *twice)).ruled()
    assert scene.source_of(draft) == "the port"


def test_drafts_come_in_the_order_of_the_text() -> None:
    text = f"{SPEECH} It rained. Ida Quill said the pier is old."
    scene = Scene(text, Said(("the pier is old",), "Ida Quill"))
    starts = [draft.content[0] for draft in scene.ruled()]
    assert len(starts) == 2
    assert starts == sorted(starts)
