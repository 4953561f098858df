"""The same facts in other spellings are no news; another vote or score beside known ones is."""

from __future__ import annotations

import pytest

from service.records import Relation
from tests.dedup.test_updates import STORY, TITLE, Feed

SHORT = (
    "The council of Ostby said on Monday that the Old Mill Bridge would be closed for a week so that rusty bolts could "
    "be replaced. Mayor Ana Roth said buses would use the new bridge in Corran."
)
TURKISH = (
    "Tarrow Belediye Meclisi, paslı cıvataların değiştirilmesi için köprünün kapatılacağını açıkladı. Başkan Ana Roth "
    "pazartesi günü İstanbul'da otobüslerin yeni köprüden geçeceğini söyledi."
)


@pytest.mark.parametrize(
    ("text", "capitals"),
    [(SHORT, SHORT.upper()), (TURKISH, TURKISH.replace("i", "İ").upper())],
    ids=["English", "Turkish"],
)
def test_a_short_text_in_capitals_is_the_same_text(text: str, capitals: str) -> None:
    for one, other in ((text, capitals), (capitals, text)):
        feed = Feed()
        feed.say(one, "first", "")
        assert feed.say(other, "second", "").relation is Relation.EXACT


def test_another_figure_among_the_same_words_goes_on() -> None:
    feed = Feed()
    feed.say(SHORT + " Repairs cost 1.5 million crowns.", "first", "")
    assert feed.say(SHORT + " Repairs cost 1, 5 million crowns.", "second", "").goes_on


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José Núñez of Malmö paid for it.", "Jose Nunez of Malmo paid for it."),
        ("It cost 240,000 crowns, or €1,200,500.", "It cost 240 000 crowns, or €1 200 500."),
    ],
)
def test_another_spelling_is_no_news(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        feed = Feed()
        feed.say(f"{STORY}\n\n{first}", "first")
        assert not feed.say(f"{STORY}\n\n{second}", "second").goes_on


@pytest.mark.parametrize(
    "around",
    [
        "{} - Harlow Times",
        "{} | News | Harlow Times",
        "{} – Kestwick Radio",
        "{} - harlowtimes.com",
        "{} - Timber Trade Journal",
        "{} | The Yard Gazette",
        "UPDATE 1-{}",
        "WRAPUP 7-{}",
    ],
)
def test_what_pages_and_agencies_put_around_a_headline_is_no_news(around: str) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert not feed.say(STORY, "second", around.format(TITLE)).goes_on


@pytest.mark.parametrize(
    "title", [f"{TITLE} - 71471 hurt", f"{TITLE} - Brandt of Harlow quits", "UPDATE 1-Harlow yard burns"]
)
def test_news_around_a_headline_goes_on(title: str) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert feed.say(STORY, "second", title).goes_on


@pytest.mark.parametrize(
    "title",
    [
        "NATO {} soldiers killed in blast at yard",
        "AP: {} dead in fire at timber yard",
        "OSTBY {}-1 TARROW",
        "USA {}-68 Spain",
        "DAX {} points down",
        "EU {}-point plan for yards",
        "UPDATE 1-{} dead in fire at timber yard",
        "UPDATE {} dead in fire at timber yard",
    ],
)
def test_a_figure_behind_a_first_word_in_capitals_is_news(title: str) -> None:
    feed = Feed()
    feed.say(STORY, "first", title.format(41))
    assert feed.say(STORY, "second", title.format(48)).relation is Relation.UPDATE


@pytest.mark.parametrize(
    "tail",
    [
        "- Mayor Not Charged",
        "- Police Deny Arson",
        "- Mayor Quits Post",
        "| Mayor not charged",
        "| Ivar Solheim charged with murder",
        "| Solheim denies it was arson",
    ],
)
def test_news_behind_a_dash_or_a_bar_goes_on(tail: str) -> None:
    feed = Feed()
    title = TITLE.title() if tail.istitle() else TITLE
    feed.say(STORY, "first", title)
    assert feed.say(STORY, "second", f"{title} {tail}").relation is Relation.UPDATE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will rebuild the yard - Harte", "We will rebuild the yard - Solheim"),
        ("Wife of yard owner charged", "Husband of yard owner charged"),
        ("Miners win cup final", "Pilots win cup final"),
        ("Thousands flee fire at yard", "Hundreds flee fire at yard"),
    ],
)
def test_a_headline_of_somebody_else_goes_on(one: str, other: str) -> None:
    feed = Feed()
    feed.say(STORY, "first", one)
    assert feed.say(STORY, "second", other).relation is Relation.UPDATE


VOTES = "Votes on the yard bill:\n\nRoth: yes\nLund: yes\nHarte: {}\nMarsh: no\nTamm: no"
SCORE = "Ostby Owls beat Tarrow Miners {} in a final of four quarters, and the Owls led 2-1 at the break."


@pytest.mark.parametrize(("frame", "one", "other"), [(VOTES, "yes", "no"), (SCORE, "3-1", "4-1")])
def test_one_vote_or_score_of_known_words_goes_on(frame: str, one: str, other: str) -> None:
    feed = Feed()
    feed.say(f"{STORY}\n\n{frame.format(one)}", "first")
    assert feed.say(f"{STORY}\n\n{frame.format(other)}", "second").relation is Relation.UPDATE
    assert not feed.say(f"{STORY}\n\n{frame.format(other)}\n\nReporting by Ola Nord", "third").goes_on


@pytest.mark.parametrize("other", ["5–7", "5 to 7", "five to seven"])
def test_a_range_in_another_spelling_is_no_score(other: str) -> None:
    for one, two in (("5-7", other), (other, "5-7")):
        feed = Feed()
        feed.say(f"{STORY}\n\nIt burnt for {one} hours, Brekke said.", "first")
        assert not feed.say(f"{STORY}\n\nIt burnt for {two} hours, Brekke said.", "second").goes_on
