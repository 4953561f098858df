"""Train the weights of the evidence for new facts, and write service/dedup/index/fact_weights.py.

    python -m bench.fact_weights STREAM[,STREAM] TEMPLATES[,..] [--wire WIRE.jsonl.gz] [--lost .03] [--write]

STREAM and TEMPLATES are folders with stream.jsonl and truth.jsonl, as the evaluation kit makes them; either may be
several, with commas. Pairs of a copy and its original, of a templated report and the report most like it, and of
articles and what tests/quality/fact_kinds.py makes of them give one row of evidence each. Rows that the rules about
figures settle are not trained on, and count as news whatever the weights say. Neighbours on a wire are only reported.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from service.dedup.index import fact_evidence
from service.dedup.index.fact_evidence import EVIDENCE, evidence
from service.dedup.index.fact_score import is_settled
from service.dedup.index.fact_store import NO_FILTER, FactRow, FactStore, Read
from service.dedup.index.small_words import SMALL_BITS
from service.intake.article import intake
from service.records import Origin, RawRecord
from service.settings import IntakeSettings
from service.sketch.facts import Facts
from tests.quality.fact_kinds import CHANGED, SAME
from tests.quality.fact_reports import Article, a_report

Array = npt.NDArray[np.float64]
OUT = Path(fact_evidence.__file__).with_name("fact_weights.py")
NUMBER = re.compile(r"\d[\d,./]*\d|\d")
SETTINGS = IntakeSettings()
SETTLED = 1e9
REPORTS = 300
"""Number of made-up reports that are taught with what may become of them; those of the tests have other seeds."""


class Pair(NamedTuple):
    """Hold a copy, what it is compared with, and whether its facts are changed."""

    group: str
    changed: bool
    new: dict[str, Any]
    old: dict[str, Any]
    kind: str = ""


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]


def runs_of(text: str) -> set[str]:
    """Return the runs of four words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + 4]) for i in range(len(words) - 3)}


def pairs_of(folder: Path, group: str) -> Iterator[Pair]:
    """Yield the pairs of a stream; notes of correction and withdrawal are told by other means."""
    items = {item["id"]: item for item in load(folder, "stream.jsonl")}
    seen: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for truth in load(folder, "truth.jsonl"):
        one = items[truth["id"]]
        if truth["kind"] == "template":
            runs, earlier = runs_of(one["body"]), seen[truth["family"]]
            near = max(earlier, key=lambda i: len(runs & earlier[i]), default=None)
            if near is not None and len(runs & earlier[near]) > 0.2 * len(runs):
                yield Pair(group, True, one, items[near], truth["kind"])
            earlier[truth["id"]] = runs
        elif truth.get("facts") and truth["kind"] not in ("kill", "correction"):
            yield Pair(group, truth["facts"] == "changed", one, items[truth["story"]], truth["kind"])
        elif truth["kind"] == "original" and zlib.crc32(truth["id"].encode()) % 3 == 0:
            yield from our_own(one)


def our_own(item: dict[str, Any]) -> Iterator[Pair]:
    """Yield kinds that the kit lacks."""
    rng = random.Random(item["id"])  # noqa: S311 - draws what is changed
    article = Article(item["title"], item["body"])
    for changed, kinds in ((True, CHANGED), (False, SAME)):
        for name, mutate in kinds.items():
            made = mutate(article, rng)
            if made is not None and made != article:
                yield Pair("own", changed, {**item, "title": made.title, "body": made.body}, item, name)


