"""Which raw records were seen: Kafka may deliver one twice, and its first copy answers for it.

Intake sends the records of a raw partition in order, so the highest offset seen tells most of it. A record at or
below it is the same one again if it is remembered with the same content; a record with other content at a known
offset means that the topic was made anew. Where the past is forgotten nothing is dropped: a doubtful record is
decided like any other, and repeats are then told by their content.
"""

from __future__ import annotations

from array import array
from typing import Final

OFFSETS_KEPT: Final = 4096
"""Per raw partition. Intake can have far fewer records under way when it is killed."""

UNSEEN: Final = -1


class _Partition:
    """The last offsets of one raw partition, each in the slot of its remainder."""

    __slots__ = ("contents", "highest", "offsets")

    def __init__(self) -> None:
        self.highest = UNSEEN
        self.offsets = array("q", [UNSEEN]) * OFFSETS_KEPT
        self.contents = array("q", [0]) * OFFSETS_KEPT


class Deliveries:
    """Raw records seen by one collection, per topic and partition."""

    def __init__(self) -> None:
        self._partitions: dict[tuple[str, int], _Partition] = {}
        self.made_anew = 0

    def seen(self, topic: str, partition: int, offset: int, content: int) -> bool:
        """Return whether this very record was seen before."""
        known = self._partitions.get((topic, partition))
        if known is None or offset > known.highest:
            return False
        slot = offset % OFFSETS_KEPT
        return known.offsets[slot] == offset and known.contents[slot] == content

    def remember(self, topic: str, partition: int, offset: int, content: int) -> None:
        """Note that this record was decided; starts over where the topic was made anew."""
        known = self._partitions.get((topic, partition))
        if known is None:
            known = self._partitions[topic, partition] = _Partition()
        slot = offset % OFFSETS_KEPT
        if offset <= known.highest and (
            known.offsets[slot] == offset or offset <= known.highest - OFFSETS_KEPT
        ):
            self._partitions[topic, partition] = known = _Partition()
            self.made_anew += 1
        known.highest = max(known.highest, offset)
        known.offsets[slot] = offset
        known.contents[slot] = content

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return len(self._partitions) * OFFSETS_KEPT * 16
