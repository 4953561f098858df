"""Envelopes: what travels between the stages, many articles in one record.

Texts lie in frames of their own, apart from the articles they belong to. Dedup never looks at a text, and mostly
hands a frame on as it came: intake makes one for each partition of `articles.unique`.

`articles.sketched` and `articles.unique`, version 3: four bytes of magic, then a MessagePack array (`_OfIntake`,
`_OfDedup`). A frame is a zstd frame that says how much it unpacks to. Older versions are read as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import zstandard
from msgspec import structs

from service.line.partition import partition_of
from service.records import Article, Sketched, Unique

NAME: Final = b"CDE"
VERSION: Final = 3
MAGIC: Final = NAME + bytes([VERSION])
"""Four bytes in front of every envelope: the name, and the version of the layout behind it."""

MAGIC_V1: Final = b"CDE\x01"
"""Version 1, on both topics: a zstd frame around a MessagePack array of articles, texts and all."""

SKETCHED_MAGIC_V2: Final = b"CDE\x02"
"""Version 2, on articles.sketched: a MessagePack array of such a frame, and of the sketches of its articles."""

ENVELOPE_BYTES_MAX: Final = 64 * 1024 * 1024
"""What the frames of an envelope may unpack to, together. A larger one is no envelope of ours."""

Count = Annotated[int, msgspec.Meta(ge=0)]


class NewerEnvelope(Exception):  # noqa: N818 - it is what happened
    """A newer worker made it. This one must end, and be replaced: to the next one it is no bad record."""


class _OfIntake(msgspec.Struct, array_like=True):
    articles: bytes  # frame of a list of articles whose text is ""
    frames: list[bytes]  # each of a list of texts
    frame_of: list[Count]  # of each article: where its text is; texts of a frame have the articles' order
    sketches: list[bytes]  # beside the frames, as they do not compress


class _OfDedup(msgspec.Struct, array_like=True):
    articles: bytes  # frame of a list of `Unique`, whose articles have "" for a text
    texts: bytes  # frame of a list of texts, of which some may belong to no article here
    positions: list[Count]  # of each article the place of its text among them


class _SketchedV2(msgspec.Struct, array_like=True):
    articles: bytes
    sketches: list[bytes]


_pack = msgspec.msgpack.Encoder()
_of_intake = msgspec.msgpack.Decoder(_OfIntake)
_of_dedup = msgspec.msgpack.Decoder(_OfDedup)
_articles = msgspec.msgpack.Decoder(list[Article])
_unique = msgspec.msgpack.Decoder(list[Unique])
_strings = msgspec.msgpack.Decoder(list[msgspec.Raw])
_string = msgspec.msgpack.Decoder(str)
_sketched_v1 = msgspec.msgpack.Decoder(list[Sketched])
_sketched_v2 = msgspec.msgpack.Decoder(_SketchedV2)
_zip = zstandard.ZstdCompressor(level=1)
_unzip = zstandard.ZstdDecompressor()


class Texts(NamedTuple):
    """A frame of texts, and the positions in it of those that count."""

    frame: bytes
    positions: list[int]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An envelope of intake: its articles, which have "" for a text, and their texts, still packed."""

    sketched: list[Sketched]
    _frames: list[bytes]
    _places: list[tuple[int, int]]  # of each article: the frame of its text, and the position there
    _counts: list[int]  # texts in each frame
    _read: dict[int, list[msgspec.Raw]] = field(default_factory=dict)  # frames that had to be unpacked

    def text(self, number: int) -> str:
        """The text of an article, by its number in the envelope. Raises ValueError where its frame is broken."""
        frame, position = self._places[number]
        if frame not in self._read:
            self._read[frame] = []  # what is broken is not unpacked again for the next article
            self._read[frame] = _strings.decode(_unzipped(self._frames[frame]))
        texts = self._read[frame]
        if position >= len(texts):
            raise ValueError(f"frame {frame} of the envelope is broken: no text {position}")
        return _string.decode(texts[position])

    def whole(self, number: int) -> Article:
        """An article with its text; "" where that cannot be read."""
        try:
            text = self.text(number)
        except ValueError:
            text = ""
        return structs.replace(self.sketched[number].article, text=text)

    def texts_of(self, numbers: Sequence[int]) -> Texts:
        """The texts of these articles, in this order, one or more; a pure function of the envelope and the numbers.

        They stay in the frame they came in if that holds all of them and they are half of its texts or more: what
        is not needed there costs enrich less than packing anew costs here. Otherwise they get a frame of their own;
        ValueError where the frames they came in are broken then.
        """
        places = [self._places[number] for number in numbers]
        frame, _ = places[0]
        if len(places) * 2 >= self._counts[frame] and all(other == frame for other, _ in places):
            return Texts(self._frames[frame], [position for _, position in places])
        return packed_texts([self.text(number) for number in numbers])


def packed_texts(texts: Sequence[str]) -> Texts:
    """A frame of these texts, all of which count."""
    return Texts(_frame(texts), list(range(len(texts))))


