"""What is compiled of Kafka's protocol, beside aiokafka's own."""

from __future__ import annotations

import numpy as np
import pytest
from aiokafka.partitioner import murmur2 as reference
from hypothesis import example, given
from hypothesis import strategies as st

from service.kafka.wire import NULL, RECORD_BYTES, write_around
from service.line.partition import murmur2


@given(st.binary(max_size=70))
@example(b"\xff\xfe\xfd\xfc\xfb\xfa\xf9")
def test_a_key_has_the_hash_that_other_clients_give_it(key: bytes) -> None:
    assert murmur2(key) == reference(key)


@pytest.mark.parametrize(
    ("key", "signed"),  # from the tests of Apache Kafka's own clients (UtilsTest)
    [(b"21", -973932308), (b"foobar", -790332482), (b"a-little-bit-longer-string", -1486304829)],
)
def test_and_that_kafka_says_it_has(key: bytes, signed: int) -> None:
    assert murmur2(key) == signed & 0xFFFFFFFF


@pytest.mark.parametrize("value", [NULL, 0, 2**31 - 40_000])
@pytest.mark.parametrize("key", [0, 9, 4_000])
def test_no_byte_is_written_behind_the_room_that_was_asked_for(value: int, key: int) -> None:
    """Compiled code looks at no bounds."""
    records, own = 9_000, 3
    room = records * (RECORD_BYTES + key + 2 + own)
    memory = np.full(room + 64, 0xAA, np.uint8)
    ends = np.full(records + 2, NULL, np.int64)
    written = write_around(
        memory[:room],
        ends,
        0,
        records,
        2**60,
        np.full(records, value),
        np.zeros(records * own, np.uint8),
        np.full(records, own),
        np.zeros(key + 2, np.uint8),
        np.array([[key, 1, 1]]),
        np.zeros(records, np.int64),
    )
    assert written == records
    assert (memory[room:] == 0xAA).all()
    assert ends[records] <= room
    assert ends[records + 1] == NULL
