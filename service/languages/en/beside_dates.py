"""English words that tell what a number or two dates beside them mean."""

from __future__ import annotations

from typing import Final

from service.languages.en.people import PERSON_NOUNS
from service.languages.lists import words

AGED: Final = PERSON_NOUNS - words(
    "count head heads lead chief model source host star field fan minor forward"
)
"""Nouns of a person with an age behind the comma, without those that mean a thing or a number as well."""

CHANGED: Final = words(
    "move moves moved moving bring brings brought bringing forward postpone postpones postponed postponing delay",
    "delays delayed delaying reschedule rescheduled shift shifts shifted shifting change changes changed changing",
    "push pushes pushed pushing put back defer deferred switch switched advance advanced extend extended rearranged",
    "rise rises rose risen rising fall falls fell fallen falling grow grows grew grown growing climb climbs climbed",
    "drop drops dropped dropping decline declines declined increase increases increased decrease decreased jump jumps",
    "jumped surge surged soared plunged tumbled slip slipped slid sank gain gained eased improve improved up down",
    "slow slows slowed double doubled swing swung lower higher cut unchanged accelerated shrank widened narrowed",
)
"""Words before "from May to April" that make two dates the old and the new one, or two that are compared: no span."""
