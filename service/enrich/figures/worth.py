"""Estimate whether a quantity belongs into a table: money and shares do, a small count or a span of time does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.languages.en.words import measures, numbers, worth_cues
from service.records import Quantity

MONEY, SHARE, MEASURE, FRACTION, AGE, SPAN, COMPOUND = 0.86, 0.86, 0.7, 0.75, 0.3, 0.25, 0.2
"""Estimates by what is measured; of judged figures of money and shares a sixth is misread, see docs/model-card.md."""
MEASURED_SPAN = 0.35
"""Estimate of a span with a fraction, "two and a half years": it was measured."""
RATIO, OCCASIONS = 0.6, 0.4
"""Estimates of "three times": beside "as many" it compares, else it tells how often something was done."""
SIZE, DISTANCE = 0.45, 0.4
"""Estimates of "a 50-foot pole", which tells what the thing is like, and of "30 miles north", which tells where."""
COUNTS = ((1000.0, 0.84), (100.0, 0.75), (25.0, 0.65), (10.0, 0.45), (0.0, 0.25))
"""Estimates of a count: (value from which it holds, estimate), largest first."""
TOLL = 0.75
"""Estimate of a count of dead, votes, jobs and the like."""
TOLL_MIN, OTHER_TOLL_MIN, HARMED_MIN = 2, 10, 3
"""Smallest tolls: of deaths or seats, of jobs or homes, and of people whom a word beside them tells to be harmed."""
BARE, BARE_HUNDREDS, BARE_LARGE = 0.3, 0.5, 0.7
"""Estimates of a number without any unit below 100, of one below 1,000, and of one above or with decimals."""
CODE, CODE_DIGITS = 0.3, 4
"""Estimate of a number without unit, comma and scale, and its fewest digits: it numbers a file or a section."""
TOLD_OF_A_TEXT = 0.4
"""Largest estimate of a count of pages, words or reasons."""
VAGUE = 0.25
"""Estimate of what nobody counted: "dozens", "thousands of voters", "several hundred people"."""
ASKED = 0.4
"""Largest estimate of a sentence that asks."""
MENTIONED = 0.2
"""Estimate of "one point" and the like: a number word that is no score, and the points of a plan."""
SAID_MORE = 0.1
"""Addition to the estimate for a comparator or a change: "more than", "fell by"."""
EACH_MORE, WORTH_MAX = 0.03, 0.89
"""Addition to the estimate for each further quantity of a sentence, and the largest estimate."""
SMALL, SMALL_IN_ARTICLE = 0.5, 0.5
"""Estimate below which a figure is small, and the share of it that is left in an article. There ages, spans and counts
of a few stand in every paragraph, and one of ten belongs into a table; in a brief the small is the story."""

WORDS_BEFORE, WORDS_BEHIND = 3, 4
"""Words beside a quantity in which those that tell its worth are looked for."""
CHARS_AROUND = 60
"""Characters beside a quantity in which those words stand."""
_EDGE = ".,;:!?\"'()[]“”‘’-–—"
"""Signs that are cut off a word."""

_SHARES = frozenset({"percent", "percentage_point", "basis_point", "votes"})
_SPANS = frozenset(measures.TIME_UNITS) | {"century", "fortnight"}
_MEASURES = frozenset(measures.UNITS.values()) | frozenset(measures.GLUED_UNITS.values())
_LENGTHS = frozenset({"mile", "kilometre", "metre", "foot", "yard"})
_VAGUE = (*numbers.PLURAL_SCALES, *numbers.SCALES)
_HYPHENS = ("-", "‑")


def worth_of(quantity: Quantity, text: str, *, in_article: bool) -> float:
    """Return the estimate for one quantity of a text, from 0 to 1."""
    unit = quantity.unit or ""
    if quantity.text.lower().startswith(_VAGUE):
        return _in(VAGUE, in_article)
    if quantity.currency:
        return MONEY
    measured, per, _ = f" {unit}".replace("_", " ").partition(" per ")
    if unit in _SHARES or (per and measured.strip() not in _SPANS):
        return SHARE
    estimate = _by_unit(quantity, unit, text)
    said = SAID_MORE if quantity.comparator or quantity.change else 0.0
    return _in(estimate, in_article) + said * (1.0 if estimate >= SMALL or not in_article else 0.0)


def _in(estimate: float, in_article: bool) -> float:
    """Return an estimate, or what is left of a small one in an article."""
    return estimate * SMALL_IN_ARTICLE if in_article and estimate < SMALL else estimate


def _by_unit(quantity: Quantity, unit: str, text: str) -> float:
    """Return the estimate by unit and size."""
    if unit == "share":
        return FRACTION
    if unit.endswith("_old"):
        return AGE
    if unit in _SPANS or unit.partition("_per_")[0] in _SPANS:
        return SPAN if quantity.value == int(quantity.value) else MEASURED_SPAN
    if unit == "times":
        return RATIO if not worth_cues.RATIOS.isdisjoint(_behind(quantity, text)[:1]) else OCCASIONS
    if unit == "point" and not quantity.change:
        if quantity.value == 1 or not worth_cues.PLANS.isdisjoint(_behind(quantity, text)[:2]):
            return MENTIONED
        return MEASURE
    if unit in _MEASURES or unit.startswith(("square_", "cubic_")):
        return _of_measure(quantity, unit, text)
    if not unit:
        return _of_bare(quantity, text)
    return _of_count(quantity, unit, text)


def _of_measure(quantity: Quantity, unit: str, text: str) -> float:
    """Return the estimate of a measure: less if it only describes a thing or tells where a place lies."""
    if unit in _LENGTHS and not worth_cues.DIRECTIONS.isdisjoint(_behind(quantity, text)[:1]):
        return DISTANCE
    hyphened = any(hyphen in quantity.text for hyphen in _HYPHENS)
    return SIZE if hyphened and unit != "point" and _size(quantity) < 1000 else MEASURE


def _of_bare(quantity: Quantity, text: str) -> float:
    """Return the estimate of a number without any unit."""
    size = _size(quantity)
    if size >= HARMED_MIN and size == int(size) and _is_of_toll(quantity, text):
        return TOLL
    if size != int(size):
        return BARE_LARGE
    if size >= 1000:
        code = len(quantity.text) >= CODE_DIGITS and quantity.text.isdecimal() and not quantity.comparator
        return CODE if code else BARE_LARGE
    return BARE_HUNDREDS if size >= 100 else BARE


def _of_count(quantity: Quantity, unit: str, text: str) -> float:
    """Return the estimate of a count by what is counted, its size and whether the sentence says it is a toll."""
    size, counted = _size(quantity), unit.lower().split()
    if "-" in quantity.text and size < 1000 and quantity.text.endswith(f"-{unit}"):
        return COMPOUND
    estimate = next(estimate for least, estimate in COUNTS if size >= least)
    if counted[-1] in worth_cues.PARTS_OF_A_TEXT:
        return min(estimate, TOLD_OF_A_TEXT)
    if estimate >= TOLL:
        return estimate
    tolls = worth_cues.TOLLS if size >= OTHER_TOLL_MIN else worth_cues.TOLLS_OF_ANY_SIZE
    toll = (size >= TOLL_MIN and not tolls.isdisjoint(counted)) or (
        size >= HARMED_MIN and _is_of_harmed(quantity, text)
    )
    return TOLL if toll else estimate


def _is_of_harmed(quantity: Quantity, text: str) -> bool:
    """Tell whether a word beside the count says that those counted were harmed: "killed nine people"."""
    if not worth_cues.HARMED.isdisjoint(_behind(quantity, text)):
        return True
    return not worth_cues.HARMING.isdisjoint(_before(quantity, text))


def _is_of_toll(quantity: Quantity, text: str) -> bool:
    """Tell whether a word beside a bare number says that it counts people who were harmed: "the toll rose to 19"."""
    around = (*_before(quantity, text), *_behind(quantity, text)[:2])
    return not worth_cues.TOLL_WORDS.isdisjoint(around)


def _before(quantity: Quantity, text: str) -> list[str]:
    """Return the words before a quantity, from the begin of its sentence on."""
    before = text[max(0, quantity.start - CHARS_AROUND) : quantity.start].rpartition(". ")[2]
    return _words(before.split()[-WORDS_BEFORE:])


def _behind(quantity: Quantity, text: str) -> list[str]:
    """Return the words behind a quantity, up to the end of its sentence."""
    behind = text[quantity.end : quantity.end + CHARS_AROUND].partition(".")[0]
    return _words(behind.split()[:WORDS_BEHIND])


def _words(spelt: Sequence[str]) -> list[str]:
    """Return words in small letters without the signs around them."""
    return [word.strip(_EDGE).lower() for word in spelt]


def _size(quantity: Quantity) -> float:
    """Return the larger of both ends of a quantity, without its sign."""
    return max(abs(quantity.value), abs(quantity.value_high or 0.0))


def worth_of_all(
    quantities: Iterable[Quantity], text: str, *, in_article: bool, asked: bool = False
) -> float:
    """Return the estimate for a sentence: that of its best quantity, a little more for each further one.

    A sentence that asked something states nothing.
    """
    estimates = sorted(
        (worth_of(quantity, text, in_article=in_article) for quantity in quantities), reverse=True
    )
    if not estimates:
        return 0.0
    more = EACH_MORE * sum(estimate >= SMALL for estimate in estimates[1:])
    worth = min(WORTH_MAX, estimates[0] + more)
    return min(worth, _in(ASKED, in_article)) if asked else worth
