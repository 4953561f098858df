"""Lines that are no part of the story go; sentences that mention the same things stay."""

from __future__ import annotations

import weakref

import pytest

from service.intake.cleaning.boilerplate import LINES_MAX, RELATED_TITLES_MAX, drop_boilerplate
from service.intake.cleaning.clean import clean
from service.intake.cleaning.furniture_lines import EDGE, LINE_CHARS_MAX, is_boilerplate, verdict_of
from service.intake.cleaning.line_sieve import lines_in_doubt
from service.languages import furniture


class Line(str):
    """A line that can be asked whether anybody holds it."""


STORY = "The gate of Lower Aske stays shut until June."


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "READ MORE",
        "Continue reading »",
        "Share on Facebook",
        "Facebook Twitter Email",
        "Tweet this or share by email",
        "Follow us on Instagram",
        "Follow Ida Quill on Twitter @quill",
        "Like us on Facebook for more",
        "Sign up for our morning newsletter",
        "Get the best stories delivered to your inbox",
        "By signing up, you agree to our terms",
        "This article is more than 2 years old.",
        "All rights reserved. The Quay Press.",
        "© 2021 Quay Media",
        "Copyright 2021 The Quay Post",
        "Click here to download the app",
        "Read more: Harbour gate sold",
        "Photo: Ida Quill/Reuters",
        "File photo of the gate of Lower Aske in 2019.",
        "Enlarge this image",
        "Please enable JavaScript to view the comments",
        "Reporting by Ida Quill; editing by Bram Otter",
        "Published on 3 June 2021",
        "#harbour #gate",
        "The gate - Ida Quill, 1200, 03.06.2021",
    ],
)
def test_a_line_that_is_none_of_the_authors_words_goes(line: str) -> None:
    assert is_boilerplate(line)
    assert drop_boilerplate(f"{STORY}\n{line}\n{STORY}") == f"{STORY}\n{STORY}"


@pytest.mark.parametrize(
    "line",
    [
        "Follow the river for two miles and you reach the gate.",
        "Sign language is taught in every school of the county.",
        "Get up, she told him, and he did.",
        "By signing the contract, the port gave up its last pier.",
        "Share prices fell on Monday.",
        "Email was down at the port all day, and nobody could tell why.",
        "Photographs of the wreck were shown to the court.",
        "Published reports say that the gate is older than the town.",
        "More people came than the hall could hold.",
        "#1 is the number that the port gave to its first pier.",
        "Our town has no newsletter and needs none.",
        "Copyright is a matter for the courts, she said.",
    ],
)
def test_a_sentence_that_begins_like_one_stays(line: str) -> None:
    assert not is_boilerplate(line)
    assert drop_boilerplate(f"{STORY}\n{line}") == f"{STORY}\n{line}"


def test_titles_behind_a_heading_of_related_stories_go_until_prose_comes_again() -> None:
    text = f"{STORY}\n\nRelated stories\n\nGate of Aske sold\n- Ferry late again\n\n{STORY}"
    assert drop_boilerplate(text) == f"{STORY}\n\n{STORY}"


def test_a_heading_without_titles_is_a_heading_of_the_story() -> None:
    text = f"{STORY}\n\nTrending\n\n{STORY}"
    assert drop_boilerplate(text) == text


def test_only_so_many_titles_are_dropped() -> None:
    titles = [f"Gate {number} sold" for number in range(RELATED_TITLES_MAX + 2)]
    left = drop_boilerplate("\n".join([STORY, "Related stories", *titles]))
    assert left.split("\n") == [STORY, *titles[RELATED_TITLES_MAX:]]


def test_a_caption_box_goes_but_a_story_in_one_line_with_its_caption_stays() -> None:
    assert drop_boilerplate(f"The gate. Ida Quill/AP toggle caption\n{STORY}") == STORY
    alone = "The gate. Ida Quill/AP hide caption The gate of Lower Aske stays shut."
    assert drop_boilerplate(alone) == alone


