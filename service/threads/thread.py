"""What is known of a thread that more than one article carries, or that is linked to another: its counts and links.

Nothing here grows without bound: beyond the limits articles are counted and nothing else is kept of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from service.languages.en import threading as english
from service.sketch.claims.speaker_names import known_by
from service.threads.index.reasons import OTHER_SPEAKER, PERIOD, PUBLISHED_LATER, ROUNDING

MEMBERS_MAX: Final = 256
"""Maximum number of articles whose reporter and speaker are kept."""
LINKS_MAX: Final = 8
"""Maximum number of disputes, of denials and of related threads kept."""
SOURCES_MAX: Final = 20

REASONS: Final = (
    (ROUNDING, "rounding"),
    (PERIOD, "period"),
    (PUBLISHED_LATER, "published_later"),
    (OTHER_SPEAKER, "speaker"),
)


class Member(NamedTuple):
    """Who reported an article of a thread, in which cluster, and whom it named as speaker."""

    reported_by: str | None
    cluster_id: str
    speaker: str | None


Link = tuple[int, str]
"""Number and id of another thread."""


class Dispute(NamedTuple):
    """Another thread, its value, and what may explain the difference (bits of index/reasons.py)."""

    number: int
    thread_id: str
    value: float
    reasons: int


@dataclass(slots=True)
class Thread:
    """A thread; `number` is the serial number of the facet that opened it."""

    thread_id: str
    number: int
    kind: int
    sequence: int = 1
    articles: int = 0
    first_seen: str | None = None
    latest_seen: str | None = None
    members: dict[str, Member] = field(default_factory=dict)
    disputes: tuple[Dispute, ...] = ()
    denies: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    counted: tuple[int, list[tuple[str, int]]] | None = field(default=None, compare=False)
    """Reports and sources of these members, once they were asked for."""

    def join(self, article_id: str, member: Member, published_at: str | None) -> bool:
        """Take in an article; return whether it is new to the thread."""
        if published_at is not None:
            self.first_seen = min(filter(None, (self.first_seen, published_at)))
            self.latest_seen = max(filter(None, (self.latest_seen, published_at)))
        if article_id in self.members:
            return False
        self.articles += 1
        if len(self.members) < MEMBERS_MAX:
            self.members[article_id] = member
            self.counted = None
        return True

    def leave(self, article_id: str) -> bool:
        """Take out an article whose claims are withdrawn; return whether it was there."""
        if self.members.pop(article_id, None) is None:
            return False
        self.counted = None
        self.articles -= 1
        return True

    @property
    def reports(self) -> int:
        """Return how many origins reported it by themselves: articles of one cluster, or of one reporter, are one."""
        return self._counts()[0]

    @property
    def sources(self) -> list[tuple[str, int]]:
        """Return the speakers it goes back to, by last name, each with the number of articles."""
        return self._counts()[1]

    def _counts(self) -> tuple[int, list[tuple[str, int]]]:
        """Count the members once: a thread with as many as are kept is told of again and again."""
        if self.counted is None:
            self.counted = self._reports(), self._sources()
        return self.counted

    def _reports(self) -> int:
        first: dict[str, str | None] = {}
        for member in self.members.values():
            first.setdefault(member.cluster_id, member.reported_by)
        return origins(first)

    def _sources(self) -> list[tuple[str, int]]:
        names: dict[str, str] = {}
        counts: dict[str, int] = {}
        for member in self.members.values():
            if member.speaker:
                last = known_by(member.speaker)
                names.setdefault(last, member.speaker)
                counts[last] = counts.get(last, 0) + 1
        ranked = sorted(counts, key=lambda last: (-counts[last], last))
        return [(names[last], counts[last]) for last in ranked[:SOURCES_MAX]]


def is_linked(links: Sequence[Link | Dispute], number: int) -> bool:
    """Tell whether a thread is among the links of another, or there are links enough.

    >>> is_linked(((3, "f4bd"),), 3), is_linked((), 3)
    (True, False)
    """
    return len(links) >= LINKS_MAX or any(link[0] == number for link in links)


def origins(reporters: Mapping[str, str | None]) -> int:
    """Count reporters by cluster: one name counts once however it is written, and each cluster without a name.

    >>> origins({"a": "Tarrow Gazette", "b": "The TARROW GAZETTE", "c": "Skerry News", "d": "Skerry", "e": None})
    4
    """
    return len({(0, _outlet(name)) if name else (1, cluster) for cluster, name in reporters.items()})


def _outlet(name: str) -> str:
    """Return what tells an outlet from others.

    >>> _outlet("The Skerry News"), _outlet("Sky News")
    ('skerry news', 'sky')
    """
    outlet = name.casefold().removeprefix(english.OUTLET_BEFORE)
    return outlet.removesuffix(english.OUTLET_BEHIND) if outlet in english.BROADCASTERS else outlet


def reasons_of(bits: int) -> list[str]:
    """Return why two values may differ, in words.

    >>> reasons_of(ROUNDING | PERIOD), reasons_of(0)
    (['rounding', 'period'], ['unexplained'])
    """
    return [name for bit, name in REASONS if bits & bit] or ["unexplained"]
