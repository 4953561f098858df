"""The index: what it stores, borrows, looks up and forgets."""

from __future__ import annotations

import random

import numpy as np
import pytest

from service.dedup.index.buckets import FREQUENT, WAYS, buckets_for, holders, write
from service.dedup.index.index import SAMPLE, Entry, Index
from service.dedup.index.lookup import NOTHING, Estimate
from service.sketch.sketch import Sketch, sketch


def words(seed: int, count: int) -> str:
    """So many words that no other seed has."""
    rng = random.Random(seed)
    return " ".join(f"w{seed}x{rng.randrange(10**6)}" for _ in range(count))


class Shelf:
    """An index that is fed texts."""

    def __init__(self, capacity: int = 200) -> None:
        self.index = Index(capacity)
        self.serial = 0

    def add(self, text: str, *, base: int = NOTHING, contains_base: bool = False, floor: int = 0) -> Entry:
        made = sketch(text)
        _, plain, _ = self.index.look_up(made, floor)
        entry = self.index.entry(made, plain, floor, base=base, contains_base=contains_base)
        fixed = (entry.threshold, entry.base, entry.features.size, entry.words.size, entry.sample_size)
        columns = np.array(((*fixed, entry.borrowed, 0),), np.int64)
        self.index.remember(self.serial, columns, entry.features, entry.written, entry.words)
        self.serial += 1
        return entry

    def find(self, text: str, floor: int = 0, only: int = NOTHING) -> Estimate | None:
        return self.index.look_up(sketch(text), floor, only=only)[0]


def test_a_text_finds_itself_with_all_of_its_sample() -> None:
    shelf = Shelf()
    entry = shelf.add(words(1, 300))
    found = shelf.find(words(1, 300))
    assert found is not None
    assert (found.serial, found.votes, found.sample, found.probed) == (0, SAMPLE, SAMPLE, SAMPLE)
    assert entry.written.sum() == SAMPLE
    assert found.words_shared == found.words_sample == found.words_probed > 50
    assert found.runs == 1


def test_shares_are_estimated_both_ways_without_bias() -> None:
    contained, covered = [], []
    for seed in range(40):
        shelf = Shelf(4)
        shelf.add(words(seed, 400) + " " + words(100 + seed, 100))  # 80 % of it is in the other
        found = shelf.find(words(seed, 400) + " " + words(200 + seed, 400))  # half of it is in the first
        assert found is not None
        contained.append(found.votes / found.probed)
        covered.append(found.votes / found.sample)
    assert np.mean(contained) == pytest.approx(0.5, abs=0.04)
    assert np.mean(covered) == pytest.approx(0.8, abs=0.04)


def test_a_short_story_is_found_inside_a_text_thirty_times_as_long() -> None:
    shelf = Shelf()
    for seed in range(30):
        shelf.add(words(seed, 65))
    found = [
        shelf.find(" ".join((words(500 + n, 900), words(n, 65), words(700 + n, 900)))) for n in range(30)
    ]
    assert [estimate and estimate.serial for estimate in found] == list(range(30))


def test_what_lies_before_the_floor_is_invisible() -> None:
    shelf = Shelf()
    shelf.add(words(1, 200))
    shelf.add(words(2, 200))
    assert shelf.find(words(1, 200), floor=1) is None
    assert shelf.find(words(2, 200), floor=1) is not None


def test_only_one_article_may_be_asked_about_however_little_it_shares() -> None:
    shelf = Shelf()
    shelf.add(words(1, 300))
    shelf.add(words(2, 300))
    text = words(1, 300) + " " + " ".join(words(2, 300).split()[:60])
    best, other = shelf.find(text), shelf.find(text, only=1)
    assert best is not None
    assert best.serial == 0
    assert other is not None
    assert other.serial == 1


def test_of_two_equal_matches_the_older_one_is_named() -> None:
    shelf = Shelf()
    shelf.add(words(1, 200))
    shelf.add(words(1, 200))
    found = shelf.find(words(1, 200))
    assert found is not None
    assert (found.serial, found.candidates) == (0, 2)


def test_a_match_that_tells_all_is_preferred_to_one_that_is_more_alike() -> None:
    shelf = Shelf()
    shelf.add(words(1, 40))  # stands in the excerpt as a whole
    shelf.add(words(1, 40) + " " + words(2, 600))  # has all of the excerpt
    excerpt = words(1, 40) + " " + " ".join(words(2, 600).split()[:60])
    found = shelf.find(excerpt)
    assert found is not None
    assert found.serial == 1


def test_three_shared_shingles_are_too_few_for_a_part() -> None:
    shelf = Shelf()
    shelf.add(words(1, 20))
    assert shelf.find(" ".join(words(1, 20).split()[:6])) is not None  # three shingles, all it has
    assert shelf.find(" ".join(words(1, 20).split()[:6]) + " " + words(2, 5)) is None


