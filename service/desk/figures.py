"""Figures: the values of the store by unit and topic word, sortable, each with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Select, and_, func, literal, select, tuple_

from service.desk.questions import TEXT_CHARS_MAX, BadQuestion, cursor_of, whole_number, written
from service.desk.reading import articles_with, rows
from service.desk.river import newest_id
from service.store.schema import ARTICLES, CLAIMS, FIGURES

FIGURES_ROWS: Final = 50
ROWS_MAX: Final = 200
RECENT_ARTICLES: Final = 500
"""Number of the newest articles whose units are offered."""

UNITS_OFFERED: Final = 40
TOPIC_ARTICLES_MAX: Final = 2_000
"""Number of the newest articles with the topic word that are looked at."""

SORTS: Final = ("newest", "largest", "smallest")


class FigureFilters(Struct, frozen=True, omit_defaults=True):
    """Hold what the figures are narrowed to."""

    unit: str = ""
    currency: str = ""
    q: str = ""
    sort: str = "newest"


class FigureCursor(Struct, frozen=True, array_like=True):
    """Hold the place of the last figure of a page."""

    value: float
    article: int
    claim: int
    number: int


class FigureRow(Struct, frozen=True):
    """Hold a figure, the words around it, and its article."""

    text: str
    value: float
    value_high: float | None
    unit: str | None
    currency: str | None
    comparator: str | None
    change: str | None
    claim: str
    speaker: str | None
    collection: str
    article_id: str
    title: str | None
    source: str | None
    published_at: str | None


class Unit(Struct, frozen=True):
    """Hold a unit or currency, and how often the newest articles use it."""

    name: str
    figures: int


class FiguresAnswer(Struct, frozen=True):
    """Hold a page of figures, and the units to choose from."""

    filters: FigureFilters
    figures: list[FigureRow]
    units: list[Unit]
    currencies: list[Unit]
    next: str | None = None


def figures(connection: Connection, parameters: Mapping[str, str]) -> FiguresAnswer:
    """Answer with a page of figures. Raises BadQuestion."""
    filters = _filters(parameters)
    size = whole_number(parameters, "limit", FIGURES_ROWS, lowest=1, highest=ROWS_MAX)
    cursor = cursor_of(parameters, FigureCursor)
    found = rows(connection, _sorted(_wanted(connection, filters), filters.sort, cursor).limit(size + 1))
    last = found[size - 1] if len(found) > size else None
    return FiguresAnswer(
        filters,
        [FigureRow(**{key: row[key] for key in FigureRow.__struct_fields__}) for row in found[:size]],
        _offered(connection, "unit"),
        _offered(connection, "currency"),
        written(FigureCursor(last["value"], last["article"], last["claim_number"], last["number"]))
        if last
        else None,
    )


def _filters(parameters: Mapping[str, str]) -> FigureFilters:
    given = {name: parameters.get(name, "").strip() for name in ("unit", "currency", "q")}
    for name, value in given.items():
        if len(value) > TEXT_CHARS_MAX or "\0" in value:
            raise BadQuestion(f"{name} is longer than {TEXT_CHARS_MAX} characters, or holds NUL")
    sort = parameters.get("sort", "") or SORTS[0]
    if sort not in SORTS:
        raise BadQuestion(f"sort must be one of {', '.join(SORTS)}")
    return FigureFilters(**given, sort=sort)


def _wanted(connection: Connection, filters: FigureFilters) -> Select[Any]:
    of_figure = "text value value_high unit currency comparator change article number".split()
    of_article = "collection article_id title source published_at".split()
    query = (
        select(
            *(FIGURES.c[name] for name in of_figure),
            FIGURES.c.claim.label("claim_number"),
            CLAIMS.c.text.label("claim"),
            CLAIMS.c.speaker_name.label("speaker"),
            *(ARTICLES.c[name] for name in of_article),
        )
        .join(CLAIMS, and_(CLAIMS.c.article == FIGURES.c.article, CLAIMS.c.number == FIGURES.c.claim))
        .join(ARTICLES, ARTICLES.c.id == FIGURES.c.article)
    )
    for name in ("unit", "currency"):
        if value := getattr(filters, name):
            query = query.where(FIGURES.c[name] == value)
    if filters.q:
        query = query.where(FIGURES.c.article.in_(articles_with(connection, filters.q, TOPIC_ARTICLES_MAX)))
    return query


def _sorted(query: Select[Any], sort: str, cursor: FigureCursor | None) -> Select[Any]:
    places = (FIGURES.c.article, FIGURES.c.claim, FIGURES.c.number)
    columns = places if sort == "newest" else (FIGURES.c.value, *places)
    if cursor is not None:
        here = (cursor.article, cursor.claim, cursor.number)
        values = tuple_(*(literal(one) for one in (here if sort == "newest" else (cursor.value, *here))))
        row = tuple_(*columns)
        query = query.where(row > values if sort == "smallest" else row < values)
    return query.order_by(*(column.asc() if sort == "smallest" else column.desc() for column in columns))


def _offered(connection: Connection, name: str) -> list[Unit]:
    """Count the units of the newest articles; grouped by an expression, for by its index all figures would be read."""
    unit = func.coalesce(FIGURES.c[name], "")
    query = (
        select(unit, func.count())
        .where(FIGURES.c.article > newest_id(connection) - RECENT_ARTICLES)
        .group_by(unit)
        .having(unit != "")
        .order_by(func.count().desc(), unit)
        .limit(UNITS_OFFERED)
    )
    return [Unit(unit, count) for unit, count in connection.execute(query)]
