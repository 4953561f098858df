"""A change that costs the recognition of changed facts fails: floors on made-up reports, each changed in one thing."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Final

import pytest

from tests.quality.fact_kinds import CHANGED, SAME
from tests.quality.fact_reports import Article, Mutation, a_report
from tests.quality.fact_stream import Item, decide, is_right, stream
from tests.quality.score import Share

REPORTS: Final = 20
FIRST_SEED: Final = 7_000
"""The weights are trained on reports with smaller seeds."""
UPDATES: Final = 20
TEMPLATED: Final = 20
"""Reports of each family: from about ten on, most words of a report are those of its siblings, too."""

FLOORS = dict.fromkeys((*CHANGED, *SAME), 1.0) | {
    "a name told once": 0.95,
    "a negation added": 0.95,
    "a lead of known facts": 0.75,
}
"""Minimum share of each kind that is decided right: what is changed goes on as an update, the rest is a duplicate.

Of 300 added negations one is lost, and it is among these 20: the filter takes "was not fined" and "was not" for known,
both at once. That its sentence is unknown would tell, but lets copies with other white space through, whose sentences
are unknown as well.
"""
STREAM_FLOORS = {
    "report": 1.0,
    "update": 0.95,
    "update of an update": 0.9,
    "reprint of a report": 0.95,
    "reprint of an update": 0.9,
    "report by template": 1.0,
    "its reprint": 0.96,
}
"""Minimum share of the items of a stream that are decided right, by what they are."""


@pytest.fixture(scope="module")
def scores() -> dict[str, Share]:
    return {name: _of_kind(name, mutate) for name, mutate in {**CHANGED, **SAME}.items()}


def _of_kind(name: str, mutate: Mutation) -> Share:
    """Decide on all reports, then on what one kind makes of each."""
    reports = [a_report(FIRST_SEED + number) for number in range(REPORTS)]
    originals = [Item(f"{number}", "report", report) for number, report in enumerate(reports)]
    variants = []
    for number, report in enumerate(reports):
        made = mutate(report, random.Random(number))
        if made is not None and made != report:
            repeats = f"{number}" if name in SAME else None
            variants.append(Item(f"{number}, {name}", name, made, repeats, f"{number}"))
    said = decide([*originals, *variants])
    return Share(sum(is_right(item, said[item.name]) for item in variants), len(variants))


@pytest.mark.parametrize("name", FLOORS)
def test_quality_stays_above_its_floor(name: str, scores: dict[str, Share]) -> None:
    assert scores[name].of >= REPORTS / 2
    assert scores[name].value >= FLOORS[name], f"{name}: {scores[name]}, floor {FLOORS[name]}"


@pytest.fixture(scope="module")
def stream_scores() -> dict[str, Share]:
    items = stream(FIRST_SEED, 60, TEMPLATED)
    verdicts = decide(items)
    right, made = defaultdict[str, int](int), defaultdict[str, int](int)
    for item in items:
        group = item.kind.partition(":")[0]
        made[group] += 1
        right[group] += is_right(item, verdicts[item.name])
    return {name: Share(right[name], made[name]) for name in made}


@pytest.mark.parametrize("name", STREAM_FLOORS)
def test_a_stream_stays_above_its_floor(name: str, stream_scores: dict[str, Share]) -> None:
    assert stream_scores[name].value >= STREAM_FLOORS[name], f"{name}: {stream_scores[name]}"


def test_late_reprints_of_many_updates_are_known() -> None:
    """Each update changes one figure of the last one; all are printed again when the last is out."""
    report = a_report(FIRST_SEED, 400)
    figure = report.body.partition("injured ")[2].partition(" on ")[0]
    changed = [report.body.replace(f"injured {figure} on", f"injured {200 + n} on") for n in range(UPDATES)]
    items = [Item("first", "report", report)]
    for n, body in enumerate(changed):
        items.append(Item(f"update-{n}", "update", Article(report.title, body), None, "first"))
    for n, body in enumerate(changed):
        again = Article(report.title, f"OSTBY, May 4 (AP) - {body}\n\nReporting by Ola Nord")
        items.append(Item(f"reprint-{n}", "reprint", again, f"update-{n}", "first"))
    verdicts = decide(items)
    assert [item.name for item in items if not is_right(item, verdicts[item.name])] == []
