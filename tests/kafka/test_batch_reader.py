"""Record batches are read whole, whatever they hold, and in bounded memory."""

from __future__ import annotations

import random
import tracemalloc
from typing import Any

import pytest
from aiokafka.record.default_records import DefaultRecordBatch
from hypothesis import given, settings
from hypothesis import strategies as st

from service.kafka.batch_reader import HEADERS_MAX, ReadBatches
from service.kafka.patches import bounded_unpacking
from service.kafka.patches.bounded_unpacking import BoundedRecords
from service.kafka.unpacking import UNPACKED_BYTES_MAX
from service.line.dead_letter_headers import CUT
from service.line.dead_letters import CUT_BYTES
from service.records import NOT_UNPACKED
from tests.kafka.batch_writer import CONTROL, NOW_MS, Raw, batch, batch_of, record, varint

PLACE = type("Place", (), {"topic": "articles.raw", "partition": 0})


def fetched(data: bytes, offset: int = 0, record_bytes_max: int = UNPACKED_BYTES_MAX) -> list[Any]:
    """Read what aiokafka's fetcher would hand out of one fetch."""
    batches = ReadBatches(data, None, record_bytes_max)
    return list(BoundedRecords(PLACE, batches, None, offset, None, None, True, 0))


def why(record: Any) -> str:
    ((name, detail),) = record.headers
    assert name == NOT_UNPACKED
    return str(detail.decode())


texts = st.none() | st.binary(max_size=40)
names = st.text(max_size=8).map(str.encode)
raws = st.builds(
    Raw,
    texts,
    texts,
    st.lists(st.tuples(names, texts), max_size=4).map(tuple),
    st.integers(-(2**40), 2**40),
)


@given(st.lists(raws, min_size=1, max_size=300), st.sampled_from([0, 1, 2, 3, 4]))
@settings(max_examples=25, deadline=None)
def test_a_sound_batch_reads_as_aiokafka_reads_it(sent: list[Raw], codec: int) -> None:
    data = batch(sent, codec=codec)
    theirs = list(DefaultRecordBatch(data))
    for ours, other in zip(fetched(data), theirs, strict=True):
        assert (ours.offset, ours.timestamp, ours.key, ours.value, list(ours.headers)) == (
            other.offset,
            other.timestamp,
            other.key,
            other.value,
            list(other.headers),
        )


@given(st.binary(max_size=200), st.integers(1, 6), st.sampled_from([0, 4]))
@settings(max_examples=100, deadline=None)
def test_of_any_bytes_each_offset_is_handed_out_once(body: bytes, count: int, codec: int) -> None:
    found = [record.offset for record in fetched(batch_of(body, count, codec=codec))]
    assert len(found) >= count or set(found) <= set(range(count))


