"""What threads decided on one envelope <-> bytes: verdicts, the facets that are kept, and the records to publish.

A segment is written before the records are published. It answers for the envelope when that comes again, and read in
order the segments of a collection rebuild its memory without deciding anything.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from service.line.frames import unzipped, zipped
from service.records import Prepared
from service.sketch.claims.claim_figures import FIGURE, Figures
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import FIGURE_ROWS, HEAD_COLUMNS
from service.threads.index.kept import kept_parts, measured
from service.threads.index.postings import Places
from service.threads.index.verdict_columns import LINKS

SEGMENT_VERSION: Final = 3
CLAIM_ID_BYTES: Final = 16


class Decided(msgspec.Struct, array_like=True):
    """What was decided on one article, and what memory needs of it."""

    article_id: str
    cluster_id: str
    reported_by: str | None
    published_at: str | None
    replaces: tuple[str, ...]
    key: bytes  # of the delivery
    again: bool  # it was delivered before: nothing was decided
    poison: bool  # it ended workers: nothing was decided
    day: int
    story: int  # serial number, of the story it joined or opened
    opens_story: bool
    similarity: float  # to the story
    stems: bytes
    values: bytes
    claim_ids: bytes  # 16 each, up to the last claim that has a facet
    speakers: tuple[str | None, ...]  # of each claim
    figures_of: tuple[float, ...]  # value of each link's other figure, in the order of links
    heads: bytes
    words: bytes
    keys: bytes
    figures: bytes
    verdicts: bytes  # int64[facets, columns] (verdicts_packed)
    copy_of: str | None = None

    @property
    def counts(self) -> bool:
        """Tell whether anything was decided."""
        return not (self.again or self.poison)


class Sent(msgspec.Struct, array_like=True):
    """A record that was published for the envelope."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


class _Packed(msgspec.Struct, array_like=True):
    version: int
    offset: int
    first_facet: int
    first_story: int
    first_article: int
    decided: list[Decided]
    sent: list[Sent]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Packed)


@dataclass(frozen=True, slots=True)
class Segment:
    """The verdicts on one envelope: serial numbers before it, its articles, and what was published for them."""

    offset: int
    first_facet: int
    first_story: int
    first_article: int
    decided: list[Decided]
    sent: list[Sent]

    def pack(self) -> bytes:
        """Return as bytes: a checksum, then a zstd frame of MessagePack."""
        packed = _Packed(
            SEGMENT_VERSION,
            self.offset,
            self.first_facet,
            self.first_story,
            self.first_article,
            self.decided,
            self.sent,
        )
        body = zipped(_encoder.encode(packed))
        return zlib.crc32(body).to_bytes(4, "little") + body

    @staticmethod
    def unpack(packed: bytes) -> Segment:
        """Read a segment. Raises: ValueError if it is none, or of another version."""
        body = packed[4:]
        if len(packed) < 5 or zlib.crc32(body) != int.from_bytes(packed[:4], "little"):
            raise ValueError("the checksum is wrong")
        try:
            found = _decoder.decode(unzipped(body))
        except ValueError as error:
            raise ValueError(f"no segment: {error}") from None
        if found.version != SEGMENT_VERSION:
            raise ValueError(f"version {found.version}, and this code reads {SEGMENT_VERSION}")
        return Segment(
            found.offset,
            found.first_facet,
            found.first_story,
            found.first_article,
            found.decided,
            found.sent,
        )


class Columns:
    """The facets of an article as arrays."""

    __slots__ = ("claims", "figures", "heads", "keys", "words")

    def __init__(self, source: Prepared | Decided) -> None:
        self.heads: Words = np.frombuffer(source.heads, np.uint32).reshape(-1, HEAD_COLUMNS)
        self.words: Words = np.frombuffer(source.words, np.uint32)
        self.keys: Words = np.frombuffer(source.keys, np.uint32)
        self.figures: Figures = np.frombuffer(source.figures, FIGURE)
        self.claims, *sums = measured(self.heads)
        """The number of claims, up to the last one that has a facet."""
        if sums != [self.words.size, self.keys.size, self.figures.size]:
            raise ValueError(f"facets count {sums} words, keys and figures, and there are others")

    def figure_of(self, facet: int, row: int) -> float:
        """Return the value of a figure of a facet."""
        before = int(self.heads[:facet, FIGURE_ROWS].sum())
        return float(self.figures["value"][before + row])

    def kept(self, verdicts: Places) -> tuple[bytes, bytes, bytes, bytes]:
        """Return heads, words, keys and figures with only the elements of facets that are kept."""
        heads, words, keys, figures = kept_parts(self.heads, self.words, self.keys, self.figures, verdicts)
        return heads.tobytes(), words.tobytes(), keys.tobytes(), figures.tobytes()


def verdicts_packed(verdicts: Places, *, has_links: bool) -> bytes:
    """Return verdicts as bytes, without the columns of links where there are none."""
    return (verdicts if has_links else verdicts[:, : LINKS + 1]).tobytes()


def verdicts_of(decided: Decided) -> Places:
    """Return the verdicts on an article's facets: int64[facets, columns], up to LINKS where there are no links."""
    facets = len(decided.heads) // (4 * HEAD_COLUMNS)
    found = np.frombuffer(decided.verdicts, np.int64)
    return found.reshape(facets, -1) if facets else found.reshape(0, LINKS + 1)


def must_be_sound(article: Prepared) -> None:
    """Check that the packed parts of an article fit together. Raises: ValueError."""
    claims = Columns(article).claims
    if claims > len(article.claims):
        raise ValueError(f"a facet belongs to claim {claims - 1} of {len(article.claims)}")
    if len(article.stems) % 4 or len(article.stems) != len(article.values):
        raise ValueError(f"{len(article.values)} bytes of values for {len(article.stems)} bytes of stems")
    ids = "".join([claim.claim_id for claim in article.claims])
    lengths = {len(claim.claim_id) for claim in article.claims}
    if lengths - {2 * CLAIM_ID_BYTES} or 2 * len(bytes.fromhex(ids)) != len(ids):
        raise ValueError(f"the id of a claim has not {CLAIM_ID_BYTES} bytes")
