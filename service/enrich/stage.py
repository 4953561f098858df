"""articles.unique -> articles.enriched, claims: who said what, and which figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from service.enrich.enrich import batches, enrich, enrich_all
from service.facts import ArticlesEnriched
from service.line.codec import enriched_letters
from service.line.envelopes import unpack_unique
from service.line.records_out import FRAME_BYTES, Outcome, Post, SetAside, traces_of
from service.line.stage import Stage
from service.records import ClaimKind, Enriched, RawRecord, Reason, Trace, Unique
from service.settings import Settings

Done = tuple[Enriched, Sequence[Post]]


class EnrichStage(Stage[None]):
    """Find the claims of articles; keep nothing between batches."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.enrich
        self._bytes_max = settings.topics.output_bytes_max

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        """Do nothing: deciding needs no more than the records."""

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        """Enrich every article of the envelopes; one that our code fails on is set aside alone."""
        letters: list[Post] = []
        set_aside: list[SetAside] = []
        claims: list[Counter[ClaimKind]] = []
        fed_ms: list[int] = []
        tally: list[tuple[int, Reason | None]] = []
        traces: list[Trace] = []
        for record in records:
            for result in self._envelope(record, traces):
                if isinstance(result, SetAside):
                    set_aside.append(result)
                    tally.append((record.origin.partition, result.reason))
                else:
                    enriched, written = result
                    letters.extend(written)
                    claims.append(Counter(claim.kind for claim in enriched.claims))
                    if enriched.origin.timestamp_ms is not None:
                        fed_ms.append(enriched.origin.timestamp_ms)
                    tally.append((record.origin.partition, None))
        facts = [ArticlesEnriched(claims, fed_ms)]
        return Outcome(letters, set_aside, facts, tally=tally, traces=tuple(traces))

    def _envelope(self, record: RawRecord, traces: list[Trace]) -> Iterator[Done | SetAside]:
        try:
            articles = unpack_unique(record.value)
        except ValueError as error:
            kind = type(error).__name__
            yield SetAside(record.origin, Reason.SCHEMA, str(error), kind, record=record)
            return
        traces.extend(traces_of(unique.article for unique in articles))
        for batch in batches(articles):
            yield from self._batch(batch)

    def _batch(self, batch: Sequence[Unique]) -> Iterator[Done | SetAside]:
        """Together, or one by one where something raises: then we learn which article it is."""
        try:
            done = enrich_all(batch, self._settings)
        except MemoryError:
            raise
        except Exception:
            yield from map(self._alone, batch)
        else:
            yield from map(self._written, batch, done)

    def _alone(self, unique: Unique) -> Done | SetAside:
        try:
            enriched = enrich(unique, self._settings)
        except MemoryError:
            raise
        except Exception as error:
            return _our_bug(unique, error)
        return self._written(unique, enriched)

    def _written(self, unique: Unique, enriched: Enriched) -> Done | SetAside:
        article = unique.article
        try:
            letters = enriched_letters(enriched, article.trace)
        except MemoryError:
            raise
        except Exception as error:
            return _our_bug(unique, error)
        largest = len(letters[0].value or b"") + FRAME_BYTES
        if largest > self._bytes_max:
            detail = f"an output record of {largest} bytes is over {self._bytes_max}"
            return SetAside(article.origin, Reason.TOO_LARGE, detail, "Rejected", article=article)
        return enriched, letters


def _our_bug(unique: Unique, error: Exception) -> SetAside:
    kind = type(error).__name__
    article = unique.article
    return SetAside(article.origin, Reason.BUG, f"{kind}: {error}", kind, article=article)
