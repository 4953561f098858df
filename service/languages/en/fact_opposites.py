"""English words that have opposites, each with the number of its group and side."""

from __future__ import annotations

from typing import Final

SIDE_BITS: Final = 2
"""Number of bits of a word's number that tell its side: four at most."""

_GROUPS: Final = (
    (
        "rose rise rises rising gained gain gains gaining climbed climb climbs climbing higher increased increase "
        "increases increasing jumped jumps surged surges soared soars more",
        "fell fall falls falling slipped slip slips slipping dropped drop drops dropping declined declines lower "
        "decreased decrease decreases slumped slumps plunged plunges sank sinks fewer less",
        "unchanged steady flat",
    ),
    (
        "raised raise raises",
        "lowered lowers cut cuts trimmed trims reduced reduces",
        "kept keeps maintained maintains reaffirmed reaffirms retained",
        "withdrew withdraws scrapped scraps abandoned abandons",
    ),
    ("red", "amber", "yellow", "green"),
    ("minor slight", "serious severe critical", "fatal deadly"),
    ("cancelled canceled", "postponed delayed", "resumed restarted ahead", "suspended halted"),
    ("closed close closes closing shut shuts", "open opened opens opening reopen reopened reopens"),
    ("guilty convicted convicts", "cleared clears acquitted acquits innocent"),
    ("arrested detained", "charged", "released freed bailed", "remanded jailed"),
    ("killed kills dead died", "injured injures hurt wounded", "missing", "unhurt unharmed rescued"),
    ("won wins win beat beats defeated defeats", "lost loses lose"),
    ("led leads leading", "trailed trails trailing"),
    ("approved approves backed backs accepted accepts", "rejected rejects refused refuses blocked blocks"),
    ("confirmed confirms admitted admits", "denied denies"),
    (
        "ease eased eases weaken weakened weakens",
        "strengthen strengthened strengthens worsen worsened worsens",
    ),
    ("lifted lifts", "imposed imposes issued issues", "extended extends"),
    ("supported supports support", "opposed opposes oppose"),
    ("buy buys bought", "sell sells sold"),
    ("profit profits", "loss losses"),
    ("widened widens", "narrowed narrows"),
    ("hired hires", "fired fires"),
    ("above", "below"),
    ("allowed allows allow", "banned bans ban barred forbid"),
    ("longer bigger larger", "shorter smaller"),
    ("longest biggest largest highest", "shortest smallest lowest"),
    ("northern", "southern", "eastern", "western"),
    ("man men boy boys", "woman women girl girls"),
    ("son sons brother brothers father husband", "daughter daughters sister sisters mother wife"),
    ("morning", "afternoon", "evening", "night"),
    ("likely", "unlikely"),
    ("strong", "weak"),
    ("joins joined", "quits quit left leaves"),
    ("succeeded succeeds", "failed fails"),
)

OPPOSITES: Final = {
    word: number << SIDE_BITS | side
    for number, sides in enumerate(_GROUPS, 1)
    for side, words in enumerate(sides)
    for word in words.split()
}
"""Word -> number of its group times four, and its side."""
