"""Words around figures that say how to read them."""

from __future__ import annotations

from service.languages.lists import listed

BEFORE_DASH = listed("minus negative sub to a an of under over and plus now then")
"""Words after which a number behind a dash is a number, not part of a name."""
MODIFIERS = listed(
    "more fewer less other new such several current past same recent further previous full final first top"
)
"""Words at which a noun phrase would end, but may begin with."""
DETERMINERS = listed("the its his her their our those these my your all")
"""Words between "of" and a counted noun: "two of the companies"."""
NOT_BEFORE_ONE = listed(
    "this that any every each no which another the next last only some number first was is"
)
"""Words before "one" that make it a pronoun: "the next one"."""
YEAR_PREPOSITIONS = listed("in since by of during until before after from the year late early mid")
"""Words before four digits that make them a year even where a noun follows."""
