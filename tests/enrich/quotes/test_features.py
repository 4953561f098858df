"""The templates name columns that exist, near enough to be read, each once."""

from __future__ import annotations

import pytest

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.model import fingerprint
from service.enrich.quotes.templates import PARTS_MAX, REACH, Template, columns_read, templates_of

BOTH = pytest.mark.parametrize(
    ("templates", "columns"), [(f.FIRST, c.COLUMNS), (f.SECOND, f.SECOND_COLUMNS)], ids=["first", "second"]
)


@BOTH
def test_templates_read_columns_that_exist_within_reach(
    templates: tuple[Template, ...], columns: int
) -> None:
    for template in templates:
        assert 0 < len(template) <= PARTS_MAX
        assert all(0 <= column < columns and abs(offset) <= REACH for column, offset in template)


@BOTH
def test_no_template_stands_twice(templates: tuple[Template, ...], columns: int) -> None:
    assert len(set(templates)) == len(templates)
    made = templates_of(templates)
    assert len({int(own) for own in made.owns}) == len(templates)


def test_the_first_pass_knows_nothing_of_the_second() -> None:
    assert max(columns_read(f.FIRST)) < c.COLUMNS
    assert max(columns_read(f.SECOND)) < f.SECOND_COLUMNS


def test_word_columns_of_the_second_pass_are_those_it_reads() -> None:
    assert {column for column in columns_read(f.SECOND) if column < c.COLUMNS} == set(f.SECOND_WORD_COLUMNS)


def test_labels_begin_and_go_on_side_by_side() -> None:
    """Kernels add 1 to the label that begins a span to get the one inside it."""
    pairs = [(f.CUE_B, f.CUE_I), (f.SOURCE_B, f.SOURCE_I), (f.CONTENT_B, f.CONTENT_I)]
    pairs += [(f.SOURCE2_B, f.SOURCE2_I), (f.CONTENT2_B, f.CONTENT2_I)]
    assert all(inside == begin + 1 for begin, inside in pairs)
    assert max(f.CONTENT_I + 1, 0) == f.FIRST_LABELS
    assert f.CONTENT2_I + 1 == f.SECOND_LABELS


def test_a_model_for_other_templates_has_another_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    monkeypatch.setattr(f, "FIRST", f.FIRST[1:])
    assert fingerprint() != before
