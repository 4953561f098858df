"""Quix Streams with R-MinHash LSH of rensa: articles.raw -> enriched, claims, duplicates.

    python -m bench.peers.quix CLOCKS

As its documentation writes a pipeline: a streaming data frame, branched by what became of the article.
"""

from __future__ import annotations

from typing import Any

from bench.peers.work import duplicate, enriched, peer, rensa
from bench.peers_path import find_peers
from service.topics import ARTICLES_DUPLICATES, ARTICLES_ENRICHED, ARTICLES_RAW, CLAIMS, topic_name


def main() -> None:
    """Until SIGTERM."""
    find_peers()
    from quixstreams import Application

    me = peer()
    settings = me.settings
    app = Application(
        broker_address=settings.kafka.bootstrap_servers,
        consumer_group="quix",
        auto_offset_reset="earliest",
        auto_create_topics=False,
        producer_extra_config={"linger.ms": 5},
        loglevel="WARNING",
    )
    raw, enriched_topic, claims_topic, duplicates = (
        app.topic(topic_name(settings, name), value_serializer="json")
        for name in (ARTICLES_RAW, ARTICLES_ENRICHED, CLAIMS, ARTICLES_DUPLICATES)
    )
    match = rensa()

    def judged(article: dict[str, Any]) -> dict[str, Any]:
        return {"article": article, "match": match(article["id"], article["body"])}

    def article_id(record: dict[str, Any]) -> str:
        return str(record["article_id"])

    frame = app.dataframe(raw).apply(judged)
    copies = frame.filter(lambda one: one["match"] is not None)
    copies.apply(lambda one: duplicate(one["article"], one["match"])).to_topic(duplicates, key=article_id)
    news = frame.filter(lambda one: one["match"] is None).apply(
        lambda one: enriched(one["article"], me.claims)
    )
    news.apply(lambda record: record["claims"], expand=True).to_topic(claims_topic, key=article_id)
    news.to_topic(enriched_topic, key=article_id)
    app.run()


if __name__ == "__main__":
    main()
