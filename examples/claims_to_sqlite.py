"""Write claims into SQLite: `python claims_to_sqlite.py FILE.sqlite`. Stops when nothing new came for some seconds.

Delivery is at least once: a record may come again with the same `ce_id`, which is the primary key here. The offset is
committed after the rows, so a crash in between repeats records and loses none.
"""

import asyncio
import json
import os
import sqlite3
import sys

from aiokafka import AIOKafkaConsumer

KAFKA = os.environ.get("KAFKA", "127.0.0.1:9092")
PREFIX = os.environ.get("TOPIC_PREFIX", "")
QUIET_MS = int(os.environ.get("QUIET_MS", "5000"))

TABLE = """
CREATE TABLE IF NOT EXISTS claims (
    event TEXT PRIMARY KEY, article TEXT, source TEXT, published TEXT, kind TEXT, speaker TEXT, role TEXT, text TEXT,
    value REAL, unit TEXT, confidence REAL
)
"""
INSERT = "INSERT OR IGNORE INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def row(headers: dict[str, bytes], claim: dict) -> tuple:
    """Return one row: the claim, its speaker, and its first figure."""
    speaker = claim["speaker"] or {}
    figure = (claim["quantities"] or [{}])[0]
    return (
        headers["ce_id"].decode(),
        claim["article_id"],
        claim["source"],
        claim["published_at"],
        claim["kind"],
        speaker.get("name") or speaker.get("text"),
        speaker.get("role"),
        claim["text"],
        figure.get("value"),
        figure.get("currency") or figure.get("unit"),
        claim["confidence"],
    )


async def copy(path: str) -> int:
    """Read until the topic is quiet; return how many claims the table has."""
    table = sqlite3.connect(path)
    table.execute(TABLE)
    async with AIOKafkaConsumer(
        f"{PREFIX}claims",
        bootstrap_servers=KAFKA,
        group_id=f"{PREFIX}claims-to-sqlite",
        auto_offset_reset="earliest",  # the default would skip what was published before this group existed
        enable_auto_commit=False,
    ) as consumer:
        while batches := await consumer.getmany(timeout_ms=QUIET_MS):
            with table:
                for records in batches.values():
                    rows = [row(dict(record.headers), json.loads(record.value)) for record in records]
                    table.executemany(INSERT, rows)
            await consumer.commit()
    (count,) = table.execute("SELECT count(*) FROM claims").fetchone()
    table.close()
    return count


if __name__ == "__main__":
    print("claims", asyncio.run(copy(sys.argv[1])))
