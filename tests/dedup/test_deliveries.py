"""The same raw record twice, a topic made anew, and what lies between."""

from __future__ import annotations

from service.dedup.index.deliveries import OFFSETS_KEPT, Deliveries


def seen_up_to(offset: int) -> Deliveries:
    deliveries = Deliveries()
    for n in range(offset + 1):
        deliveries.remember("raw", 0, n, content=n * 3)
    return deliveries


def test_a_record_is_known_by_partition_offset_and_content() -> None:
    deliveries = seen_up_to(10)
    assert deliveries.seen("raw", 0, 4, 12)
    assert not deliveries.seen("raw", 0, 4, 99)
    assert not deliveries.seen("raw", 1, 4, 12)
    assert not deliveries.seen("other", 0, 4, 12)
    assert not deliveries.seen("raw", 0, 11, 33)


def test_an_offset_that_was_skipped_may_still_come() -> None:
    deliveries = Deliveries()
    deliveries.remember("raw", 0, 5, 1)
    deliveries.remember("raw", 0, 9, 2)
    assert not deliveries.seen("raw", 0, 7, 3)
    deliveries.remember("raw", 0, 7, 3)
    assert deliveries.seen("raw", 0, 5, 1)
    assert deliveries.seen("raw", 0, 9, 2)
    assert deliveries.made_anew == 0


def test_other_content_at_a_known_offset_means_a_new_topic() -> None:
    deliveries = seen_up_to(10)
    deliveries.remember("raw", 0, 2, 777)
    assert deliveries.made_anew == 1
    assert deliveries.seen("raw", 0, 2, 777)
    assert not deliveries.seen("raw", 0, 3, 9)  # of the old topic: nothing is dropped for it
    assert not deliveries.seen("raw", 0, 10, 30)


def test_an_offset_too_old_to_be_remembered_is_never_dropped() -> None:
    deliveries = seen_up_to(OFFSETS_KEPT + 10)
    assert not deliveries.seen("raw", 0, 5, 15)
    assert deliveries.seen("raw", 0, 20, 60)
    deliveries.remember("raw", 0, 5, 15)
    assert deliveries.made_anew == 1


def test_memory_is_bounded_per_partition() -> None:
    assert seen_up_to(3 * OFFSETS_KEPT).bytes == seen_up_to(0).bytes
