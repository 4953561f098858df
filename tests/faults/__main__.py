"""Faults without end, on one real broker or on three: `python -m tests.faults --seed 1 --runs 20 --brokers 3`.

Run n has the seed SEED + n; a run that fails is run alone with `--seed THAT --runs 1`. Ends with 1 when one failed.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from deploy.kafka.cluster import EmbeddedCluster
from deploy.kafka.embedded import EmbeddedKafka
from service.pipeline.app import warm_up
from service.stages import STAGES
from tests.faults.nemesis import CLUSTER_WEIGHTS
from tests.faults.run import one_run


def main() -> int:
    """Report a run in one line, and everything known of one that failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--faults", type=int, default=25)
    parser.add_argument("--workers", type=int, default=2, help="of each stage, at the start")
    parser.add_argument("--brokers", type=int, choices=[1, 3], default=1, help="of the cluster (%(default)s)")
    parser.add_argument(
        "--pause", type=float, default=0.2, help="seconds between faults at least (%(default)s)"
    )
    parser.add_argument(
        "--only", nargs="*", choices=list(CLUSTER_WEIGHTS), default=[], help="these faults alone"
    )
    chosen = parser.parse_args()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # our own clients meet the same faults
    for stage in STAGES:
        warm_up(stage)
    failed = 0
    for seed in range(chosen.seed, chosen.seed + chosen.runs):
        with (
            tempfile.TemporaryDirectory(prefix="copydesk-faults-") as home,
            _cluster(Path(home), chosen.brokers) as kafka,
        ):
            report = asyncio.run(
                one_run(
                    kafka,
                    seed,
                    chosen.articles,
                    chosen.faults,
                    only=chosen.only,
                    workers=chosen.workers,
                    pause=chosen.pause,
                )
            )
        print(report, flush=True)
        if report.found:
            failed += 1
            print("\n".join(report.deeds), report.words, sep="\n", flush=True)
    print(f"{chosen.runs - failed} of {chosen.runs} runs kept every promise", flush=True)
    return 1 if failed else 0


def _cluster(home: Path, brokers: int) -> EmbeddedKafka | EmbeddedCluster:
    return EmbeddedKafka(home) if brokers == 1 else EmbeddedCluster(home)


if __name__ == "__main__":
    sys.exit(main())
