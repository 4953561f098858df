"""Every page: its address, what answers it, its template, and its parameters for the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection

from service.desk.article import ArticleAnswer, article
from service.desk.marking import marked, said
from service.desk.river import River, river

Answer = Callable[[Connection, Mapping[str, str]], Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Declare a page and its JSON twin."""

    path: str
    summary: str
    kind: type
    answer: Answer
    template: str
    parameters: Mapping[str, str]
    dress: Callable[[Any], Mapping[str, Any]] = lambda answer: {}  # what only the HTML needs


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


def _river(connection: Connection, parameters: Mapping[str, str]) -> River:
    return river(connection, parameters, datetime.now(UTC))


def _dress_article(answer: ArticleAnswer) -> Mapping[str, Any]:
    return {"pieces": marked(answer), "said": said(answer.claims)}


PAGES: Final = (
    Page(
        "/",
        "Stories as they came, newest first; with a filter or a search, articles",
        River,
        _river,
        "river.html",
        {**FILTERS, **PAGING},
    ),
    Page(
        "/article",
        "One article with its claims, revisions and copies",
        ArticleAnswer,
        article,
        "article.html",
        {"collection": "name of the collection", "id": "id of the article"},
        _dress_article,
    ),
)
