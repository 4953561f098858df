"""What the page asks a real broker: the raw record of a copy, and a replay of dead letters."""

from __future__ import annotations

import asyncio
import json

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.desk_broker import DeskBroker
from service.commands.shared import read_settings
from service.desk.outside import BrokerAway, RawText
from service.line.dead_letter_headers import dead_letter_headers
from service.records import Origin, Reason
from tests.commands.kit import at, make_topics
from tests.desk.kit import FERRY
from tests.kit_kafka import Sent, produce, read_all


async def test_a_raw_record_is_read_again(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await make_topics(kafka, topic_prefix)
    topic = f"{topic_prefix}articles.raw"
    await produce(kafka.bootstrap_servers, topic, [Sent(json.dumps(FERRY).encode(), partition=2)])
    broker = DeskBroker(read_settings(assignments=at(kafka, topic_prefix)))
    assert await broker.raw_text(Origin(topic, 2, 0)) == RawText(FERRY["title"], FERRY["body"])
    assert await broker.raw_text(Origin(topic, 2, 7)) is None


async def test_dead_letters_go_back_after_a_preview(kafka: EmbeddedKafka, topic_prefix: str) -> None:
    await make_topics(kafka, topic_prefix)
    raw = f"{topic_prefix}articles.raw"
    for number, reason in enumerate((Reason.NO_TEXT, Reason.BUG)):
        headers = dead_letter_headers(
            (), stage="intake", reason=reason, detail="why", exception="Rejected",
            origin=Origin(raw, 0, number, 0), replays=0,
        )  # fmt: skip
        letter = Sent(b"{}", b"key %d" % number, tuple(headers), 0)
        await produce(kafka.bootstrap_servers, f"{topic_prefix}articles.dead", [letter])
    broker = DeskBroker(read_settings(assignments=at(kafka, topic_prefix)))
    preview = await broker.replay("no_text", dry_run=True)
    assert (preview.topic, preview.chosen, preview.delivered) == (raw, 1, 0)
    done = await broker.replay("no_text", dry_run=False)
    assert (done.chosen, done.delivered, done.undelivered) == (1, 1, 0)
    assert [record.key for record in await read_all(kafka.bootstrap_servers, raw)] == [b"key 0"]


async def test_a_broker_that_is_away_is_said_in_one_sentence() -> None:
    broker = DeskBroker(read_settings(assignments=["kafka.bootstrap_servers=127.0.0.1:1"]))
    with pytest.raises(BrokerAway, match=r"127\.0\.0\.1:1"):
        await asyncio.wait_for(broker.replay("no_text", dry_run=True), 60)
