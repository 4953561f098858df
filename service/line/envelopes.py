"""Pack and unpack envelopes: many articles in one record, between two stages.

An envelope is four bytes of magic and a MessagePack array (`_OfIntake`, `_OfDedup`, `_OfEnrich`). Texts lie in frames
of their own, apart from the articles they belong to: dedup reads no text, and hands most frames on as they came,
because intake makes one frame for each partition of `articles.unique`. A frame is a zstd frame that states its
unpacked size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import zstandard
from msgspec import structs

from service.line.frames import unzipped, zipped
from service.line.partition import partition_of
from service.line.stopping import NoRecordAtFault
from service.records import Article, Prepared, Sketched, Unique

NAME: Final = b"CDE"
VERSION: Final = 3
MAGIC: Final = NAME + bytes([VERSION])
"""First four bytes of every envelope: a name, and the version of the layout that follows."""

ENVELOPE_BYTES_MAX: Final = 64 * 1024 * 1024
"""Maximum unpacked size of all frames of an envelope together, in bytes; intake makes none that is larger."""

Count = Annotated[int, msgspec.Meta(ge=0)]


class NewerEnvelope(NoRecordAtFault):
    """Stop the worker: a newer version made this envelope, so it is not a bad record, and a newer worker reads it."""


class _OfIntake(msgspec.Struct, array_like=True):
    articles: bytes  # frame of a list of articles whose text is ""
    frames: list[bytes]  # each of a list of texts
    frame_of: list[Count]  # of each article: where its text is; texts of a frame have the articles' order
    sketches: list[bytes]  # beside the frames, as they do not compress
    facts: list[bytes] = []  # of each article; empty if the intake that packed it knew none


class _OfEnrich(msgspec.Struct, array_like=True):
    prepared: bytes  # frame of a list of `Prepared`


class _OfDedup(msgspec.Struct, array_like=True):
    articles: bytes  # frame of a list of `Unique`, whose articles have "" for a text
    texts: bytes  # frame of a list of texts, of which some may belong to no article here
    positions: list[Count]  # of each article the place of its text among them


_pack = msgspec.msgpack.Encoder()
_of_intake = msgspec.msgpack.Decoder(_OfIntake)
_of_dedup = msgspec.msgpack.Decoder(_OfDedup)
_of_enrich = msgspec.msgpack.Decoder(_OfEnrich)
_prepared = msgspec.msgpack.Decoder(list[Prepared])
_articles = msgspec.msgpack.Decoder(list[Article])
_unique = msgspec.msgpack.Decoder(list[Unique])
_strings = msgspec.msgpack.Decoder(list[msgspec.Raw])
_string = msgspec.msgpack.Decoder(str)


class Texts(NamedTuple):
    """Hold a frame of texts, and the positions in it of the texts that belong to articles."""

    frame: bytes
    positions: list[int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Hold an unpacked envelope of intake: articles with "" for a text, and their texts, still packed."""

    sketched: list[Sketched]
    _frames: list[bytes]
    _places: list[tuple[int, int]]  # of each article: the frame of its text, and the position there
    _counts: list[int]  # texts in each frame
    _read: dict[int, list[msgspec.Raw]] = field(default_factory=dict)  # frames that had to be unpacked

    def text(self, number: int) -> str:
        """Return the text of an article, by its number in the envelope. Raises: ValueError if its frame is broken."""
        frame, position = self._places[number]
        if frame not in self._read:
            self._read[frame] = []  # a broken frame is not unpacked again for the next article
            self._read[frame] = _strings.decode(_unzipped(self._frames[frame]))
        texts = self._read[frame]
        if position >= len(texts):
            raise ValueError(f"frame {frame} of the envelope is broken: no text {position}")
        return _string.decode(texts[position])

    def whole(self, number: int) -> Article:
        """Return an article with its text, or with "" if the text cannot be read."""
        try:
            text = self.text(number)
        except ValueError:
            text = ""
        return structs.replace(self.sketched[number].article, text=text)

    def texts_of(self, numbers: Sequence[int]) -> Texts:
        """Return the texts of one or more articles, in this order: a pure function of envelope and numbers.

        The frame they came in is reused if it holds all of them and they are at least half of its texts: the others
        cost enrich less than packing again would cost here. Otherwise the texts are packed into a new frame.

        Raises: ValueError if they must be packed again and a frame they came in is broken.
        """
        places = [self._places[number] for number in numbers]
        frame, _ = places[0]
        if len(places) * 2 >= self._counts[frame] and all(other == frame for other, _ in places):
            return Texts(self._frames[frame], [position for _, position in places])
        return packed_texts([self.text(number) for number in numbers])


def packed_texts(texts: Sequence[str]) -> Texts:
    """Pack these texts into a frame, one for each article."""
    return Texts(_frame(texts), list(range(len(texts))))


