"""Draw the overview from answers that deploy/grafana/live.py kept: python -m deploy.grafana.preview FILE PICTURE

Grafana itself is not needed, and this is not its rendering: the panels and numbers are the dashboard's, the lines ours.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any, Final

SHOWN: Final = (
    "Time from raw record to enriched",
    "Articles in and out",
    "Articles out, by outcome",
    "Share of duplicates",
    "Claims per article",
    "Dead letters by reason",
    "Lag in records",
    "CPU",
    "Memory",
)
WIDTH, HEIGHT, GAP, ACROSS = 380, 190, 12, 3
COLOURS: Final = ("#73bf69", "#f2cc0c", "#5794f2", "#ff9830", "#f2495c", "#b877d9", "#8ab8ff")
HERE: Final = Path(__file__).parent


def picture(answers: dict[str, list[Any]]) -> str:
    """Return the shown panels as one SVG."""
    board = json.loads((HERE / "dashboards" / "overview.json").read_text(encoding="utf-8"))
    panels = {panel["title"]: panel for panel in board["panels"]}
    down = -(-len(SHOWN) // ACROSS)
    width = ACROSS * (WIDTH + GAP) + GAP
    height = down * (HEIGHT + GAP) + GAP + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#111217"/>',
        _text(GAP, 24, "Copydesk overview, drawn from a real run (a preview, not Grafana's rendering)", 14),
    ]
    for at, title in enumerate(SHOWN):
        x, y = GAP + at % ACROSS * (WIDTH + GAP), 34 + GAP + at // ACROSS * (HEIGHT + GAP)
        parts.append(_panel(panels[title], answers, x, y))
    return "\n".join([*parts, "</svg>\n"])


def _panel(panel: dict[str, Any], answers: dict[str, list[Any]], x: int, y: int) -> str:
    lines = [
        (_name(target["legendFormat"], series["metric"]), _points(series))
        for target in panel["targets"]
        for series in answers[f"{panel['title']} [{target['refId']}]"]
    ]
    lines = sorted(lines, key=lambda line: -max(v for _, v in line[1]))[: len(COLOURS)]
    unit = panel["fieldConfig"]["defaults"]["unit"]
    top = max((v for _, points in lines for _, v in points), default=0.0) or 1.0
    times = [t for _, points in lines for t, _ in points]
    begin, end = min(times), max(times)
    parts = [
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="3" fill="#181b1f" stroke="#2c3235"/>',
        _text(x + 10, y + 20, panel["title"], 12),
        _text(x + WIDTH - 10, y + 20, f"max {_amount(top, unit)}", 10, "end"),
    ]
    for at, (name, points) in enumerate(lines):
        colour = COLOURS[at]
        path = " ".join(
            f"{x + 10 + (t - begin) / ((end - begin) or 1) * (WIDTH - 20):.1f},{y + 140 - v / top * 105:.1f}"
            for t, v in points
        )
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        parts.append(_text(x + 10 + at % 3 * 122, y + 156 + at // 3 * 13, name[:21], 10, colour=colour))
    return "\n".join(parts)


def _points(series: Any) -> list[tuple[float, float]]:
    return [(float(t), float(v)) for t, v in series["values"] if v not in ("NaN", "+Inf", "-Inf")]


def _name(legend: str, labels: dict[str, str]) -> str:
    for label, value in labels.items():
        legend = legend.replace("{{" + label + "}}", value)
    return legend


def _amount(value: float, unit: str) -> str:
    match unit:
        case "percentunit":
            return f"{value:.0%}"
        case "bytes":
            return f"{value / 2**20:.0f} MiB"
        case "s":
            return f"{value:.2f} s"
        case "cps":
            return f"{value:.1f}/s"
        case _:
            return f"{value:.1f}"


def _text(x: float, y: float, words: str, size: int, anchor: str = "start", colour: str = "#ccccdc") -> str:
    return f'<text x="{x}" y="{y}" fill="{colour}" font-size="{size}" text-anchor="{anchor}">{escape(words)}</text>'


if __name__ == "__main__":
    kept, drawn = Path(sys.argv[1]), Path(sys.argv[2])
    drawn.write_text(picture(json.loads(kept.read_text(encoding="utf-8"))), encoding="utf-8")
