"""What dedup makes of news that changes: a made-up stream of updates, reprints and templated reports, kind by kind.

    python -m bench.eval_facts [--seeds 1,2] [--stories 300] [--templated 40]

The stream is that of tests/quality/fact_stream.py, whose floors a test keeps. The texts are made up: the figures tell
what breaks, not how often it does in real news.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

from service.dedup.collection import warm_up
from tests.quality.fact_stream import decide, is_right, stream


def main() -> None:
    """Decide on the stream of each seed, and print a line for each kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--templated", type=int, default=40, help="reports of each family")
    chosen = parser.parse_args()
    warm_up()
    made, right, hidden = defaultdict[str, int](int), defaultdict[str, int](int), defaultdict[str, int](int)
    spent, count = 0.0, 0
    for seed in map(int, chosen.seeds.split(",")):
        items = stream(seed, chosen.stories, chosen.templated)
        started = time.process_time()
        verdicts = decide(items)
        spent, count = spent + time.process_time() - started, count + len(items)
        for item in items:
            made[item.kind] += 1
            right[item.kind] += is_right(item, verdicts[item.name])
            hidden[item.kind] += not verdicts[item.name].goes_on
    print(f"{count} articles, {spent / count * 1e6:.0f} µs CPU each; claims are not searched for")
    print(f"{'kind':52s}{'items':>7s}{'right':>8s}{'suppressed':>12s}")
    for kind in sorted(made):
        share, quiet = right[kind] / made[kind], hidden[kind] / made[kind]
        print(f"{kind:52s}{made[kind]:7d}{share:8.3f}{quiet:12.3f}")


if __name__ == "__main__":
    main()
