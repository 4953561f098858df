"""Mentions -> people: the fullest name in the article, how it was concluded, the role; or nothing."""

from __future__ import annotations

import pytest

from service.enrich.quotes.cast.resolver import Resolver
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import View
from service.enrich.quotes.vocabulary import Vocabulary
from service.records import Speaker

VOCABULARY = Vocabulary()


def resolved(text: str, *mentions: str) -> list[Speaker]:
    """The speakers of mentions that follow each other in `text`."""
    view = View(tokenise(text, VOCABULARY))
    places: list[tuple[int, int]] = []
    position = 0
    for mention in mentions:
        start = text.index(mention, position)
        position = start + len(mention)
        places.append((start, position))
    speakers = Resolver(view).resolve(places)
    found: list[Speaker] = []
    for start, end in places:
        speaker = speakers[start, end]
        assert text[speaker.start : speaker.end] == speaker.text
        assert speaker.text == text[start:end] or text[start:end] == "who"
        found.append(speaker)
    return found


@pytest.mark.parametrize(
    ("text", "mentions", "name", "how", "role"),
    [
        (
            "Harbour director Ada Brandt came. The vote was late, Brandt said.",
            ("Ada Brandt", "Brandt"),
            "Ada Brandt",
            "last_name",
            "Harbour director",
        ),
        (
            "Ada Brandt, the director of the harbour, said so.",
            ("Ada Brandt, the director of the harbour",),
            "Ada Brandt",
            "same_mention",
            "director of the harbour",
        ),
        (
            "Northland President Olle Skarin met Ada Brandt. The Northland leader said no.",
            ("The Northland leader",),
            "Olle Skarin",
            "role",
            "Northland President",
        ),
        (
            "Council aide Ruth Amsel spoke. The council aide said more.",
            ("Ruth Amsel", "The council aide"),
            "Ruth Amsel",
            "role",
            "Council aide",
        ),
        ("Anna Brandt arrived. She said yes.", ("She",), "Anna Brandt", "pronoun", None),
        (
            "Anna Brandt met Peter Lund. She said yes.",
            ("She",),
            "Anna Brandt",
            "pronoun",
            None,
        ),
        (
            "Anna Brandt said yes. Later Ruth Amsel came by. He, she said, was late.",
            ("Anna Brandt", "she"),
            None,
            None,
            None,
        ),
        (
            "Anna Brandt said Ruth Amsel was late. She added that it rained.",
            ("Anna Brandt", "She"),
            "Anna Brandt",
            "pronoun",
            None,
        ),
        ("The ministry said no. It said so twice.", ("The ministry", "It"), None, None, None),
        (
            "The Kestrel Ministry said no. It said so twice.",
            ("Kestrel Ministry", "It"),
            "Kestrel Ministry",
            "pronoun",
            None,
        ),
        (
            "Ada Brandt and Paul Brandt came. Brandt said no.",
            ("Ada Brandt", "Paul Brandt", "Brandt said"),
            None,
            None,
            None,
        ),
        ("President Lin Tao came. Lin said no.", ("Lin Tao", "Lin"), "Lin Tao", "last_name", "President"),
        (
            "The Brandt campaign said no. Ada Brandt left.",
            ("The Brandt campaign",),
            "Brandt campaign",
            "same_mention",
            None,
        ),
        (
            "Ada Brandt and Peter Lund said no.",
            ("Ada Brandt and Peter Lund",),
            "Ada Brandt and Peter Lund",
            "same_mention",
            None,
        ),
        ("He said no.", ("He",), None, None, None),
        ("They said no.", ("They",), None, None, None),
    ],
)
def test_the_last_mention_resolves(
    text: str, mentions: tuple[str, ...], name: str | None, how: str | None, role: str | None
) -> None:
    speaker = resolved(text, *mentions)[-1]
    assert (speaker.name, speaker.resolved_by, speaker.role) == (name, how, role)


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        ("Relatives of Peter Lund said no.", "Relatives of Peter Lund", None),
        ("Peter Lund's spokesman said no.", "Peter Lund's spokesman", None),
        ("Doctors treating Peter Lund said no.", "Doctors treating Peter Lund", None),
        ("Officials in Northmere said no.", "Officials in Northmere", None),
        ("It fell, according to figures published on Tuesday.", "figures published on Tuesday", None),
        ("Council leader Ada Brandt on Sunday said no.", "Council leader Ada Brandt on Sunday", "Ada Brandt"),
        ("Ada Brandt late Monday said no.", "Ada Brandt late Monday", "Ada Brandt"),
        ("The mayor of Northmere, Ada Brandt, said no.", "The mayor of Northmere, Ada Brandt", "Ada Brandt"),
        ("His wife, Ada, said no.", "His wife, Ada", "Ada"),
        ("The Gazette's Ada Brandt said no.", "The Gazette's Ada Brandt", "Ada Brandt"),
        ("Sen. Ada Brandt (R-Ky.) said no.", "Sen. Ada Brandt (R-Ky.)", "Ada Brandt"),
        ("Ada Brandt (61), a baker, said no.", "Ada Brandt (61), a baker", "Ada Brandt"),
        ("Secretary of State Peter F. Lund said no.", "Secretary of State Peter F. Lund", "Peter F. Lund"),
        (
            "the Centre for Harbour Studies said no.",
            "the Centre for Harbour Studies",
            "Centre for Harbour Studies",
        ),
        ("A letter from Ada Brandt says no.", "A letter from Ada Brandt", "Ada Brandt"),
        ("A report written by Ada Brandt says no.", "A report written by Ada Brandt", "Ada Brandt"),
        ("A report commissioned by Ada Brandt says no.", "A report commissioned by Ada Brandt", None),
        ("Many of the speakers said no.", "Many of the speakers", None),
        ("Current and former officials said no.", "Current and former officials", None),
        ("Northland's and Southmark's presidents said no.", "Northland's and Southmark's presidents", None),
    ],
)
def test_a_phrase_is_named_by_its_head_alone(text: str, mention: str, name: str | None) -> None:
    assert resolved(text, mention)[0].name == name


