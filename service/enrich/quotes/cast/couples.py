"""Bearers of one surname told apart by the title: `Lady Pike` is not Sir Rex Pike."""

from __future__ import annotations

from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.names import Naming
from service.languages.en.people import FEMALE_COURTESIES, MALE_COURTESIES


def of_gender(bearers: list[Entity], naming: Naming) -> list[Entity]:
    """List the bearers of a surname who may have its title: those of its gender, or else those of no other title.

    What a given name shows is not enough to leave someone out: a man may be called Andrea.
    """
    if naming.gender is None:
        return bearers
    fitting = [one for one in bearers if one.gender in (naming.gender, None)]
    return fitting or [one for one in bearers if not _is_contrary(naming, one)]


def _is_contrary(naming: Naming, one: Entity) -> bool:
    """Tell whether a name has a title of one sex, and someone has been given one of the other."""
    mine, other = FEMALE_COURTESIES, MALE_COURTESIES
    if naming.gender == "male":
        mine, other = other, mine
    return not mine.isdisjoint(naming.titles) and not other.isdisjoint(one.role_words)
