"""Memory that was freed is there for the next batch without asking the system."""

from __future__ import annotations

import platform
import resource

import numpy as np
import pytest

from service.enrich.heap import KEPT_BYTES, keep_freed_memory

PAGE = 4_096


def faults_of_a_batch() -> int:
    """Pages the system had to hand out while arrays as large as a batch needs were filled and freed."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    arrays = [np.ones(1 << 18, np.uint8) for _ in range(KEPT_BYTES >> 19)]
    del arrays
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries decide for themselves")
def test_the_memory_of_a_batch_is_not_asked_for_twice() -> None:
    keep_freed_memory()
    faults_of_a_batch()
    assert faults_of_a_batch() < KEPT_BYTES // 2 // PAGE // 10
