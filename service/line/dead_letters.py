"""What a dead letter carries: the original record untouched, and headers that say why.

Later stages no longer hold the raw record; it is read again from its place in articles.raw. Where retention has
taken it meanwhile, the article as intake read it stands in for it, as JSON.
"""

from __future__ import annotations

from typing import Final, Protocol

from service.line.codec import article_json, digest, event_id, trace_headers
from service.line.dead_letter_headers import CUT, dead_letter_headers, replays_of
from service.line.records_out import Letter, SetAside
from service.records import NOT_UNPACKED, SCHEMA_MAJOR, Origin, RawRecord
from service.settings.rules import DEAD_LETTER_EXTRA_BYTES
from service.topics import ARTICLES_DEAD

RECORD_BYTES_MAX: Final = 16_777_216
"""Default size of the largest record that `articles.dead` takes, in bytes: that of topics.output_bytes_max."""

CUT_BYTES: Final = 262_144
"""Number of bytes of key, value and headers (each) kept when a dead letter is cut."""

HEADER_FRAME_BYTES: Final = 10
"""Maximum number of bytes that the two lengths of a header take in a record."""


class Originals(Protocol):
    """Fetch raw records again, by their place.

    The loop calls `fetch` for a record that a later stage set aside, after `decide` and before it delivers.
    """

    async def fetch(self, origin: Origin) -> RawRecord | None:
        """Return the record at a place, with key, value and headers as they were fed, or None if it is gone.

        May wait for the broker, and raises its errors: then nothing is acknowledged. None does not mean that the
        record was never there: retention may have deleted it, or the topic was created anew.
        """


async def dead_letter(
    stage: str, aside: SetAside, originals: Originals, bytes_max: int = RECORD_BYTES_MAX
) -> Letter:
    """Make the record for `articles.dead`: original key, value and headers, then ours.

    A record larger than `bytes_max` is cut to CUT_BYTES and says so: no article is as large, and a record that its
    topic refuses would stop the stage for ever.
    """
    record = aside.record or await originals.fetch(aside.origin)
    if record is None:
        record = _stand_in(aside)
    content = digest(record.value or b"").hex()
    event = event_id("dead_letter", "", content, record.origin)
    read_as = cut_as_read(record)
    record, cut = within(record, bytes_max - DEAD_LETTER_EXTRA_BYTES)
    cut = read_as or cut
    headers = dead_letter_headers(
        record.headers,
        stage=stage,
        reason=aside.reason,
        detail=aside.detail,
        exception=aside.exception,
        origin=record.origin,
        replays=replays_of(record.headers),
    )
    headers += [
        *([(CUT, cut.encode())] if cut else []),
        ("ce_specversion", b"1.0"),
        ("ce_id", event.encode()),
        ("ce_source", f"/copydesk/{stage}".encode()),
        ("ce_type", f"copydesk.dead_letter.v{SCHEMA_MAJOR}".encode()),
    ]
    return Letter(ARTICLES_DEAD, record.key, record.value, headers, partition=None)


def _stand_in(aside: SetAside) -> RawRecord:
    """Make a record of the article as intake read it, in place of a raw record that is gone."""
    article = aside.article
    if article is None:
        return RawRecord(None, b"", (), aside.origin)
    headers = tuple(trace_headers(article.trace))
    return RawRecord(article.article_id.encode(), article_json(article), headers, aside.origin)


def within(record: RawRecord, bytes_max: int) -> tuple[RawRecord, str]:
    """Return the record and "" if it has at most `bytes_max` bytes, else what is left of it and what it had."""
    key, value = len(record.key or b""), len(record.value or b"")
    headers = sum(HEADER_FRAME_BYTES + len(name.encode()) + len(text or b"") for name, text in record.headers)
    if key + value + headers <= bytes_max:
        return record, ""
    left = RawRecord(
        record.key[:CUT_BYTES] if record.key is not None else None,
        record.value[:CUT_BYTES] if record.value is not None else None,
        record.headers if headers <= CUT_BYTES else (),
        record.origin,
    )
    return left, f"key {key}, value {value}, headers {headers}"


def cut_as_read(record: RawRecord) -> str:
    """Return what a record had that the reader of batches cut (service/kafka/batch_reader.py), "" where it did not."""
    names = [name for name, _ in record.headers[:2]]
    return (record.headers[1][1] or b"").decode() if names == [NOT_UNPACKED, CUT] else ""


class MemoryOriginals:
    """Raw records kept in memory: for `process` and for tests."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, int, int], RawRecord] = {}

    def keep(self, record: RawRecord) -> None:
        """Remember a record by its place."""
        origin = record.origin
        self.records[origin.topic, origin.partition, origin.offset] = record

    async def fetch(self, origin: Origin) -> RawRecord | None:
        """Return the record at `origin`, if it was kept."""
        return self.records.get((origin.topic, origin.partition, origin.offset))
