"""articles.raw -> articles.sketched: a batch of raw records becomes one envelope per collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from service.facts import ArticlesRead, DeadLetterReplayed, Fact
from service.intake.article import intake
from service.line.dead_letter_headers import replays_of
from service.line.envelopes import pack_sketched
from service.line.records_out import FRAME_BYTES, Letter, Outcome, SetAside, traces_of
from service.line.stage import Stage
from service.records import Origin, RawRecord, Reason, Rejected, Sketched
from service.settings import Settings
from service.topics import ARTICLES_RAW, ARTICLES_SKETCHED

NEWS_COMPRESSES: Final = 2
"""zstd level 1 packs news to less than half; envelopes are cut by their unpacked size over this."""


class IntakeStage(Stage[None]):
    """Read, clean and sketch articles; keep nothing between batches."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings.intake
        self._bytes_max = settings.topics.output_bytes_max - FRAME_BYTES
        self._unique_partitions = settings.topics.partitions
        self._partition_of = {name: at for at, name in enumerate(settings.intake.collections)}

    async def prepare(self, records: Sequence[RawRecord]) -> None:
        """Do nothing: deciding needs no more than the records."""

    def decide(self, records: Sequence[RawRecord], prepared: None = None) -> Outcome:
        """Read every record, and set aside those that are not articles."""
        collections: dict[str, list[Sketched]] = {}
        set_aside: list[SetAside] = []
        facts: list[Fact] = []
        read_bytes: list[int] = []
        tally: list[tuple[int, Reason | None]] = []
        for record in records:
            reason: Reason | None = None
            try:
                sketched = intake(record, self._settings)
            except Rejected as why:
                reason = why.reason
                set_aside.append(_aside(record, reason, why.detail, why))
            except MemoryError:
                raise
            except Exception as error:
                reason = Reason.BUG
                set_aside.append(_aside(record, reason, f"{type(error).__name__}: {error}", error))
            else:
                article = sketched.article
                collections.setdefault(article.collection, []).append(sketched)
                read_bytes.append(len(record.value or b""))
            if record.headers and replays_of(record.headers):
                facts.append(DeadLetterReplayed("ok" if reason is None else "dead_letter"))
            tally.append((record.origin.partition, reason))
        traces = traces_of(sketched.article for articles in collections.values() for sketched in articles)
        facts.append(ArticlesRead(read_bytes))
        return Outcome(list(self._letters(collections)), set_aside, facts, tally=tally, traces=traces)

    def _letters(self, collections: dict[str, list[Sketched]]) -> Iterator[Letter]:
        aim = min(self._settings.envelope_bytes, self._bytes_max) * NEWS_COMPRESSES
        for name, articles in collections.items():
            for part in cut(articles, aim):
                for envelope in envelopes_of(part, self._bytes_max, self._unique_partitions):
                    yield Letter(
                        ARTICLES_SKETCHED, name.encode(), envelope, partition=self._partition_of[name]
                    )


def _aside(record: RawRecord, reason: Reason, detail: str, error: BaseException) -> SetAside:
    return SetAside(record.origin, reason, detail, type(error).__name__, record=record)


def envelopes_of(articles: list[Sketched], bytes_max: int, unique_partitions: int) -> Iterator[bytes]:
    """One envelope; several, in order, where the topic would not take it: not all texts compress as news does."""
    packed, half = pack_sketched(articles, unique_partitions), len(articles) // 2
    if len(packed) <= bytes_max or not half:
        yield packed
    else:
        yield from envelopes_of(articles[:half], bytes_max, unique_partitions)
        yield from envelopes_of(articles[half:], bytes_max, unique_partitions)


def cut(articles: Iterable[Sketched], aim_bytes: int) -> Iterator[list[Sketched]]:
    """Runs of articles, in order, of about `aim_bytes` of text each; at least one article a run."""
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
