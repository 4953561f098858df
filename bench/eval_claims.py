"""Score quotations on a local evaluation kit: python -m bench.eval_claims KIT [--errors N] [--model FILE].

KIT is a folder with claims/score.py and data/. The shipped model has seen all of the kit's annotated news, so a
model of the same recipe is trained without a fifth of it (ten minutes, kept under var/) and scored on that fifth.
Texts stay where they are: scores are printed, and examples of errors only with --errors.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.claims_floor import floor_quotes
from service.enrich.enrich import BATCH_ARTICLES
from service.enrich.quotes.finder import Finder
from service.enrich.quotes.model import load
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import Offsets, Sentences
from train.__main__ import left_out
from train.__main__ import main as train
from train.documents import read_lines

LEFT_OUT = 0.2
ARTICLE_WORDS = 777
KEPT = Path("var/eval/claims-without-a-fifth.npz")
COLUMNS = (
    "direct trim",
    "direct attributed",
    "speech token",
    "speech overlap",
    "precision",
    "speech attributed",
)
PUBLISHED = (
    ("marks, a verb of saying, a name", (0.816, 0.548, 0.717, 0.512, 0.646, 0.375)),
    ("regular expressions, marked speech only", (0.758, 0.639, 0.419, 0.288, 0.878, 0.266)),
    ("CRF on sentences with a cue", (0.868, 0.807, 0.852, 0.720, 0.782, 0.624)),
    ("CRF on all tokens", (0.881, 0.831, 0.866, 0.737, 0.747, 0.621)),
    ("two-pass CRF", (0.915, 0.900, 0.916, 0.832, 0.873, 0.783)),
    ("people among themselves (20 others)", (0.953, 0.980, 0.972, 0.935, 0.942, 0.920)),
)
"""What others have on the corpus' held-out part of 383 documents, which is not among the kit's data."""
EXACT = ("source", "cue", "content")
PUBLISHED_EXACT = (
    ("rules", (0.107, 0.228, 0.056)),
    ("CoreNLP", (0.139, None, 0.175)),
    ("embeddings, CRF", (0.506, 0.534, 0.286)),
    ("CRF, the corpus' own training part", (0.634, 0.627, 0.504)),
    ("BiLSTM, CRF", (0.696, 0.667, 0.590)),
    ("BERT, CofeNet", (0.832, 0.753, 0.729)),
)
"""CofeNet's table (https://aclanthology.org/2022.coling-1.217): exact match on its 1,814 test sentences."""
THRESHOLDS = (0.5, 0.7, 0.9)

Quotes = list[dict[str, Any]]
Predict = Callable[[str], Quotes]


