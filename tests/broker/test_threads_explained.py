"""`copydesk explain THREAD`: why each claim is in a thread, from what stands on the broker."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deploy.kafka.embedded import EmbeddedKafka
from service.commands.explain import explain
from service.commands.shared import CommandFailed
from service.line.codec import json_bytes
from service.topics import ARTICLES_ENRICHED, CLAIM_THREADS
from tests.commands.kit import at, json_lines, make_topics
from tests.kit_kafka import Sent, produce
from tests.threads.articles import QUAY, SECOND, THIRD, Text, enriched, of_kind, told

STREAM = (QUAY, SECOND, THIRD)


async def fill(kafka: EmbeddedKafka, prefix: str, *texts: Text) -> list[dict[str, Any]]:
    """Put articles and their threads on topics of a broker; return the records of threads."""
    await make_topics(kafka, prefix)
    articles = [Sent(json_bytes(enriched(text, n)), text.article_id.encode()) for n, text in enumerate(texts)]
    await produce(kafka.bootstrap_servers, f"{prefix}{ARTICLES_ENRICHED}", articles)
    records = told(*texts)
    sent = [Sent(json.dumps(record).encode(), record["thread_id"].encode()) for record in records]
    await produce(kafka.bootstrap_servers, f"{prefix}{CLAIM_THREADS}", [*sent, sent[0]])  # one comes twice
    return records


async def test_each_join_is_explained_by_words_shares_and_bars(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (record,) = of_kind("quotation", await fill(kafka, topic_prefix, QUAY, SECOND))
    capsys.readouterr()
    await explain(record["thread_id"], as_json=True, assignments=at(kafka, topic_prefix))
    (found,) = json_lines(capsys.readouterr().out)
    assert (found["kind"], found["opened_by"]["article_id"]) == ("quotation", "quay")
    assert len(found["records"]) == 1
    (why,) = found["records"][0]["why"]
    assert (why["verdict"], why["with"]["article_id"]) == ("same", "quay")
    assert why["rule"] == "quotation, same speaker"
    assert why["shared"] == ["nobody", "long", "quay", "carry", "crane"]
    assert {"name": "words in a row", "value": 11.0, "at_least": 6.0} in why["bars"]
    assert why["sureness"] == pytest.approx(record["sureness"])

    await explain(record["thread_id"], assignments=at(kafka, topic_prefix))
    page = capsys.readouterr().out
    for part in (
        "2 articles, 2 independent reports",
        "Ada Lorne",
        "words in a row 11 (at least 6)",
        "Halvik",
    ):
        assert part in page


async def test_a_figure_and_its_dispute_are_explained(
    kafka: EmbeddedKafka, topic_prefix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    joined, disputed = of_kind("figure", await fill(kafka, topic_prefix, *STREAM))
    capsys.readouterr()
    await explain(joined["thread_id"], as_json=True, assignments=at(kafka, topic_prefix))
    await explain(disputed["thread_id"], as_json=True, assignments=at(kafka, topic_prefix))
    same, other = json_lines(capsys.readouterr().out)
    (why,) = same["records"][0]["why"]
    assert (why["verdict"], why["figures"]) == ("same", ["$3.25 million", "$3.25 million"])
    (why,) = other["records"][0]["why"]
    assert (why["verdict"], why["thread_id"]) == ("disputed", joined["thread_id"])
    assert why["figures"] == ["$3.95 million", "$3.25 million"]
    (ratio,) = [bar for bar in why["bars"] if "at_most" in bar]
    assert ratio["value"] < ratio["at_most"]


@pytest.mark.parametrize(
    ("name", "words"), [("0" * 32, "is no thread on claim.threads"), ("quay", "is no id of a thread")]
)
async def test_what_is_no_thread_is_named(
    kafka: EmbeddedKafka, topic_prefix: str, name: str, words: str
) -> None:
    await make_topics(kafka, topic_prefix)
    with pytest.raises(CommandFailed, match=words):
        await explain(name, assignments=at(kafka, topic_prefix))