def wire_pairs(path: Path) -> Iterator[Pair]:
    """Yield neighbours on a wire that share most of their words; changed if there is a number the earlier one lacks."""
    held: dict[str, list[int]] = defaultdict(list)
    items: list[dict[str, Any]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            runs = runs_of(item["body"])
            votes: dict[int, int] = defaultdict(int)
            for run in runs:
                for at in held[run][-20:]:
                    votes[at] += 1
            best = max(votes, key=lambda at: votes[at], default=None)
            if best is not None and votes[best] >= 0.6 * len(runs) and item["body"] != items[best]["body"]:
                changed = bool(set(NUMBER.findall(item["body"])) - set(NUMBER.findall(items[best]["body"])))
                yield Pair("wire", changed, item, items[best])
            for run in runs:
                held[run].append(len(items))
            items.append(item)


class Reader:
    """Read each article once, as intake does, and let the store learn from it."""

    def __init__(self) -> None:
        self.store, self._read = FactStore(16), dict[str, Facts]()

    def facts(self, item: dict[str, Any]) -> Facts:
        """Return the facts of an article."""
        value = json.dumps({"title": item["title"], "body": item["body"]}).encode()
        key = f"{len(value)} {zlib.crc32(value)}"
        if key not in self._read:
            sketched = intake(RawRecord(None, value, (), Origin("raw", 0, 0)), SETTINGS)
            self._read[key] = facts = Facts.unpack(sketched.facts)
            none = np.zeros((0, len(NO_FILTER)), np.uint64)
            self.store.remember(0, none, np.zeros((0, 5), np.int64), facts.small)
        return self._read[key]


def row(read: Read, kept: FactRow) -> Array:
    """Return the evidence of a pair."""
    out, unknown = np.empty(EVIDENCE), np.empty(read.names.size, np.bool_)
    facts = read.facts
    evidence(
        facts.features, read.keys, read.times, read.first, read.names, facts.words, facts.negations, facts.run_rate,
        kept.bits, kept.hashes, read.sums, kept.words, kept.negations, kept.run_rate, kept.sums, unknown,
        unknown.copy(), out,
    )  # fmt: skip
    return out


def fit(x: Array, y: Array, often: Array, ridge: float = 1e-3, rounds: int = 60) -> Array:
    """Return the weights of a logistic regression; the first column of `x` is 1, each row counts `often` times."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    mean[0], spread[0] = 0, 1
    z, b = (x - mean) / spread, np.zeros(x.shape[1])
    penalty = ridge * often.sum() * np.eye(len(b))
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-z @ b))
        slope = (z * (often * p * (1 - p))[:, None]).T @ z + penalty
        b -= np.linalg.solve(slope, z.T @ (often * (p - y)) + penalty @ b)
    weights = b / spread
    weights[0] = b[0] - (b[1:] * mean[1:] / spread[1:]).sum()
    return weights


def balance(pairs: list[Pair]) -> Array:
    """Return how much each pair counts: every kind as much as another."""
    kinds = Counter((pair.kind, pair.changed) for pair in pairs)
    return np.array([100 / kinds[pair.kind, pair.changed] for pair in pairs])


def report(pairs: list[Pair], y: Array, scores: Array, lost: float) -> float:
    """Print what is suppressed of each group and kind; return the threshold, which loses so many streamed changes."""
    group = np.array([pair.group for pair in pairs])
    cut = float(np.quantile(scores[(group == "stream") & (y == 1)], lost))
    for label, name in ((1, "changed"), (0, "same")):
        for one in dict.fromkeys(group):
            said = scores[(group == one) & (y == label)] < cut
            print(f"{one:10s} {name}: {said.size} pairs, suppressed {said.mean() if said.size else 0:.3f}")
        for kind in sorted({pair.kind for pair in pairs if pair.changed == label and pair.group != "wire"}):
            said = scores[[pair.kind == kind and pair.changed == label for pair in pairs]] < cut
            if said.mean() not in (1 - label, label - 1):
                print(f"    {kind:24s} {said.size} pairs, suppressed {said.mean():.3f}")
    return cut


def written(weights: Array) -> str:
    """Return the module that holds the weights."""
    names = sorted(
        (v, k) for k, v in vars(fact_evidence).items() if k.startswith("E_") and isinstance(v, int)
    )
    lines = "\n".join(f"        {weights[v]:.4f},  # {k}" for v, k in names)
    imports = OUT.read_text().partition('"""\n\n')[2].partition("np.array(")[0]
    return f"{_HEAD}{imports}np.array(\n    [\n{lines}\n    ]\n)\n{_NOTE}"


_HEAD = '"""Weights of the evidence for new facts, as `python -m bench.fact_weights` fitted them."""\n\n'
_NOTE = '"""float64[EVIDENCE]: a sum above 0 means that an article says what its match does not."""\n'


def main() -> None:
    """Build pairs, train, print, and write if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("stream")
    parser.add_argument("templates")
    parser.add_argument("--wire", type=Path)
    parser.add_argument("--lost", type=float, default=0.03)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    pairs = [pair for folder in chosen.stream.split(",") for pair in pairs_of(Path(folder), "stream")]
    pairs += [pair for folder in chosen.templates.split(",") for pair in pairs_of(Path(folder), "templates")]
    for seed in range(REPORTS):
        report_of = a_report(seed)
        pairs += our_own({"id": f"report-{seed}", "title": report_of.title, "body": report_of.body})
    pairs += wire_pairs(chosen.wire) if chosen.wire else []
    reader = Reader()
    rows = []
    for pair in pairs:  # in their order: a collection knows few words at first
        old, new = reader.facts(pair.old), reader.facts(pair.new)
        rows.append(row(reader.store.read(new), reader.store.row(reader.store.read(old))))
    x, y = np.array(rows), np.array([pair.changed for pair in pairs], np.float64)
    settled = np.array([is_settled(one) for one in rows])
    taught = np.array([pair.group != "wire" for pair in pairs]) & ~settled
    half = np.array([zlib.crc32(pair.old["id"].encode()) % 2 for pair in pairs])
    scores, often = np.empty(len(y)), balance(pairs)
    for part in (0, 1):
        others = taught & (half != part)
        weights = fit(x[others], y[others], often[others])
        scores[half == part] = x[half == part] @ weights
    print(f"{len(y)} pairs, {EVIDENCE} figures each, {1 << SMALL_BITS} words; cross-validated by story:")
    report(pairs, y, np.where(settled, SETTLED, scores), chosen.lost)
    weights = fit(x[taught], y[taught], often[taught])
    print("fitted to all:")
    weights[0] -= report(pairs, y, np.where(settled, SETTLED, x @ weights), chosen.lost)
    if chosen.write:
        OUT.write_text(written(weights))


if __name__ == "__main__":
    main()
