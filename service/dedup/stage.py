"""articles.sketched -> articles.unique, articles.duplicates: verdicts are written before they are acted on.

For each envelope: decide, write one segment, and only then publish. An envelope whose segment exists is not
decided again; its outputs are published from the segment, byte for byte the same.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import Any, Final

from service.dedup import NAME
from service.dedup.collection import Collection
from service.dedup.finding import ForeignSource
from service.dedup.new_facts import new_facts
from service.dedup.outputs import incoming, to_duplicate, to_unique
from service.dedup.segments import Segment
from service.dedup.verdict import Verdict
from service.line.codec import duplicate_letter
from service.line.envelopes import Arrived, pack_prepared, pack_unique, unpack_sketched
from service.line.follow import Follow
from service.line.logged_stage import LoggedStage
from service.line.outcome import OutcomeBuilder
from service.line.poison import DETAIL, KIND, WHOLE
from service.line.records_out import Letter, Outcome, SetAside
from service.line.recovery import SegmentLost
from service.line.segment_log import SegmentLog
from service.observations import ArticlesDecided, ArticlesRedelivered, Observation, Tell
from service.records import GOES_ON, NewFact, Prepared, Reason, Unique
from service.settings import Settings
from service.sketch.claims.copied import prepared_copy
from service.topics import ARTICLES_SKETCHED, ARTICLES_UNIQUE, CLAIMS_PREPARED, DEDUP_SEGMENTS

POISON_BUG: Final = f"{KIND}: {DETAIL}"
"""The `bug` of a verdict on an article that ended workers."""

STRANGER: Final = "Stranger"
"""What the `bug` of an article of another collection begins with."""

REASONS: Final = {
    KIND: Reason.POISON,
    ForeignSource.__name__: Reason.FOREIGN_SOURCE,
    STRANGER: Reason.UNKNOWN_COLLECTION,
}
"""Why a verdict has a `bug` that is none of ours, by the name that it begins with."""


class DedupStage(LoggedStage[Segment, Arrived, Collection]):
    """Decide what repeats what, with an index that is rebuilt from the segments of the partition."""

    source = ARTICLES_SKETCHED
    log_topic = DEDUP_SEGMENTS
    segment_type = Segment

    def __init__(
        self,
        settings: Settings,
        segments: SegmentLog,
        tell: Tell,
        *,
        partition_of: Callable[[str, str], int],
    ) -> None:
        """Set up the stage; `partition_of(topic, key)` is the partition an article id belongs to on a topic."""
        super().__init__(settings, segments, tell)
        names = settings.intake.collections if settings.threads.enabled else ()
        self._copies_to = {name: at for at, name in enumerate(names)}
        self._settings = settings
        self._partition_of = partition_of
        self._followed = Follow(NAME, settings.telemetry)

    def new_collection(self, name: str) -> Collection:
        """Return an empty index."""
        return Collection(name, self._settings.dedup, self._settings.intake.trust)

    def unpack_envelope(self, envelope: bytes | None) -> Arrived:
        """Read an envelope of intake. Raises: ValueError."""
        return unpack_sketched(envelope)

    def articles_in(self, arrived: Arrived) -> int:
        """Count the articles of an envelope."""
        return len(arrived.sketched)

    def decide_each(
        self,
        collection: Collection,
        offset: int,
        arrived: Arrived | None,
        written_ms: int | None,
        poison: frozenset[int],
    ) -> Generator[int, None, Segment]:
        """Decide on the articles of an envelope and remember them."""
        articles = [] if arrived is None else [incoming(sketched) for sketched in arrived.sketched]
        passed_over = dict.fromkeys(poison, POISON_BUG)
        if arrived is not None:
            passed_over |= _strangers(arrived, collection.name)
        return collection.decide_each(offset, articles, written_ms, passed_over)

    def outcome_each(
        self, arrived: Arrived, segment: Segment, poison: frozenset[int]
    ) -> Generator[int, None, Outcome]:
        """Make records of the verdicts."""
        return _outcome(arrived, segment, self._partition_of, poison, self._copies_to)

    def steps(self, arrived: Arrived, segment: Segment) -> Iterator[Observation]:
        """Make the observations of the followed articles of an envelope."""
        if self._followed.anyone:
            articles = (sketched.article for sketched in arrived.sketched)
            decided = zip(articles, map(_decided_as, segment.verdicts), strict=True)
            yield from self._followed.steps("decided", decided)


def _strangers(arrived: Arrived, name: str) -> dict[int, str]:
    """Find the articles of other collections: the partition was once theirs. Returns number -> `bug`."""
    return {
        number: f"{STRANGER}: an article of {one.article.collection} in the partition of {name}"
        for number, one in enumerate(arrived.sketched)
        if one.article.collection != name
    }


def _decided_as(verdict: Verdict) -> dict[str, Any]:
    return {
        "relation": "redelivered" if verdict.redelivered else verdict.relation,
        "match": verdict.match_id,
        "cluster": verdict.cluster_id,
        "revision": verdict.revision,
        "novelty": round(verdict.novelty, 3),
    }


def _outcome(
    arrived: Arrived,
    segment: Segment,
    partition_of: Callable[[str, str], int],
    poison: frozenset[int],
    copies_to: Mapping[str, int],
) -> Generator[int, None, Outcome]:
    """Make records of the verdicts, article by article: a pure function, so a redelivery sends the same bytes."""
    verdicts = segment.verdicts
    articles = [one.article for one in arrived.sketched]
    if len(articles) != len(verdicts):
        raise SegmentLost(f"{len(verdicts)} verdicts for {len(articles)} articles at {segment.offset}")
    out = OutcomeBuilder()
    failed: dict[int, Reason] = {}  # by number in the envelope
    copies: list[Prepared | None] = []
    going_on: dict[int, dict[int, Unique]] = {}  # by partition, then by number in the envelope
    for number, (article, verdict) in enumerate(zip(articles, verdicts, strict=True)):
        yield number
        bug = POISON_BUG if number in poison else verdict.bug
        if bug is not None:
            kind = bug.partition(":")[0]
            failed[number] = REASONS.get(kind, Reason.BUG)
            whole = arrived.whole(number)
            out.set_aside(SetAside(article.origin, failed[number], bug, kind, article=whole))
        elif verdict.relation in GOES_ON:
            partition = partition_of(ARTICLES_UNIQUE, article.article_id)
            going_on.setdefault(partition, {})[number] = to_unique(
                article, verdict, new=_new_in(arrived, number, verdict)
            )
        elif verdict.relation is not None:
            copy = to_duplicate(article, verdict)
            out.send([duplicate_letter(copy, article.trace, NAME)])
            copies.append(prepared_copy(copy, article.trace))
    yield WHOLE
    out.send(_for_threads(list(filter(None, copies)), copies_to))
    for partition, uniques in sorted(going_on.items()):
        sent = _envelope(arrived, partition, uniques)
        if isinstance(sent, Letter):
            out.send([sent])
            continue
        failed |= dict.fromkeys(uniques, Reason.SCHEMA)
        for aside in sent:
            out.set_aside(aside)
    for number, article in enumerate(articles):
        out.count(article.origin.partition, failed.get(number))
    out.trace(articles)
    out.tell(*_observations(verdicts))
    return out.build()


def _for_threads(copies: Sequence[Prepared], partitions: Mapping[str, int]) -> Iterator[Letter]:
    """Yield an envelope of the copies; an envelope of intake has one collection."""
    if copies and (name := copies[0].collection) in partitions:
        yield Letter(CLAIMS_PREPARED, name.encode(), pack_prepared(copies), partition=partitions[name])


def _new_in(arrived: Arrived, number: int, verdict: Verdict) -> tuple[NewFact, ...]:
    """Return the facts of an update that its match does not have; none if the text cannot be read."""
    if not verdict.new_facts:
        return ()
    try:
        text = arrived.text(number)
    except ValueError:
        return ()
    return new_facts(arrived.sketched[number].article.title, text, verdict.new_facts)


def _envelope(arrived: Arrived, partition: int, uniques: dict[int, Unique]) -> Letter | list[SetAside]:
    """Pack what goes on to one partition, or set its articles aside one by one if their texts are broken."""
    try:
        texts = arrived.texts_of(list(uniques))
    except ValueError as error:
        kind, detail = type(error).__name__, str(error)
        return [
            SetAside(unique.article.origin, Reason.SCHEMA, detail, kind, article=arrived.whole(number))
            for number, unique in uniques.items()
        ]
    return Letter(ARTICLES_UNIQUE, None, pack_unique(list(uniques.values()), texts), partition=partition)


def _observations(verdicts: Sequence[Verdict]) -> list[Observation]:
    decided = [(one.relation, one.similarity, one.candidates) for one in verdicts if one.relation is not None]
    again = len(verdicts) - len(decided)
    return [ArticlesDecided(decided), *([ArticlesRedelivered(again)] if again else [])]