def pack_sketched(sketched: Sequence[Sketched], partitions: int) -> bytes:
    """Pack an envelope of intake, for a topic articles.unique of `partitions` (dedup repacks if there are others)."""
    frames: dict[int, list[str]] = {}  # by partition
    partition_of_each = [partition_of(one.article.article_id.encode(), partitions) for one in sketched]
    for one, partition in zip(sketched, partition_of_each, strict=True):
        frames.setdefault(partition, []).append(one.article.text)
    number = {partition: at for at, partition in enumerate(frames)}
    envelope = _OfIntake(
        articles=_frame([structs.replace(one.article, text="") for one in sketched]),
        frames=[_frame(texts) for texts in frames.values()],
        frame_of=[number[partition] for partition in partition_of_each],
        sketches=[one.sketch for one in sketched],
        facts=[one.facts for one in sketched],
    )
    return MAGIC + _pack.encode(envelope)


def pack_unique(articles: Sequence[Unique], texts: Texts) -> bytes:
    """Pack an envelope of dedup: articles with "" for a text, and their texts in the same order."""
    return MAGIC + _pack.encode(_OfDedup(_frame(articles), *texts))


def unpack_sketched(envelope: bytes | None) -> Arrived:
    """Unpack an envelope of intake, except its texts.

    Raises: `NewerEnvelope`; ValueError if it is not an envelope of intake, or a frame states too large a size.
    """
    found = _of_intake.decode(_content(envelope))
    _must_be_small(found.articles, *found.frames)
    if set(found.frame_of) != set(range(len(found.frames))):
        raise ValueError(f"articles name other frames than the {len(found.frames)} that are there")
    articles = _articles.decode(_unzipped(found.articles))
    if found.facts and len(found.facts) != len(articles):
        raise ValueError(f"{len(found.facts)} lists of facts for {len(articles)} articles")
    facts = found.facts or [b""] * len(articles)
    sketched = [Sketched(*one) for one in zip(articles, found.sketches, facts, strict=True)]
    return _arrived(sketched, found.frames, found.frame_of)


def unpack_unique(envelope: bytes | None) -> list[Unique]:
    """Unpack an envelope of dedup, with the texts of its articles. Raises as `unpack_sketched` does."""
    found = _of_dedup.decode(_content(envelope))
    _must_be_small(found.articles, found.texts)
    texts = _strings.decode(
        _unzipped(found.texts)
    )  # decoded one by one below: the texts of duplicates are not needed
    last = max(found.positions, default=-1)
    if last >= len(texts):
        raise ValueError(f"an article names text {last} of {len(texts)}")
    articles = _unique.decode(_unzipped(found.articles))
    return [
        Unique(structs.replace(one.article, text=_string.decode(texts[position])), one.dedup)
        for one, position in zip(articles, found.positions, strict=True)
    ]


def pack_prepared(articles: Sequence[Prepared]) -> bytes:
    """Pack an envelope of enrich for threads."""
    return MAGIC + _pack.encode(_OfEnrich(_frame(articles)))


def unpack_prepared(envelope: bytes | None) -> list[Prepared]:
    """Unpack an envelope of enrich. Raises as `unpack_sketched` does."""
    found = _of_enrich.decode(_content(envelope))
    _must_be_small(found.prepared)
    return _prepared.decode(_unzipped(found.prepared))


def _arrived(sketched: list[Sketched], frames: list[bytes], frame_of: list[int]) -> Arrived:
    if len(frame_of) != len(sketched):
        raise ValueError(f"{len(frame_of)} texts for {len(sketched)} articles")
    counts, places = [0] * len(frames), list[tuple[int, int]]()
    for frame in frame_of:
        places.append((frame, counts[frame]))
        counts[frame] += 1
    return Arrived(sketched, frames, places, counts)


def _content(envelope: bytes | None) -> memoryview:
    """Return what follows the magic of an envelope. Raises: `NewerEnvelope`; ValueError for any other start."""
    if envelope is not None and envelope.startswith(MAGIC):
        return memoryview(envelope)[len(MAGIC) :]
    start = envelope[: len(MAGIC)] if envelope else envelope
    if start and start > MAGIC and start.startswith(NAME):
        raise NewerEnvelope(
            f"an envelope of version {start[-1]}; this worker reads version {VERSION}: update it"
        )
    raise ValueError(f"not an envelope of version {VERSION}: starts with {start!r}")


def _frame(content: Any) -> bytes:
    return zipped(_pack.encode(content))


def _must_be_small(*frames: bytes) -> None:
    """Check the sizes that frames state. Raises: ValueError if one states none, or all together are too large."""
    try:
        sizes = [zstandard.frame_content_size(frame) for frame in frames]
    except zstandard.ZstdError as error:
        raise ValueError(f"envelope does not unpack: {error}") from error
    if min(sizes) < 0 or sum(sizes) > ENVELOPE_BYTES_MAX:  # -1: no size stated
        raise ValueError(f"envelope claims to unpack to {sum(sizes)} bytes, a frame of it to {min(sizes)}")


def _unzipped(frame: bytes) -> bytes:
    """Unpack a frame that `_must_be_small` has accepted."""
    try:
        return unzipped(frame)
    except ValueError as error:
        raise ValueError(f"envelope {error}") from error
