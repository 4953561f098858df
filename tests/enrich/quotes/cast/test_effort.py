"""Bounds of the casting: texts of nothing but names cost no more than others, and far mentions count for nothing."""

from __future__ import annotations

import pytest

from service.enrich.quotes.cast import focus
from service.enrich.quotes.cast.asked import Asked
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.focus import Focus
from service.enrich.quotes.cast.gather import BEARERS_MAX, ENTITIES_MAX, Cast
from service.enrich.quotes.cast.names import read_name
from service.enrich.quotes.cast.runs import RUNS_MAX, name_runs
from service.enrich.quotes.subjects import CONJUNCTION_TOKENS_BACK, subject_before
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
GIVEN = [first + second + third for first in "BDFGKL" for second in "aeiou" for third in ("rn", "lm", "sp")]


def view_of(text: str) -> View:
    return View(tokenise(text, VOCABULARY))


def test_words_in_lower_case_are_those_of_the_text_and_empty_outside_it() -> None:
    view = view_of("Ada’s HARBOUR, Łódź.")
    assert [view.lows[token] for token in range(view.count)] == ["ada", "'s", "harbour", ",", "łódź", "."]
    assert view.lows[-1] == view.lows[view.count] == ""


def test_runs_are_bounded() -> None:
    text = "we saw Brandt there. " * (RUNS_MAX + 10)
    assert len(name_runs(view_of(text))) == RUNS_MAX


@pytest.mark.parametrize(("bearers", "found"), [(1, True), (BEARERS_MAX, False), (BEARERS_MAX + 1, False)])
def test_a_surname_of_many_means_nobody(bearers: int, found: bool) -> None:
    text = " ".join(f"Then {given} Holmquist came." for given in GIVEN[:bearers])
    cast = Cast(view_of(text))
    assert len(cast.entities) == bearers
    assert (cast.named(read_name("Holmquist")) is not None) is found


@pytest.mark.parametrize(
    ("asked", "found"), [(ENTITIES_MAX - 1, "Ada Holmquist"), (ENTITIES_MAX, "Holmquist")]
)
def test_full_names_inside_quotation_marks_are_sought_for_a_bounded_number(asked: int, found: str) -> None:
    cast = Cast(view_of('"Ask Ada Holmquist," he said.'))
    for number in range(asked):
        cast.complete(Entity(f"Ber{number}", (f"ber{number}",), "unknown"))
    last = Entity("Holmquist", ("holmquist",), "unknown")
    cast.complete(last)
    assert last.name == found


@pytest.mark.parametrize(("words", "found"), [(20, True), (CONJUNCTION_TOKENS_BACK, False)])
def test_the_clause_of_a_subject_is_sought_so_far_back(words: int, found: bool) -> None:
    view = view_of(f"Rain fell, and in {'very ' * words} cold houses, Falk said fees would rise.")
    verb = next(token for token in range(view.count) if view[token] == "said")
    assert (subject_before(view, verb, 0) == (verb - 1, verb)) is found


def test_bodies_are_found_by_the_head_of_their_name() -> None:
    cast = Cast(view_of("He met the Tarrow Harbour Committee and the Tarrow Board."))
    assert [one.name for one in cast.bodies_called("board")] == ["Tarrow Board"]
    cast.adopt(read_name("Orlen Board"), 3)
    assert [one.name for one in cast.bodies_called("board")] == ["Tarrow Board", "Orlen Board"]
    assert cast.bodies_called("library") == []


def test_only_names_that_share_a_word_with_a_phrase_are_gathered_for_it() -> None:
    view = view_of("Ada Brandt met Ivo Lund and the Tarrow Board. Brandt said so.")
    speaking = view.count - 4
    assert view[speaking] == "Brandt"
    cast = Cast(view, Asked([(speaking, speaking + 1)]))
    assert [one.name for one in cast.entities] == ["Ada Brandt"]
    assert len(Cast(view).entities) > 1


def test_names_of_places_become_entities_only_when_someone_asks_for_them() -> None:
    cast = Cast(view_of("He left Tarrow for Ostermark, and in Tarrow it rained."))
    assert cast.entities == []
    found = cast.named(read_name("Tarrow"))
    assert found is not None
    assert cast.entities == [found]
    assert len(found.tokens) == 2


def test_mentions_that_are_left_out_would_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = ["Olle Skarin spoke.", "Ivo Lund met Olle Skarin."] + ["Rain fell."] * 6
    view = view_of(" ".join([*sentences, "Ivo Lund came.", *sentences, "Later he left."]))
    people = {name: Entity(name, (name.lower(),), "person", "male") for name in ("Skarin", "Lund")}
    starts = [(token, people[view[token]]) for token in range(view.count) if view[token] in people]

    def ranked() -> list[tuple[float, str]]:
        walked = Focus(view, starts)
        return [(weight, one.name) for weight, one in walked.ranked(view.count - 2, "male")]

    near = ranked()
    monkeypatch.setattr(focus, "SENTENCES_FADED", 1_000)
    assert ranked() == near
    assert {name for _, name in near} == {"Skarin", "Lund"}
    assert min(focus.OWNER, focus.OBJECT, focus.SUBJECT) > focus.SPOKE * focus.DECAY**4
