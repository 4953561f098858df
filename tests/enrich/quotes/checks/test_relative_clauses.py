"""What somebody says in a relative clause ends where the main verb comes, and the noun before "who" says it."""

from __future__ import annotations

import pytest

from service.enrich.claims import find_claims


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "A man charged with fraud who said he was innocent was released on Friday.",
            "A man charged with fraud",
            "he was innocent",
        ),
        (
            "A driver in Ostmark who said he had seen the crash was interviewed by police.",
            "A driver in Ostmark",
            "he had seen the crash",
        ),
        (
            "A nurse who said she would not have been paid was offered a loan.",
            "A nurse",
            "she would not have been paid",
        ),
        (
            "A former aide to Governor Ida Roth who said she was bullied has sued the state.",
            "A former aide to Governor Ida Roth",
            "she was bullied",
        ),
        ("It was Rex Benn who said the law he had signed was void.", "who", "the law he had signed was void"),
        (
            "It was Rex Benn who said the car Lund was driving was lost.",
            "who",
            "the car Lund was driving was lost",
        ),
        (
            "The council heard a driver who said the car Lund had found was lost.",
            "a driver",
            "the car Lund had found was lost",
        ),
        ("A clerk named Will who said he was ill was sent home.", "A clerk named Will", "he was ill"),
        (
            "A nurse who said the pay they wanted was too low was dismissed.",
            "A nurse",
            "the pay they wanted was too low",
        ),
        ("She lost her trust in Rex Benn who said the plan was dead.", "who", "the plan was dead"),
        (
            "Officials in Ostmark, who said the road was closed, warned us.",
            "Officials in Ostmark",
            "the road was closed",
        ),
    ],
)
def test_ends_at_the_main_verb(text: str, speaker: str, content: str) -> None:
    claim = next(claim for claim in find_claims(text).claims if claim.kind == "statement")
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.text) == (speaker, content)


@pytest.mark.parametrize(
    "content",
    [
        "the road was flooded when the bus was lost",
        "he was ill and was asked to leave",
        "what the mayor did was wrong",
    ],
)
def test_goes_on_behind_a_joint(content: str) -> None:
    claim = next(claim for claim in find_claims(f"Police spoke to a driver who said {content}.").claims)
    assert claim.text == content


@pytest.mark.parametrize(
    ("text", "speaker", "name", "content"),
    [
        (
            "Rex Benn, to whom Falk wrote that the till was empty, stayed silent.",
            "Falk",
            "Falk",
            "that the till was empty",
        ),
        (
            "Ida Moss, whose sister says the deed was forged, keeps the house.",
            "whose sister",
            None,
            "the deed was forged",
        ),
        (
            "Skylark, whose chief executive Jan Falk said sales would grow, fell on Friday.",
            "whose chief executive Jan Falk",
            "Jan Falk",
            "sales would grow",
        ),
        ("Benn relied on Falk, whose lawyer says she is innocent.", "whose lawyer", None, "she is innocent"),
        (
            "Pilots, most of whom say the hours are too long, are angry.",
            "most of whom",
            None,
            "the hours are too long",
        ),
        # the clause is over
        ("Ida Moss, whose sister died, said the house was hers.", None, "Ida Moss", "the house was hers"),
    ],
)
def test_who_speaks_in_a_clause_with_whose_is_not_whose_it_is(
    text: str, speaker: str | None, name: str | None, content: str
) -> None:
    (claim, *_) = find_claims(text).claims
    assert claim.text == content
    assert claim.speaker is not None
    assert claim.speaker.name == name
    assert speaker in (None, claim.speaker.text)
