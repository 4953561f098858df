"""Join claims across articles: claims.prepared -> claim.threads, stories. Verdicts are written before they are told."""

from __future__ import annotations

from collections.abc import Generator

from service.line.envelopes import unpack_prepared
from service.line.logged_stage import LoggedStage
from service.line.outcome import OutcomeBuilder
from service.line.poison import DETAIL, KIND
from service.line.records_out import Letter, Outcome, SetAside
from service.line.recovery import SegmentLost
from service.line.segment_log import SegmentLog
from service.observations import Tell, ThreadsDecided
from service.records import Prepared, Reason
from service.settings import Settings
from service.threads.collection import Collection
from service.threads.segments import Segment, must_be_sound
from service.threads.verdicts import relations_of
from service.topics import CLAIMS_PREPARED, THREADS_SEGMENTS


class ThreadsStage(LoggedStage[Segment, list[Prepared], Collection]):
    """Decide which claims are the same, with a memory that is rebuilt from the segments of the partition."""

    source = CLAIMS_PREPARED
    log_topic = THREADS_SEGMENTS
    segment_type = Segment

    def __init__(self, settings: Settings, segments: SegmentLog, tell: Tell) -> None:
        super().__init__(settings, segments, tell)
        self._settings = settings.threads

    def new_collection(self, name: str) -> Collection:
        """Return an empty memory."""
        return Collection(name, self._settings)

    def unpack_envelope(self, envelope: bytes | None) -> list[Prepared]:
        """Read an envelope of enrich. Raises: ValueError."""
        articles = unpack_prepared(envelope)
        for article in articles:
            must_be_sound(article)
        return articles

    def articles_in(self, arrived: list[Prepared]) -> int:
        """Count the articles of an envelope."""
        return len(arrived)

    def decide_each(
        self,
        collection: Collection,
        offset: int,
        arrived: list[Prepared] | None,
        written_ms: int | None,
        poison: frozenset[int],
    ) -> Generator[int, None, Segment]:
        """Decide on the articles of an envelope and remember them."""
        return collection.decide_each(offset, arrived or [], written_ms, poison)

    def outcome_each(
        self, arrived: list[Prepared], segment: Segment, poison: frozenset[int]
    ) -> Generator[int, None, Outcome]:
        """Send what the segment says; an article that ended workers has no part in it."""
        if len(arrived) != len(segment.decided):
            raise SegmentLost(
                f"{len(segment.decided)} verdicts for {len(arrived)} articles at {segment.offset}"
            )
        out = OutcomeBuilder()
        out.send([Letter(sent.topic, sent.key, sent.value, sent.headers) for sent in segment.sent])
        out.trace(arrived)
        for number, (article, decided) in enumerate(zip(arrived, segment.decided, strict=True)):
            yield number
            reason = Reason.POISON if decided.poison or number in poison else None
            if reason is not None:
                out.set_aside(SetAside(article.origin, reason, DETAIL, KIND))
            out.count(article.origin.partition, reason)
        out.tell(ThreadsDecided(len(arrived), relations_of(segment)))
        return out.build()
