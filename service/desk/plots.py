"""Small plots as SVG of our own, without style or script inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from service.desk.thread_values import Point, Values

WIDTH: Final = 240
HEIGHT: Final = 48
GAP: Final = 1
MARGIN: Final = 6
"""Space around the values of a time line, in units of its picture: a dot on the edge is whole."""


def bars(counts: Sequence[int], label: str) -> Markup:
    """Draw the counts as bars; `label` is what a screen reader reads in their place."""
    tallest = max([*counts, 1])
    step = WIDTH / max(1, len(counts))
    drawn = Markup("").join(
        Markup('<rect x="{}" y="{}" width="{}" height="{}"/>').format(
            f"{at * step:.1f}", f"{HEIGHT - tall:.1f}", f"{step - GAP:.1f}", f"{tall:.1f}"
        )
        for at, tall in enumerate(max(1.5, HEIGHT * count / tallest) if count else 0.5 for count in counts)
    )
    return Markup(
        '<svg class="bars" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, HEIGHT, label, drawn)


def time_line(values: Sequence[Values], label: str) -> Markup:
    """Draw values over time, those of the first thread in the colour of figures, those that dispute it in another.

    A range is a line from its lower to its upper end. Nothing is drawn without a point.
    """
    placed = [(at, point) for at, one in enumerate(values) for point in one.points]
    moments = [_seconds(point.at) for _, point in placed]
    first, last = min(moments, default=0.0), max(moments, default=0.0)
    lowest = min([point.value for _, point in placed], default=0.0)
    highest = max([_top(point) for _, point in placed], default=0.0)
    paths = [
        f'<path class="{"own" if at == 0 else "other"}" d="M{_along(moment, first, last, WIDTH):.1f} '
        f"{HEIGHT - _along(point.value, lowest, highest, HEIGHT):.1f}"
        f'V{HEIGHT - _along(_top(point), lowest, highest, HEIGHT):.1f}"/>'
        for (at, point), moment in zip(placed, moments, strict=True)
    ]
    drawn = Markup("".join(paths))  # noqa: S704 - numbers alone
    return Markup(
        '<svg class="dots" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, HEIGHT, label, drawn)


def _along(value: float, lowest: float, highest: float, length: int) -> float:
    """Return the place of a value between two bounds on a side of the picture; the middle where both are the same."""
    share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
    return MARGIN + share * (length - 2 * MARGIN)


def _top(point: Point) -> float:
    return point.value if point.value_high is None else max(point.value, point.value_high)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).timestamp()
