"""Turn a batch of raw records into one envelope for each collection: articles.raw -> articles.sketched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from service.intake import NAME
from service.intake.arrays import records_in
from service.intake.article import intake
from service.line.dead_letter_headers import replays_of
from service.line.envelopes import pack_sketched
from service.line.follow import Follow
from service.line.outcome import OutcomeBuilder, our_fault
from service.line.records_out import FRAME_BYTES, Letter, Outcome
from service.line.stage import Stage
from service.observations import ArticlesRead, DeadLetterReplayed
from service.records import Article, Origin, RawRecord, Sketched
from service.settings import Settings
from service.topics import ARTICLES_RAW, ARTICLES_SKETCHED

NEWS_COMPRESSES: Final = 2
"""Factor by which zstd level 1 packs news, at least; envelopes are cut by their unpacked size over this."""


class IntakeStage(Stage[None]):
    """Read, clean and sketch articles; keep nothing between batches."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.intake
        self._followed = Follow(NAME, settings.telemetry)
        self._bytes_max = settings.topics.output_bytes_max - FRAME_BYTES
        self._unique_partitions = settings.topics.partitions
        self._partition_of = {name: at for at, name in enumerate(settings.intake.collections)}

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        """Do nothing: deciding needs no more than the records."""

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        """Read every record, and set aside those that are not articles."""
        out = OutcomeBuilder()
        collections: dict[str, list[Sketched]] = {}
        read_bytes: list[int] = []
        for record in records:
            with our_fault() as fault:
                articles = records_in(record, self._settings.record_bytes_max)
            if fault.reason is not None:
                articles = ()
                out.set_aside(fault.aside(record.origin, record=record))
                out.count(record.origin.partition, fault.reason)
            reason = fault.reason
            for one in articles:
                with our_fault() as fault:
                    sketched = intake(one, self._settings)
                if fault.reason is not None:
                    reason = fault.reason
                    out.set_aside(fault.aside(one.origin, record=one))
                else:
                    collections.setdefault(sketched.article.collection, []).append(sketched)
                    read_bytes.append(len(one.value or b""))
                out.count(one.origin.partition, fault.reason)
            if record.headers and replays_of(record.headers):
                out.tell(DeadLetterReplayed("ok" if reason is None else "dead_letter"))
        out.send(self._letters(collections))
        out.trace(sketched.article for together in collections.values() for sketched in together)
        out.tell(ArticlesRead(read_bytes))
        if self._followed.anyone:
            read = (sketched.article for together in collections.values() for sketched in together)
            out.tell(*self._followed.steps("read", ((one, _read_as(one)) for one in read)))
        return out.build()

    def _letters(self, collections: dict[str, list[Sketched]]) -> Iterator[Letter]:
        aim = min(self._settings.envelope_bytes, self._bytes_max) * NEWS_COMPRESSES
        for name, articles in collections.items():
            for part in cut(articles, aim):
                for envelope in envelopes_of(part, self._bytes_max, self._unique_partitions):
                    yield Letter(
                        ARTICLES_SKETCHED, name.encode(), envelope, partition=self._partition_of[name]
                    )


def _read_as(article: Article) -> dict[str, Any]:
    return {
        "collection": article.collection,
        "characters": len(article.text),
        "content_hash": article.content_hash,
        "repairs": list(article.repairs),
    }


def envelopes_of(articles: list[Sketched], bytes_max: int, unique_partitions: int) -> Iterator[bytes]:
    """Pack articles into one envelope, or into several, in order, if the topic would not take one."""
    packed, half = pack_sketched(articles, unique_partitions), len(articles) // 2
    if len(packed) <= bytes_max or not half:
        yield packed
    else:
        yield from envelopes_of(articles[:half], bytes_max, unique_partitions)
        yield from envelopes_of(articles[half:], bytes_max, unique_partitions)


def cut(articles: Iterable[Sketched], aim_bytes: int) -> Iterator[list[Sketched]]:
    """Split articles into runs, in order, of about `aim_bytes` of text and at least one article each."""
    run: list[Sketched] = []
    size = 0
    for sketched in articles:
        weight = len(sketched.article.text) + len(sketched.sketch)
        if run and size + weight > aim_bytes:
            yield run
            run, size = [], 0
        run.append(sketched)
        size += weight
    if run:
        yield run


def warm_up() -> None:
    """Compile and load what intake needs, by deciding on one article."""
    value = '{"text": "The ferry sails – again. Паром पार करता है।"}'.encode()
    IntakeStage(Settings()).decide([RawRecord(None, value, (), Origin(ARTICLES_RAW, 0, 0))])
