"""What is compiled of Kafka's protocol, beside aiokafka's own."""

from __future__ import annotations

import pytest
from aiokafka.partitioner import murmur2 as reference
from hypothesis import example, given
from hypothesis import strategies as st

from service.core.wire import murmur2


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
