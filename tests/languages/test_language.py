"""What is read of a text follows from the language that is handed in, not from English."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import points_of
from service.enrich.quotes.flags import Flags
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.vocabulary import Vocabulary
from service.languages.en import ENGLISH

INVENTED = replace(
    ENGLISH,
    tag="x-invented",
    saying=frozenset({"murmulo"}),
    titles=frozenset({"kapito"}),
    negations=frozenset({"nunka"}),
    negating_cues=frozenset({"murmulo"}),
    cue_negations=frozenset({"nek"}),
    negates_nothing=("nunka duba",),
    hedges=frozenset({"forsan"}),
    hedges_nothing_behind=("ke ",),
    foreign=frozenset({"the"}),
)
"""A language that nobody speaks."""


def kinds_of(text: str, vocabulary: Vocabulary) -> list[int]:
    return [int(kind) for kind in tokenise(text, vocabulary).attributes[:, c.KIND]]


def test_kinds_of_words_follow_from_the_language() -> None:
    vocabulary = Vocabulary(language=INVENTED)
    assert kinds_of("kapito murmulo", vocabulary) == [c.TITLE, c.SAYS]
    assert kinds_of("captain said", vocabulary) == [c.LOWER, c.LOWER]
    assert kinds_of("captain said", Vocabulary()) == [c.TITLE, c.SAYS]


def test_negations_and_hedges_follow_from_the_language() -> None:
    text = "nunka forsan not perhaps"
    places = [[(0, 5)], [(6, 12)], [(13, 16)], [(17, 24)]]
    flags, english = Flags(text, points_of(text), INVENTED), Flags(text, points_of(text))
    assert [flags.of(place, "") for place in places] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]
    assert [english.of(place, "") for place in places[2:]] == [(True, False), (False, True)]
    assert flags.of(places[3], "murmulo") == (True, False)


def test_what_makes_a_negation_or_a_hedge_mean_nothing_follows_from_the_language() -> None:
    text = "nunka duba, ke forsan, no doubt"
    flags = Flags(text, points_of(text), INVENTED)
    assert flags.of([(0, 31)], "") == (False, False)
    assert flags.of([(0, 31)], "nek murmulo") == (False, False)
    assert flags.of([(0, 31)], "nek") == (True, False)


def test_a_language_cannot_be_changed_and_leaves_nothing_empty() -> None:
    with pytest.raises(FrozenInstanceError):
        ENGLISH.tag = "de"  # type: ignore[misc]
    assert all(getattr(ENGLISH, field.name) for field in fields(ENGLISH))
    assert ENGLISH.model_file.is_file()
