"""Plain Faust, one record per event, MinHashLSH of datasketch: articles.raw -> enriched, claims, duplicates.

    python -m bench.peers.plain_faust CLOCKS

As its documentation writes an agent. Its producer may wait 5 ms to fill a batch (by default it waits not at all,
and every record is a request), and its bytes are made by msgspec, not by json.
"""

from __future__ import annotations

import sys
import tempfile

import faust
import msgspec

from bench.peers.work import datasketch, duplicate, enriched, peer
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED, ARTICLES_RAW, CLAIMS, topic_name

to_json = msgspec.json.encode


def build() -> faust.App:
    """Return the app with its one agent."""
    me = peer()
    settings = me.settings
    app = faust.App(
        "plain-faust",
        broker=f"kafka://{settings.kafka.bootstrap_servers}",
        consumer_auto_offset_reset="earliest",
        producer_linger=0.005,
        producer_max_batch_size=262_144,
        producer_max_request_size=2_000_000,
        topic_disable_leader=True,
        topic_allow_declare=False,
        datadir=tempfile.mkdtemp(prefix="plain-faust-"),
        web_enabled=False,
        value_serializer="raw",
        key_serializer="raw",
    )
    raw, enriched_topic, claims_topic, duplicates = (
        app.topic(topic_name(settings, name), key_type=bytes, value_type=bytes)
        for name in (ARTICLES_RAW, ARTICLES_ENRICHED, CLAIMS, ARTICLES_DUPLICATES)
    )
    match = datasketch()

    @app.agent(raw)
    async def desk(stream: faust.Stream) -> None:
        async for value in stream:
            article = msgspec.json.decode(value)
            key = article["id"].encode()
            found = match(article["id"], article["body"])
            if found is not None:
                await duplicates.send(key=key, value=to_json(duplicate(article, found)))
                continue
            record = enriched(article, me.claims)
            await enriched_topic.send(key=key, value=to_json(record))
            for claim in record["claims"]:
                await claims_topic.send(key=key, value=to_json(claim))

    return app


if __name__ == "__main__":
    app = build()
    sys.argv = ["plain_faust", "--quiet", "worker", "--without-web", "--loglevel", "error"]
    app.main()
