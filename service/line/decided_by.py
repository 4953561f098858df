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


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Name a group of workers (`kafka.group_prefix`), and the digests of their settings by section."""

    group: str
    sections: tuple[tuple[str, str], ...]

    def pack(self) -> bytes:
        """Return as the value of a header."""
        return " ".join([self.group, *(f"{name}={digest}" for name, digest in self.sections)]).encode()

    def is_other_desk(self, other: DecidedBy) -> bool:
        """Tell whether another group decides by other settings."""
        return self.group != other.group and self.sections != other.sections

    def differing(self, other: DecidedBy) -> str:
        """Name the sections in which the settings differ."""
        theirs = dict(other.sections)
        return ", ".join(f"[{name}]" for name, digest in self.sections if theirs.get(name) != digest)


def decided_by(settings: Settings) -> DecidedBy:
    """Return who decides with these settings."""
    return DecidedBy(
        settings.kafka.group_prefix,
        tuple((name, _digest(getattr(settings, name), keys)) for name, keys in DECIDE.items()),
    )


def unpack(value: bytes | None) -> DecidedBy | None:
    """Read the value of a header; None where there is none, or one that says nothing."""
    group, *pairs = (value or b"").decode("utf-8", "replace").split(" ")
    if not pairs:
        return None
    return DecidedBy(
        group, tuple((name, digest) for name, _, digest in (one.partition("=") for one in pairs))
    )


def heir(owner: DecidedBy | None, writer: DecidedBy | None) -> DecidedBy | None:
    """Return whose log it is once `writer` has written a segment, where it was that of `owner`.

    A group may change its settings, and a group of another name may go on with the same ones. Another group with other
    settings writes into somebody else's log. A segment of a release that did not say so changes nothing.
    """
    return owner if writer is None or (owner is not None and owner.is_other_desk(writer)) else writer


def _digest(section: object, keys: tuple[str, ...]) -> str:
    values = repr([getattr(section, key) for key in keys])
    return blake2b(values.encode(), digest_size=DIGEST_BYTES).hexdigest()
