"""HTML goes where a text plainly is HTML, and stays where it is talked about."""

from __future__ import annotations

import pytest

from service.intake.cleaning.markup import TAGS_MAX, is_plainly_html, repair_html, strip_tags


@pytest.mark.parametrize(
    "text",
    [
        "x < y and y > z",
        "Use <b> for bold.",
        "the <unknown> tag",
        "a <3 b",
        "<p>",
        "",
        "if (a<b && c>d) { return; }",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert not is_plainly_html(text)
    assert repair_html(text) == text


@pytest.mark.parametrize(
    "element", ["script", "style", "noscript", "nav", "form", "figcaption", "svg", "iframe", "SCRIPT"]
)
def test_elements_that_hold_no_prose_go_with_what_is_in_them(element: str) -> None:
    page = f"<p>One.</p><{element} class='x'>never <b>seen</b></{element}><p>Two.</p>"
    assert strip_tags(page).split() == ["One.", "Two."]


def test_an_element_that_is_never_closed_loses_its_tag_alone() -> None:
    assert strip_tags("<p>One.</p><script>Two.<p>Three.</p>").split() == ["One.", "Two.", "Three."]


def test_comments_go_and_attributes_may_hold_brackets() -> None:
    page = '<p>One.<!-- <p>no</p> --></p><img alt="a > b" src="x"><p title="c < d">Two.</p>'
    assert strip_tags(page).split() == ["One.", "Two."]


def test_words_of_one_paragraph_stay_together_and_paragraphs_apart() -> None:
    assert strip_tags("<p>A <em>ver</em>y <a href='x'>old</a> dam.</p><p>It held.</p>").strip() == (
        "A very old dam.\n\n\n\nIt held."
    )


def test_a_page_with_too_many_tags_loses_them_all_the_same() -> None:
    assert set(repair_html("<p>a</p>" * TAGS_MAX).split()) == {"a"}


@pytest.mark.parametrize(
    ("escaped", "plain"),
    [
        ("R&amp;D", "R&D"),
        ("&amp;amp;lt;", "<"),
        ("&eacute;t&#233;", "été"),
        ("&nosuch; &", "&nosuch; &"),
        ("a&lt", "a&lt"),
    ],
)
def test_entities_are_resolved_where_they_are_entities(escaped: str, plain: str) -> None:
    assert repair_html(escaped) == plain
