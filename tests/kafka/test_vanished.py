"""Records that were deleted unread, and topics that end before what was read, are told of."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition
from aiokafka.consumer.subscription_state import TopicPartitionState

from service.kafka.patches.vanished import tell_what_vanished

PLACE = TopicPartition("articles.unique", 1)
EARLIEST = -2


class Assignment:
    """One partition, read up to a position."""

    active = True
    tps = frozenset({PLACE})

    def __init__(self, position: int) -> None:
        self.state: Any = TopicPartitionState(self)
        self.state.reset_to(position)

    def state_value(self, _: TopicPartition) -> Any:
        return self.state


class Fetcher:
    """Fetch as aiokafka does: a position outside [`beginning`, `end`] is refused, then the beginning is taken."""

    def __init__(self, beginning: int, end: int) -> None:
        self.log = range(beginning, end + 1)
        tell_what_vanished(self)

    async def _proc_fetch_request(self, assignment: Any, node_id: Any, request: Any) -> bool:
        if assignment.state.position not in self.log:
            assignment.state.await_reset(EARLIEST)
        return True

    async def _update_fetch_positions(self, assignment: Any, node_id: Any, tps: Any) -> bool:
        assignment.state.reset_to(self.log.start)
        return False

    async def fetch(self, assignment: Assignment) -> None:
        position = assignment.state.position
        request = SimpleNamespace(topics=[(PLACE.topic, [(PLACE.partition, position, 1)])])
        assert await self._proc_fetch_request(assignment, 0, request) is True
        if assignment.state.awaiting_reset:
            assert await self._update_fetch_positions(assignment, 0, [PLACE]) is False


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, dict[str, Any]]]:
    return [(line.message, vars(line)) for line in caplog.records if line.levelno == logging.ERROR]


async def test_records_deleted_unread_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    await Fetcher(beginning=50, end=90).fetch(Assignment(10))
    [(event, fields)] = told(caplog)
    assert event == "records_deleted_unread"
    assert (fields["record"], fields["goes_on_at"], fields["records"]) == ("articles.unique/1@10", 50, 40)
    assert "cannot be had again" in fields["detail"]


async def test_the_same_position_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    fetcher, assignment = Fetcher(beginning=50, end=90), Assignment(10)
    for position in (10, 10, 20):
        assignment.state.seek(position)
        await fetcher.fetch(assignment)
    assert [fields["records"] for _, fields in told(caplog)] == [40, 30]


async def test_a_seek_in_between_hides_nothing(caplog: pytest.LogCaptureFixture) -> None:
    fetcher, assignment = Fetcher(beginning=50, end=90), Assignment(10)
    request = SimpleNamespace(topics=[(PLACE.topic, [(PLACE.partition, 10, 1)])])
    await fetcher._proc_fetch_request(assignment, 0, request)
    fetcher.log = range(10, 11)
    await fetcher._update_fetch_positions(assignment, 0, [PLACE])  # as if it was sought meanwhile
    fetcher.log = range(50, 91)
    assert told(caplog) == []
    await fetcher.fetch(assignment)
    assert len(told(caplog)) == 1


async def test_a_topic_that_ends_before_what_was_read_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    await Fetcher(beginning=0, end=5).fetch(Assignment(10))
    [(event, fields)] = told(caplog)
    assert (event, fields["goes_on_at"]) == ("topic_shorter_than_read", 0)


@pytest.mark.parametrize("position", [50, 60, 90])
async def test_a_position_within_the_log_says_nothing(
    caplog: pytest.LogCaptureFixture, position: int
) -> None:
    await Fetcher(beginning=50, end=90).fetch(Assignment(position))
    assert told(caplog) == []


async def test_a_new_group_that_begins_at_the_beginning_says_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    fetcher, assignment = Fetcher(beginning=50, end=90), Assignment(10)
    assignment.state.await_reset(EARLIEST)
    await fetcher._update_fetch_positions(assignment, 0, [PLACE])
    assert told(caplog) == []


async def test_what_was_refused_before_a_rebalance_is_forgotten(caplog: pytest.LogCaptureFixture) -> None:
    fetcher, before, after = Fetcher(beginning=50, end=90), Assignment(10), Assignment(10)
    request = SimpleNamespace(topics=[(PLACE.topic, [(PLACE.partition, 10, 1)])])
    await fetcher._proc_fetch_request(before, 0, request)
    after.state.await_reset(EARLIEST)
    await fetcher._update_fetch_positions(after, 0, [PLACE])
    assert told(caplog) == []
