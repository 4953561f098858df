"""Number words: cardinals, scales, fractions, ordinals."""

from __future__ import annotations

from service.languages.lists import listed, numbered, ranked

CARDINALS = ranked(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
) | {
    word: 10 * rank
    for word, rank in ranked("twenty thirty forty|fourty fifty sixty seventy eighty ninety", 2).items()
}

SCALES = numbered(
    "1e2: hundred", "1e3: thousand", "1e6: million mln", "1e9: billion bln", "1e12: trillion trln",
    "1e15: quadrillion",
    "1e5: lakh lakhs lac", "1e7: crore crores", "12: dozen",
)  # fmt: skip
PLURAL_SCALES = numbered(
    "1e1: tens",
    "12: dozens",
    "1e2: hundreds",
    "1e3: thousands",
    "1e6: millions",
    "1e9: billions",
    "1e12: trillions",
)
SCALE_SUFFIXES = numbered("1e3: k", "1e6: m mn mil mio mm", "1e9: b bn bil", "1e12: tn trn t", "1e7: cr")
"""Abbreviations, read as a scale only behind digits; the short ones mostly in an amount of money."""
SCALES_ANYWHERE = listed("mn bn bil tn trn mil mio")
"""Abbreviations that are a scale behind a blank too."""

FRACTIONS = {
    word: int(below)
    for word, below in numbered(
        "2: half halves", "3: third thirds", "4: quarter quarters fourth fourths", "5: fifth fifths",
        "6: sixth sixths", "7: seventh sevenths", "8: eighth eighths", "9: ninth ninths", "10: tenth tenths",
        "100: hundredth hundredths", "1000: thousandth thousandths",
    ).items()
}  # fmt: skip
VULGAR = numbered(
    "0.5: ½", "0.25: ¼", "0.75: ¾", "0.3333333333333333: ⅓", "0.6666666666666666: ⅔", "0.2: ⅕", "0.125: ⅛",
    "0.375: ⅜", "0.625: ⅝", "0.875: ⅞",
)  # fmt: skip
ORDINALS = ranked(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    first=1,
) | {"thirtieth": 30}
ORDINAL_ENDINGS = listed("st nd rd th")
