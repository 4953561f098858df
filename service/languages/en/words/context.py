"""Words around figures: grammar, comparison, change, and what keeps a number from being a count."""

from __future__ import annotations

from service.languages.lists import listed, named

SYMBOLS = list("‘$€£¥%-–—‑−/⁄^().,'’′″\"“”+~°=:;?!&*[]×½¼¾²³#@<>|_…·•{}≈≥≤")
FUNCTION_WORDS = listed(
    "a an the of to in on at by for with from and or but nor as than that this these those which who whom whose",
    "what when where while if because since until till before after during between among across against through",
    "throughout over under above below up down out off into onto upon about around per each every all any some",
    "no not only just even also still yet so such very too more most less least fewer few many much several other",
    "another others same own both either neither it its he his him she her they their them we our us you your i my",
    "me is are was were be been being am has have had having do does did doing done will would shall should can",
    "could may might must said says say according there here then now later ago earlier away apart yes via plus",
    "minus without within along around behind beyond despite near worth old ahead back again already almost nearly",
    "roughly approximately exactly how why versus vs although though whether ever never once twice today",
)
COMPARATORS = named(
    "over: over above exceeding exceed exceeds exceeded beyond topping topped tops >", "under: under below sub <",
    "about: about around roughly approximately approx nearly almost some circa estimated barely ~ ≈",
    "equal: exactly precisely", "at_least: ≥", "at_most: ≤",
)  # fmt: skip
PLACES = listed("above below under beyond exceeding exceed exceeds exceeded topping topped tops")
"""Comparators that do not belong to a date: "below 30 days"."""
COMPARATOR_PARTS = listed(
    "more less fewer greater higher lower longer than least most up to close just only as many much no not minimum",
    "maximum plus upwards upward excess odd cannot",
)
UP_WORDS = listed(
    "rose rise rises rising risen grew grow grows growing grown gained gain gains gaining increased increase",
    "increases increasing climbed climb climbs climbing jumped jump jumps jumping surged surge surges surging",
    "soared soar soars soaring advanced advance advances advancing added rallied rally rallies rallying higher",
    "growth hike raised raise raises leapt leaped spiked spike edged uptick upturn expanded expand expansion",
    "improved improvement strengthened boosted boost",
)
DOWN_WORDS = listed(
    "fell fall falls falling fallen dropped drop drops dropping declined decline declines declining decreased",
    "decrease decreases decreasing slipped slip slips slipping slid slide slides sliding lost lose loses losing",
    "plunged plunge plunges plunging plummeted plummet plummets plummeting tumbled tumble tumbles tumbling sank",
    "sink sinks shed sheds lower shrank shrink shrinks shrinking shrunk cut cuts cutting dip dips dipped eased",
    "ease eases slumped slump slumps dived dives reduced reduce reduction downturn contracted contraction",
    "weakened slashed narrowed loss",
)
CHANGE_FILLERS = listed(
    "by about around nearly almost over a an of more than roughly approximately another some further just as much"
)
"""Words that may stand between a verb of change and its figure: "rose by nearly 3 percent"."""
RANGE_CUES = listed(
    "range ranges ranging ranged vary varying anywhere between is are be takes take lasts costs"
)
NAME_HEADS = listed(
    "section chapter part article page no number num vol volume room route highway flight act rule title item step",
    "level phase game grade type version model channel lane gate platform zone district ward group pool round lap",
    "stage terminal line table figure fig paragraph para clause psalm verse resolution proposition prop amendment",
    "footnote exhibit appendix episode season windows category tier class interstate exit apartment suite floor box",
    "caption photo slide picture",
    "id code zip formula iphone galaxy boeing airbus covid top nos pp",
)
"""Words that make the number behind them a name: "Section 5", "top 10", "Flight 370"."""
PEOPLE = listed(
    "people persons men women children workers employees students residents troops soldiers voters members patients",
    "police officers jobs deaths cases homes votes shares units countries states",
)
"""Nouns so often counted that even a number which looks like a year is a count before them."""
NOT_COUNTED = listed(
    "told called call killed injured died dead wounded goes went wrong right good bad higher lower better worse wide",
    "long tall high deep respectively left ended won total overall alone together worldwide nationwide lead",
    "win victory draw loss defeat thing tells came took got saw gave became stood began",
)
"""Words behind a number that are no counted noun."""
IRREGULAR_PLURALS = listed(
    "people men women children feet teeth mice staff police cattle sheep personnel fishermen firemen aircraft fish",
    "spacecraft species wives lives policemen policewomen businessmen congressmen congresswomen servicemen spokesmen",
    "data criteria phenomena alumni media buses viruses campuses crises analyses bonuses",
)
RATES = listed("share person head unit")
LETTERS = listed("p q s d ve u o r www")
OTHERS = listed(
    "ad am pm clock eve day aged age ages point points basis couple times year years light negative sterling number",
    "entire whole low model half took takes lasted only second seconds latter calendar little hong new sri south",
    "british pre metre metres meter meters feet foot turned turns turning against vs h stg compared local",
)
"""Words that one grammar or another asks for by name."""
