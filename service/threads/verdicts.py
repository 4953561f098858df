"""Read verdicts on facets, and say what they did to threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from service.threads.index.verdict_columns import LINK_COLUMNS, LINK_KIND, LINKS, RELATED, RELATION, THREAD
from service.threads.pairs import DENIED
from service.threads.same_figure import DISPUTED
from service.threads.segments import Segment, verdicts_of
from service.threads.thread import Thread

RELATIONS: Final = ("opens", "repeats", "varies")
LINK_NAMES: Final = {DISPUTED: "disputes", DENIED: "denies", RELATED: "is_related"}


class Happened(NamedTuple):
    """What happened to a thread: its number in the order of the thread, the event, and the facet and the claim of the
    article for which it did.

    Facet and claim are -1 for a withdrawal and a reprint.
    """

    thread: Thread
    sequence: int
    event: str
    facet: int
    claim: int


def happened_to(thread: Thread, event: str, facet: int = -1, claim: int = -1) -> Happened:
    """Count an event of a thread; an article may bring two to one thread."""
    thread.sequence += 1
    return Happened(thread, thread.sequence, event, facet, claim)


def links_of(row: Sequence[int]) -> Iterator[list[int]]:
    """Yield the links of a verdict, each as its columns."""
    for number in range(row[LINKS]):
        start = LINKS + 1 + number * LINK_COLUMNS
        yield list(row[start : start + LINK_COLUMNS])


def relations_of(segment: Segment) -> Mapping[str, int]:
    """Count what the facets of an envelope are to threads; those that say too little to be compared are `thin`."""
    counts: Counter[str] = Counter()
    for decided in segment.decided:
        verdicts = verdicts_of(decided)
        compared = verdicts[:, THREAD] >= 0
        found = np.bincount(verdicts[compared, RELATION], minlength=len(RELATIONS)).tolist()
        counts.update({"thin": len(verdicts) - sum(found)} | dict(zip(RELATIONS, found, strict=True)))
        for row in verdicts[verdicts[:, LINKS] > 0].tolist():
            counts.update(LINK_NAMES[link[LINK_KIND]] for link in links_of(row))
    return +counts
