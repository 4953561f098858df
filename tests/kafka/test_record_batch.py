"""Letters as record batches, read by aiokafka."""

from __future__ import annotations

import struct
import time
import tracemalloc
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from aiokafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from hypothesis import example, given
from hypothesis import strategies as st

from service.kafka import record_batch
from service.kafka.record_batch import CODECS, HEAD_BYTES, RecordBatch, record_batches
from service.kafka.wire import write_around
from service.line.records_out import Bundle, Letter, Post, each

BYTES_MAX = 262_144

CLAIM = [("ce_specversion", b"1.0"), ("ce_type", b"claim"), ("content-type", b"application/json")]

headers = st.lists(st.tuples(st.text(max_size=9), st.binary(max_size=200)), max_size=3)
letters = st.builds(
    Letter,
    st.just("claims"),
    st.none() | st.binary(max_size=9),
    st.none() | st.binary(max_size=300),
    headers,
    st.none(),
    st.sampled_from(["", "1", "f" * 32, "f" * 64, "0" * 70]),
)

id_lengths = st.sampled_from([1, 32, 70])
bundles = st.builds(
    lambda key, values, common, length: Bundle("claims", key, values, common, ["f" * length] * len(values)),
    st.none() | st.binary(max_size=9),
    st.lists(st.binary(max_size=300), min_size=1, max_size=5),
    headers,
    id_lengths,
)


def read(batch: RecordBatch) -> list[tuple[Any, ...]]:
    """Offset, key, value and headers of its records. Its checksum is right."""
    built = DefaultRecordBatch(batch._build())
    assert built.validate_crc()
    return [(record.offset, record.key, record.value, list(record.headers)) for record in built]


def wanted(sent: Iterable[Post]) -> list[tuple[Any, ...]]:
    return [(offset, one.key, one.value, one.headers) for offset, one in enumerate(each(sent))]


@given(st.lists(letters | bundles, min_size=1, max_size=9))
@example([Letter("claims", b"k", b"v" * 70_000, CLAIM, None, "f" * 32), Letter("claims", b"k", b"", CLAIM)])
@example([Letter("claims", b"k", b"v", CLAIM, None, "a"), Letter("claims", b"k", b"w", CLAIM, None, "bc")])
@example(
    [
        Letter("claims", b"k", b"v", CLAIM),
        Letter("claims", b"l", b"w", CLAIM),
        Letter("claims", b"k", b"x", CLAIM),
    ]
)
def test_what_is_sent_is_what_is_read(sent: list[Post]) -> None:
    (batch,) = record_batches(sent, BYTES_MAX, "none")
    assert read(batch) == wanted(sent)
    assert batch.record_count() == len(wanted(sent))


def test_a_bundle_is_cut_where_the_room_ends() -> None:
    values = [b"%03d" % number * 100 for number in range(99)]
    bundle = Bundle("claims", b"k", values, CLAIM, [f"{number:032}" for number in range(99)])
    batches = list(record_batches([bundle], 5_000, "none"))
    assert len(batches) > 5
    found = [record[1:] for batch in batches for record in read(batch)]
    assert found == [record[1:] for record in wanted([bundle])]


def test_a_bundle_of_ids_of_several_lengths_is_refused() -> None:
    """Each of its records says how long its id is, and all say the same."""
    bundle = Bundle("claims", b"k", [b"v", b"w"], CLAIM, ["a", "bc"])
    with pytest.raises(ValueError, match="one length"):
        next(record_batches([bundle], BYTES_MAX, "none"))


@given(st.lists(letters, min_size=1, max_size=9), st.integers(0, 2**40), st.integers(0, 2**15 - 1))
def test_every_byte_is_what_aiokafka_would_send(sent: list[Letter], producer: int, epoch: int) -> None:
    (batch,) = record_batches(sent, BYTES_MAX, "none")
    batch._set_producer_state(producer, epoch, 7)
    ours = batch._build()
    (time_ms,) = struct.unpack_from(">q", ours, 27)
    assert abs(time_ms - time.time() * 1_000) < 60_000
    theirs = DefaultRecordBatchBuilder(2, 0, 0, producer, epoch, 7, BYTES_MAX)
    for offset, letter in enumerate(sent):
        theirs.append(offset, time_ms, letter.key, letter.value, letter.headers)
    assert ours == bytes(theirs.build())


