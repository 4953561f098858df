"""The vocabulary of facts as a table of hashes, and what of a raw text is read beside the clean one."""

from __future__ import annotations

import numpy as np

from service.sketch.english_facts import english_facts
from service.sketch.fact_bits import F_FIGURE, KIND_SHIFT
from service.sketch.fact_words import COMMON, STOP, fact_words, slot_of, word_hash
from service.sketch.facts import facts_of
from service.sketch.hashing import code_points
from service.sketch.sketch import sketch, sketch_of

WORDS = tuple(
    f"word{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyzabcd'[n // 100]}" for n in range(1000)
)


def test_every_word_has_its_classes_and_no_other_word_has_any() -> None:
    table = fact_words([(STOP, WORDS[:500]), (COMMON, WORDS[250:750])], [])
    for number, word in enumerate(WORDS):
        found = int(table.classes[slot_of(table.hashes, np.uint64(word_hash(word)))])
        assert found == (STOP if number < 500 else 0) | (COMMON if 250 <= number < 750 else 0)


def test_code_points_stand_for_their_text() -> None:
    text = "Mara Lorne opened the quay on 3 May. It wasn't closed again, Tamm’s office said."
    points = code_points(text)
    assert (
        facts_of("Quay", text, english_facts(), points=points).pack()
        == facts_of("Quay", text, english_facts()).pack()
    )
    assert sketch_of(points).pack() == sketch(text).pack()


def test_many_lines_taken_are_known_as_few_are() -> None:
    kept = [f"Line {n} tells that Mara Lorne saw {n} boats in Vestby." for n in range(30)]
    taken = [f"Caption {n}: Hal Tamm counted {n + 500} crates." for n in range(30)]
    raw = [line for both in zip(kept, taken, strict=True) for line in both]
    alone = facts_of(None, "\n".join(kept), english_facts())
    beside = [
        facts_of(None, "\n".join(kept), english_facts(), raw="\n".join([*raw[: 2 * n], *kept[n:]])).features
        for n in (0, 1, 30)
    ]
    assert beside[0].tolist() == alone.features.tolist()
    assert alone.features.size < beside[1].size < beside[2].size
    captions = facts_of(None, "\n".join(taken), english_facts()).features
    figures = {f & 0xFFFFFF for f in captions.tolist() if f >> KIND_SHIFT == F_FIGURE}
    assert len(figures) == 60
    assert figures <= {f & 0xFFFFFF for f in beside[2].tolist()}
