"""Records that wait behind an open transaction are told of, once, and not too soon."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition

from service.kafka.patches.open_transactions import WAIT_SECONDS_MAX, tell_what_waits

PLACE = TopicPartition("articles.raw", 0)
OTHER = TopicPartition("articles.raw", 1)


class Fetcher:
    """A fetcher of two partitions that learns an end and a stable end from each fetch of the first."""

    def __init__(self) -> None:
        self.state = SimpleNamespace(lso=None, highwater=None)
        self.now = 0.0
        tell_what_waits(self, lambda: self.now)

    async def _proc_fetch_request(self, assignment: Any, node_id: Any, request: Any) -> bool:
        return True

    async def fetch(self, stable: int | None, end: int | None, seconds: float = 1.0) -> None:
        """Fetch after so many seconds."""
        self.now += seconds
        self.state.lso, self.state.highwater = stable, end
        await self.ask(PLACE)

    async def ask(self, place: TopicPartition) -> None:
        """Send a request for one partition."""
        assignment = SimpleNamespace(active=True, tps={PLACE, OTHER}, state_value=lambda _: self.state)
        request = SimpleNamespace(topics=[(place.topic, [(place.partition, 0, 1)])])
        assert await self._proc_fetch_request(assignment, 0, request) is True


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, Any, Any]]:
    return [(line.message, vars(line)["record"], vars(line)["records"]) for line in caplog.records]


async def test_records_that_wait_too_long_are_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    fetcher = Fetcher()
    await fetcher.fetch(7, 9)
    await fetcher.fetch(7, 12, WAIT_SECONDS_MAX - 1)
    assert told(caplog) == []
    for _ in range(3):
        await fetcher.fetch(7, 12, WAIT_SECONDS_MAX)
    assert told(caplog) == [("transaction_open", "articles.raw/0@7", 5)]


async def test_transactions_that_end_in_time_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    fetcher = Fetcher()
    for number in range(10):
        await fetcher.fetch(number, number + 4, WAIT_SECONDS_MAX)
    await fetcher.fetch(20, 22)
    await fetcher.fetch(22, 22, WAIT_SECONDS_MAX)
    await fetcher.fetch(22, 23, WAIT_SECONDS_MAX)
    assert told(caplog) == []


@pytest.mark.parametrize(("stable", "end"), [(None, 5), (5, None), (-1, 5), (5, 5)])
async def test_where_nothing_waits_nothing_is_said(
    caplog: pytest.LogCaptureFixture, stable: int | None, end: int | None
) -> None:
    fetcher = Fetcher()
    for _ in range(3):
        await fetcher.fetch(stable, end, WAIT_SECONDS_MAX)
    assert told(caplog) == []


async def test_the_next_open_transaction_is_told_of_too(caplog: pytest.LogCaptureFixture) -> None:
    fetcher = Fetcher()
    for stable in (7, 7, 30, 30):
        await fetcher.fetch(stable, stable + 1, WAIT_SECONDS_MAX)
    assert [record for _, record, _ in told(caplog)] == ["articles.raw/0@7", "articles.raw/0@30"]


async def test_what_was_seen_long_ago_says_nothing_of_now(caplog: pytest.LogCaptureFixture) -> None:
    fetcher = Fetcher()
    await fetcher.fetch(7, 9)
    fetcher.now += 2 * WAIT_SECONDS_MAX
    await fetcher.ask(OTHER)
    fetcher.state.lso = 9
    await fetcher.ask(PLACE)
    assert told(caplog) == []