def test_a_long_line_is_prose() -> None:
    line = "Follow us on Facebook. " + "x" * LINE_CHARS_MAX
    assert drop_boilerplate(f"{STORY}\n{line}") == f"{STORY}\n{line}"


def test_a_text_of_too_many_lines_is_left_as_it_is() -> None:
    text = "\n".join(["Advertisement"] * (LINES_MAX + 1))
    assert drop_boilerplate(text) == text


def test_a_text_without_boilerplate_is_the_same_object() -> None:
    text = f"{STORY}\n\n{STORY}"
    assert drop_boilerplate(text) is text
    assert drop_boilerplate(drop_boilerplate(f"{text}\nAdvertisement")) == text


@pytest.mark.parametrize("phrase", sorted(furniture.LINES))
def test_every_phrase_of_the_lists_is_dropped_however_it_is_written(phrase: str) -> None:
    for line in (phrase, phrase.upper(), phrase.title(), *(f"{mark}{phrase}{mark}" for mark in EDGE.strip())):
        left = STORY if is_boilerplate(line) else f"{STORY}\n{line}"
        assert drop_boilerplate(f"{STORY}\n{line}\n{STORY}") == f"{left}\n{STORY}"


@pytest.mark.parametrize("start", sorted(furniture.STARTS))
def test_every_link_to_another_story_is_dropped(start: str) -> None:
    line = f"{start.capitalize()} | Ferry sinks off Northport"
    assert is_boilerplate(line)
    assert drop_boilerplate(f"{STORY}\n{line}\n{STORY}") == f"{STORY}\n{STORY}"


@pytest.mark.parametrize("mark", ["contributed to this report.", "CONTRIBUTED TO THIS STORY"])
def test_words_that_furniture_holds_anywhere_are_seen(mark: str) -> None:
    assert drop_boilerplate(f"{STORY}\nIda Quill in Aske {mark}\n{STORY}") == f"{STORY}\n{STORY}"


@pytest.mark.parametrize(
    "line", ["Advertisement", "“Advertisement”", "— Advertisement —", "Ad", "İlgili haberler"]
)
def test_lines_are_picked_by_their_bytes_with_marks_around_them_or_beyond_ascii(line: str) -> None:
    assert lines_in_doubt(f"{STORY}\n{line}\n{STORY}".encode()) == [[STORY.count("\n") + 1, False]]


def test_furniture_that_comes_to_the_end_by_what_was_dropped_goes_too() -> None:
    assert drop_boilerplate(f"{STORY}\nSubscribe now\n\nAdvertisement\n\nHome\nAdvertisement") == STORY


def test_every_line_that_holds_a_sign_is_found() -> None:
    mark = "This material may not be published, broadcast, rewritten or redistributed."
    assert (
        drop_boilerplate(f"{mark}\n{STORY}\n© 2031 Aske Wire. {mark}\n{STORY}\n{mark}") == f"{STORY}\n{STORY}"
    )


def test_a_list_of_more_lines_than_an_article_has_is_not_aligned_with_itself() -> None:
    body = "\n".join(f"word{n} and word{n * n}" for n in range(LINES_MAX // 2 + 1))
    assert clean(f"{body}\n{body}").text == f"{body}\n{body}"
    short = "\n".join(f"word{n} and word{n * n}" for n in range(LINES_MAX // 8))
    assert clean(f"{short}\n{short}").text == short


@pytest.mark.parametrize(
    "line",
    [
        "Partager l’article",
        "Don’t miss: The island that lost its pier",
        "You’ve reached your limit of free articles",
    ],
)
def test_typographic_apostrophes_are_apostrophes(line: str) -> None:
    assert drop_boilerplate(f"{STORY}\n{line}\n{STORY}") == f"{STORY}\n{STORY}"


def test_long_lines_are_not_remembered() -> None:
    """A feeder of texts of one long line each would fill memory with them."""
    line = "The harbour board met again. " * 40
    gone = Line(line)
    verdict_of(gone)
    seen = weakref.ref(gone)
    del gone
    assert seen() is None
