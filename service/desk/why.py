"""Why: two articles side by side, what they share in the same colours, and what dedup makes of the second."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, Select, select

from service.dedup.explain import Explanation, Notice, Passage, explain
from service.desk.outside import BrokerAway, RawText
from service.desk.questions import NothingThere, required, whole_number
from service.desk.reading import Row, rows
from service.desk.shown_facts import ShownFact, shown_facts
from service.desk.wording import sentence, words_only_in
from service.records import Origin, Span
from service.store.schema import ARTICLES, DUPLICATES, REVISIONS

COLOURS: Final = 8
"""Number of colours of passages; they repeat where there are more passages."""

Mark = tuple[Span, int | None, str | None]
"""A span, the number of its passage, the kind of its fact."""

RawTextOf = Callable[[Origin], RawText | None]

_ABOUT: Final = "article_id title source url published_at fed_at".split()


class Piece(Struct, frozen=True):
    """Hold a piece of one of the two texts: shared (with the number of its passage), new as a fact, or neither."""

    text: str
    passage: int | None = None
    fact: str | None = None


class Side(Struct, frozen=True):
    """Hold one of the two articles; no pieces where its text is not to be had."""

    article_id: str
    title: str | None
    source: str | None
    url: str | None
    published_at: str | None
    fed_at: str | None
    revision: int | None
    pieces: list[Piece]


class Fact(Struct, frozen=True):
    """Hold a fact that the second article has and the first has not."""

    kind: str
    text: str
    where: str


class Estimated(Struct, frozen=True):
    """Hold the shares by which dedup decides: estimates from a sample of both texts."""

    similarity: float
    first_in_second: float
    second_in_first: float
    shingles: int


class WhyAnswer(Struct, frozen=True):
    """Hold the comparison; its shares are exact where `estimated` has those of dedup, else they are estimates."""

    collection: str
    first: Side
    second: Side
    relation: str
    why: str
    similarity: float
    first_in_second: float
    second_in_first: float
    passages: int
    facts: list[Fact]
    denials_gone: list[Fact] = []
    estimated: Estimated | None = None


def why(connection: Connection, parameters: Mapping[str, str], raw_text: RawTextOf) -> WhyAnswer:
    """Compare two articles of a collection, or two revisions of one. Raises BadQuestion, NothingThere."""
    collection = required(parameters, "collection")
    first_id, second_id = required(parameters, "first"), required(parameters, "second")
    revision = whole_number(parameters, "revision", 0, lowest=0, highest=999_999_999)
    first = _stored(connection, collection, first_id, revision)
    if first is None:
        raise NothingThere(
            f"there is no article {first_id} in {collection}" + f", revision {revision}" * bool(revision)
        )
    second = None if (first_id == second_id and not revision) else _stored(connection, collection, second_id)
    if second is not None:
        return _compared(collection, first, second)
    copy = _copy(connection, collection, first_id, second_id)
    if copy is None:
        raise NothingThere(f"{second_id} is neither an article in {collection} nor a copy of {first_id}")
    if not revision and (repeated := _repeated(connection, collection, first_id, copy)):
        first = _stored(connection, collection, first_id, repeated) or first
    return _of_a_copy(collection, first, copy, raw_text)


def warm_up() -> None:
    """Load the compiled functions, so that nobody waits for them with the first comparison or the first thread."""
    words_only_in("The pier never closed", "The pier is closing")
    explain("The ferry stays in port until May.", "The ferry stays in port until June.")


def _of_a_copy(collection: str, first: Row, copy: Row, raw_text: RawTextOf) -> WhyAnswer:
    """Compare with a copy, whose text stands on the broker only."""
    origin = Origin(copy["origin_topic"], copy["origin_partition"], copy["origin_offset"])
    try:
        found = raw_text(origin)
        missing = "Its raw record is no longer kept."
    except BrokerAway as away:
        found = None
        missing = f"Its text stands on the broker, which cannot be asked now. {sentence(str(away))}"
    if found is not None:
        return _compared(
            collection, first, {**copy, "title": found.title, "text": found.text}, copy["relation"]
        )
    relation = copy["relation"].replace("_", " ")
    return WhyAnswer(
        collection,
        _side(first, [Piece(first["text"])]),
        _side(copy, []),
        copy["relation"],
        f"Called {relation} when it came. {missing} The shares are those that dedup estimated.",
        copy["similarity"],
        copy["coverage"],
        copy["containment"],
        0,
        [],
    )


def _compared(collection: str, first: Row, second: Row, relation: str | None = None) -> WhyAnswer:
    notices = _notice(first), _notice(second)
    told = explain(first["text"], second["text"], (first["title"], second["title"]), notices)
    verdict = told.verdict
    found = verdict.relation
    facts = shown_facts(second["title"], second["text"], told.facts, is_notice=notices[1] is not None)
    return WhyAnswer(
        collection,
        _side(first, first_pieces(first["text"], told)),
        _side(second, second_pieces(second["text"], told.passages, facts)),
        relation or (found.value if found else "exact"),
        told.why,
        told.similarity,
        told.first_in_second,
        told.second_in_first,
        len(told.passages),
        [Fact(fact.kind, fact.text, fact.where) for fact in facts],
        [Fact(fact.kind, fact.text, fact.where) for fact in told.denials_gone],
        Estimated(verdict.similarity, verdict.coverage, verdict.containment, verdict.sample_size),
    )


def _notice(row: Row) -> Notice:
    """Tell whether an article corrects or withdraws another; a copy never does."""
    status = row.get("status")
    return status if status in ("correction", "withdrawal") else None


def first_pieces(text: str, told: Explanation) -> list[Piece]:
    """Cut the first text at its passages; of two that overlap there, the later one is cut short."""
    marks: list[Mark] = [(passage.first, number, None) for number, passage in enumerate(told.passages)]
    return _cut(text, sorted(marks, key=lambda mark: mark[0].start))


def second_pieces(text: str, passages: Iterable[Passage], facts: Iterable[ShownFact]) -> list[Piece]:
    """Cut the second text at its passages, and where a fact stands that the first has not."""
    marks: list[Mark] = [(passage.second, number, None) for number, passage in enumerate(passages)]
    here = _apart(fact for fact in facts if fact.where == "text")
    return _cut(text, [*marks, *((Span(fact.start, fact.end), None, fact.kind) for fact in here)])


def _apart(facts: Iterable[ShownFact]) -> list[ShownFact]:
    """Leave out facts that begin inside an earlier one."""
    kept: list[ShownFact] = []
    for fact in sorted(facts, key=lambda one: (one.start, -one.end)):
        if not kept or fact.start >= kept[-1].end:
            kept.append(fact)
    return kept


def _cut(text: str, marks: Sequence[Mark]) -> list[Piece]:
    """Cut a text into pieces, each with the passage and the fact that stand there; joined, they are the text."""
    passages = [(span.start, span.end, number) for span, number, _ in marks if number is not None]
    facts = [(span.start, span.end, kind) for span, _, kind in marks if kind is not None]
    edges = sorted({0, len(text), *(at for start, end, _ in (*passages, *facts) for at in (start, end))})
    pieces: list[Piece] = []
    next_passage = next_fact = 0
    for start, end in itertools.pairwise(edges):
        while next_passage < len(passages) and passages[next_passage][1] <= start:
            next_passage += 1
        while next_fact < len(facts) and facts[next_fact][1] <= start:
            next_fact += 1
        passage = passages[next_passage] if next_passage < len(passages) else None
        fact = facts[next_fact] if next_fact < len(facts) else None
        pieces.append(
            Piece(
                text[start:end],
                passage[2] if passage and passage[0] <= start else None,
                fact[2] if fact and fact[0] <= start else None,
            )
        )
    return pieces


def _side(row: Row, pieces: list[Piece]) -> Side:
    return Side(**{name: row[name] for name in _ABOUT}, revision=row.get("revision"), pieces=pieces)


def _stored(connection: Connection, collection: str, article_id: str, revision: int = 0) -> Row | None:
    """Return the newest revision of an article, or an older one."""
    for table in (ARTICLES, REVISIONS):
        query: Select[tuple[object, ...]] = select(
            *(table.c[name] for name in (*_ABOUT, "text", "revision", "status"))
        ).where(table.c.collection == collection, table.c.article_id == article_id)
        found = rows(connection, query.where(table.c.revision == revision) if revision else query)
        if found:
            return found[0]
        if not revision:
            return None
    return None


def _repeated(connection: Connection, collection: str, article_id: str, copy: Row) -> int:
    """Return the revision that a copy repeats: one with the same text, else the newest before it; 0 without either."""
    known = [
        row
        for table in (ARTICLES, REVISIONS)
        for row in connection.execute(
            select(table.c.revision, table.c.fed_at, table.c.content_hash).where(
                table.c.collection == collection, table.c.article_id == article_id
            )
        )
    ]
    same = [row.revision for row in known if row.content_hash == copy["content_hash"]]
    before = [row.revision for row in known if (row.fed_at or "") <= (copy["fed_at"] or "")]
    return max(same or before, default=0)


def _copy(connection: Connection, collection: str, first_id: str, copy_id: str) -> Row | None:
    query = select(DUPLICATES).where(
        DUPLICATES.c.collection == collection,
        DUPLICATES.c.duplicate_of == first_id,
        DUPLICATES.c.article_id == copy_id,
    )
    found = rows(connection, query.order_by(DUPLICATES.c.fed_at.desc()).limit(1))
    return found[0] if found else None