@pytest.mark.parametrize(
    ("text", "mentions", "name"),
    [
        ("Senator Robin Hale met Governor Carla Stone. She said no.", ("She",), "Carla Stone"),
        ("Chancellor Rivka Stolz came. She said yes. A visitor left. He said no.", ("She", "He"), None),
        ("Peter Lund said yes. A guest said no. He added more.", ("Peter Lund", "A guest", "He"), None),
        ("Voters like Peter Lund, who said no.", ("who",), "Peter Lund"),
        (
            "Sen. Ada Brandt (D-Vt.) came. The Vermont senator said no.",
            ("The Vermont senator",),
            "Ada Brandt",
        ),
        ("The Harbour Board met. The board said no.", ("The board",), "Harbour Board"),
        (
            "Ada Brandt and Tom Lund said so. They left.",
            ("Ada Brandt and Tom Lund", "They"),
            "Ada Brandt and Tom Lund",
        ),
        ("The Northland Harbour Union (NHU) met. NHU said no.", ("NHU",), "Northland Harbour Union"),
        ("Anna Brandt and Paul Brandt came. Mrs. Brandt said no.", ("Mrs. Brandt",), "Anna Brandt"),
    ],
)
def test_mentions_of_one_entity_meet(text: str, mentions: tuple[str, ...], name: str | None) -> None:
    assert resolved(text, *mentions)[-1].name == name


def test_a_role_never_runs_over_another_person() -> None:
    speaker = resolved(
        "Minister Ivo Brand phoned Defence Secretary Carla Stone. Stone said no.", "Stone.", "Stone"
    )[1]
    assert (speaker.name, speaker.role) == ("Carla Stone", "Defence Secretary")


@pytest.mark.parametrize(
    ("text", "mention", "kind"),
    [
        ("Ada Brandt said no.", "Ada Brandt", "person"),
        ("The Harbour Board said no.", "The Harbour Board", "organisation"),
        ("Critics said no.", "Critics", "group"),
        ("The report said no.", "The report", "document"),
        ("Ada Brandt and Tom Lund said no.", "Ada Brandt and Tom Lund", "group"),
    ],
)
def test_speakers_have_a_kind(text: str, mention: str, kind: str) -> None:
    assert resolved(text, mention)[0].kind == kind


def test_a_name_has_a_confidence_and_no_name_none() -> None:
    full, pronoun = resolved("Ada Brandt came. She said no.", "Ada Brandt", "She")
    assert full.name_confidence is not None
    assert pronoun.name_confidence is not None
    assert full.name_confidence > pronoun.name_confidence
    assert resolved("Officials said no.", "Officials")[0].name_confidence is None


def test_who_stands_for_the_noun_before_it() -> None:
    assert resolved("Officials, who briefed reporters, said no.", "who")[0].text == "Officials"


