"""Count in how many articles each stem stands, and write the weights that claims are compared with.

    python -m bench.stem_weights ARTICLES.jsonl.gz

The file holds hashes and weights only. A stem of fewer than three articles is left out: it weighs as much as an
unknown one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from pathlib import Path

import numpy as np

from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, words_of
from service.sketch.claims.stem_weights import FILE, UNIT

ARTICLES_MIN = 3


def main() -> None:
    """Count, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    counts: Counter[int] = Counter()
    articles = 0
    with gzip.open(parser.parse_args().articles, "rt") as lines:
        for line in lines:
            codes = words_of(json.loads(line)["body"]).codes
            counts.update({code >> HASH_SHIFT for code in codes[(codes & CONTENT) != 0].tolist()})
            articles += 1
    kept = sorted(stem for stem, count in counts.items() if count >= ARTICLES_MIN)
    weights = [round(math.log(articles / counts[stem]) * UNIT) for stem in kept]
    np.savez_compressed(FILE, stems=np.array(kept, np.uint32), weights=np.array(weights, np.uint16))
    print(f"{len(kept)} stems of {articles} articles, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