def pack_sketched(sketched: Sequence[Sketched], partitions: int) -> bytes:
    """An envelope of intake. `partitions` is how many articles.unique likely has; with another number dedup repacks."""
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
    )
    return MAGIC + _pack.encode(envelope)


def pack_unique(articles: Sequence[Unique], texts: Texts) -> bytes:
    """An envelope of dedup: articles that have "" for a text, and their texts in the same order."""
    return MAGIC + _pack.encode(_OfDedup(_frame(articles), *texts))


def unpack_sketched(envelope: bytes | None) -> Arrived:
    """An envelope of intake, of this version or an older one. Raises `NewerEnvelope`; ValueError for anything else.

    Frames of texts are not unpacked; but no frame may claim to unpack to too much.
    """
    if envelope is None or not envelope.startswith(MAGIC):
        return _of_older(_unpack_old_sketched(envelope))
    found = _of_intake.decode(memoryview(envelope)[len(MAGIC) :])
    _must_be_small(found.articles, *found.frames)
    if set(found.frame_of) != set(range(len(found.frames))):
        raise ValueError(f"articles name other frames than the {len(found.frames)} that are there")
    articles = _articles.decode(_unzipped(found.articles))
    return _arrived(articles, found.sketches, found.frames, found.frame_of)


def unpack_unique(envelope: bytes | None) -> list[Unique]:
    """The articles of an envelope of dedup, with their texts. Raises as `unpack_sketched` does."""
    if envelope is None or not envelope.startswith(MAGIC):
        return _unique.decode(_unpack_v1(envelope))
    found = _of_dedup.decode(memoryview(envelope)[len(MAGIC) :])
    _must_be_small(found.articles, found.texts)
    texts = _strings.decode(_unzipped(found.texts))  # not as text yet: nobody needs those of duplicates
    last = max(found.positions, default=-1)
    if last >= len(texts):
        raise ValueError(f"an article names text {last} of {len(texts)}")
    articles = _unique.decode(_unzipped(found.articles))
    return [
        Unique(structs.replace(one.article, text=_string.decode(texts[position])), one.dedup)
        for one, position in zip(articles, found.positions, strict=True)
    ]


def _arrived(
    articles: list[Article], sketches: list[bytes], frames: list[bytes], frame_of: list[int]
) -> Arrived:
    sketched = [Sketched(article, sketch) for article, sketch in zip(articles, sketches, strict=True)]
    if len(frame_of) != len(sketched):
        raise ValueError(f"{len(frame_of)} texts for {len(sketched)} articles")
    counts, places = [0] * len(frames), list[tuple[int, int]]()
    for frame in frame_of:
        places.append((frame, counts[frame]))
        counts[frame] += 1
    return Arrived(sketched, frames, places, counts)


def _of_older(sketched: list[Sketched]) -> Arrived:
    """Articles that came with their texts, as if these had come in one frame."""
    texts = [one.article.text for one in sketched]
    articles = [structs.replace(one.article, text="") for one in sketched]
    return _arrived(articles, [one.sketch for one in sketched], [_frame(texts)], [0] * len(sketched))


def _unpack_old_sketched(envelope: bytes | None) -> list[Sketched]:
    if envelope is None or not envelope.startswith(SKETCHED_MAGIC_V2):
        return _sketched_v1.decode(_unpack_v1(envelope))
    found = _sketched_v2.decode(memoryview(envelope)[len(SKETCHED_MAGIC_V2) :])
    _must_be_small(found.articles)
    articles = _articles.decode(_unzipped(found.articles))
    return [Sketched(article, sketch) for article, sketch in zip(articles, found.sketches, strict=True)]


def _unpack_v1(envelope: bytes | None) -> bytes:
    if envelope is None or not envelope.startswith(MAGIC_V1):
        start = envelope[: len(MAGIC)] if envelope else envelope
        if start and start > MAGIC and start.startswith(NAME):
            raise NewerEnvelope(
                f"an envelope of version {start[-1]}; this worker reads those up to {VERSION}: update it"
            )
        raise ValueError(f"not an envelope of a version we read: starts with {start!r}")
    frame = envelope[len(MAGIC_V1) :]
    _must_be_small(frame)
    return _unzipped(frame)


def _frame(content: Any) -> bytes:
    return _zip.compress(_pack.encode(content))


def _must_be_small(*frames: bytes) -> None:
    """Raises ValueError unless all of them are frames that say what they unpack to, and that is not too much."""
    try:
        sizes = [zstandard.frame_content_size(frame) for frame in frames]
    except zstandard.ZstdError as error:
        raise ValueError(f"envelope does not unpack: {error}") from error
    if min(sizes) < 0 or sum(sizes) > ENVELOPE_BYTES_MAX:  # -1: it does not say
        raise ValueError(f"envelope claims to unpack to {sum(sizes)} bytes, a frame of it to {min(sizes)}")


def _unzipped(frame: bytes) -> bytes:
    """What a frame unpacks to; `_must_be_small` comes first."""
    try:
        return _unzip.decompress(frame)
    except zstandard.ZstdError as error:
        raise ValueError(f"envelope does not unpack: {error}") from error
