"""English words that tell how a figure is meant: won, needed, planned; killed, injured; of a day; a part."""

from __future__ import annotations

from typing import Final

from service.languages.lists import words

ASPECTS: Final = (
    words(
        "need needs needed require requires required requirement necessary threshold majority clinch secure"
    )
    | words("short away"),
    words("plan plans planned planning propose proposes proposed proposal proposing outline outlined eyeing")
    | words("aim target goal"),
    words("ask asks asked asking request requested requesting seek seeks sought seeking want wants wanted")
    | words("demand demanded hope hopes hoping hoped pressing"),
    words("offer offers offered bid bids pledge pledges pledged promise promised promises vow vowed"),
    words("threaten threatens threatened threatening warned"),
    words("forecast forecasts project projects projected projection projecting predict predicted envisioned"),
    words("permitted allowed capacity limit ceiling cap"),
    words("reject rejected refuse refused veto vetoed blocked"),
    words("stake grabs awarded delegation elect electing allocate allocated"),
    words("lost lose loses fewer cut cuts cutting less reduction reduce reduced"),
    words("average median"),
    words("previous previously earlier originally initially formerly"),
)
"""Words by which a figure is meant in another respect than one beside which no word of the line stands: needed,
planned, asked for, offered, threatened, forecast, allowed, refused, at stake, lost, on average, before."""

PARTS: Final = words(
    "other another additional further extra remaining rest including include includes included among",
    "first second third last",
)
"""Words right before a figure by which it counts a part, or what comes on top of another count."""
MORE: Final = "more"
THAN: Final = "than"
"""Twelve more people are others; more than twelve are all."""

RATES: Final = (
    words("daily day"),
    words("weekly week"),
    words("monthly month"),
    words("quarter quarterly"),
    words("hour hourly"),
    words("per each apiece"),
)
"""Words right beside a figure that tell how often, or of how many, it is counted: line by line another measure."""

FATES: Final = (
    words("kill kills killed killing dead die died dies death deaths fatalities slain massacre massacred")
    | words("perished toll"),
    words("injure injured injuring wound wounded wounding hurt injuries hospitalized hospitalised hospital"),
    words("infect infected infections cases sickened tested ill"),
    words("missing unaccounted"),
    words("arrest arrested detained jailed charged arrests"),
    words("displaced evacuated homeless fled evacuees"),
    words("recovered rescued survived survivors"),
    words("raised contributions donations collected haul"),
    words("spent spend spending cost costs"),
    words("bank hand"),
    words("revenue revenues sales turnover"),
    words("profit profits loss net income earnings"),
    words("tax taxes"),
    words("debt deficit deficits"),
)
"""Words that tell what became of those counted, or which side of an account an amount stands on: two figures of
which each has one, and no line is common to both, are two measures."""
HARM_LINES: Final = 7
"""Number of lines of FATES, from the first, that are about people."""

RESPECTIVELY: Final = "respectively"
"""Word behind several figures of which each is of another thing."""
EVERYWHERE: Final = words("worldwide globally global world globe")
"""Words by which a count is of all places, as a name says that it is of one."""
