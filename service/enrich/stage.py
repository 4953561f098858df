"""Find the claims of articles: articles.unique -> articles.enriched, claims, claims.prepared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

from service.enrich import NAME
from service.enrich.claims import warm_up as load_finding
from service.enrich.enrich import batches, enrich, enrich_all
from service.line.codec import enriched_letters
from service.line.envelopes import pack_prepared, unpack_unique
from service.line.follow import Follow
from service.line.outcome import OutcomeBuilder, our_fault
from service.line.poison import DETAIL, KIND, WHOLE, poisoned
from service.line.records_out import FRAME_BYTES, Letter, Outcome, SetAside
from service.line.stage import Stage
from service.observations import ArticlesEnriched
from service.records import (
    Article,
    ClaimKind,
    DedupNote,
    Enriched,
    Origin,
    Prepared,
    RawRecord,
    Reason,
    Unique,
)
from service.settings import Settings
from service.sketch.claims.prepare import prepare
from service.topics import CLAIMS_PREPARED

Done = tuple[Enriched, Sequence[Letter], Prepared | None]


class EnrichStage(Stage[None]):
    """Find the claims of articles; keep nothing between batches."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.enrich
        self._prepares = settings.threads.enabled
        self._partition_of = {name: at for at, name in enumerate(settings.intake.collections)}
        self._followed = Follow(NAME, settings.telemetry)
        self._bytes_max = settings.topics.output_bytes_max

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        """Do nothing: deciding needs no more than the records."""

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        """Process every article of the envelopes; one that our code fails on is set aside alone."""
        out = OutcomeBuilder()
        for record in records:
            self._put(out, record, self._envelope(record, out))
        return out.build()

    def decide_step_by_step(
        self, record: RawRecord, prepared: None, poison: frozenset[int]
    ) -> Generator[int, None, Outcome]:
        """Process the articles of an envelope one by one."""
        out = OutcomeBuilder()
        if WHOLE in poison:
            self._put(out, record, [poisoned(record)])
            return out.build()
        yield WHOLE
        articles = self._unpacked(record, out)
        if isinstance(articles, SetAside):
            self._put(out, record, [articles])
            return out.build()
        results: list[Done | SetAside] = []
        for number, unique in enumerate(articles):
            if number in poison:
                origin, article = unique.article.origin, unique.article
                results.append(SetAside(origin, Reason.POISON, DETAIL, KIND, article=article))
            else:
                yield number
                results.append(self._alone(unique))
        self._put(out, record, results)
        return out.build()

    def _envelope(self, record: RawRecord, out: OutcomeBuilder) -> Iterator[Done | SetAside]:
        articles = self._unpacked(record, out)
        if isinstance(articles, SetAside):
            yield articles
            return
        for batch in batches(articles):
            yield from self._batch(batch)

    def _unpacked(self, record: RawRecord, out: OutcomeBuilder) -> list[Unique] | SetAside:
        try:
            articles = unpack_unique(record.value)
        except ValueError as error:
            return SetAside(record.origin, Reason.SCHEMA, str(error), type(error).__name__, record=record)
        out.trace(unique.article for unique in articles)
        return articles

    def _for_threads(self, collection: str, articles: list[Prepared]) -> Iterator[Letter]:
        """Yield envelopes of prepared articles, cut until each fits; one article alone fits, its claims are cut."""
        packed, half = pack_prepared(articles), len(articles) // 2
        if half and len(packed) + FRAME_BYTES > self._bytes_max:
            yield from self._for_threads(collection, articles[:half])
            yield from self._for_threads(collection, articles[half:])
            return
        partition = self._partition_of[collection]
        yield Letter(CLAIMS_PREPARED, collection.encode(), packed, partition=partition)

    def _batch(self, batch: Sequence[Unique]) -> Iterator[Done | SetAside]:
        """Process articles together, or one by one if that raises: then we learn which article it is."""
        with our_fault() as fault:
            done = enrich_all(batch, self._settings)
        if fault.reason is not None:
            yield from map(self._alone, batch)
        else:
            yield from map(self._written, batch, done)

    def _alone(self, unique: Unique) -> Done | SetAside:
        with our_fault() as fault:
            enriched = enrich(unique, self._settings)
        if fault.reason is not None:
            return fault.aside(unique.article.origin, article=unique.article)
        return self._written(unique, enriched)

    def _written(self, unique: Unique, enriched: Enriched) -> Done | SetAside:
        article = unique.article
        with our_fault() as fault:
            letters = enriched_letters(enriched, article.trace, NAME)
            # a collection may have been taken out of the settings while its articles were under way
            joined = self._prepares and article.collection in self._partition_of
            ready = prepare(enriched, article.trace) if joined else None
        if fault.reason is not None:
            return fault.aside(article.origin, article=article)
        largest = len(letters[0].value or b"") + FRAME_BYTES
        if largest > self._bytes_max:
            detail = f"an output record of {largest} bytes is over {self._bytes_max}"
            return SetAside(article.origin, Reason.TOO_LARGE, detail, "Rejected", article=article)
        return enriched, letters, ready

    def _put(self, out: OutcomeBuilder, record: RawRecord, results: Iterable[Done | SetAside]) -> None:
        """Add what became of the articles of one record to the outcome."""
        claims: list[Counter[ClaimKind]] = []
        fed_ms: list[int] = []
        for_threads: dict[str, list[Prepared]] = {}  # by collection
        for result in results:
            if isinstance(result, SetAside):
                out.set_aside(result)
                out.count(record.origin.partition, result.reason)
                continue
            enriched, letters, ready = result
            out.send(letters)
            if ready is not None:
                for_threads.setdefault(ready.collection, []).append(ready)
            out.count(record.origin.partition)
            claims.append(Counter(claim.kind for claim in enriched.claims))
            if enriched.origin.timestamp_ms is not None:
                fed_ms.append(enriched.origin.timestamp_ms)
            if self._followed.anyone:
                out.tell(*self._followed.steps("enriched", [(enriched, _enriched_as(enriched))]))
        for name, articles in for_threads.items():
            out.send(self._for_threads(name, articles))
        out.tell(ArticlesEnriched(claims, fed_ms))


def _enriched_as(enriched: Enriched) -> dict[str, Any]:
    return {"claims": len(enriched.claims), "dates": len(enriched.dates), "read_as": enriched.read_as}


def warm_up() -> None:
    """Compile and load what enrich needs: what finds claims, and what makes them ready for threads."""
    load_finding()
    settings, origin = Settings().enrich, Origin("warm-up", 0, 0)
    for text in (
        'Harbour fees rose by 4 percent to $3.2 million. "We grew," Ada Brandt told reporters.',
        "Storms",
    ):
        article = Article(
            article_id="0",
            collection="warm-up",
            text=text,
            title="Harbour fees",
            content_hash=32 * "0",
            origin=origin,
        )
        prepare(enrich(Unique(article, DedupNote("new", "0")), settings))