@pytest.mark.parametrize(
    ("text", "mention", "name"),
    [
        (
            "Tax collector Nils Falk left. A spokeswoman, Jen Quill, stayed. The tide fell, she said.",
            "she",
            "Jen Quill",
        ),
        ("Spokeswoman Orla Vance left. Nothing was lost, she said.", "she", "Orla Vance"),
        ("The office sent spokeswoman Orl Vance. Nothing was lost, she said.", "she", "Orl Vance"),
        ("The U.S. Secretary of Defense Omar Sefu left. The talks failed, he said.", "he", "Omar Sefu"),
        ("Deputy Minister of Trade for Aske Tarja Lund left. It works, she said.", "she", "Tarja Lund"),
        (
            "President Olle Skarin came. Ivo Brandt spoke first. That is what the president means when he says so.",
            "he",
            "Olle Skarin",
        ),
        ("Ivo Brandt spoke first. That is what the mayor means when he says so.", "he", None),
        ("President Ivo Brandt spoke of the harbour. The officials said more.", "The officials", None),
        ("Ivo Brandt, a Republican, won. The Republican party said more.", "The Republican", None),
        (
            "The map of Ivo Brandt hung there. Rain fell. Snow fell. Hail fell. The tide was low, he said.",
            "he",
            None,
        ),
    ],
)
def test_a_wrong_name_is_worse_than_none(text: str, mention: str, name: str | None) -> None:
    view = View(tokenise(text, VOCABULARY))
    start = text.rindex(mention)
    place = (start, start + len(mention))
    assert Resolver(view).resolve([place])[place].name == name


def test_several_people_are_a_group_and_a_party_is_an_organisation() -> None:
    officials, party = "The officials said more.", "The Republican party said more."
    view = View(tokenise(officials, VOCABULARY))
    assert Resolver(view).resolve([(0, 13)])[0, 13].kind == "group"
    view = View(tokenise(party, VOCABULARY))
    found = Resolver(view).resolve([(0, 14)])[0, 14]
    assert (found.text, found.kind) == ("The Republican party", "organisation")


@pytest.mark.parametrize(
    ("text", "mentions", "name"),
    [
        # who is asked is named behind, not in the question
        (
            "Ida Moss came at noon, Moss said. Asked whether Vera Lund would stay, she shrugged.",
            ("Moss said", "she"),
            "Ida Moss",
        ),
        # "who" stands for the name before the apposition
        ("Dan Falk, an aide to Mayor Ana Roth, who was late, left.", ("who",), "Dan Falk"),
        # a body is called by all its name
        (
            "He sued the Tarrow Board of Public Works. The board said no.",
            ("The board",),
            "Tarrow Board of Public Works",
        ),
        # a thing that is called after someone is not someone
        ("All aboard the Falk Train, they cried. Nobody stopped. Falk said so.", ("Falk",), "Falk"),
        # a word at the head of a sentence is no name
        ("Maybe Falk knew. It was Falk who came, and Falk said so.", ("Falk said",), "Falk"),
        # two titles make no two people
        (
            "Vice President and Senior Counsel Nora Falk came.",
            ("Vice President and Senior Counsel Nora Falk",),
            "Nora Falk",
        ),
        # the given name is fuller than the initial
        ("N. Falk came. Later Nora Falk spoke. It was late, Falk said.", ("Falk said",), "Nora Falk"),
    ],
)
def test_who_is_meant(text: str, mentions: tuple[str, ...], name: str) -> None:
    assert resolved(text, *mentions)[-1].name == name


def test_words_that_lost_the_blank_between_them_make_no_name() -> None:
    text = "Senator Nora Falk Nora Jane FalkHarbour news | Ports closed met us. It was late, Falk said."
    assert resolved(text, "Falk said")[0].name in (None, "Falk", "Nora Falk")


def test_it_is_no_person() -> None:
    assert resolved("Lin Baro said no. It added that.", "Lin Baro", "It")[1].name is None


def test_bodies_of_one_name_in_two_places_are_two() -> None:
    text = (
        "Japan's Foreign Ministry said it rained. South Korea's Foreign Ministry said it did not. "
        "The ministry added that it snowed."
    )
    one, other, third = resolved(
        text, "Japan's Foreign Ministry", "South Korea's Foreign Ministry", "The ministry"
    )
    assert (one.name, other.name, third.name) == (
        "Japan's Foreign Ministry",
        "South Korea's Foreign Ministry",
        None,
    )


def test_a_body_of_one_place_is_called_as_ever() -> None:
    text = "Japan's Foreign Ministry said it rained. The ministry added that it snowed."
    assert {one.name for one in resolved(text, "Japan's Foreign Ministry", "The ministry")} == {
        "Foreign Ministry"
    }


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Ida Hall, 29, and Tom Webb, 34", "Ida Hall and Tom Webb"),
        ("Hall, 29, and Webb, 34", "Hall and Webb"),
        ("Hall, 29, of Tarrow", "Hall"),
    ],
)
def test_an_age_is_no_part_of_a_list_of_names(mention: str, name: str) -> None:
    (one,) = resolved(f"{mention}, said that it rained.", mention)
    assert one.name == name
