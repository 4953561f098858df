"""Which articles print others again: by whom the claims of an article are reprinted.

A copy may come before its original: dedup sends it at once, and the original only after its claims are found.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

COPIES_MAX: Final = 256
"""Maximum number of copies kept of an article."""
OUTLETS_MAX: Final = 20
"""Maximum number of outlets that a record names."""


@dataclass(slots=True)
class Copies:
    """Copies and their originals; beyond `limit` copies the oldest is forgotten."""

    limit: int
    original_of: OrderedDict[str, str] = field(default_factory=OrderedDict)
    by_original: dict[str, dict[str, str | None]] = field(default_factory=dict)  # outlets, by id of the copy

    def note(self, article_id: str, copy_of: str, outlet: str | None) -> tuple[str, bool]:
        """Note a copy of an article, or of a copy of it. Return the original, and whether the outlet is new to it."""
        original = self.original_of.get(copy_of, copy_of)
        known = self.by_original.setdefault(original, {})
        if article_id in known or article_id == original or len(known) >= COPIES_MAX:
            return original, False
        is_new = outlet is not None and outlet not in known.values()
        known[article_id] = outlet
        self.original_of[article_id] = original
        while len(self.original_of) > self.limit:
            self.forget(next(iter(self.original_of)))
        return original, is_new

    def forget(self, article_id: str) -> None:
        """Take a copy out: it was withdrawn, or says something else now."""
        original = self.original_of.pop(article_id, None)
        if original is not None:
            known = self.by_original[original]
            known.pop(article_id, None)
            if not known:
                del self.by_original[original]

    def of(self, originals: Iterable[str]) -> list[str | None]:
        """Return the outlets of all copies of these articles, one for each copy."""
        return [outlet for one in originals for outlet in self.by_original.get(one, {}).values()]


def named(outlets: Iterable[str | None]) -> tuple[str, ...]:
    """Return the different names, the first ones first.

    >>> named(["Skerry Post", None, "Port News", "Skerry Post"])
    ('Skerry Post', 'Port News')
    """
    return tuple(islice(dict.fromkeys(name for name in outlets if name), OUTLETS_MAX))
