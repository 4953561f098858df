"""Send articles to Copydesk with aiokafka: `python feed_aiokafka.py FILE.jsonl`, one article a line."""

import asyncio
import json
import os
import sys
from pathlib import Path

from aiokafka import AIOKafkaProducer

KAFKA = os.environ.get("KAFKA", "127.0.0.1:9092")
TOPIC = os.environ.get("TOPIC_PREFIX", "") + "articles.raw"


async def feed(lines: list[bytes]) -> int:
    """Send every line; return how many the broker has."""
    # Idempotence: a send that the client repeats is stored once, and records keep their order.
    async with AIOKafkaProducer(bootstrap_servers=KAFKA, enable_idempotence=True) as producer:
        deliveries = []
        for line in lines:
            article = json.loads(line)
            # The id as key keeps an article and its revisions in order. Without an id, any partition will do.
            key = str(article["id"]).encode() if "id" in article else None
            deliveries.append(await producer.send(TOPIC, line, key=key))
        await asyncio.gather(*deliveries)  # raises if one was not delivered
        return len(deliveries)


if __name__ == "__main__":
    print("delivered", asyncio.run(feed(Path(sys.argv[1]).read_bytes().splitlines())))
