"""Of all words with a capital only those are read by which someone may be meant who is asked for."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims
from service.enrich.quotes.cast import focus, side_by_side
from service.enrich.quotes.cast.asked import EVERYONE, ROLES, SENTENCES_ASKED, Asked
from service.enrich.quotes.cast.runs import name_runs
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary

VOCABULARY = Vocabulary()
PEOPLE = "Rain fell in Tarrow. Then Ada Brandt came. Later Brandt left Ostermark with Ivo Lund."
ALL = ["Rain", "Tarrow", "Ada Brandt", "Brandt", "Ostermark", "Ivo Lund"]


def view_of(text: str) -> View:
    return View(tokenise(text, VOCABULARY))


def place(view: View, word: str) -> int:
    return next(token for token in range(view.count) if view[token] == word)


def wordings(view: View, asked: Asked | None) -> list[str]:
    return [run.wording for run in name_runs(view, asked)]


def test_all_runs_are_read_where_nothing_tells_who_is_asked_for() -> None:
    assert wordings(view_of(PEOPLE), None) == ALL


def test_a_pronoun_asks_for_those_before_it_who_are_more_than_a_bare_word() -> None:
    view = view_of(f"{PEOPLE} He went on. Jan Falk stayed.")
    assert wordings(view, Asked([], [place(view, "He")])) == ["Ada Brandt", "Brandt", "Ivo Lund"]


def test_a_phrase_asks_for_those_who_share_a_word_with_it() -> None:
    view = view_of(PEOPLE)
    ostermark = place(view, "Ostermark")
    assert wordings(view, Asked([(ostermark, ostermark + 1)])) == ["Ostermark"]


def test_everyone_is_everyone_but_bare_words() -> None:
    view = view_of(f"{PEOPLE} Jan Falk stayed.")
    assert wordings(view, Asked([], whom=EVERYONE)) == ["Ada Brandt", "Brandt", "Ivo Lund", "Jan Falk"]


def test_a_role_asks_for_those_of_whom_the_text_says_what_they_are() -> None:
    view = view_of(f"{PEOPLE} Mayor Jan Falk met Falk. Then Ida Moss (D-Ostmark) spoke.")
    assert wordings(view, Asked([], whom=ROLES)) == ["Mayor Jan Falk", "Falk", "Ida Moss"]


@pytest.mark.parametrize(("letters", "found"), [(3, ["Tarrow Harbour Board", "Council"]), (4, ["Council"])])
def test_initials_ask_for_names_of_as_many_words_and_for_those_that_go_on(
    letters: int, found: list[str]
) -> None:
    view = view_of("Then Tarrow Harbour Board met Ada Brandt. Later the Council of Works met in Ostmark.")
    assert wordings(view, Asked([], initials=letters)) == found


def test_nobody_is_looked_for_further_back_than_runs_are_read() -> None:
    assert max(focus.SENTENCES_BACK, side_by_side.SENTENCES_BACK) == SENTENCES_ASKED


@pytest.mark.parametrize(("between", "found"), [(SENTENCES_ASKED - 1, True), (SENTENCES_ASKED, False)])
def test_a_pronoun_asks_for_nobody_who_is_named_far_before_it(between: int, found: bool) -> None:
    view = view_of(f"Ada Brandt came. {'Rain fell. ' * between}Then she left.")
    assert (wordings(view, Asked([], [place(view, "she")])) == ["Ada Brandt"]) is found


def test_a_bare_surname_is_read_where_the_full_name_is_far_away() -> None:
    far = "Rain fell. " * SENTENCES_ASKED
    view = view_of(f"Ada Brandt came. {far}Later Brandt spoke in Tarrow. Then she left.")
    assert wordings(view, Asked([], [place(view, "she")])) == ["Ada Brandt", "Brandt"]


def test_what_leads_on_to_a_name_is_read_with_it() -> None:
    view = view_of("Then Chief Inspector of Mines Redo Sumar spoke. Later he left.")
    assert wordings(view, Asked([], [place(view, "he")])) == ["Chief Inspector", "Mines Redo Sumar"]


def test_a_place_near_a_title_is_none_of_two_people() -> None:
    text = (
        "The leader went to Tarrow and Ada Brandt went home. Both candidates said that the harbour must grow."
    )
    (claim,) = [one for one in find_claims(text).claims if one.speaker is not None]
    assert claim.speaker is not None
    assert claim.speaker.text == "Both candidates"
    assert claim.speaker.name is None


def test_a_title_with_a_surname_is_a_person_though_the_surname_stood_alone_before() -> None:
    text = "The Brandt Fund met. Emails to Brandt were found. Mrs. Brandt left. She said that the harbour must grow."
    (claim,) = [one for one in find_claims(text).claims if one.speaker is not None]
    assert claim.speaker is not None
    assert claim.speaker.name == "Brandt"
