"""Compile everything that the stages need and leave: `python -m service.pipeline.bake`, for a container image.

With NUMBA_CPU_NAME=generic the code runs on any processor of the architecture. NUMBA_CACHE_DIR says where it goes.
"""

from __future__ import annotations

import sys

from service.compiled import kernel_counts
from service.pipeline.app import warm_up
from service.pipeline.compiling import compiling_reported, in_words
from service.stages import STAGES


def main() -> None:
    """Warm up every stage, and print how many functions were compiled."""
    with compiling_reported(lambda counts, seconds: print(in_words(counts, seconds), file=sys.stderr)):
        for stage in STAGES:
            warm_up(stage)
    print(f"compiled {kernel_counts().compiled} functions", file=sys.stderr)


if __name__ == "__main__":
    main()