def test_a_text_that_contains_a_story_borrows_it_and_its_copies_are_recognised() -> None:
    shelf = Shelf()
    shelf.add(words(1, 250))
    host = words(2, 200) + " " + words(1, 250) + " " + words(3, 200)
    entry = shelf.add(host, base=0, contains_base=True)
    assert entry.base == 0
    assert entry.borrowed > 5
    assert entry.written.sum() == SAMPLE - entry.borrowed
    found = shelf.find(host)
    assert found is not None
    assert (found.serial, found.votes, found.runs) == (1, SAMPLE, 1)
    story = shelf.find(words(1, 250))
    assert story is not None
    assert story.serial == 0


def test_a_story_that_many_texts_print_does_not_become_boilerplate() -> None:
    shelf = Shelf()
    shelf.add(words(1, 250))
    for n in range(12):
        shelf.add(words(10 + n, 300) + " " + words(1, 250), base=0, contains_base=True)
    found = shelf.find(words(1, 250))
    assert found is not None
    assert (found.serial, found.votes) == (0, SAMPLE)


def test_a_footer_of_otherwise_different_texts_does() -> None:
    footer, shelf = words(99, 120), Shelf()
    for n in range(12):
        shelf.add(words(10 + n, 150) + " " + footer)
    assert shelf.find(words(50, 150) + " " + footer) is None


def test_boilerplate_is_known_for_longer_than_the_articles_it_stood_in() -> None:
    footer, shelf = words(99, 120), Shelf()
    for n in range(6):
        shelf.add(words(10 + n, 150) + " " + footer)
    assert shelf.find(footer, floor=6) is None
    entry = shelf.add(words(20, 150) + " " + footer, floor=6)
    assert entry.written.sum() == SAMPLE
    assert not set(sketch(footer).features) & set(entry.features[entry.written])
    assert shelf.find(words(50, 150) + " " + footer, floor=6) is None
    assert shelf.find(words(20, 150), floor=6) is not None


def test_articles_are_found_whole_where_buckets_are_full() -> None:
    """Four fifths of all places are taken, the last ones of many buckets too; a few shingles find no room."""
    shelf = Shelf(200)
    for seed in range(200):
        shelf.add(words(seed, 100))
    found = [shelf.find(words(seed, 100)) for seed in range(200)]
    assert [estimate and estimate.serial for estimate in found] == list(range(200))
    assert sum(estimate.votes for estimate in found if estimate) >= 0.97 * 200 * SAMPLE


def test_what_stands_in_two_places_of_the_same_bucket_counts_once() -> None:
    tags, serials, cursors = buckets_for(1)
    out = np.empty(FREQUENT, np.uint32)
    for _ in range(3):
        write(tags, serials, cursors, np.uint64(77 << 32 | 5), 9)
    assert holders(tags, serials, np.uint64(77 << 32 | 5), 0, out) == 1
    assert out[0] == 9


def test_a_full_bucket_forgets_its_oldest_entry() -> None:
    tags, serials, cursors = buckets_for(1)
    out = np.empty(FREQUENT, np.uint32)
    features = [np.uint64((n + 1) << 32 | 5) for n in range(WAYS + 1)]  # other tags, one bucket
    for serial, feature in enumerate(features):
        write(tags, serials, cursors, feature, serial)
    assert holders(tags, serials, features[0], 0, out) == 0
    for serial in range(1, WAYS + 1):
        assert holders(tags, serials, features[serial], 0, out) == 1
        assert out[0] == serial


def test_a_shingle_of_many_articles_is_looked_up_no_further() -> None:
    tags, serials, cursors = buckets_for(1)
    out = np.empty(FREQUENT, np.uint32)
    for serial in range(WAYS):
        write(tags, serials, cursors, np.uint64(7 << 32), serial)
    assert holders(tags, serials, np.uint64(7 << 32), 0, out) == FREQUENT
    assert holders(tags, serials, np.uint64(7 << 32), WAYS - 2, out) == 2


def test_the_tag_does_not_repeat_what_the_bucket_says() -> None:
    tags, serials, cursors = buckets_for(1)
    out = np.empty(FREQUENT, np.uint32)
    write(tags, serials, cursors, np.uint64(3 << 32 | 5), 1)
    assert holders(tags, serials, np.uint64(4 << 32 | 5), 0, out) == 0
    assert holders(tags, serials, np.uint64(3 << 32 | 6), 0, out) == 1  # one bucket of 16, the same tag


@pytest.mark.parametrize("text", ["", "!", "one", "one two three", "buy " * 500])
def test_texts_with_hardly_a_shingle_are_stored_and_match_nothing(text: str) -> None:
    shelf = Shelf()
    shelf.add(text)
    assert shelf.find(text) is None


def test_the_bytes_in_use_grow_by_less_than_200_an_entry() -> None:
    index = Index(10_000)
    assert 130 <= (index.bytes_for(10_000) - index.bytes_for(0)) / 10_000 < 200
    assert index.bytes_for(0) / 10_000 < 250 + 12 * 1024 * 1024 / 10_000 + 10


def test_sketches_from_bytes_are_looked_up_like_fresh_ones() -> None:
    shelf = Shelf()
    shelf.add(words(1, 300))
    fresh = sketch(words(1, 280))
    assert shelf.index.look_up(fresh, 0)[0] == shelf.index.look_up(Sketch.unpack(fresh.pack()), 0)[0]
