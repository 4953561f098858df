"""How long claims take on texts made to be slow, by length: python -m bench.claims_hostile. Linear means a flat row."""

from __future__ import annotations

import resource
import sys
import time

from service.enrich.claims import find_claims, warm_up

LENGTHS = (62_500, 125_000, 250_000, 500_000, 1_000_000)
UNITS = (
    "“", '"a ', "‘a ", "'a' ", "he said it said ", '"No." she said. ', '"No way." ', "Ada Brandt ", "A. B. ",
    "Mr. President ", "Ada Brandt, ", ". ", "said\n", "1", "a", "12 percent ", " ", "a-", "Ada Brandt, chairman of ",
    '"LUND: No." ', "Mr. X said it. ", "Ada Lund said he left. ",
)  # fmt: skip


def main() -> int:
    """Return microseconds of CPU per 1,000 characters, by unit and length, and the peak memory of the process."""
    warm_up()
    print(
        f"{'unit repeated':28s}"
        + "".join(f"{length:>12,d}" for length in LENGTHS)
        + "   us per 1,000 characters"
    )
    for unit in UNITS:
        row = []
        for length in LENGTHS:
            text = unit * (length // len(unit))
            begun = time.process_time()
            find_claims(text)
            row.append((time.process_time() - begun) * 1e9 / len(text))
        print(f"{unit!r:28s}" + "".join(f"{value:12.0f}" for value in row), flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
