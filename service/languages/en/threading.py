"""English words that decide whether two claims are the same: small words, endings, comparisons, page furniture."""

from __future__ import annotations

from typing import Final

from service.languages.en import facts, names
from service.languages.en.lexicon import NEGATING_CUES as NEGATING_CUES
from service.languages.en.names import SUFFIXES as SUFFIXES
from service.languages.en.words.time import MONTHS, WEEKDAYS
from service.languages.lists import listed, words

SHORTHAND: Final = words(
    "mln bln trln dlr dlrs pct cts ct stg vs shr shrs div avg oper qtr qtrs qtly revs",
)
"""What agencies write for amounts, and in their tables of results: whatever company a table is of, it says the same."""

STOP: Final = (
    facts.STOP
    | SHORTHAND
    | words(
        "am being him her hers himself herself itself themselves me my mine us ours your yours them theirs",
        "whose whom nor only own same too such very other again ever yet upon onto off once",
        "s t d ll re ve m don didn doesn isn wasn weren aren won wouldn couldn hasn haven",
        "say saying told tell tells mr mrs ms dr sir shall",
    )
)
"""Words that a claim shares with any other."""

ENDINGS: Final = listed(
    "ations ation ments ment ings ness edly able ible ity ing ies ily ed ly es s",
)
"""Endings that a stem goes without, the longest first."""

KNOWING: Final = words(
    "told briefed informed notified warned aware unaware knew know known knowledge heard learned learnt",
)
"""Who denies that he was told of something does not deny that it is so."""

OPPOSITES: Final = (
    ("create", "cut"),
    ("hire hired", "fire fired"),
    ("rise rose rising", "fall fell falling"),
    ("increase increased", "decrease decreased"),
    ("open opened", "close closed"),
    ("arrested", "released"),
    ("enter entered", "leave left"),
    ("support supported", "oppose opposed"),
    ("accept accepted approve approved", "reject rejected"),
    ("killed died dead", "injured wounded"),
    ("import imports", "export exports"),
    ("raised", "lowered"),
    ("guilty", "innocent"),
    ("begin began", "end ended"),
    ("succeed succeeded", "fail failed"),
)
"""Words on either side: a claim that has some of one side says the contrary of one that has only some of the other."""
HELPING: Final = facts.AUXILIARIES | words("be been being not to")
"""Words between a verb and what it is said of."""
JOINING: Final = words("and or")
UP_TO: Final = words("to by")
"""Words in front of the figure to which, or by which, something rose."""

SAYING: Final = words("said says say told tells")
REPORTING: Final = SAYING | words("reported reports according announced")
"""Verbs beside which the name stands of who tells a sentence: in front of what is told, and behind it too."""
ACCORDING: Final = "according"
THAT: Final = "that"
SPEAKER_AGAIN: Final = words("it its they their he his she her we our")
"""Words behind such a verb by which who tells speaks of itself: "Tarrow said it lost"."""

MORE: Final = words("more over least above upwards minimum exceed exceeds exceeding exceeded beyond plus")
LESS: Final = words("less fewer under below maximum nearly almost shy") | {
    *("at most", "the most", "close to", "up to", "many as", "much as"),
}
ABOUT: Final = words("about around approximately roughly some circa estimated approx")
"""Words before a figure that widen it: upwards, downwards, both ways."""

BODIES: Final = names.BODIES - names.BODY_SURNAMES - words(
    "republican republicans democratic democrats"
) | words("administration camp campaign staff team")
"""Last words that many bodies share: it takes the word before to tell the State Department from another."""
SIDES: Final = words("north south east west")
"""First words that tell two countries of one name apart."""

MINISTRIES: Final = words("ministry")
OFFICES: Final = MINISTRIES | words("department")
"""Bodies that every country has, and those that are named before or behind what they are for."""
OF: Final = "of"

AND: Final = " and "
"""What stands between the names of two people who speak as one."""

NO_MEASURE: Final = words(
    "year years old day days week weeks month months hour hours minute minutes second seconds point points term",
    "terms seat seats vote votes decade decades time times mths yrs hrs mins",
)
"""Nouns that count what two articles seldom disagree about: ages, durations, scores."""

FURNITURE_SIGNS: Final = (
    "photo",
    "caption",
    "chip in",
    "margin of",
    "sampling",
    "slide",
    "read in",
    "rights reserved",
    "images)",
    "MORE",
    "note:",
    "subscribe",
    "Sign up for",
    "store and access",
    "updated",
    "comments civil",
    "by telephone",
)
FURNITURE_BAR: Final = "|"
"""Texts at the beginning of words, and a mark: each match of FURNITURE holds one of them. A small letter stands for a
capital too."""

FURNITURE: Final = (
    r"\b(?:photos? ?\d|photos?:|chip in|margin of error|sampling error|slides? \d+ of|slideshow\b|"
    r"read in \d+ minutes?|(?<![A-Za-z0-9,;] )(?-i:N(?:ote|OTE): )|editor.s note: |"
    r"(?-i:Subscribe now\b|SUBSCRIBE NOW\b|Sign up for [^.]{0,40}newsletter)|"
    r"(?:we|partners) store and access information\b|please keep (?:your )?comments civil\b|"
    r"this (?:story|article|page|post) (?:was|has been) updated\b|"
    r"(?:adults|voters)\b[^.]{0,60}\b(?:surveyed|interviewed|polled|questioned)\b[^.,]{0,20} by telephone\b|"
    r"(?:surveyed|interviewed|polled)\b[^.]{0,60}\b(?:adults|voters)\b[^.,]{0,60} by telephone\b)|"
    r"\d photos?\b|hide caption|\d of \d+ photos?\b|all rights reserved|"
    r"\(\d+ images\)|(?-i:[a-z0-9’'”.)] MORE\b(?! [A-Z]{2}))|\| [^|]{3,200} \|"
)
"""What only captions of slideshows, links to other articles, appeals for money and footers of polls say."""

AGENCIES: Final = {
    "reuters": "Reuters",
    "ap": "AP",
    "associated press": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "sputnik": "Sputnik",
    "tass": "TASS",
    "xinhua": "Xinhua",
    "upi": "UPI",
    "dpa": "dpa",
    "efe": "EFE",
    "ani": "ANI",
    "ians": "IANS",
    "pti": "PTI",
    "anadolu agency": "AA",
    "aa": "AA",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
}
"""Agencies as a dateline names them, in brackets or behind a dash."""

NO_PARTIES: Final = words(*AGENCIES) | frozenset(MONTHS) | frozenset(WEEKDAYS)
"""Names that say when something was told, or by which agency: not of whom."""

SECTION: Final = (
    r"\s*(?:\((?:web news|online|print)\)|[-–] (?:news|editorial|opinion|online)|online news|\.com)\s*$"
)
"""What a source adds to the name of its outlet."""

OUTLET_BEFORE: Final = "the "
"""What stands before the name of an outlet in some feeds and not in others."""
BROADCASTERS: Final = frozenset(
    f"{name} news" for name in words("abc bbc cbc cbs cnn ctv fox itv nbc msnbc pbs sky")
)
OUTLET_BEHIND: Final = " news"
"""What stands behind the name of these in some feeds and not in others. The Sun and The Sun News are two papers."""