@given(st.lists(raws, min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_a_damaged_batch_raises_nothing(sent: list[Raw], dice: random.Random) -> None:
    body = bytearray(b"".join(record(raw, number) for number, raw in enumerate(sent)))
    for _ in range(dice.randrange(1, 4)):
        body[dice.randrange(len(body))] = dice.randrange(256)
    fetched(batch_of(bytes(body), len(sent)))


def test_a_header_name_that_is_not_utf8_is_escaped() -> None:
    sent = [Raw(b"a"), Raw(b"b", headers=((b"\xff\xfe", b"x"), (b"lang", b"en"))), Raw(b"c")]
    found = fetched(batch(sent))
    assert [one.value for one in found] == [b"a", b"b", b"c"]
    assert found[1].headers == (("\\xff\\xfe", b"x"), ("lang", b"en"))


def test_headers_without_number_cost_no_memory_and_leave_the_rest_of_the_record() -> None:
    count = 5_000_000
    body = record(Raw(b"value", b"key", header_bytes=b"\x00\x01" * count, header_count=count), 0)
    data = batch_of(body + record(Raw(b"next"), 1), 2, codec=4)
    assert len(data) < 5_000
    tracemalloc.start()
    first, second = fetched(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (first.key, first.value, second.value) == (b"key", b"value", b"next")
    assert why(first) == f"the record has {count} headers; at most {HEADERS_MAX} are read"
    assert peak < 100 * 1_048_576


def test_as_many_headers_as_are_read_are_read() -> None:
    sent = Raw(b"v", headers=tuple((b"h", b"%d" % n) for n in range(HEADERS_MAX)))
    (found,) = fetched(batch([sent]))
    assert len(found.headers) == HEADERS_MAX


@pytest.mark.parametrize("large", [{"value": b"x" * 900_001}, {"key": b"x" * 900_001}])
def test_of_what_is_larger_than_the_stage_reads_only_what_a_dead_letter_keeps_is_read(
    large: dict[str, Any],
) -> None:
    sent = [Raw(**{"value": b"v", "key": b"k", "headers": ((b"a", b"b"),), **large}), Raw(b"y", b"next")]
    data = batch(sent)
    tracemalloc.start()
    first, second = fetched(data, record_bytes_max=900_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (name, detail), (cut, sizes), own = first.headers
    assert (name, detail) == (NOT_UNPACKED, b"the record has 900002 bytes; at most 900000 are read")
    assert (cut, own) == (CUT, ("a", b"b"))
    whole = (len(sent[0].key or b""), len(sent[0].value or b""))
    assert sizes.decode() == f"key {whole[0]}, value {whole[1]}, headers 12"
    assert (len(first.key), len(first.value)) == tuple(min(CUT_BYTES, size) for size in whole)
    assert (second.key, second.value, second.headers) == (b"next", b"y", ())
    assert peak < 2_500_000  # the batch itself twice, and no record of it


def test_headers_larger_than_the_stage_reads_are_left_out() -> None:
    (found,) = fetched(batch([Raw(b"v", b"k", ((b"h", b"x" * 1_001),))]), record_bytes_max=1_000)
    assert why(found).startswith("the record has 1005 bytes of headers; at most 1000 are read")
    assert (found.key, found.value) == (b"k", b"v")


def test_a_record_larger_than_a_fetch_is_handed_out_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_unpacking, "FETCH_BYTES_MAX", 100_000)
    data = batch([Raw(b"x"), Raw(b"x" * 200_000), Raw(b"y")], codec=4)
    assert [[one.offset for one in fetched(data, offset)] for offset in range(3)] == [[0], [1], [2]]


def test_a_feeder_cannot_claim_that_a_record_was_not_unpacked() -> None:
    (found,) = fetched(batch([Raw(b"v", headers=((NOT_UNPACKED.encode(), b"forged"), (b"own", b"1")))]))
    assert found.headers == (("own", b"1"),)


def test_more_records_than_a_fetch_may_hand_out_come_with_the_next_fetch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded_unpacking, "FETCH_BYTES_MAX", 100_000)
    data = batch([Raw(b"x" * 10_000) for _ in range(64)], codec=4)
    offsets: list[int] = []
    while len(offsets) < 64:
        found = fetched(data, offset=len(offsets))
        assert 1 <= len(found) <= 9
        offsets += [one.offset for one in found]
    assert offsets == list(range(64))


def test_a_batch_that_unpacks_to_too_much_is_handed_out_record_by_record() -> None:
    body = b"".join(record(Raw(b"\0" * 16_000_000), number) for number in range(5))
    found = fetched(batch_of(body, 5, codec=4))
    assert [one.offset for one in found] == list(range(5))
    assert {why(one) for one in found} == {
        "its batch (5 records from offset 0) unpacks to more than 67108864 bytes"
    }


def test_a_broken_batch_gives_what_comes_before_and_a_reason_for_the_rest() -> None:
    sound = record(Raw(b"a"), 0) + record(Raw(b"b"), 1)
    found = fetched(batch_of(sound + varint(1_000_000) + b"\0", 4))
    assert [one.offset for one in found] == [0, 1, 2, 3]
    assert [one.value for one in found] == [b"a", b"b", None, None]
    assert why(found[2]).endswith(f"is broken from byte {len(sound)} on")


def test_the_checksum_of_a_batch_is_checked() -> None:
    data = bytearray(batch([Raw(b"abc")]))
    data[-1] ^= 1
    with pytest.raises(Exception, match="CRC"):
        fetched(bytes(data))


def test_control_batches_are_passed_over() -> None:
    control = batch([Raw(b"\0\0\0\0\0\0", b"\0\0\0\1")], attributes=CONTROL)
    assert fetched(control) == []


def test_a_fetch_may_end_within_a_batch() -> None:
    data = batch([Raw(b"whole")]) + batch([Raw(b"cut")])[:-3]
    assert [one.value for one in fetched(data)] == [b"whole"]
    assert fetched(data[: len(data) // 4]) == []


def test_timestamps_are_those_of_the_records() -> None:
    found = fetched(batch([Raw(b"a", time_delta=-5), Raw(b"b", time_delta=7)]))
    assert [one.timestamp for one in found] == [NOW_MS - 5, NOW_MS + 7]
