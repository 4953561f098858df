"""Small plots as SVG of our own: a bar for each bucket, without text, style or script inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

WIDTH: Final = 240
HEIGHT: Final = 48
GAP: Final = 1


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
