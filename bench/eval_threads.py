"""Score the rules of claim threads on labelled pairs, beside the targets of the kit.

    python -m bench.eval_threads KIT [--misses]

KIT has threads/quotes.jsonl, statements.jsonl and figures.jsonl. Each pair is compared as the stage compares a claim
with one it remembers; candidates and stories are left out. --misses prints every pair that is judged otherwise.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from service.records import Claim, ClaimKind, Mention, Quantity, Span, Speaker
from service.sketch.claims.claim_facets import FIGURES, QUOTATION, STATEMENT, Facet, facets_of
from service.sketch.claims.claim_words import words_of
from service.threads.pairs import Compared, compare_facets
from service.threads.same_figure import DISPUTED, SAME

KINDS = {"quote": QUOTATION, "statement": STATEMENT, "figure": FIGURES}


class Target(NamedTuple):
    """A line of the table: name, precision and recall that must be, and those to reach."""

    name: str
    must: tuple[float | None, float | None]
    reach: tuple[float | None, float | None]


QUOTATIONS = Target("quotations: same", (0.97, 0.88), (0.98, 0.94))
STATEMENTS = Target("statements: same", (None, 0.40), (None, 0.55))
SAME_FIGURES = Target("figures: same", (0.93, 0.65), (0.95, 0.75))
DISPUTES = Target("figures: disagree", (None, 0.35), (None, 0.50))


class Side(NamedTuple):
    """One claim of a pair, ready to be compared."""

    facet: Facet
    day: int


def side(row: dict[str, Any], quantity: dict[str, Any] | None, kind: int) -> Side | None:
    """Read one side of a pair; None where the stage would compare nothing."""
    text, name = row["text"], row["speaker"]
    quantities: tuple[Quantity, ...] = ()
    if quantity is not None:
        start = max(0, text.find(quantity["text"]))
        fields = {key: value for key, value in quantity.items() if key in Quantity.__struct_fields__}
        quantities = (Quantity(**{"start": start, "end": start + len(quantity["text"]), **fields}),)
    claim = Claim(
        kind=ClaimKind(row["kind"]),
        text=text,
        start=0,
        end=len(text),
        segments=(Span(0, len(text)),),
        sentence=Span(0, len(text)),
        speaker=Speaker(0, 0, name, name) if name else None,
        cue=Mention(0, 0, ""),
        quantities=quantities,
        confidence=1.0,
        claim_id=row["claim"],
        article_id=row["article"],
        cluster_id=row["article"],
    )
    facets = [facet for facet in facets_of(text, words_of(text), claim) if facet.kind == kind]
    return Side(facets[0], date.fromisoformat(row["date"]).toordinal()) if facets else None


def compared(row: dict[str, Any], kind_of: Callable[[dict[str, Any]], int]) -> Compared | None:
    """Compare the sides of a pair."""
    a, b = side(row["a"], row.get("qa"), kind_of(row["a"])), side(row["b"], row.get("qb"), kind_of(row["b"]))
    if a is None or b is None:
        return None
    return compare_facets(a.facet, b.facet, days=abs(a.day - b.day), same_story=False)


def verdicts(folder: Path, name: str) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Yield each pair with what we say of it: same, disagree or nothing."""
    for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["label"] == "related":
            continue
        found = compared(row, (lambda _: FIGURES) if name == "figures" else (lambda one: KINDS[one["kind"]]))
        said = None
        if found is not None and found.verdict == SAME:
            said = "same"
        elif found is not None and found.verdict == DISPUTED:
            said = "disagree"
        yield row, said


def score(target: Target, label: str, rows: list[tuple[dict[str, Any], str | None]]) -> str:
    """Describe precision, recall and the targets they meet, in one line."""
    right = sum(row["label"] == label == said for row, said in rows)
    false = sum(said == label != row["label"] for row, said in rows)
    missed = sum(row["label"] == label != said for row, said in rows)
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + false + missed)
    met = [
        word
        for word, wanted in (("must", target.must), ("reach", target.reach))
        if all(want is None or got >= want for got, want in zip((precision, recall), wanted, strict=True))
    ]
    return (
        f"{target.name:20} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  {right} right, {false} false, "
        f"{missed} missed of {len(rows)}; must {_shown(target.must)}, reach {_shown(target.reach)}: "
        f"meets {' and '.join(met) or 'neither'}"
    )


def _shown(wanted: tuple[float | None, float | None]) -> str:
    return " / ".join("-" if want is None else f"{want:.2f}" for want in wanted)


def main() -> None:
    """Score all kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.kit / "threads"
    judged = {name: list(verdicts(folder, name)) for name in ("quotes", "statements", "figures")}
    lines = (
        ("quotes", "same", QUOTATIONS),
        ("statements", "same", STATEMENTS),
        ("figures", "same", SAME_FIGURES),
        ("figures", "disagree", DISPUTES),
    )
    for name, label, target in lines:
        print(score(target, label, judged[name]))
    if arguments.misses:
        for name, rows in judged.items():
            for row, said in rows:
                if said != (row["label"] if row["label"] in ("same", "disagree") else None):
                    _show(name, row, said)


def _show(name: str, row: dict[str, Any], said: str | None) -> None:
    print(f"\n{name}: labelled {row['label']}, said {said}")
    for one, quantity in ((row["a"], row.get("qa")), (row["b"], row.get("qb"))):
        figure = f" [{quantity['text']}]" if quantity else ""
        print(f"  {one['date']} {one['speaker']}{figure}: {one['text'][:300]}")


if __name__ == "__main__":
    main()
