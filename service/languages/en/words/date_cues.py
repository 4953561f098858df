"""Words around dates that say how to read them: what stands before a year, a month, a time of day, a length."""

from __future__ import annotations

from service.languages.lists import listed

CLOCK_BEFORE = listed("at by until till around about from since before after")
DAY_PARTS = listed("morning afternoon evening night mornings afternoons evenings nights")
HOLIDAY_BEFORE = listed("at by before after since on over for until till this last next during")
LENGTH_BEFORE = listed("for in within after of took takes least than only just until lasted once twice")
BARE_LENGTH_BEFORE = listed("for in over after within took takes")
"""Words before a unit in the plural without a number: "for weeks"."""
DETERMINERS = listed("last past previous prior next coming upcoming following this current")
MONTH_BEFORE = listed(
    "in since until till by last this next of early late mid through during from between before after and every each",
    "to past -",
)
"""Words that want a month behind them: "in May", not "it may"."""
BEFORE_THAT = listed("again later early late by in until since of during before after")
"""Words before "that May" that make it the month of a year named before; "said that May ..." goes on as a clause."""
YEAR_BEFORE = listed(
    "in since of by until till from before after during between fiscal early late mid circa year spring summer",
    "autumn fall winter through calendar ad",
)
"""Words before any four digits that make them a year."""
ANCIENT_YEAR_BEFORE = listed("in since until by circa ad between")
"""Words before digits that are a year, though not one of our time."""
NO_YEAR_BEFORE = listed("no nos number flight route room highway model")
COUNT_BEFORE = listed("to and than least most some nearly almost over about roughly approximately")
"""Words that make four digits behind them a count."""
PLAIN_YEAR_BEFORE = listed("in since by until from before after during between")
SEASON_BEFORE = listed("in during over since by until this through of")

SCHEDULED = listed(
    "reopens reopen expires expire faces meets meet travels arrives returns resumes hosts visits flies heads hears",
    "speaks launches publishes releases unveils decides convenes closes ends starts runs plays takes goes go comes",
    "leaves enters becomes appears marks celebrates kicks airs premieres holds lasts votes moves joins departs debuts",
    "sits reconvenes",
)
"""Verbs of the present tense that tell of what is planned, where no noun can stand: "the bridge reopens on Friday"."""
SCHEDULED_NOT_BEHIND = listed(
    "the a an of his her its their these those two three four five six seven eight nine ten several many some more on",
    "in",
)
"""Words behind which they are nouns: "three runs"."""
PROJECTING = listed("threatened vowed pledged promised urged")
"""Verbs of the past whose infinitive is still to come: "threatened to strike from Monday"."""
SAYING = listed("said told asked added laughed smiled")
"""Verbs whose subject is a person, even one called June."""
HONORIFICS = listed("mr mrs ms miss dr sir lord lady president senator judge minister chancellor captain")
YEAR_SHORT_BEFORE = listed("of in since by from until till class summer spring autumn winter early late")
"""Words before "'68" that make it a year."""
HOURS_BEFORE = listed("at from to until till by before after between and around about since starts")
"""Words before "1900 hours" that make it a time of day."""
OTHER_DATE_WORDS = listed("fy h q good boxing new fortnight week before after later effect hours class")
"""Words that one grammar of dates or another asks for by name."""
