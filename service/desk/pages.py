"""Every page: its address, what answers it, its template, and its parameters for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection

from service.desk.article import ArticleAnswer, article
from service.desk.figures import FiguresAnswer, figures
from service.desk.line import SPANS, DeadAnswer, LineAnswer, dead, line
from service.desk.marking import marked, said
from service.desk.river import FOUND_MAX, River, river
from service.desk.speakers import SpeakerAnswer, SpeakersAnswer, speaker, speakers
from service.desk.story_pages import StoriesAnswer, StoryAnswer, stories, story
from service.desk.thread_page import ThreadAnswer, thread
from service.desk.threads import KINDS, ThreadsAnswer, threads
from service.desk.why import COLOURS, RawTextOf, WhyAnswer, why

Parameters = Mapping[str, str]
Answer = Callable[[Connection, Parameters, RawTextOf], Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Declare a page and its JSON twin."""

    path: str
    summary: str
    kind: type
    answer: Answer
    template: str
    parameters: Parameters
    required: frozenset[str] = frozenset()
    listed: str = ""  # name of the list that the page shows, which it also answers as CSV
    feeds: bool = False  # whether the list can be subscribed to, as an Atom feed
    dress: Callable[[Any], Mapping[str, Any]] = lambda answer: {}  # what only the HTML needs

    @property
    def forms(self) -> tuple[str, ...]:
        """Name the forms of an answer beside HTML and JSON."""
        return (*(["csv"] if self.listed else []), *(["atom"] if self.feeds else []))


PAGING: Final = {
    "limit": "rows of a page",
    "cursor": "where the next page begins: `next` of the page before",
}
FILTERS: Final = {
    "q": 'words that must stand in the article; "in quotes" next to each other',
    "source": "name of the source",
    "speaker": "name of somebody who speaks in the article",
    "collection": "name of the collection",
    "language": "language as the feed gave it",
    "kind": "status: new, update, revision, correction, withdrawal ...",
    "since": "fed at or after: a span before now (12h, 7d, 2w), a date or a time",
    "until": "fed before, likewise",
}


def _alone(answer: Callable[[Connection, Parameters], Any]) -> Answer:
    """Make an answer of one that asks the store only."""
    return lambda connection, parameters, _: answer(connection, parameters)


def _timed(answer: Callable[[Connection, Parameters, datetime], Any]) -> Answer:
    """Make an answer of one that counts back from now."""
    return lambda connection, parameters, _: answer(connection, parameters, datetime.now(UTC))


def _dress_article(answer: ArticleAnswer) -> Mapping[str, Any]:
    return {"pieces": marked(answer), "said": said(answer.claims)}


PAGES: Final = (
    Page(
        "/",
        "Stories as they came, newest first; with a filter or a search, articles",
        River,
        _timed(river),
        "river.html",
        {**FILTERS, **PAGING},
        listed="stories",
        feeds=True,
        dress=lambda _: {"found_max": FOUND_MAX},
    ),
    Page(
        "/article",
        "One article with its claims, revisions and copies",
        ArticleAnswer,
        _alone(article),
        "article.html",
        {"collection": "name of the collection", "id": "id of the article"},
        frozenset({"collection", "id"}),
        listed="claims",
        dress=_dress_article,
    ),
    Page(
        "/why",
        "Two articles side by side: what they share, and what dedup makes of the second",
        WhyAnswer,
        why,
        "why.html",
        {
            "collection": "name of the collection",
            "first": "id of the earlier article",
            "second": "id of the later one, or of a copy of the first",
            "revision": "revision of the first; the newest without it",
        },
        frozenset({"collection", "first", "second"}),
        dress=lambda _: {"colours": COLOURS},
    ),
    Page(
        "/threads",
        "Claims that several articles carry, newest or most reported first",
        ThreadsAnswer,
        _alone(threads),
        "threads.html",
        {
            "kind": "quotation, statement or figure",
            "disputed": "`yes`: only figures that another one excludes",
            "reports": "at least so many reports",
            "q": "words that must stand in an article of the thread",
            "speaker": "name of somebody who says it",
            "collection": "name of the collection",
            "article": "id of an article of the thread, which needs its `collection`",
            "sort": "newest or reports",
            **PAGING,
        },
        listed="threads",
        dress=lambda _: {"kinds": KINDS},
    ),
    Page(
        "/thread",
        "The history of a claim, oldest first, with what disputes or denies it",
        ThreadAnswer,
        _alone(thread),
        "thread.html",
        {"collection": "name of the collection", "id": "id of the thread", **PAGING},
        frozenset({"collection", "id"}),
        listed="history",
    ),
    Page(
        "/stories",
        "Articles of one event, newest or largest first",
        StoriesAnswer,
        _alone(stories),
        "stories.html",
        {"sort": "newest or largest", **PAGING},
        listed="stories",
    ),
    Page(
        "/story",
        "One story: its articles, oldest first, what they repeat and dispute, and their copies",
        StoryAnswer,
        _alone(story),
        "story.html",
        {"collection": "name of the collection", "id": "id of the story", **PAGING},
        frozenset({"collection", "id"}),
        listed="members",
    ),
    Page(
        "/speakers",
        "Who was heard most of late, and everybody from A to Z",
        SpeakersAnswer,
        _alone(speakers),
        "speakers.html",
        {"from": "first name of the list, or its beginning", **PAGING},
        listed="names",
    ),
    Page(
        "/speaker",
        "What one person or organisation said, newest first",
        SpeakerAnswer,
        _alone(speaker),
        "speaker.html",
        {"name": "name of the speaker", **PAGING},
        frozenset({"name"}),
        listed="said",
    ),
    Page(
        "/figures",
        "Figures by unit, currency and topic word",
        FiguresAnswer,
        _alone(figures),
        "figures.html",
        {
            "unit": "unit, as records name it",
            "currency": "currency, ISO 4217",
            "q": "words that must stand in the article",
            "sort": "newest, largest or smallest",
            **PAGING,
        },
        listed="figures",
    ),
    Page(
        "/line",
        "The sum of the line, what came when, and why records were set aside",
        LineAnswer,
        _timed(line),
        "line.html",
        {"span": "hour, day or month"},
        dress=lambda _: {"spans": SPANS},
    ),
    Page(
        "/dead",
        "Records that were set aside, newest first",
        DeadAnswer,
        _alone(dead),
        "dead.html",
        {"reason": "only with this reason", **PAGING},
        listed="letters",
    ),
)
