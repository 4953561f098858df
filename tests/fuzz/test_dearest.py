"""The search for dear texts: it makes what its recipes say, climbs, and measures what stages really do."""

from __future__ import annotations

import random

from service.stages import INTAKE, STAGES, THREADS
from tests.fuzz.dearest import TEXT_BYTES, Costs, Recipe, Search, Stages, changed, confirmed, drawn


def test_recipes_make_the_same_text_of_the_full_size_each_time() -> None:
    dice = random.Random(4)
    recipe = drawn(dice)
    for _ in range(40):
        text = recipe.text()
        assert TEXT_BYTES - 4 <= len(text.encode()) <= TEXT_BYTES
        assert recipe.text() == text
        recipe = changed(recipe, dice)


def _brackets(text: str) -> Costs:
    return {"one": float(text.count("(")), "other": float(len(set(text)))}


def test_the_search_climbs_where_drawing_alone_does_not_come() -> None:
    search = Search(_brackets, ["one", "other"], seed=7)
    for _ in range(240):
        search.step()
    drawing = random.Random(7)
    alone = [_brackets(drawn(drawing).text()) for _ in range(60)]
    for stage in ("one", "other"):
        assert search.dearest(stage)[0] > max(costs[stage] for costs in alone)


def test_a_text_is_measured_in_every_stage() -> None:
    costs = Stages().costs('"The quay will close," harbour master Ada Lorne said. It cost $3 million. ' * 40)
    assert set(costs) == set(STAGES)
    assert all(ms > 0 for ms in costs.values())


class Hiccups(Stages):
    """Stand for a machine whose other work makes a text look dear now and then."""

    def __init__(self) -> None:
        self._asked = 0

    def costs(self, text: str, rounds: int = 1) -> Costs:
        self._asked += 1
        hiccup = 90.0 if rounds == 1 and self._asked % 3 == 0 else 0.0
        return dict.fromkeys(STAGES, text.count("(") / 1_000 + hiccup)


def test_a_text_that_looked_dear_once_is_measured_again() -> None:
    dice = random.Random(2)
    calm = drawn(dice)
    dear = Recipe(("(",), "", 1, "", 0.0, 2, 1)
    for stage in (INTAKE.name, THREADS.name):
        ms, recipe = confirmed(Hiccups(), stage, [(90.0, calm), (60.0, dear)])
        assert recipe.pieces == dear.pieces
        assert 60.0 < ms < 70.0
