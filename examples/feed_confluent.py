"""Send articles to Copydesk with confluent-kafka: `python feed_confluent.py FILE.jsonl`, one article a line."""

import json
import os
import sys

from confluent_kafka import KafkaError, Message, Producer

KAFKA = os.environ.get("KAFKA", "127.0.0.1:9092")
TOPIC = os.environ.get("TOPIC_PREFIX", "") + "articles.raw"


def feed(path: str) -> int:
    """Send every line of the file; return how many the broker has."""
    failures: list[str] = []

    def delivered(error: KafkaError | None, message: Message) -> None:
        if error is not None:
            failures.append(f"{message.key()}: {error}")

    # murmur2: the partition that Java clients and aiokafka choose for the same key.
    producer = Producer(
        {"bootstrap.servers": KAFKA, "enable.idempotence": True, "partitioner": "murmur2_random"}
    )
    sent = 0
    with open(path, "rb") as lines:
        for line in lines:
            article = json.loads(line)
            key = str(article["id"]).encode() if "id" in article else None
            while True:
                try:
                    producer.produce(TOPIC, line.strip(), key=key, on_delivery=delivered)
                    break
                except BufferError:  # the client's queue is full: let it deliver some
                    producer.poll(1.0)
            sent += 1
            producer.poll(0)
    left = producer.flush(30.0)
    if failures or left:
        raise SystemExit(f"{len(failures) + left} not delivered: {failures[:5]}")
    return sent


if __name__ == "__main__":
    print("delivered", feed(sys.argv[1]))
