"""Which mention a surname, a pronoun or a description takes up: what stands before it, who was asked."""

from __future__ import annotations

import pytest

from service.enrich.quotes.cast.resolver import Resolver
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary
from service.records import Speaker


def spoken(marked: str) -> list[Speaker]:
    """Resolve the phrases between braces."""
    pieces = marked.replace("}", "{").split("{")
    text, places = "", []
    for number, piece in enumerate(pieces):
        if number % 2:
            places.append((len(text), len(text) + len(piece)))
        text += piece
    found = Resolver(View(tokenise(text, Vocabulary()))).resolve(places)
    return [found[place] for place in places]


def last_name(marked: str) -> str | None:
    """Return the name of the last one between braces."""
    return spoken(marked)[-1].name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        # who is named in full before it
        (
            "Anna Brandt said the port was safe, {Brandt} said. In 1990 Peter Brandt, the minister, and again Peter "
            "Brandt had closed it.",
            "Anna Brandt",
        ),
        # no body whose name only ends in the surname
        ("Ships left Harbour Bank Brandt. Anna Brandt came. {Brandt} said so.", "Anna Brandt"),
        # no headline with its verbs
        ("Brandt Just Showed Who's Next in Line\nMayor Anna Brandt spoke. {Brandt} said so.", "Anna Brandt"),
        # who is named in full only inside quotation marks
        ("She sat down with “The Anna Falk Hour.” {Falk} said that it was late.", "Anna Falk"),
        # ... unless that is another gender's, or two are
        ("“Peter Falk was right,” he said. Mrs. {Falk} said more.", "Falk"),
        ("“Anna Falk is right,” he said. “Peter Falk is not.” {Falk} said more.", "Falk"),
        # whose initials have no blank between them
        ("J.T. Brandt, the mayor, came. {Brandt} said so.", "J.T. Brandt"),
        ("George H.W. Brandt came. {Brandt} said so.", "George H.W. Brandt"),
        # a sentence may end in a country
        ("She lives in the U.S. {Brandt} said so.", "Brandt"),
    ],
)
def test_a_surname_finds_its_full_name(marked: str, name: str) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("{Peter Lund} spoke first. Then Karl Benn asked Tom Roth why. {He} said it was late.", "Tom Roth"),
        (
            "{Anna Brandt} said yes. It rained. It was late.\nAsked why she had not met Ruth Amsel, {she} said no.",
            "Anna Brandt",
        ),
    ],
)
def test_who_is_asked_answers_and_who_is_asked_about_does_not(marked: str, name: str) -> None:
    assert last_name(marked) == name


@pytest.mark.parametrize("verb", ["met", "heard", "hugged"])
def test_a_verb_before_a_role_is_no_part_of_it(verb: str) -> None:
    (moss,) = spoken(f"The crowd {verb} union leader Ida Moss. {{Moss}} said she was glad.")
    assert moss.role == "union leader"


def test_someone_named_inside_the_phrase_of_a_group_may_be_meant_next() -> None:
    group, he = spoken(
        "Leaks are hard to find, say {experts like Peter Roth, a hydrologist}. It takes years, {he} said."
    )
    assert (group.name, he.name) == (None, "Peter Roth")
