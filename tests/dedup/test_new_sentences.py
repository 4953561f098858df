"""A sentence that was added is news though all it names is known; headlines and captions are none."""

from __future__ import annotations

import pytest

from service.dedup.new_facts import new_facts
from service.records import Relation
from tests.dedup.articles import a_story
from tests.dedup.test_updates import STORY, TITLE, Feed

LONG = f"{STORY}\n\n{a_story(200, seed=9)}"
ADDED = {
    "a lead": "Hanno Brekke has stopped all loading at the Ostby timber yard since the fire that killed three workers.",
    "a quotation": '"It is too early to say when we may load again," Hanno Brekke told a packed room.',
    "a sentence": "Brekke will meet the families of the nine injured workers at the yard in Ostby.",
}


@pytest.mark.parametrize("sentence", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_sentence_that_names_nothing_new_is_news_and_is_named(sentence: str, place: str) -> None:
    feed = Feed()
    feed.say(LONG, "first")
    text = f"{sentence}\n\n{LONG}" if place == "first" else f"{LONG}\n\n{sentence}"
    verdict = feed.say(text, "second")
    assert (verdict.relation, verdict.match_id) == (Relation.UPDATE, "first")
    passages = [one.text for one in new_facts(TITLE, text, verdict.new_facts) if one.kind == "passage"]
    assert any(sentence.strip('".') in passage for passage in passages)
    again = feed.say(f"OSTBY, May 3 (ANP) - {text}", "third")
    assert (again.goes_on, again.match_id) == (False, "second")


NO_NEWS = {
    "a headline": f"Three die as timber yard burns in Ostby harbour\n\n{LONG}",
    "a caption": f"Firemen at the Ostby timber yard of Hanno Brekke\n\n{LONG}",
    "a caption above the first line": f"Firemen at the Ostby timber yard of Hanno Brekke\n{LONG}",
}


@pytest.mark.parametrize("text", NO_NEWS.values(), ids=NO_NEWS)
def test_a_headline_or_a_caption_is_no_news(text: str) -> None:
    feed = Feed()
    feed.say(LONG, "first")
    assert not feed.say(text, "second").goes_on
