"""Words around a figure that say whether a reader would put it into a table."""

from __future__ import annotations

from service.languages.lists import words

TOLLS_OF_ANY_SIZE = words(
    "dead deaths killed injured injuries wounded victims casualties fatalities survivors hostages arrests seats votes",
    "infections goals medals",
)
"""Counted nouns that belong into a table however few they are: "three deaths"."""
TOLLS = TOLLS_OF_ANY_SIZE | words("jobs homes cases layoffs redundancies refugees evacuees")
"""Those that do from ten on: of one family's three homes, or of two cases in court, nobody keeps a table."""
HARMED = words(
    "killed dead died dying injured wounded hurt arrested hospitalized hospitalised missing murdered slain massacred",
    "executed drowned slaughtered beheaded kidnapped shot",
)
"""Words behind a number of people that make it a toll: "nine people were killed"."""
HARMING = words(
    "kill killed killing kills injure injured injuring injures wound wounded wounding murder murdered murdering arrest",
    "gunned arrested arresting massacred slaughtered slaughtering slaying kidnapped executed death deaths",
)
"""Words before a number of people that make it a toll: "an explosion killed nine people"."""
TOLL_WORDS = words("toll killed killing kills died dead injured wounded injuring wounding missing arrested")
"""Words beside a number that counts nobody by name and make it a toll: "the toll rose to 19", "killed 31"."""
PARTS_OF_A_TEXT = words(
    "page pages word words character characters photo photos image images picture pictures slide slides question",
    "questions reason reasons things ways",
)
"""Counted nouns that tell how long a text is, or nothing."""
RATIOS = words(
    "as more that what the less fewer greater higher lower larger bigger smaller likelier better worse faster longer",
    "its their his her",
)
"""Words behind "three times" that make it a ratio: "three times as many"; without one it tells how often."""
DIRECTIONS = words(
    "north south east west northeast northwest southeast southwest from away off outside inland offshore downstream",
    "upstream",
)
"""Words behind a length that make it say where a place lies: "30 miles north of the town"."""
PLANS = words("plan plans program programme agenda proposal list manifesto strategy checklist")
"""Words behind "10-point" that make the points those of a text."""