def scorer(kit: Path) -> ModuleType:
    """Return the kit's own score.py."""
    spec = importlib.util.spec_from_file_location("kit_score", kit / "claims" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{kit} has no claims/score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def quotes_of(finder: Finder, text: str, *, beliefs: bool) -> Quotes:
    """Return what the finder reads from `text`, in the kit's form."""

    def mention(span: Offsets | None) -> dict[str, Any] | None:
        return None if span is None else {"start": span[0], "end": span[1], "text": text[slice(*span)]}

    return [
        {
            "start": found.start,
            "end": found.end,
            "segments": [list(segment) for segment in found.segments],
            "speaker": mention(found.speaker),
            "cue": mention(found.cue),
            "speech": found.speech,
            "confidence": found.confidence,
            "method": found.method,
        }
        for found in [said.attribution for said in finder.read(text, "en", beliefs=beliefs).attributions]
    ]


def predictions(gold: list[dict[str, Any]], predict: Predict) -> dict[str, Any]:
    """Return predicted documents by id."""
    return {d["id"]: {"id": d["id"], "quotes": predict(d["text"])} for d in gold}


def _row(name: str, values: tuple[float, ...]) -> None:
    print(f"{name:56s}" + "".join(f"{value:18.3f}" for value in values))


def _exact_row(name: str, shares: tuple[float | None, ...]) -> None:
    print(f"{name:56s}" + "".join("         -" if share is None else f"{share:10.3f}" for share in shares))


def _headline(report: dict[str, Any]) -> tuple[float, ...]:
    return tuple(report["headline"].values())


def honest_model(annotated: Path, articles: Path) -> Path:
    """Return the model trained without the left-out fifth; train it first if it does not exist."""
    if not KEPT.exists():
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        options = ["--articles", str(articles), "--leave-out", str(LEFT_OUT), "--output", str(KEPT)]
        train([str(annotated), *options])
    return KEPT


def calibration(score: ModuleType, gold: list[dict[str, Any]], predicted: dict[str, Any]) -> None:
    """Of the claims with at least so much confidence: how many, and how many with right words and speaker."""
    held: list[tuple[float, bool]] = []
    for document in gold:
        starts = [m.start() for m in score.TOKEN.finditer(document["text"]) if m.group()[0].isalnum()]
        wanted = [(score.tokens_in(starts, score.segs(q)), q) for q in document["quotes"]]
        for quote in predicted[document["id"]]["quotes"]:
            tokens = score.tokens_in(starts, score.segs(quote))
            match = next(
                (q for t, q in wanted if t & tokens and len(t & tokens) / len(t | tokens) >= 0.5), None
            )
            held.append((quote["confidence"], match is not None and _same_speaker(score, match, quote)))
    print("\nconfidence at least: claims, share with the right words and speaker")
    for least in THRESHOLDS:
        above = [right for confidence, right in held if confidence >= least]
        print(f"  {least:.1f}: {len(above):5d}  {sum(above) / max(1, len(above)):.3f}")


def _same_speaker(score: ModuleType, gold: dict[str, Any], quote: dict[str, Any]) -> bool:
    if gold["speaker"] is None or quote["speaker"] is None:
        return gold["speaker"] is None
    return bool(score.head_surname(gold["speaker"]["text"]) == score.head_surname(quote["speaker"]["text"]))


def exact(score: ModuleType, gold: list[dict[str, Any]], predicted: dict[str, Any], part: str) -> float:
    """Return F1 of the places of one part of an attribution, both edges equal, white space trimmed."""

    def places(document: dict[str, Any], quotes: Quotes) -> set[tuple[int, int]]:
        if part == "content":
            spans = [span for quote in quotes for span in score.segs(quote)]
        else:
            mentions = [quote["speaker" if part == "source" else "cue"] for quote in quotes]
            spans = [(mention["start"], mention["end"]) for mention in mentions if mention]
        return {score.trim(document["text"], *span, " \t\r\n") for span in spans}

    right = wanted = found = 0
    for document in gold:
        theirs = places(document, document["quotes"])
        ours = places(document, predicted[document["id"]]["quotes"])
        right, wanted, found = right + len(theirs & ours), wanted + len(theirs), found + len(ours)
    return 2 * right / max(1, wanted + found)


def errors(score: ModuleType, gold: list[dict[str, Any]], predicted: dict[str, Any], examples: int) -> None:
    """Errors of reported speech by kind: how many, and some of each."""
    kinds = Counter[str]()
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for document in gold:
        text = document["text"]
        starts = [m.start() for m in score.TOKEN.finditer(text) if m.group()[0].isalnum()]
        found = [(score.tokens_in(starts, score.segs(q)), q) for q in predicted[document["id"]]["quotes"]]
        for quote in document["quotes"]:
            if quote["speech"]:
                kind, other = _kind_of_error(score, starts, quote, found)
                kind = f"{quote['type']}: {kind}"
                kinds[kind] += 1
                shown[kind].append(
                    f"    {_brief(text, quote)}\n      -> {_brief(text, other) if other else '-'}"
                )
        _count_spurious(score, document, starts, found, kinds, shown)
    print("\nannotated speech, by what became of it; then what was found and is not annotated")
    for kind, count in kinds.most_common():
        print(f"  {count:5d}  {kind}")
        if examples and not kind.endswith("right"):
            print("\n".join(shown[kind][:examples]))


def _kind_of_error(
    score: ModuleType, starts: list[int], quote: dict[str, Any], found: list[tuple[set[int], dict[str, Any]]]
) -> tuple[str, dict[str, Any] | None]:
    wanted = score.tokens_in(starts, score.segs(quote))
    overlaps = [(len(t & wanted) / len(t | wanted), q) for t, q in found if t & wanted]
    share, best = max(overlaps, key=lambda pair: pair[0], default=(0.0, None))
    if best is None:
        cue = any(score.touch(quote["cue"], q["cue"]) for _, q in found if q["cue"])
        return ("missed, though its cue was found" if cue else "missed"), None
    if share < 0.5:
        return "less than half of the words", best
    if not _same_speaker(score, quote, best):
        return ("no speaker" if best["speaker"] is None else "another speaker"), best
    return "right", best


def _count_spurious(
    score: ModuleType,
    document: dict[str, Any],
    starts: list[int],
    found: list[tuple[set[int], dict[str, Any]]],
    kinds: Counter[str],
    shown: defaultdict[str, list[str]],
) -> None:
    annotated = set().union(*(score.tokens_in(starts, score.segs(q)) for q in document["quotes"]))
    for tokens, quote in found:
        if not tokens & annotated:
            kind = f"nothing annotated there ({quote['method']})"
            kinds[kind] += 1
            shown[kind].append("    " + _brief(document["text"], quote))


def _brief(text: str, quote: dict[str, Any]) -> str:
    words = text[quote["start"] : quote["end"]].replace("\n", "/")
    words = words if len(words) < 130 else words[:70] + " ... " + words[-55:]
    named = [quote[k]["text"] if quote[k] else None for k in ("speaker", "cue")]
    return f"{words!r} | speaker {named[0]!r} | cue {named[1]!r}"


def speed(finder: Finder, texts: list[str]) -> float:
    """Return articles of ARTICLE_WORDS words a second on one core, best of three; every text was read before.

    Quotations and speakers only, read in batches as a worker reads them.
    """
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        for first in range(0, len(texts), BATCH_ARTICLES):
            read = [tokenise(text, finder.vocabulary) for text in texts[first : first + BATCH_ARTICLES]]
            finder.read_all([(tokens, Sentences.of(tokens), True, None) for tokens in read])
        best = min(best, time.process_time() - begun)
    return words / ARTICLE_WORDS / best


def main(argv: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="bench.eval_claims", description=__doc__)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N examples of every kind")
    parser.add_argument("--model", type=Path, help="score this model instead of training one")
    parser.add_argument("--json", action="store_true", help="the full report of the kit's scorer as JSON")
    options = parser.parse_args(argv)
    score = scorer(options.kit)
    data = options.kit / "data"
    annotated = data / "polnear-dev.jsonl.gz"
    finder = Finder(load(options.model or honest_model(annotated, data / "articles-dev.jsonl.gz")))
    gold = [d for d in read_lines(annotated) if left_out(d["id"], LEFT_OUT)]
    floor = predictions(gold, floor_quotes)
    speech = predictions(gold, lambda text: quotes_of(finder, text, beliefs=False))
    everything = predictions(gold, lambda text: quotes_of(finder, text, beliefs=True))
    report = score.report(gold, speech)
    if options.json:
        print(json.dumps(report, indent=1))
        return 0
    print(f"{len(gold)} documents of polnear-dev that the model was not trained on; F1 unless said")
    print(" " * 56 + "".join(f"{name:>18s}" for name in COLUMNS))
    _row("floor: marks, a verb of saying, a name", _headline(score.report(gold, floor)))
    _row("copydesk", _headline(report))
    for name, values in PUBLISHED:
        _row(f"other documents: {name}", values)
    print(
        "\nall attribution, beliefs too, both edges exact"
        + " " * 7
        + "".join(f"{name:>10s}" for name in EXACT)
    )
    _exact_row("copydesk", tuple(exact(score, gold, everything, part) for part in EXACT))
    for name, shares in PUBLISHED_EXACT:
        _exact_row(f"other documents: {name}", shares)
    print()
    fiction = list(read_lines(data / "riqua-dev.jsonl.gz"))
    read = predictions(fiction, lambda text: quotes_of(finder, text, beliefs=False))
    trimmed = score.report(fiction, read)["all"]["content_exact_trim"]["f1"]
    print(f"riqua-dev (fiction): exact, trimmed {trimmed:.3f}; published floor .825")
    print(
        f"{speed(finder, [d['text'] for d in gold]):.0f} articles of {ARTICLE_WORDS} words a second and core "
        "for these; `python -m bench.claims_cost` times the figures too"
    )
    calibration(score, gold, speech)
    errors(score, gold, speech, options.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
