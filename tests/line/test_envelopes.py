"""Envelopes: what is packed comes out again, texts are handed on as they came, what is broken is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from service.line import envelopes
from service.line.envelopes import (
    ENVELOPE_BYTES_MAX,
    MAGIC,
    Arrived,
    NewerEnvelope,
    Texts,
    pack_sketched,
    pack_unique,
    packed_texts,
    unpack_sketched,
    unpack_unique,
)
from service.line.partition import partition_of
from service.records import Article, DedupNote, Origin, Sketched, Trace, Unique

PARTITIONS = 4
any_text = st.text(alphabet=st.characters(codec="utf-8"))
pack = msgspec.msgpack.encode


def an_article(number: int = 0, text: str = "") -> Article:
    return Article(
        article_id=f"mill-{number}",
        collection="default",
        text=text,
        content_hash="0" * 32,
        origin=Origin("articles.raw", 3, number, 1_700_000_000_123),
        extra={"n": [1, None, "x"]},
        trace=Trace("00-ab", "v=1"),
    )


def sketched(texts: Sequence[str]) -> list[Sketched]:
    return [Sketched(an_article(number, text), b"\x00\xff") for number, text in enumerate(texts)]


def unique(number: int = 0, text: str = "") -> Unique:
    return Unique(an_article(number, text), DedupNote("revision", "mill", revision=2))


def arrived(count: int, partitions: int = PARTITIONS) -> Arrived:
    return unpack_sketched(pack_sketched(sketched([f"text {n}" for n in range(count)]), partitions))


def numbers_in(partition: int, count: int, partitions: int = PARTITIONS) -> list[int]:
    """The articles of an envelope that belong to a partition of articles.unique."""
    return [n for n in range(count) if partition_of(f"mill-{n}".encode(), partitions) == partition]


def zipped(content: object) -> bytes:
    return zstandard.compress(pack(content))


def of_intake(**changes: object) -> bytes:
    """A good envelope of two articles, in two frames, but for what is changed."""
    parts: dict[str, object] = {
        "articles": zipped([an_article(0), an_article(1)]),
        "frames": [zipped(["one"]), zipped(["two"])],
        "frame_of": [0, 1],
        "sketches": [b"s", b"t"],
    }
    return MAGIC + pack(list((parts | changes).values()))


def of_dedup(**changes: object) -> bytes:
    """A good envelope of two articles, but for what is changed."""
    parts: dict[str, object] = {
        "articles": zipped([unique(0), unique(1)]),
        "texts": zipped(["one", "nobody's", "two"]),
        "positions": [2, 0],
    }
    return MAGIC + pack(list((parts | changes).values()))


@given(st.lists(any_text, max_size=9), st.integers(1, 5))
def test_what_intake_packs_comes_out_again(texts: list[str], partitions: int) -> None:
    articles = sketched(texts)
    envelope = pack_sketched(articles, partitions)
    assert envelope == pack_sketched(articles, partitions)
    found = unpack_sketched(envelope)
    assert [found.whole(number) for number in range(len(texts))] == [one.article for one in articles]
    assert [one.sketch for one in found.sketched] == [one.sketch for one in articles]
    assert {one.article.text for one in found.sketched} <= {""}


@given(st.data(), st.lists(any_text, min_size=1, max_size=9), st.integers(1, 5))
def test_what_dedup_hands_on_comes_out_again(data: st.DataObject, texts: list[str], partitions: int) -> None:
    found = unpack_sketched(pack_sketched(sketched(texts), partitions))
    numbers = data.draw(st.lists(st.sampled_from(range(len(texts))), min_size=1, unique=True))
    envelope = pack_unique([unique(number) for number in numbers], found.texts_of(numbers))
    assert unpack_unique(envelope) == [unique(number, texts[number]) for number in numbers]


def test_articles_of_one_partition_share_a_frame_that_is_handed_on_as_it_is() -> None:
    found = arrived(40)
    for partition in range(PARTITIONS):
        numbers = numbers_in(partition, 40)
        some = numbers[: (len(numbers) + 1) // 2]
        frame, positions = found.texts_of(some)
        assert frame in found._frames
        assert positions == list(range(len(some)))
    assert found._read == {}  # nothing was unpacked
    assert len(found._frames) == PARTITIONS


def test_few_texts_of_a_frame_get_one_of_their_own() -> None:
    found = arrived(40)
    numbers = numbers_in(0, 40)
    few = numbers[1 : (len(numbers) + 1) // 2]
    assert found.texts_of(few) == packed_texts([f"text {n}" for n in few])


@pytest.mark.parametrize("real", [3, 7])
def test_where_the_topic_has_other_partitions_texts_are_packed_anew(real: int) -> None:
    for partition in range(real):
        numbers = numbers_in(partition, 60, real)
        assert arrived(60).texts_of(numbers) == packed_texts([f"text {n}" for n in numbers])


@pytest.mark.parametrize(
    "envelope",
    [
        None,
        b"",
        b"{}",
        MAGIC,
        MAGIC + b"\x90",
        of_intake()[:-1],
        of_intake(articles=b"not zstd"),
        of_intake(articles=zipped([an_article(0), 1])),
        of_intake(articles=zipped([an_article(0)])),
        of_intake(articles=zipped([an_article(0), an_article(1)])[:-1]),
        of_intake(frames=[zipped(["one"]), b"not zstd"]),
        of_intake(frames=[zipped(["one"])]),
        of_intake(frames=[zipped(["one"]), zipped(["two"]), zipped(["whose?"])]),
        of_intake(frame_of=[0, 2]),
        of_intake(frame_of=[0, -1]),
        of_intake(frame_of=[0, 1, 1]),
        of_intake(frame_of=[0]),
        of_intake(sketches=[b"s"]),
        of_intake(sketches=[b"s", b"t", b"of what?"]),
        b"CDE\x01" + zipped(sketched(["one"])),
        b"CDE\x02" + of_intake()[4:],
    ],
)
def test_what_is_no_envelope_of_intake_is_refused(envelope: bytes | None) -> None:
    assert len(unpack_sketched(of_intake()).sketched) == 2
    with pytest.raises(ValueError, match=r".+"):
        unpack_sketched(envelope)


@pytest.mark.parametrize(
    "envelope",
    [
        None,
        b"",
        b"CDE\x02" + of_dedup()[4:],
        MAGIC,
        of_dedup()[:-1],
        of_dedup(articles=b"not zstd"),
        of_dedup(articles=zipped([unique(0)])),
        of_dedup(articles=zipped([an_article(0), an_article(1)])),
        of_dedup(texts=b"not zstd"),
        of_dedup(texts=zipped(["one", "two", 3])),
        of_dedup(texts=zipped(["one", "two", "three"])[:-1]),
        of_dedup(texts=zstandard.compress(b"\x93\xa1a\xa1b\xa1\xff")),  # no UTF-8
        of_dedup(positions=[0, 3]),
        of_dedup(positions=[0, -1]),
        of_dedup(positions=[0]),
        of_dedup(positions=[0, 1, 2]),
        b"CDE\x01" + zipped([unique()]),
    ],
)
def test_what_is_no_envelope_of_dedup_is_refused(envelope: bytes | None) -> None:
    assert [one.article.text for one in unpack_unique(of_dedup())] == ["two", "one"]
    with pytest.raises(ValueError, match=r".+"):
        unpack_unique(envelope)


def too_large() -> Iterator[tuple[str, bytes]]:
    """Envelopes that would unpack to more than is allowed, by where it stands."""
    bomb = zstandard.compress(b"\x00" * (ENVELOPE_BYTES_MAX + 1))
    half = zstandard.compress(b"\x00" * (ENVELOPE_BYTES_MAX // 2 + 1))
    silent = zstandard.ZstdCompressor(write_content_size=False).compress(pack(["two"]))
    yield "sketched", of_intake(articles=bomb)
    yield "sketched", of_intake(frames=[bomb, zipped(["two"])])
    yield "sketched", of_intake(frames=[half, half])
    yield "sketched", of_intake(articles=half, frames=[half, zipped(["two"])])
    yield "sketched", of_intake(frames=[silent, zipped(["two"])])
    yield "unique", of_dedup(articles=bomb)
    yield "unique", of_dedup(texts=bomb)
    yield "unique", of_dedup(articles=half, texts=half)
    yield "unique", of_dedup(texts=silent)


def test_what_would_unpack_to_too_much_is_refused_before_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelopes, "_unzipped", None)
    for topic, envelope in too_large():
        with pytest.raises(ValueError, match="claims to unpack to"):
            unpack_sketched(envelope) if topic == "sketched" else unpack_unique(envelope)


@pytest.mark.parametrize("broken", [b"\xc1", b"\x91\x01", b"\x90", pack(["one", "two"])[:-1]])
def test_a_frame_that_turns_out_broken_is_named_and_unpacked_once(
    monkeypatch: pytest.MonkeyPatch, broken: bytes
) -> None:
    found = unpack_sketched(of_intake(frames=[zipped(["one"]), zstandard.compress(broken)]))
    assert found.text(0) == "one"
    with pytest.raises(ValueError, match=r".+"):
        found.texts_of([0, 1])
    monkeypatch.setattr(envelopes, "_unzipped", None)
    with pytest.raises(ValueError, match=r"frame 1 of the envelope is broken|Expected `str`"):
        found.text(1)
    assert found.whole(1) == found.sketched[1].article


@pytest.mark.parametrize("unpack", [unpack_sketched, unpack_unique])
def test_an_envelope_of_a_newer_version_is_not_taken_for_a_bad_one(unpack: Callable[[bytes], Any]) -> None:
    with pytest.raises(NewerEnvelope, match=r"version 4.*reads version 3: update it"):
        unpack(b"CDE\x04" + of_intake()[4:])
    for nothing in (b"CDE", b"CDE\x00", b"CDF\x04"):
        with pytest.raises(ValueError, match="not an envelope"):
            unpack(nothing)


def test_positions_say_which_text_is_whose() -> None:
    envelope = pack_unique([unique(5), unique(6)], Texts(packed_texts(["a", "b", "c"]).frame, [2, 0]))
    assert unpack_unique(envelope) == [unique(5, "c"), unique(6, "a")]
