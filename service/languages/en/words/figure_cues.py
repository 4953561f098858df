"""Words around figures that say how to read them."""

from __future__ import annotations

from service.languages.lists import listed

BEFORE_DASH = listed("minus negative sub to a an of under over and plus now then")
"""Words after which a number behind a dash is a number, not part of a name."""
MODIFIERS = listed(
    "more fewer less other new such several current past same recent further previous full final first top"
)
"""Words at which a noun phrase would end, but may begin with."""
ADDED = listed("more fewer less further previous")
ATTRIBUTIVE = listed("police news sports media data arms savings sales customs")
"""Words like plurals that describe what is counted: "police officers", "news outlets"."""
DETERMINERS = listed("the its his her their our those these my your all")
"""Words between "of" and a counted noun: "two of the companies"."""
NOT_BEFORE_ONE = listed(
    "this that any every each no which another the next last only some number first was is"
)
"""Words before "one" that make it a pronoun: "the next one"."""
YEAR_PREPOSITIONS = listed("in since by of during until before after from the year late early mid")
"""Words before four digits that make them a year even where a noun follows."""
METRES_BEHIND = listed(
    "tall high long deep wide thick above below apart away off out down ahead race races sprint sprints freestyle",
    "backstroke breaststroke butterfly medley relay relays hurdles final finals heat heats title titles champion",
    "champions runner runners dash swim crown gold silver bronze record records steeplechase waves walls",
)
"""Words behind "100m" that make the letter a metre, not a million."""
PARTIES = listed(
    "sides leaders parties nations countries presidents ministers governments men women teams rivals allies neighbours",
    "neighbors powers capitals officials brothers sisters friends firms companies groups candidates players",
)
"""Plurals that "the two" only refers back to: "the two leaders" counts nothing."""
REFERRED_ALWAYS = listed("sides parties")
"""Those that "two" refers to even without "the"."""
IDIOM_NOUNS = listed("figure digit something horse")
"""Words behind a number and a hyphen that make an idiom: "a six-figure sum"."""
VOTING = listed(
    "vote votes voted voting ballot split approved rejected passed backed adopted defeated confirmed ratified"
)
"""Words before "215-210" that make it a vote, not a score."""
ABOUT_WHAT = listed(
    "lied lying lie lies ask asked asking asks talk talked talking talks spoke speak speaking complain complained",
    "complaining complaints concerned concerns concern worried worry worries question questions questioned warned",
    "warning warnings know knew learn learned heard hear information details story stories article book wrote write",
    "writing think thinking dispute doubts joke joked joking inquiry lies",
)
"""Words that take "about" as a preposition: "asked about 12 payments" counts exactly 12."""
OVER_LENGTH = listed(
    "for served serve serves spent spend took take takes taking lasted lasts last well just after waited wait of is",
    "was been being within in by since stretches lived ran runs aged",
)
"""Words before "over" that make it "more than" in front of a length of time: "served over 10 years"."""
OVER_WHAT = listed(
    "quarrelled quarreled fought fight fights fighting argued argue arguing argument dispute disputes row rows clash",
    "clashed clashes battle battles sued sue suing feud spat outrage anger concern concerns criticism scandal war deal",
    "talks protest protests protested questioned charged grilled fined arrested jailed resigned sacked",
)
"""Words that take "over" as a preposition: "quarrelled over 30 acres" counts exactly 30."""
OCCASIONS = listed(
    "evenings nights mornings afternoons weekends seasons games matches sessions rounds innings terms meetings",
    "episodes chapters races holes sets legs stages days lectures visits",
)
"""Counted nouns that "over" leads through like a span of time: "spread over two evenings"."""
BEFORE_TO_TOP = listed("to will would may might can could should must did does do")
"""Words before "top" that make it a verb: "could top $3 billion"."""
WITH_UP = listed(
    "make makes made making give gives gave given giving set sets setting break breaks broke broken blow blows blew",
    "blown take takes took taken taking eat eats ate draw draws drew drawn call called racked racking",
)
"""Verbs that "up" belongs to and says no rise: "make up 20 percent", "gave up 30 rifles"."""
WITH_DOWN = listed(
    "break breaks broke broken turn turns turned turning shoot shoots shot shooting burn burns burned tear tore torn",
    "gunned take takes took taken taking shut cut knock knocks knocked pull pulls pulled track tracked chop chopped",
)
"""Verbs that "down" belongs to and says no fall: "broke down 40 percent of it", "shot down 12 drones"."""
EARLIER = listed("from against versus vs than compared")
"""Words before an earlier figure that leaves its unit out: "to 40 million euros from 35 million"."""
REFERRING = listed("the these those both their its our his her")
"""Words before "two leaders" that make it refer back."""
