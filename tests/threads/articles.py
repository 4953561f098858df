"""Invented articles, and the way from a text to what threads reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from service.enrich.enrich import enrich
from service.records import Article, DedupNote, Enriched, Origin, Prepared, Related, Unique
from service.settings import EnrichSettings, ThreadsSettings
from service.sketch.claims.prepare import prepare
from service.threads.collection import Collection
from service.threads.segments import Segment

SETTINGS = ThreadsSettings(capacity_claims=4_000)


class Text(NamedTuple):
    """An article to be: its id and text, and what else is known of it."""

    article_id: str
    body: str
    source: str = "Tarrow Gazette"
    day: str = "2025-06-04"
    cluster_id: str = ""
    title: str = ""
    revision: int = 1
    withdraws: str = ""


@cache
def enriched(text: Text, offset: int = 0) -> Enriched:
    """Find the claims of an article."""
    article = Article(
        article_id=text.article_id,
        collection="default",
        text="" if text.withdraws else text.body,
        content_hash=hashlib.md5(text.body.encode()).hexdigest(),
        origin=Origin("articles.raw", 0, offset),
        title=text.title or None,
        source=text.source,
        published_at=f"{text.day}T00:00:00Z",
    )
    status = "withdrawal" if text.withdraws else "revision" if text.revision > 1 else "new"
    related = (Related(text.withdraws, "withdrawal", 0, 0, 0, 0),) if text.withdraws else ()
    note = DedupNote(
        status,  # type: ignore[arg-type]
        text.cluster_id or text.article_id,
        revision=text.revision,
        related=related,
    )
    return enrich(Unique(article, note), EnrichSettings())


@cache
def prepared(text: Text, offset: int = 0) -> Prepared:
    """Enrich an article and make its claims ready."""
    return prepare(enriched(text, offset))


def records(segments: Sequence[Segment], topic: str = "claim.threads") -> list[dict[str, Any]]:
    """Return what segments publish on a topic, in order."""
    return [json.loads(sent.value) for one in segments for sent in one.sent if sent.topic == topic]


def told(
    *texts: Text, topic: str = "claim.threads", settings: ThreadsSettings = SETTINGS
) -> list[dict[str, Any]]:
    """Feed articles one after the other; return the records of a topic."""
    collection = Collection("default", settings)
    return records([collection.decide(n, [prepared(text, n)]) for n, text in enumerate(texts)], topic)


def of_kind(kind: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records of one kind of thread."""
    return [record for record in found if record["kind"] == kind]


QUAY = Text(
    "quay",
    "The quay at Merrow will close next spring. “The old piles are cracked and nobody can say how long the quay will "
    "carry a crane,” harbour master Ada Lorne said on Tuesday. Repairs have cost the port of Merrow $3.25 million "
    "since the storms of last winter. A new quay is to be built further up the river, where the water is deep enough.",
    title="Quay at Merrow to close",
)
SECOND = Text(
    "second",
    "Fishermen in Merrow learned of the closing from a notice on a shed. Harbour master Ada Lorne told them that "
    "“nobody can say how long the quay will carry a crane.” The port of Merrow spent $3.25 million on repairs after "
    "the storms of last winter, and more is to come.",
    source="Halvik Notices",
    day="2025-06-05",
    title="Merrow fishermen lose their quay",
)
THIRD = Text(
    "third",
    "The council of Merrow met behind closed doors. The port of Merrow paid $3.95 million for repairs after the storms "
    "of last winter, its ledger shows. Members of the council did not want to comment on the ledger of the port.",
    source="Skerry Post",
    day="2025-06-06",
    title="Ledger of Merrow port shows more",
)
OTHER = Text(
    "other",
    "A choir of bakers won the contest in Brennhaven. “We sing while the dough rises, and we rise while the dough "
    "sings,” baker Tomas Reuss said. The choir has 31 members and has sung together for nine years in the old mill.",
    source="Brennhaven Bote",
    title="Bakers win choir contest",
)
