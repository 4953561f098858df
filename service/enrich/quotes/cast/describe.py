"""Descriptions: "the Texas senator", "the committee", "the Post" -> whom the article has named so."""

from __future__ import annotations

from collections.abc import Iterable

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.phrase_tokens import Phrase
from service.enrich.quotes.cast.roles import same_role
from service.enrich.quotes.cast.side_by_side import one_of
from service.enrich.quotes.view import Range, View
from service.enrich.remembered import remembered
from service.languages.en.people import (
    BODY_NOUNS,
    DOCUMENT_NOUNS,
    FEMALE_NOUNS,
    LAWMAKERS,
    LEADERS,
    MALE_NOUNS,
    NO_GROUPS,
    OFFICES,
    PARTIES,
    PERSON_ENDINGS,
    PERSON_NOUNS,
)
from service.languages.en.places import NATIONALITIES
from service.languages.en.roles import NOT_IN_OFFICE, OUT_OF_OFFICE
from service.records import SpeakerKind

LEAD_SENTENCES = 3
"""Number of sentences at the head of a text, its headline included, where someone speaks who is named later."""

SPOKEN_OF_MORE = 3
"""Minimum ratio between the mentions of "the president" and those of a president of another country."""
NEAR_TOKENS = 80
"""Number of tokens before a description within which no other one of that role may be named."""

_CAPITALS = (c.CAPITAL, c.CAPITALS)


@remembered
def kind_of_noun(noun: str) -> SpeakerKind | None:
    """Tell what speaks, by the noun that the text gives."""
    noun = same_role(noun)
    if noun in DOCUMENT_NOUNS or one_of(noun) in DOCUMENT_NOUNS:
        return "document"
    if _is_plural(noun):
        return "group"
    if noun in PERSON_NOUNS or noun.endswith(PERSON_ENDINGS):
        return "person"
    if noun in BODY_NOUNS:
        return "organisation"
    if noun in ("people", "police") or (
        noun.endswith("s") and not noun.endswith("ss") and noun not in NO_GROUPS
    ):
        return "group"
    return None


def _is_plural(noun: str) -> bool:
    """Tell whether a noun is for several people: `officials`, `congressmen`."""
    one = noun.removesuffix("s")
    return noun.endswith("men") or (one != noun and (one in PERSON_NOUNS or one.endswith(PERSON_ENDINGS)))


def described_body(cast: Cast, phrase: Phrase, token: int) -> Entity | None:
    """Find the one body that the text has called `the committee` before a token."""
    if phrase.head not in BODY_NOUNS or phrase.before - {"the"}:
        return None
    called = (one for one in cast.bodies_called(phrase.head) if one.tokens and one.tokens[0] < token)
    named = next(called, None)
    return named if next(called, None) is None else None


def described_person(
    people: Iterable[Entity], phrase: Phrase, *, loosely: bool = False, at: int | None = None
) -> Entity | None:
    """Find the one person whose role has all these words: `the Northland leader`. `at`: the token of the description.

    Loosely: the most prominent person, where nothing that the text says of anyone contradicts it.
    """
    wanted = {same_role(word) for word in (*phrase.before, phrase.head)}
    if not loosely:
        titled = [one for one in people if one.sort != "body" and one.role_words]
        fitting = [one for one in titled if wanted <= one.role_words]
        fitting = fitting or [one for one in titled if _leads_as(one, wanted)]
        fitting = _holding(fitting, wanted)
        if len(fitting) > 1 and at is not None:
            fitting = _of_this_country(fitting, at)
        return fitting[0] if len(fitting) == 1 else None
    first = next(iter(people), None)
    if first is None or not first.name or phrase.head in OFFICES or not _may_be(first, phrase.head):
        return None
    return first


def named_later(cast: Cast, phrase: Phrase, tokens: Range) -> Entity | None:
    """Find the one of a role who is named behind a description at the head of the text: `A port spokesman said`."""
    view, (first, end) = cast.view, tokens
    if phrase.possessed or phrase.head in PARTIES or kind_of_noun(phrase.head) != "person":
        return None
    if not is_at_head(view, first):
        return None
    head = next((at for at in range(first, end) if view.lows[at] == phrase.head), end - 1)
    of = {view.lows[at] for at in range(head + 1, end) if view.kinds[at] in _CAPITALS}
    person = described_person([one for one in cast.entities if one.since > first], phrase)
    return person if person is not None and (not of or of & person.role_words) else None


def is_at_head(view: View, token: int) -> bool:
    """Tell whether a token stands where people speak who are named later."""
    return view.sentences[token] <= LEAD_SENTENCES


def _leads_as(one: Entity, wanted: set[str]) -> bool:
    """Tell whether a role has the words in another form: a premier is a leader, a senator is a lawmaker.

    No chairman or minister is "the president".
    """
    has = one.role_words
    if wanted & LEADERS and has & LEADERS and ("president" not in wanted or "leader" in has):
        has = has | LEADERS
    if "lawmaker" in wanted and has & LAWMAKERS:
        has = has | {"lawmaker"}
    return wanted <= has


def _holding(people: list[Entity], wanted: set[str]) -> list[Entity]:
    """Leave out deputies, and who has left the office: no `Vice President Roth` is "the president".

    A deputy stands for the office where nobody else does; who left it does not.
    """
    holding = [one for one in people if NOT_IN_OFFICE.isdisjoint(one.role_words - wanted)]
    if holding or wanted & LEADERS:
        return holding
    return [one for one in people if OUT_OF_OFFICE.isdisjoint(one.role_words - wanted)]


def _of_this_country(people: list[Entity], at: int) -> list[Entity]:
    """Return the one of a role whom nothing says to be of another country, and of whom the text speaks most.

    Nobody where another one is named shortly before the token `at`.
    """
    plain = [one for one in people if NATIONALITIES.isdisjoint(one.role_words)]
    if len(plain) != 1:
        return []
    others = [one for one in people if one is not plain[0]]
    rarer = all(len(plain[0].tokens) >= SPOKEN_OF_MORE * len(one.tokens) for one in others)
    near = any(at - NEAR_TOKENS <= token < at for one in others for token in one.tokens)
    return plain if rarer and not near else []


def _may_be(one: Entity, noun: str) -> bool:
    if (noun in FEMALE_NOUNS and one.gender == "male") or (noun in MALE_NOUNS and one.gender == "female"):
        return False
    return one.gender is not None or one.sort == "person"
