"""Pictures of what bench/end_to_end.py measured: python -m bench.plots FILE.json PICTURE.png

Left: articles per second against workers of enrich. Right: CPU of an article by what it was spent on, beside the peers.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench.meters import CLOCKS
from bench.peers_path import find_peers

Runs = list[dict[str, Any]]


def median(runs: Runs, key: str) -> float:
    """Of a figure of the runs."""
    return statistics.median(run[key] for run in runs)


def spent(runs: Runs) -> dict[str, float]:
    """Return median µs of CPU by part; streaming is what no clock counted."""
    parts = {part: statistics.median(run["parts_us"][part] for run in runs) for part in CLOCKS}
    total = statistics.median(sum(run["cpu_us"].values()) for run in runs)
    return {**parts, "the rest": total - sum(parts.values())}


def draw(systems: dict[str, Runs], path: Path) -> None:
    """Both pictures into one file."""
    find_peers()
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(11, 4), width_ratios=(2, 3))
    ours = {runs[0]["enrich_workers"]: runs for runs in systems.values() if runs[0]["enrich_workers"]}
    speeds = [median(runs, "articles_per_second") for runs in ours.values()]
    left.bar([str(workers) for workers in ours], speeds, width=0.5)
    left.set(xlabel="workers of enrich", ylabel="articles a second, broker on the same machine")
    names, bottom = list(systems), [0.0] * len(systems)
    by_part = [spent(runs) for runs in systems.values()]
    for part in ("claims", "clean", "sketch", "index", "the rest"):
        widths = [parts[part] for parts in by_part]
        right.barh(names, widths, left=bottom, label=part)
        bottom = [a + b for a, b in zip(bottom, widths, strict=True)]
    right.set(xlabel="µs of CPU per article")
    right.invert_yaxis()
    right.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main(measured: Path, picture: Path) -> None:
    """Read, group by system, draw."""
    systems: dict[str, Runs] = defaultdict(list)
    for run in json.loads(measured.read_text(encoding="utf-8")):
        systems[run["system"]].append(run)
    draw(dict(systems), picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
