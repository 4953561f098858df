"""Say that records wait behind a transaction which a feeder leaves open.

A consumer that reads committed records stops where the oldest open transaction begins. Brokers count what lies behind
as not there yet: the lag is 0, a probe is content, and articles do not come.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Final

log = logging.getLogger("service.kafka.open_transactions")

WAIT_SECONDS_MAX: Final = 30.0
"""Maximum seconds that records may wait for the end of a transaction before it is told."""


def tell_what_waits(fetcher: Any, clock: Callable[[], float] = time.monotonic) -> None:
    """Let an aiokafka fetcher log each offset at which records wait for a transaction, once."""
    since: dict[
        Any, tuple[int, float]
    ] = {}  # by place: where an open transaction begins, when it was first seen
    told: dict[Any, int] = {}
    fetch = fetcher._proc_fetch_request

    async def fetch_and_look(assignment: Any, node_id: Any, request: Any) -> Any:
        needs_wakeup = await fetch(assignment, node_id, request)
        if assignment.active:
            asked = {(topic, partition) for topic, asked_of in request.topics for partition, *_ in asked_of}
            for place in assignment.tps:
                if place in asked:  # of others, what is known is old
                    look(place, assignment.state_value(place))
        return needs_wakeup

    def look(place: Any, state: Any) -> None:
        stable, end = state.lso, state.highwater
        if stable is None or end is None or stable < 0 or stable >= end:
            since.pop(place, None)
            return
        begins, seen = since.get(place, (None, 0.0))
        if begins != stable:
            since[place] = stable, clock()
        elif clock() - seen >= WAIT_SECONDS_MAX and told.get(place) != stable:
            told[place] = stable
            _tell(place, stable, end)

    fetcher._proc_fetch_request = fetch_and_look


def _tell(place: Any, stable: int, end: int) -> None:
    log.warning(
        "transaction_open",
        extra={
            "record": f"{place.topic}/{place.partition}@{stable}",
            "records": end - stable,
            "detail": "they wait until a feeder ends the transaction that it began there; Kafka's "
            "kafka-transactions.sh finds and aborts it",
        },
    )