def test_a_batch_takes_no_more_than_it_may_and_keeps_the_order() -> None:
    sent = [
        Letter("claims", b"k", b"%03d" % number * 100, CLAIM, None, f"{number:032}") for number in range(99)
    ]
    batches = list(record_batches(sent, 5_000, "none"))
    sizes = [len(batch._build()) for batch in batches]
    assert max(sizes) <= 5_000 < sizes[0] + 450
    found = [record[1:] for batch in batches for record in read(batch)]
    assert found == [record[1:] for record in wanted(sent)]


def test_a_record_that_is_larger_than_a_batch_goes_alone() -> None:
    small, large = (
        Letter("claims", b"k", b"s", CLAIM),
        Letter("claims", None, b"l" * 9_000, CLAIM * 20, None, "x" * 70),
    )
    batches = list(record_batches([small, large, small, small, large], 5_000, "none"))
    assert [batch.record_count() for batch in batches] == [1, 1, 2, 1]
    assert [record[1:] for batch in batches for record in read(batch)] == [
        record[1:] for record in wanted([small, large, small, small, large])
    ]


@pytest.mark.parametrize("compression", CODECS)
def test_batches_are_compressed_where_that_makes_them_smaller(compression: str) -> None:
    sent = [Letter("claims", b"k", b"the same again and again " * 40, CLAIM, None, "f" * 32)] * 20
    (batch,) = record_batches(sent, BYTES_MAX, compression)
    assert len(batch._build()) < 3_000
    assert DefaultRecordBatch(batch._build()).compression_type == CODECS[compression][0]
    assert read(batch) == wanted(sent)
    tiny = [Letter("claims", None, b"x")]
    (batch,) = record_batches(tiny, BYTES_MAX, compression)
    assert DefaultRecordBatch(batch._build()).compression_type == 0
    assert read(batch) == wanted(tiny)


def test_a_batch_that_is_sent_again_has_the_same_bytes() -> None:
    (batch,) = record_batches([Letter("claims", b"k", b"v")], BYTES_MAX, "zstd")
    batch._set_producer_state(1, 2, 3)
    assert batch._build() is batch._build()
    assert len(batch._build()) > HEAD_BYTES
    assert batch.closed()


def test_large_headers_are_not_kept_in_memory() -> None:
    """A dead letter carries the headers of its record, and whoever sends those decides what they weigh."""
    weights = [Letter("articles.dead", b"k", b"v", [("x", b"%03d" % n * 30_000)]) for n in range(100)]
    tracemalloc.start()
    try:
        for weight in weights:
            (batch,) = record_batches([weight], BYTES_MAX, "none")
            assert read(batch) == wanted([weight])
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000


@given(st.lists(letters | bundles, min_size=1, max_size=9))
@example([Bundle("claims", b"k", [b"v"] * 300, CLAIM, ["f" * 70] * 300)])
def test_what_stands_around_the_values_fits_the_room_made_for_it(sent: list[Post]) -> None:
    """Compiled code looks at no bounds."""
    values, room, laid_out = record_batch._laid_out(sent)
    memory, ends = np.full(room + 99_999, 0xAA, np.uint8), np.zeros(len(values) + 1, np.int64)
    assert write_around(memory, ends, 0, len(values), 2**60, *laid_out) == len(values)
    assert ends[-1] <= room
    assert (memory[room:] == 0xAA).all()


def test_small_headers_that_always_differ_are_not_kept_for_ever() -> None:
    """Each article has a subject of its own."""
    for number in range(3 * record_batch.KEPT_HEADERS):
        list(
            record_batches(
                [Letter("claims", b"k", b"v", [("ce_subject", b"%d" % number)])], BYTES_MAX, "none"
            )
        )
    assert len(record_batch._kept) <= record_batch.KEPT_HEADERS
