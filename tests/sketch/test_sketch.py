"""The sketch of a text: golden numbers, any text at all, and its size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.sketch import sketch as module
from service.sketch.sketch import ALGORITHM_VERSION, PROBE_MIN, PROBE_WORDS, TEXT_CHARS_MAX, Sketch, sketch


def numbered(count: int, start: int = 0) -> str:
    """So many different words."""
    return " ".join(f"w{n}" for n in range(start, start + count))


def test_a_known_text_has_the_sketch_it_always_had() -> None:
    # If this fails, the same text gives other hashes than before: ALGORITHM_VERSION has to change with it.
    made = sketch("Rain fell on the quiet harbour all night.")
    assert made.features.tolist() == [
        0x1D9F6DEB29B2EDF4,
        0x3673BFFDD3FC38A2,
        0x38495721E64263F2,
        0x3EE78BFF52DA572D,
        0x85FF6AED0689AAA7,
    ]
    assert made.places.tolist() == [51, 102, 153, 204, 0]
    assert made.words.tolist() == [6777, 10571, 13763, 19561, 24578, 36290, 36901, 43979]
    assert sketch("港口昨夜停航三天。").features.tolist()[0] == 0x4F7D081EC99CCA3
    assert ALGORITHM_VERSION == 1


def test_an_empty_text_has_an_empty_sketch() -> None:
    for text in ("", " \n", "…!?", "\U0001f600"):
        made = sketch(text)
        assert (made.features.size, made.distinct, made.total, made.words.size) == (0, 0, 0, 0)
        assert made.complete


def test_one_word_again_and_again_is_one_shingle() -> None:
    made = sketch("buy " * 1_000)
    assert (made.distinct, made.total, made.words.size) == (1, 997, 1)
    assert made.repeat > 0.99


def test_a_body_that_stands_twice_repeats_half_of_itself() -> None:
    assert sketch(numbered(500)).repeat == 0
    assert sketch(f"{numbered(500)}\n\n{numbered(500)}").repeat == pytest.approx(0.5, abs=0.01)


def test_a_quarter_of_the_shingles_is_kept_and_64_at_least() -> None:
    assert sketch(numbered(40)).features.size == 37
    assert sketch(numbered(150)).features.size == PROBE_MIN
    assert sketch(numbered(2_003)).features.size == 500
    assert sketch(numbered(2_003)).words.size == PROBE_WORDS


def test_places_follow_the_text() -> None:
    made = sketch(numbered(400))
    halves = sketch(numbered(200))
    first_half = np.isin(made.features, halves.features)
    assert made.places[first_half].max() < 130
    assert made.places.max() > 200


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    text = numbered(30_000)
    assert len(text) > TEXT_CHARS_MAX
    assert sketch(text).pack() == sketch(text[:TEXT_CHARS_MAX] + "anything else").pack()
    assert sketch(text * 20).total < TEXT_CHARS_MAX


def test_hashes_made_to_fill_one_bin_are_sorted_all_the_same() -> None:
    crowded = np.array([(1 << 50) + n * 37 % 1_000 for n in range(5_000)], np.uint64)
    kept, distinct = module._sort_distinct(crowded)
    assert kept[:distinct].tolist() == np.unique(crowded).tolist()


@given(st.lists(st.integers(0, 2**64 - 1), max_size=300), st.integers(1, 3))
def test_sorting_by_bins_is_sorting(values: list[int], times: int) -> None:
    hashes = np.array(values * times, np.uint64)
    kept, distinct = module._sort_distinct(hashes)
    assert kept[:distinct].tolist() == np.unique(hashes).tolist()


@given(st.text(st.characters(), max_size=300))
def test_any_text_has_a_sketch_that_holds_together(text: str) -> None:
    made = sketch(text)
    again = Sketch.unpack(made.pack())
    assert (np.diff(made.features.astype(object)) > 0).all()
    assert made.features.size == made.places.size <= made.distinct <= made.total
    assert again.features.tolist() == made.features.tolist()
    assert (again.distinct, again.total) == (made.distinct, made.total)
    assert again.words.tolist() == made.words.tolist() == sorted(set(made.words.tolist()))
    assert again.places.tolist() == made.places.tolist()


def test_another_version_is_refused_by_name() -> None:
    packed = bytearray(sketch(numbered(50)).pack())
    packed[1] += 1
    with pytest.raises(ValueError, match="algorithm version 2; this code reads 1"):
        Sketch.unpack(bytes(packed))


def test_a_sketch_that_contradicts_itself_is_refused() -> None:
    made = sketch(numbered(50))
    reversed_ = Sketch(made.features[::-1], made.places, made.distinct, made.total, made.words)
    with pytest.raises(ValueError, match="contradicts itself"):
        Sketch.unpack(reversed_.pack())
    fewer = Sketch(made.features, made.places, 3, made.total, made.words)
    with pytest.raises(ValueError, match="contradicts itself"):
        Sketch.unpack(fewer.pack())
