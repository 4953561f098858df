"""python -m train ANNOTATED [--articles ARTICLES] [--leave-out SHARE] [--output FILE]"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np

from service.enrich.quotes.model import WordLists, save
from service.languages.en import ENGLISH
from train.clusters import word_classes
from train.documents import align, read_lines
from train.steps import fit_model, harvest_cues

ARTICLES_MAX = 8_000


def left_out(identifier: str, share: float) -> bool:
    """Whether a document belongs to the validation part: a pure function of its id."""
    return int(hashlib.sha256(("copydesk" + identifier).encode()).hexdigest()[:8], 16) % 100 < 100 * share


def main(argv: list[str] | None = None) -> int:
    """Train on all annotated documents but those left out, and write the model."""
    parser = argparse.ArgumentParser(prog="train", description=__doc__)
    parser.add_argument("annotated", type=Path, help="documents with quotations, .jsonl or .jsonl.gz")
    parser.add_argument("--articles", type=Path, help="plain articles for word classes: {body} a line")
    parser.add_argument("--leave-out", type=float, default=0.0, help="share of documents kept for validation")
    parser.add_argument("--output", type=Path, default=ENGLISH.model_file)
    options = parser.parse_args(argv)
    begun = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begun:5.0f} s  {what}", file=sys.stderr, flush=True)

    records = [r for r in read_lines(options.annotated) if not left_out(r["id"], options.leave_out)]
    classes: dict[int, tuple[int, int, int]] = {}
    if options.articles is not None:
        classes = word_classes(r["body"] for r in islice(read_lines(options.articles), ARTICLES_MAX))
        say(f"{len(classes)} words in classes")
    hashes = np.array(sorted(classes), np.int32)
    table = np.array([classes[h] for h in hashes.tolist()], np.int32).reshape(-1, 3)
    bare = WordLists(np.zeros(0, np.int32), hashes, table)
    vocabulary = bare.vocabulary()
    lists = WordLists(harvest_cues([align(r, vocabulary) for r in records]), hashes, table)
    say(f"{len(lists.cues)} cue words")
    vocabulary = lists.vocabulary()
    model = fit_model([align(r, vocabulary) for r in records], lists, say)
    save(model, options.output)
    say(f"{options.output} has {options.output.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
