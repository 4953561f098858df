"""Say which records a topic has lost before they were read, and which topic ends before what was read.

The broker refuses a position outside its log. aiokafka then goes on at the beginning of the log and says so at INFO, in
the words of a consumer that is new.
"""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger("service.kafka.vanished")


def tell_what_vanished(fetcher: Any) -> None:
    """Let an aiokafka fetcher log each position that the broker refused, once, with what is missing there."""
    refused: dict[Any, tuple[Any, int]] = {}  # by place: the assignment in which it was, the position
    told: dict[Any, int] = {}  # by place; Faust seeks to a committed position a second time
    fetch, find_positions = fetcher._proc_fetch_request, fetcher._update_fetch_positions

    async def fetch_and_note(assignment: Any, node_id: Any, request: Any) -> Any:
        needs_wakeup = await fetch(assignment, node_id, request)
        if assignment.active:
            asked = {(topic, one[0]): one[1] for topic, parts in request.topics for one in parts}
            for place in assignment.tps:
                position = asked.get((place.topic, place.partition))
                if position is not None and assignment.state_value(place).awaiting_reset:
                    refused[place] = assignment, position
        return needs_wakeup

    async def find_and_tell(assignment: Any, node_id: Any, places: Any) -> Any:
        needs_wakeup = await find_positions(assignment, node_id, places)
        for place in places:
            state = assignment.state_value(place)
            if place in refused and state.has_valid_position:
                then, position = refused.pop(place)
                is_moved = state.position != position  # no: somebody sought the same position meanwhile
                if then is assignment and is_moved and told.get(place) != position:
                    told[place] = position
                    _tell(place, position, state.position)
        return needs_wakeup

    fetcher._proc_fetch_request, fetcher._update_fetch_positions = fetch_and_note, find_and_tell


def _tell(place: Any, wanted: int, found: int) -> None:
    """Log what lies between the position that was wanted and the one that there is."""
    where = {"record": f"{place.topic}/{place.partition}@{wanted}", "goes_on_at": found}
    if found > wanted:
        log.error("records_deleted_unread", extra={**where, "records": found - wanted, "detail": DELETED})
    else:
        log.error("topic_shorter_than_read", extra={**where, "detail": SHORTER})


DELETED = (
    "they were deleted before this stage read them, by retention or by hand, and cannot be had again; raise the "
    "topic's retention, or feed again what is missing"
)
SHORTER = (
    "the topic ends before what this stage has read: it was made anew or cut at its end, and is read again from its "
    "beginning"
)
