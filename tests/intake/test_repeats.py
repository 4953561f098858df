"""A body that stands twice is left once: the better formed, the fuller one, and nothing is lost."""

from __future__ import annotations

import random

import pytest

from service.intake.cleaning import repeats
from service.intake.cleaning.clean import Repair, clean
from service.intake.cleaning.doubling import COPY_WORDS_MIN, WORDS_MAX, Doubling, find_doubling
from service.intake.cleaning.repeats import drop_repeated_body, may_repeat
from service.sketch.normal_form import normal_bytes, normal_form
from tests.dedup.articles import a_story, glued, sentences_of

SEEDS = range(1, 41)


def said(text: str) -> set[str]:
    """The sentences of a text in normal form, however they are set."""
    return {normal_form(sentence) for sentence in sentences_of(text.replace(".", ". "))} - {""}


@pytest.mark.parametrize("words", [60, 150, 800, 3_000])
@pytest.mark.parametrize("joint", ["\n\n", " ", "\n"])
def test_second_copy_is_dropped_and_the_first_stays_as_it_was(words: int, joint: str) -> None:
    story = a_story(words)
    cleaned = clean(story + joint + story)
    assert cleaned.text == story
    assert Repair.DOUBLED_BODY in cleaned.repairs


@pytest.mark.parametrize("order", ["glued first", "glued last"])
@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_copies_the_well_formed_one_stays(order: str, seed: int) -> None:
    story = a_story(300, seed)
    copies = (glued(story), story) if order == "glued first" else (story, glued(story))
    assert clean("\n".join(copies)).text == story


@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_copies_the_fuller_one_stays(seed: int) -> None:
    story = a_story(400, seed)
    cut = " ".join(sentences_of(story)[:14])
    assert clean(f"{cut}\n{story}").text == story
    assert clean(f"{story}\n{cut}").text == story


@pytest.mark.parametrize("seed", SEEDS)
def test_a_well_formed_but_cut_second_copy_does_not_put_the_story_out_of_order(seed: int) -> None:
    story = a_story(400, seed)
    cut = "\n".join(sentences_of(story)[:16])
    assert normal_form(clean(f"{glued(story)}\n{cut}").text) == normal_form(story)


def test_a_glued_copy_that_is_a_third_of_the_text_is_recognised() -> None:
    sentences = sentences_of(a_story(500))
    story = "\n".join(sentences)
    first = glued(" ".join(sentences[::2]))
    assert 0.28 < len(first) / len(first + story) < 0.4
    assert clean(f"{first}\n{story}").text == story


def test_sentences_that_stand_only_in_the_copy_to_be_dropped_stay() -> None:
    story = sentences_of(a_story(300))
    extra = "Nobody at the lighthouse had expected such a tide, the keeper told a crowd of schoolchildren."
    text = clean(" ".join([*story[:5], extra, *story[5:12]]) + "\n" + "\n".join(story)).text
    assert text.count(extra) == 1
    assert said(text) == said(" ".join(story)) | {normal_form(extra)}


def test_reworded_copies_lose_no_more_than_a_word_here_and_there() -> None:
    story = a_story(400)
    edited = story.replace(" near ", " close to ").replace("old", "ancient").replace("warned", "cautioned")
    kept = normal_form(clean(f"{story}\n\n{edited}").text).split()
    assert len(kept) < 1.3 * len(story.split())
    assert set(normal_form(story).split()) <= set(kept)


def test_text_around_the_two_copies_stays() -> None:
    story = a_story(300)
    before = "What the papers wrote about the harbour this week, in their own words and without comment."
    after = "This page was put together by the harbour's own press office."
    assert clean(f"{before}\n{story}\n{story}\n{after}").text == f"{before}\n{story}\n{after}"


@pytest.mark.parametrize("copies", [3, 4])
def test_a_body_may_stand_more_than_twice(copies: int) -> None:
    story = a_story(200)
    assert clean("\n\n".join([story] * copies)).text == story


@pytest.mark.parametrize("seed", SEEDS)
def test_an_ordinary_article_is_left_alone(seed: int) -> None:
    story = a_story(600, seed)
    assert clean(story).text == story
    assert clean(story).repairs == ()


def test_a_repeated_summary_transcript_or_refrain_is_not_a_body_twice() -> None:
    story = a_story(600)
    summary = " ".join(sentences_of(story)[3:9])
    for text in (f"{summary}\n\n{story}", f"{story}\n\n{summary}"):
        assert Repair.DOUBLED_BODY not in clean(text).repairs
    refrain = "We will not go, we will not go, the harbour is our home."
    verses = "\n".join(f"{sentence}\n{refrain}" for sentence in sentences_of(a_story(300, 9)))
    assert clean(verses).text == verses


def test_two_stories_one_after_the_other_are_not_a_body_twice() -> None:
    text = f"{a_story(300, 1)}\n\n{a_story(300, 2)}"
    assert clean(text).text == text


def test_very_short_and_very_long_texts_are_not_aligned() -> None:
    assert find_doubling(["word"] * (2 * COPY_WORDS_MIN - 1)) is None
    assert find_doubling([str(n) for n in range(WORDS_MAX)] * 2) is None
    assert clean("The dam held. The dam held.").text == "The dam held. The dam held."


def test_one_word_a_thousand_times_is_not_a_body_twice() -> None:
    text = "dam " * 999 + "dam"
    assert drop_repeated_body(text) == text


def test_the_cheap_look_lets_doubled_bodies_through_and_stops_ordinary_articles() -> None:
    stories = [a_story(500, seed) for seed in SEEDS]
    assert all(may_repeat(normal_bytes(f"{story}\n{glued(story)}")) for story in stories)
    assert not any(may_repeat(normal_bytes(story)) for story in stories)


def test_initials_and_titles_end_no_sentence_when_a_copy_is_taken_apart() -> None:
    story = sentences_of(a_story(300))
    extra = "Mr. J. Miller of the U.S. Coast Guard told Sen. Jones that no such barrier had ever been built there."
    text = clean(" ".join([*story[:8], extra]) + "\n" + "\n".join(story)).text
    assert extra in text.split("\n")


def test_a_long_text_is_aligned_in_one_round_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    aligned: list[int] = []

    def counted(words: list[str]) -> Doubling | None:
        aligned.append(len(words))
        return find_doubling(words)

    monkeypatch.setattr(repeats, "find_doubling", counted)
    runs = [" ".join(f"word{number}" for number in range(at, at + 10)) for at in range(0, 5_000, 10)]
    clean(f"<b>{' '.join(runs)}</b> {' '.join(random.Random(1).sample(runs, len(runs)))} &amp;lt;i&amp;gt;")
    assert len(aligned) == 1
