"""Segments: every verdict to the last bit, and no damaged or foreign one is taken for good."""

from __future__ import annotations

import zlib
from typing import Any

import msgspec
import numpy as np
import pytest
from msgspec import structs

from service.dedup.collection import Collection
from service.dedup.decided import OUTCOMES
from service.dedup.finding import Incoming
from service.dedup.index.index import ENTRY_COLUMNS, ENTRY_SLUG, ENTRY_SUMS
from service.dedup.segments import Segment
from service.records import GOES_ON, Origin, Relation
from service.settings import DedupSettings
from service.sketch.english_facts import english_facts
from service.sketch.facts import facts_of
from service.sketch.normal_form import content_hash
from service.sketch.sketch import sketch

STORY = " ".join(f"word{n}" for n in range(200))
LIMITS = DedupSettings(capacity_articles=50)


def incoming(text: str, article_id: str, offset: int, topic: str = "raw") -> Incoming:
    return Incoming(article_id, content_hash(text), Origin(topic, 3, offset, 5_000), sketch(text))


def a_segment() -> Segment:
    """One with every kind of row: new, near duplicate, revision, redelivered, bug, another topic."""
    articles = [
        incoming(STORY, "ä-first", 0),
        incoming(STORY + " end", "copy", 1),
        incoming(STORY + " and more of it", "ä-first", 2),
        incoming(STORY, "ä-first", 0),
        Incoming("broken", "0" * 32, Origin("raw", 3, 9, None), b"?"),
        incoming("short", "\ud800", 0, "other"),
    ]
    return Collection("c", LIMITS).decide(41, articles)


NAMES = (
    "version algorithm offset first_serial topics articles names entries features_low features_high written "
    "words entry_ids"
).split()


def field(packed: bytes, name: str) -> Any:
    """One field of a packed segment."""
    return msgspec.msgpack.decode(packed[4:])[NAMES.index(name)]


def repacked(packed: bytes, **changes: Any) -> bytes:
    """The same segment with some fields replaced and a checksum that fits."""
    fields = msgspec.msgpack.decode(packed[4:])
    for name, value in changes.items():
        fields[NAMES.index(name)] = value
    payload = msgspec.msgpack.encode(fields)
    return zlib.crc32(payload).to_bytes(4, "little") + payload


def test_every_kind_of_verdict_comes_out_as_it_went_in() -> None:
    segment = a_segment()
    again = Segment.unpack(segment.pack())
    assert again.verdicts == segment.verdicts
    assert again.pack() == segment.pack()
    assert (again.offset, again.topics) == (41, ("raw", "other"))
    new, near, revised, redelivered, bug, short = again.verdicts
    assert (new.relation, new.cluster_id) == (Relation.NEW, "ä-first")
    assert (near.relation, near.match_id, near.cluster_id) == (Relation.NEAR_DUPLICATE, "ä-first", "ä-first")
    assert (revised.relation, revised.revision, revised.match_id) == (Relation.REVISION, 2, None)
    assert revised.novelty < 0.3
    assert redelivered.redelivered
    assert bug.bug == "ValueError: 1 bytes are no sketch"
    assert (short.relation, short.cluster_id) == (Relation.NEW, "\ud800")


def test_an_empty_envelope_has_a_segment_too() -> None:
    segment = Collection("c", LIMITS).decide(0, [])
    assert Segment.unpack(segment.pack()).verdicts == ()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 5}, "segment of version 5, algorithm 1; this code reads versions 2 to 4, algorithm 1"),
        ({"algorithm": 7}, "algorithm 7"),
        ({"names": b"short"}, "contradicts itself"),
        ({"words": b""}, "contradicts itself"),
        ({"entry_ids": b""}, "contradicts itself"),
        ({"features_high": b""}, "contradicts itself: .* halves of features"),
        ({"articles": b"123"}, "contradicts itself"),
        ({"offset": "first"}, "cannot be read"),
    ],
)
def test_a_segment_that_does_not_hold_together_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Segment.unpack(repacked(a_segment().pack(), **changes))


@pytest.mark.parametrize(
    ("version", "gone", "unknown"),
    [
        (2, np.s_[[*range(24, 32), *range(38, 42)]], (ENTRY_SUMS, ENTRY_SLUG)),
        (3, np.s_[38:42], (ENTRY_SLUG,)),
    ],
)
def test_a_segment_of_an_earlier_version_is_read_without_what_it_lacks(
    version: int, gone: Any, unknown: tuple[int, ...]
) -> None:
    facts = facts_of("Ferry sold", "Hanno Brekke sold 31 boats, said Karl Venn.", english_facts())
    article = incoming(STORY, "one", 0)
    now = Collection("c", LIMITS).decide(1, [structs.replace(article, facts=facts, slug=77)])
    packed = now.pack()
    rows = np.frombuffer(field(packed, "entries"), np.uint8).reshape(1, -1)
    old = np.delete(rows, gone, axis=1).tobytes()
    then = Segment.unpack(repacked(packed, version=version, entries=old))
    assert (then.decided.entries[:, unknown] == 0).all()
    assert now.decided.entries[:, unknown].all()
    others = [column for column in range(ENTRY_COLUMNS) if column not in unknown]
    assert (then.decided.entries[:, others] == now.decided.entries[:, others]).all()
    assert then.verdicts == now.verdicts


def test_every_flipped_bit_is_noticed() -> None:
    packed = a_segment().pack()
    for at in range(0, len(packed), 37):
        damaged = bytearray(packed)
        damaged[at] ^= 4
        with pytest.raises(ValueError, match="damaged"):
            Segment.unpack(bytes(damaged))


def test_a_segment_must_follow_the_last_one_and_none_may_be_missing() -> None:
    live = Collection("c", LIMITS)
    segments = [live.decide(n, [incoming(STORY.replace("word", f"v{n}x"), f"a{n}", n)]) for n in range(3)]
    rebuilt = Collection("c", LIMITS)
    rebuilt.apply(segments[0])
    with pytest.raises(ValueError, match="does not follow"):
        rebuilt.apply(segments[0])
    with pytest.raises(ValueError, match="a segment is missing"):
        rebuilt.apply(segments[2])


def test_where_the_log_has_lost_its_beginning_memory_starts_with_what_is_left() -> None:
    live = Collection("c", LIMITS)
    segments = [live.decide(n, [incoming(STORY.replace("word", f"v{n}x"), f"a{n}", n)]) for n in range(5)]
    rebuilt = Collection("c", LIMITS)
    rebuilt.apply_all(segments[2:])
    for collection in (live, rebuilt):
        again = incoming(STORY.replace("word", "v3x") + " end", "copy", 50)
        (verdict,) = collection.decide(9, [again]).verdicts
        assert (verdict.relation, verdict.match_id) == (Relation.NEAR_DUPLICATE, "a3")
    assert (live.entries, rebuilt.entries) == (5, 3)


def test_the_codes_of_outcomes_are_for_ever() -> None:
    assert [relation.value for relation in OUTCOMES] == [
        "new",
        "revision",
        "contains",
        "overlaps",
        "exact",
        "near_duplicate",
        "part_of",
        "update",
    ]
    assert set(OUTCOMES) == set(Relation) >= GOES_ON
