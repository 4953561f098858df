"""Libraries that only benchmarks need: `make bench-tools` puts them into var/peers, behind everything of our own."""

from __future__ import annotations

import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / "var" / "peers"


def find_peers() -> None:
    """Let the libraries of var/peers be imported. Raises SystemExit, with the line to run, where there are none."""
    if not PEERS.is_dir():
        raise SystemExit("the libraries to compare with are missing: make bench-tools")
    sys.path.append(str(PEERS))  # at the end: a numpy that came with them must not hide ours
