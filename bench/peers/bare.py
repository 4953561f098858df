"""Three stages on stock Faust that only pass articles on: what Copydesk's streaming is measured against.

    python -m bench.peers.bare STAGE (whole|small) CLOCKS

Envelopes of a hundred articles, a segment for each, three articles in ten to `articles.duplicates`, the others to
`articles.enriched` with one claim many times over, each as a record of its own; nothing is worked out.

`whole`: eighteen claims with eight headers each, about as much as Copydesk writes of the benchmark's articles.
`small`: twenty claims of 480 bytes with six headers, in size the prototype that the limit of 200 µs for streaming was
drawn from: it took 197 where the limit was drawn, and says what those are on this machine.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import faust
import msgspec
import orjson
import zstandard
from aiokafka import AIOKafkaProducer
from faust.worker import Worker

from service.settings import load_settings
from service.stages import STAGES
from service.topics import (
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIMS,
    DEDUP_SEGMENTS,
    topic_name,
)

ARTICLES = 100
VERDICT = bytes(160)
PARTITIONS = 4
HEADERS = [
    ("ce_specversion", b"1.0"),
    ("ce_id", b"0123456789abcdef0123456789abcdef"),
    ("ce_source", b"/bare/enrich"),
    ("ce_type", b"bare.claim.v1"),
    ("ce_subject", b"b1234"),
    ("ce_dataschema", b"urn:bare:claim:v1"),
    ("content-type", b"application/json"),
    ("ce_time", b"2026-03-04T06:00:00.000Z"),
]
WORDING = (
    "The school budget was measured amid the summit before the reporters of the winter vessel of the factory."
)
SPAN = {"start": 135, "end": 239}
CLAIM = {
    "kind": "quote",
    "text": WORDING,
    **SPAN,
    "segments": [SPAN],
    "sentence": SPAN,
    "speaker": {
        **SPAN,
        "text": "Marrow Bay union leader Jonas Pell",
        "name": "Jonas Pell",
        "role": "union leader",
    },
    "cue": {"start": 266, "end": 270, "text": "said"},
    "quantities": [],
    "dates": [],
    "negated": False,
    "hedged": False,
    "confidence": 0.924,
    "method": "model",
    "claim_id": "0123456789abcdef0123456789abcdef",
    "article_id": "b1234",
    "cluster_id": "0123456789abcdef",
    "published_at": "2026-03-04T06:00:00Z",
    "extractor_version": "1.0",
}
SMALL_CLAIM = {
    "claim_id": "0123456789abcdef01234567",
    "article_id": "0123456789abcdef0123",
    "kind": "quote",
    "text": WORDING,
    **SPAN,
    "speaker": {**SPAN, "name": "Jonas Pell", "role": "union leader"},
    "cue": "said",
    "quantities": [{"value": 227_700_000_000.0, "unit": "USD"}],
    "confidence": 0.9,
    "sentence": [135, 239],
    "cluster_id": "0123456789abcdef0123",
    "published_at": "2026-03-04T06:00:00Z",
}


@dataclass(frozen=True)
class Load:
    """How much each article carries."""

    sketch: bytes
    claims: list[dict[str, Any]]
    headers: Sequence[tuple[str, bytes]]


LOADS: Final = {
    "whole": Load(bytes(700), [CLAIM] * 18, HEADERS),
    "small": Load(bytes(800), [SMALL_CLAIM] * 20, HEADERS[:6]),
}
SOURCES = {name: STAGES[name].source for name in ("intake", "dedup", "enrich")}

Article = tuple[str, str, str, bytes]
Record = tuple[str, int, bytes | None, bytes, Sequence[tuple[str, bytes]]]
"""Topic, partition, key, value, headers."""

_zip, _unzip = zstandard.ZstdCompressor(level=1), zstandard.ZstdDecompressor()
_pack, _unpack = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[Article])


def packed(articles: Sequence[Article]) -> bytes:
    """Return an envelope."""
    return _zip.compress(_pack.encode(articles))


def sketched(values: Iterable[bytes], load: Load) -> list[Record]:
    """Return what intake sends."""
    read = map(orjson.loads, values)
    articles = [(one["id"], one["body"], one["published_at"], load.sketch) for one in read]
    return [(ARTICLES_SKETCHED, 0, b"default", packed(articles), [])]


def is_duplicate(number: int) -> bool:
    """Return whether an article is one of the three in ten that are duplicates."""
    return number % 10 >= 7


def decided(offset: int, articles: Sequence[Article], load: Load) -> list[Record]:
    """Return what dedup sends once its segment is written."""
    unique = [one for number, one in enumerate(articles) if not is_duplicate(number)]
    records: list[Record] = [(ARTICLES_UNIQUE, offset % PARTITIONS, None, packed(unique), [])]
    for number, (article_id, _, published_at, _) in enumerate(articles):
        if is_duplicate(number):
            copy = {
                "article_id": article_id,
                "duplicate_of": "b1",
                "title": "Story",
                "published_at": published_at,
            }
            partition = number % PARTITIONS
            key, value = article_id.encode(), orjson.dumps(copy)
            records.append((ARTICLES_DUPLICATES, partition, key, value, load.headers))
    return records


def enriched(number: int, article: Article, load: Load) -> list[Record]:
    """Return what enrich sends of an article."""
    article_id, text, published_at, _ = article
    claims, headers = load.claims, load.headers
    whole = {"article_id": article_id, "text": text, "claims": claims, "published_at": published_at}
    key, partition = article_id.encode(), number % PARTITIONS
    records: list[Record] = [(ARTICLES_ENRICHED, partition, key, orjson.dumps(whole), headers)]
    return records + [(CLAIMS, partition, key, orjson.dumps(claim), headers) for claim in claims]


class Sender:
    """Records in batches, as few as there may be; returns when the broker has them."""

    def __init__(self, servers: str, prefix: str) -> None:
        self._servers = servers
        self._prefix = prefix
        self._producer: AIOKafkaProducer | None = None

    async def send(self, records: list[Record]) -> None:
        """All of them."""
        if self._producer is None:  # it must be made where a loop runs
            self._producer = AIOKafkaProducer(
                bootstrap_servers=self._servers,
                enable_idempotence=True,
                max_batch_size=1_048_576,
                max_request_size=4_194_304,
            )
            await self._producer.start()
        producer = self._producer
        waiting = []
        records.sort(key=lambda record: record[:2])  # a stable sort: in order at every place
        for (topic, partition), some in groupby(records, lambda record: record[:2]):
            batch = producer.create_batch()
            for _, _, key, value, headers in some:
                if batch.append(timestamp=None, key=key, value=value, headers=headers) is None:
                    waiting.append(
                        await producer.send_batch(batch, self._prefix + topic, partition=partition)
                    )
                    batch = producer.create_batch()
                    batch.append(timestamp=None, key=key, value=value, headers=headers)
            waiting.append(await producer.send_batch(batch, self._prefix + topic, partition=partition))
        await asyncio.gather(*waiting)


def build(stage: str, load: Load) -> faust.App:
    """Return the app of a stage, with its one agent."""
    settings = load_settings(env=os.environ)
    kafka = settings.kafka
    app = faust.App(
        f"{kafka.topic_prefix}bare-{stage}",
        broker=f"kafka://{kafka.bootstrap_servers}",
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4_194_304,
        broker_commit_interval=1.0,
        stream_wait_empty=True,
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
        datadir=tempfile.mkdtemp(prefix="bare-"),
        value_serializer="raw",
        key_serializer="raw",
    )
    source = app.topic(topic_name(settings, SOURCES[stage]), key_type=bytes, value_type=bytes)
    to = Sender(kafka.bootstrap_servers, kafka.topic_prefix)

    async def handle(stream: faust.Stream) -> None:
        if stage == "intake":
            async for events in stream.take_events(ARTICLES, within=0.1):
                await to.send(sketched((event.value for event in events), load))
            return
        async for event in stream.events():
            articles = _unpack.decode(_unzip.decompress(event.value))
            if stage == "dedup":
                await to.send(
                    [(DEDUP_SEGMENTS, 0, b"%d" % event.message.offset, VERDICT * len(articles), [])]
                )
                await to.send(decided(event.message.offset, articles, load))
            else:
                await to.send(
                    [one for n, article in enumerate(articles) for one in enriched(n, article, load)]
                )

    app.agent(source, concurrency=1)(handle)
    return app


if __name__ == "__main__":
    worker = Worker(
        build(sys.argv[1], LOADS[sys.argv[2]]), loglevel="WARNING", redirect_stdouts=False, quiet=True
    )
    worker.spinner = None
    worker.execute_from_commandline()
