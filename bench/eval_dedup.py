"""Dedup's verdicts on streams of mutated articles, scored by the evaluation kit, beside three libraries in one run.

    python -m bench.eval_dedup KIT [--seeds 1,2] [--originals 800] [--copies 4] [--background 3000]
                               [--only-copydesk] [--kinds]

KIT is a folder with dedup/mutate.py, dedup/templates.py, dedup/score.py and data/articles-dev.jsonl.gz. The kit's own
scripts make the streams, in a temporary folder, and score them; only scores are printed. Every figure is a mean over
the seeds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.dedup_systems import SYSTEMS

Scores = dict[str, Any]

ROWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("F1", ">= .997", ("overall", "f1")),
    ("precision", "", ("overall", "precision")),
    ("recall", "", ("overall", "recall")),
    ("ARI", ">= .994", ("overall", "ari")),
    ("relation accepted", ">= .93", ("overall", "relation")),
    ("novelty lost", "<= .001", ("novelty", "lost")),
    ("repeats suppressed", ">= .995", ("novelty", "repeats_suppressed")),
    ("changed facts lost", "<= .04", ("facts", "facts_lost")),
    ("changed facts linked", ">= .96", ("facts", "facts_linked")),
    ("reprints suppressed", ">= .95", ("facts", "reprints_suppressed")),
    ("templates: suppressed", "<= .01", ("templates", "template_fp")),
    ("templates: reprints suppressed", ">= .95", ("templates", "reprints_suppressed")),
    ("brief_in_long recall", ">= .97", ("groups", "brief_in_long", "recall")),
    ("contains recall", "", ("groups", "contains", "recall")),
    ("part_of recall", "", ("groups", "part_of", "recall")),
    ("excerpt_120 recall", ">= .90", ("kinds", "excerpt_120", "recall")),
    ("ocr3 recall", ">= .98", ("kinds", "ocr3", "recall")),
    ("ocr5 recall", ">= .80", ("kinds", "ocr5", "recall")),
    ("format recall", "", ("groups", "format", "recall")),
    ("edits recall", "", ("groups", "edits", "recall")),
    ("false: boilerplate", "<= .005", ("unrelated", "neg_boiler", "fp_rate")),
    ("false: short quote", "", ("unrelated", "neg_quote", "fp_rate")),
    ("false: unrelated", "<= .001", ("unrelated", "background", "fp_rate")),
    ("false: originals", "<= .001", ("unrelated", "original", "fp_rate")),
    ("sent_edit30 suppressed", ">= .97", ("suppressed", "sent_edit30")),
    ("sent_edit60 suppressed", ">= .97", ("suppressed", "sent_edit60")),
    ("ocr1 suppressed", ">= .97", ("suppressed", "ocr1")),
    ("CPU µs an article", "", ("cost", "cpu_us")),
    ("  of it reading, cleaning, sketch", "", ("cost", "intake_us")),
    ("bytes an article", "", ("cost", "bytes")),
)
HIDES = ("exact", "near_duplicate", "part_of")
REWORDED = ("sent_edit30", "sent_edit60", "ocr1")


def build(kit: Path, folder: Path, seed: int, *, originals: int, copies: int, background: int) -> None:
    """A stream and its truth, by the kit's script."""
    command = [sys.executable, str(kit / "dedup" / "mutate.py"), "build", "--out", str(folder)]
    command += ["--articles", str(kit / "data" / "articles-dev.jsonl.gz"), "--seed", str(seed)]
    command += ["--originals", str(originals), "--background", str(background)]
    command += ["--copies", str(copies)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the kit the user names


def build_templates(kit: Path, folder: Path, seed: int) -> None:
    """A stream of reports by template and its truth, by the kit's script."""
    command = [sys.executable, str(kit / "dedup" / "templates.py"), "build", "--out", str(folder)]
    subprocess.run([*command, "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def score(kit: Path, folder: Path, system: str) -> Scores:
    """Run one system in a process of its own, and score what it said."""
    predictions = folder / "predictions.jsonl"
    run = [
        sys.executable,
        "-m",
        "bench.dedup_systems",
        system,
        str(folder / "stream.jsonl"),
        str(predictions),
    ]
    cost = subprocess.run(run, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
    scorer = [sys.executable, str(kit / "dedup" / "score.py"), str(folder / "truth.jsonl"), str(predictions)]
    scorer += ["--stream", str(folder / "stream.jsonl"), "--json"]
    scores: Scores = json.loads(subprocess.run(scorer, check=True, stdout=subprocess.PIPE, text=True).stdout)  # noqa: S603
    return {**scores, "cost": json.loads(cost), "suppressed": suppressed(folder / "truth.jsonl", predictions)}


def suppressed(truth: Path, predictions: Path) -> dict[str, float]:
    """Share of the reworded copies that no reader gets to see."""
    said = {p["id"]: p for p in map(json.loads, predictions.read_text().splitlines())}
    shares: dict[str, float] = {}
    for kind in REWORDED:
        ids = [t["id"] for t in map(json.loads, truth.read_text().splitlines()) if t["kind"] == kind]
        hidden = sum(said[i]["status"] == "duplicate" and said[i]["relation"] in HIDES for i in ids)
        shares[kind] = hidden / max(1, len(ids))
    return shares


def pick(scores: Scores, path: Sequence[str]) -> float | None:
    """Return a figure from the scores, None where it is not there."""
    found: Any = scores
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def cell(scores: list[Scores], path: Sequence[str]) -> str:
    """Return the mean over the streams."""
    found = [value for value in (pick(score, path) for score in scores) if value is not None]
    if not found:
        return "-"
    mean = statistics.mean(found)
    return f"{mean:.0f}" if path[0] == "cost" else f"{mean:.4f}"


def table(results: dict[str, list[Scores]]) -> str:
    """Return all figures: what is wanted, then a column for each system."""
    width = 2 + max(map(len, results))
    lines = [f"{'':32s}{'wanted':>9s}" + "".join(f"{name:>{width}s}" for name in results)]
    for label, wanted, path in ROWS:
        cells = "".join(f"{cell(scores, path):>{width}s}" for scores in results.values())
        lines.append(f"{label:32s}{wanted:>9s}{cells}")
    return "\n".join(lines)


def table_by(scores: list[Scores], what: str, figures: Sequence[str]) -> str:
    """Return figures of every kind of copy, or of every family of templates."""
    lines = [f"{what:24s}" + "".join(f"{figure:>20s}" for figure in figures)]
    for name in scores[0][what]:
        cells = (cell(scores, (what, name, figure)) for figure in figures)
        lines.append(f"{name:24s}" + "".join(f"{found:>20s}" for found in cells))
    return "\n".join(lines)


def main() -> None:
    """Build, run, score, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kit", type=Path)
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--originals", type=int, default=800)
    parser.add_argument("--copies", type=int, default=4, help="of each original")
    parser.add_argument("--background", type=int, default=3_000)
    parser.add_argument("--only-copydesk", action="store_true")
    parser.add_argument("--kinds", action="store_true", help="also each kind of copy and family of templates")
    chosen = parser.parse_args()
    systems = SYSTEMS[:1] if chosen.only_copydesk else SYSTEMS
    results: dict[str, list[Scores]] = {name: [] for name in systems}
    for seed in map(int, chosen.seeds.split(",")):
        with tempfile.TemporaryDirectory(prefix="copydesk-eval-") as name:
            sizes = {"originals": chosen.originals, "copies": chosen.copies, "background": chosen.background}
            build(chosen.kit.resolve(), Path(name), seed, **sizes)
            reports = Path(name) / "templates"
            build_templates(chosen.kit.resolve(), reports, seed)
            for system in systems:
                scores = score(chosen.kit.resolve(), Path(name), system)
                templates = score(chosen.kit.resolve(), reports, system)
                scores |= {"templates": templates["facts"], "families": templates["families"]}
                results[system].append(scores)
    items = results[systems[0]][0]["overall"]["items"]
    print(f"streams of {items} articles, seeds {chosen.seeds}; means")
    print(table(results))
    if chosen.kinds:
        print("\ncopydesk by kind of copy and by family of templates")
        print(table_by(results["copydesk"], "kinds", ("n", "recall", "relation", "suppressed")))
        print(
            table_by(
                results["copydesk"], "families", ("template_fp", "template_linked", "reprints_suppressed")
            )
        )


if __name__ == "__main__":
    main()
