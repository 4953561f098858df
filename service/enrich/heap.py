"""Freed memory stays with the process: to ask the system for it again costs more than many a step of the work."""

from __future__ import annotations

import numpy as np

KEPT_BYTES = 16 << 20
"""More than a batch of articles needs at once."""


def keep_freed_memory() -> None:
    """Let the C library hold up to KEPT_BYTES of free memory back instead of returning them at once.

    glibc keeps twice the largest block that was ever mapped for itself and freed (mallopt(3), M_MMAP_THRESHOLD), so
    one such block is made and let go. Other C libraries decide as before.
    """
    block = np.empty(KEPT_BYTES // 2, np.uint8)
    del block
