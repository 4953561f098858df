"""Words of the calendar and the clock."""

from __future__ import annotations

from service.languages.lists import listed, named, ranked

MONTHS = ranked(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct "
    "november|nov december|dec",
    first=1,
)
WEEKDAYS = ranked(
    "monday|mon tuesday|tues|tue wednesday|wed thursday|thurs|thur|thu friday|fri saturday|sat sunday|sun",
    first=1,
)
WEEKDAY_PLURALS = {word + "s": number for word, number in WEEKDAYS.items() if word.endswith("day")}
SHORT_WEEKDAYS = [word for word in WEEKDAYS if not word.endswith("day")]
PERIODS = named(
    "S: second seconds sec secs", "TM: minute minutes min mins", "TH: hour hours hr hrs", "D: day days",
    "W: week weeks", "F: fortnight fortnights", "WE: weekend weekends", "M: month months", "Q: quarter quarters",
    "Y: year years yr yrs", "E: decade decades", "C: century centuries", "ML: millennium millennia", "P: period",
)  # fmt: skip
"""Units of time; one letter each as in ISO 8601 where it has one (TM and TH are its M and H of the time part)."""
SEASONS = ranked("spring summer autumn|fall winter", first=21)
"""Numbers of the seasons as in ISO 8601-2:2019, independent of the hemisphere."""
DAY_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
DAY_PARTS = named(
    "MO: morning mornings", "AF: afternoon afternoons", "EV: evening evenings", "NI: night nights overnight",
    "MI: midday noon", "MN: midnight",
)  # fmt: skip
SET_WORDS = named(
    "P1D: daily nightly",
    "P1W: weekly",
    "P1M: monthly",
    "P3M: quarterly",
    "P1Y: yearly annually",
    "PT1H: hourly",
)
HOLIDAYS = listed("christmas thanksgiving easter")
TIME_ZONES = listed("gmt est edt pst pdt cst cdt mst mdt bst utc et pt ct cet ist jst local")

FUTURE_CUES = listed(
    "will ll would shall going due scheduled expected expects expect plans planned plan set until till by upcoming",
    "tomorrow next begin begins open opens deadline starting slated intends hopes aims proposed ahead effective",
    "redeem redemption planning payable through sees forecasts predicts must can",
)
"""Words that tell of what is to come; those in -ed too, which else tell of the past."""
NOT_AHEAD = listed("by through until till ahead next set open can")
"""Those that say nothing of a date before them."""
PAST_CUES = listed(
    "said was were had did told announced reported came went made got took held saw met found killed issued began",
    "since last ago earlier has have been left published launched arrested elected died born fell rose won lost beat",
    "hit broke shot fled spoke wrote brought bought sold sent spent led kept felt stood thought caught fought taught",
    "sought drew grew threw flew knew blew drove rode struck stuck sank sang rang ran swam drank became gave ate bore",
    "tore wore swore chose froze stole woke paid laid fed built dealt meant shook withdrew hung swung shut quit",
    "overtook undertook arose forgot forbade slid spread burst",
)
DEICTICS = listed(
    "soon",
    "last past previous prior next coming upcoming following this current same that latest comparable",
    "corresponding recent early late mid earlier later sometime full first final fiscal ago before after hence",
    "beginning end start ended ending every each ex post",
)
