"""Say in each segment whose it is: the group of the workers, and what their settings decide by.

Two groups on the same topics do everything twice. With the same settings their records are the same; with others two
truths are published, and a reader cannot tell which one holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from service.settings import Settings

DECIDE: Final = {
    "intake": (
        "cleaning",
        "collections",
        "default_collection",
        "fields",
        "summaries",
        "key_is_id",
        "trust",
        "local_ids_below",
        "text_bytes_max",
    ),
    "dedup": ("enabled", "capacity_articles", "window_days"),
    "enrich": ("read_chars_max", "claims_max", "confidence_min"),
    "threads": ("enabled", "capacity_claims", "window_days"),
}
"""Settings that change what is published, by section."""

DIGEST_BYTES: Final = 4
"""Size of the digest of a section's settings, in bytes: it tells settings apart, and nobody attacks it."""


TAKES_OVER: Final = "takes_over"
"""Last word of a header whose writer set `kafka.take_over`."""


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Name a group of workers (`kafka.group_prefix`), and the digests of their settings by section."""

    group: str
    sections: tuple[tuple[str, str], ...]
    takes_over: bool = False

    def pack(self) -> bytes:
        """Return as the value of a header."""
        words = [self.group, *(f"{name}={digest}" for name, digest in self.sections)]
        return " ".join([*words, TAKES_OVER] if self.takes_over else words).encode()

    def shuts_out(self, writer: DecidedBy) -> bool:
        """Tell whether a log of this desk is none for `writer`: another group, other settings, and no take-over."""
        is_other = self.group != writer.group and self.sections != writer.sections
        return is_other and not writer.takes_over

    def differing(self, other: DecidedBy) -> str:
        """Name the sections in which the settings differ."""
        theirs = dict(other.sections)
        return ", ".join(f"[{name}]" for name, digest in self.sections if theirs.get(name) != digest)


def decided_by(settings: Settings) -> DecidedBy:
    """Return who decides with these settings."""
    kafka = settings.kafka
    sections = tuple((name, _digest(getattr(settings, name), keys)) for name, keys in DECIDE.items())
    return DecidedBy(kafka.group_prefix, sections, kafka.take_over)


def read_decided_by(value: bytes | None) -> DecidedBy | None:
    """Read the value of a header; None where there is none, or one that says nothing."""
    group, *words = (value or b"").decode("utf-8", "replace").split(" ")
    pairs = tuple(
        (name, digest) for name, is_pair, digest in (one.partition("=") for one in words) if is_pair
    )
    return DecidedBy(group, pairs, words[-1] == TAKES_OVER) if pairs else None


def heir(owner: DecidedBy | None, writer: DecidedBy | None) -> DecidedBy | None:
    """Return whose log it is once `writer` has written a segment, where it was that of `owner`.

    A group may change its settings, a group of another name may go on with the same ones, and `kafka.take_over` takes
    what was another's. Else another group with other settings writes into somebody else's log. A segment of a release
    that did not say so changes nothing.
    """
    if writer is None:
        return owner
    return owner if owner is not None and owner.shuts_out(writer) else writer


def _digest(section: object, keys: tuple[str, ...]) -> str:
    values = repr([getattr(section, key) for key in keys])
    return blake2b(values.encode(), digest_size=DIGEST_BYTES).hexdigest()
