"""Check every claim of a local evaluation kit's texts, span by span: python -m bench.eval_spans KIT [--errors N].

KIT is a folder with data/*.jsonl or .jsonl.gz, a text each line as `body` or `text`. No gold is needed: a claim's text
is the slice it names, its pieces, speaker, cue, figures and dates lie where they say, no words are claimed twice
(tests/enrich/spans.py). Only counts are printed, and of N claims what is wrong, in offsets.
Exits with 1 if one is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from service.enrich.claims import find_all_claims
from service.enrich.doc import Asked
from service.enrich.enrich import BATCH_ARTICLES
from tests.enrich.spans import wrong_claims
from train.documents import read_lines

FIELDS = ("body", "text")


def texts_of(path: Path) -> Iterator[Asked]:
    """Yield the articles of one file, with what is known of them."""
    for record in read_lines(path):
        text = next((record[field] for field in FIELDS if isinstance(record.get(field), str)), None)
        if text:
            yield Asked(text, record.get("published_at") or record.get("reference_time"))


def main(argv: list[str] | None = None) -> int:
    """Print a line for each file and the sum; 1 where a claim is wrong."""
    parser = argparse.ArgumentParser(prog="bench.eval_spans", description=__doc__)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--errors", type=int, default=10, metavar="N", help="say of N what is wrong")
    options = parser.parse_args(argv)
    files = sorted([*options.kit.glob("data/*.jsonl"), *options.kit.glob("data/*.jsonl.gz")])
    if not files:
        raise SystemExit(f"{options.kit} has no data/*.jsonl.gz")
    all_texts = all_claims = 0
    wrong: list[str] = []
    for path in files:
        asked, texts, claims, before = texts_of(path), 0, 0, len(wrong)
        while batch := list(islice(asked, BATCH_ARTICLES)):
            for one, findings in zip(batch, find_all_claims(batch), strict=True):
                texts, claims = texts + 1, claims + len(findings.claims)
                where = f"{path.name}, text {texts}"
                wrong += [f"{where}: {claim}" for claim in wrong_claims(one.text, findings)]
        print(f"{path.name:28s}{texts:8,d} texts {claims:9,d} claims {len(wrong) - before:6,d} wrong")
        all_texts, all_claims = all_texts + texts, all_claims + claims
    print(f"{'all':28s}{all_texts:8,d} texts {all_claims:9,d} claims {len(wrong):6,d} wrong")
    for claim in wrong[: options.errors]:
        print(f"  {claim}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
