"""Estimate whether a quantity belongs into a table: money and shares do, a small count or a span of time does not."""

from __future__ import annotations

from collections.abc import Iterable

from service.languages.en.words import figure_cues, measures, numbers
from service.records import Quantity

MONEY, SHARE, MEASURE, FRACTION, AGE, SPAN, TIMES, COMPOUND = 0.86, 0.86, 0.8, 0.75, 0.3, 0.25, 0.4, 0.2
"""Estimates by what is measured; of judged figures of money and shares a sixth is misread, see docs/model-card.md."""
MEASURED_SPAN = 0.35
"""Estimate of a span with a fraction, "two and a half years": it was measured."""
COUNTS = ((1000.0, 0.84), (100.0, 0.8), (25.0, 0.65), (10.0, 0.45), (0.0, 0.25))
"""Estimates of a count: (value from which it holds, estimate), largest first."""
TOLL, TOLL_MIN = 0.75, 2
"""Estimate of a count of dead, votes, jobs and the like, and the minimum of that count."""
BARE, BARE_LARGE = 0.3, 0.7
"""Estimates of a whole number without any unit below 1,000, and of one above or with decimals."""
VAGUE = 0.25
"""Estimate of what nobody counted: "dozens", "thousands of voters", "billions of dollars"."""
MENTIONED = 0.2
"""Estimate of "one point" and the like: a number word that is no score."""
SAID_MORE = 0.1
"""Addition to the estimate for a comparator or a change: "more than", "fell by"."""
EACH_MORE, WORTH_MAX = 0.03, 0.89
"""Addition to the estimate for each further quantity of a sentence, and the largest estimate."""

_SHARES = frozenset({"percent", "percentage_point", "basis_point", "votes"})
_SPANS = frozenset(measures.TIME_UNITS) | {"century", "fortnight"}
_MEASURES = frozenset(measures.UNITS.values()) | frozenset(measures.GLUED_UNITS.values())
_VAGUE = tuple(numbers.PLURAL_SCALES)
_TOLLS = frozenset(figure_cues.TOLLS)


def worth_of(quantity: Quantity) -> float:
    """Return the estimate for one quantity, from 0 to 1."""
    unit = quantity.unit or ""
    if quantity.text.lower().startswith(_VAGUE):
        return VAGUE
    if quantity.currency:
        return MONEY
    measured, per, _ = f" {unit}".replace("_", " ").partition(" per ")
    if unit in _SHARES or (per and measured.strip() not in _SPANS):
        return SHARE
    said = SAID_MORE if quantity.comparator or quantity.change else 0.0
    return min(WORTH_MAX, _by_unit(quantity, unit) + said)


def _by_unit(quantity: Quantity, unit: str) -> float:
    """Return the estimate by unit and size."""
    if unit == "share":
        return FRACTION
    if unit.endswith("_old"):
        return AGE
    if unit in _SPANS or unit.partition("_per_")[0] in _SPANS:
        return SPAN if quantity.value == int(quantity.value) else MEASURED_SPAN
    if unit == "times":
        return TIMES
    if unit == "point" and quantity.value == 1 and not quantity.change:
        return MENTIONED
    if unit in _MEASURES or unit.startswith(("square_", "cubic_")):
        return MEASURE
    size = max(abs(quantity.value), abs(quantity.value_high or 0.0))
    if not unit:
        return BARE_LARGE if size >= 1000 or size != int(size) else BARE + (size >= 100) * SAID_MORE
    if "-" in quantity.text and size < 1000 and quantity.text.endswith(f"-{unit}"):
        return COMPOUND
    toll = size >= TOLL_MIN and not _TOLLS.isdisjoint(unit.lower().split())
    return max(_of_count(size), TOLL if toll else 0.0)


def _of_count(size: float) -> float:
    """Return the estimate of a count by its size."""
    return next(estimate for least, estimate in COUNTS if size >= least)


def worth_of_all(quantities: Iterable[Quantity]) -> float:
    """Return the estimate for a sentence: that of its best quantity, a little more for each further one."""
    estimates = sorted((worth_of(quantity) for quantity in quantities), reverse=True)
    if not estimates:
        return 0.0
    more = EACH_MORE * sum(estimate >= 0.5 for estimate in estimates[1:])
    return min(WORTH_MAX, estimates[0] + more)
