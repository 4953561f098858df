"""Keep in a database exactly the claims that the newest revision of every article makes.

    python examples/claims_in_sql.py claims.db < records.jsonl

`records.jsonl` has a line {"topic", "value"} for each record of `articles.enriched` and `claims`, as
`copydesk process --json` prints them. The statements run on SQLite and on PostgreSQL: pass any DB-API connection
to `Sink`.

Records may come in any order and more than once. An article counts with its newest revision; the claims of older ones
are deleted, claims of a newer one wait for it, and an article that is withdrawn has none.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import Any

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS articles (
        collection TEXT, article_id TEXT, revision INTEGER NOT NULL, status TEXT NOT NULL, cluster_id TEXT, title TEXT,
        PRIMARY KEY (collection, article_id))
    """,
    """
    CREATE TABLE IF NOT EXISTS claims (
        collection TEXT, article_id TEXT, revision INTEGER, claim_id TEXT, kind TEXT NOT NULL, speaker TEXT,
        content TEXT NOT NULL, PRIMARY KEY (collection, article_id, revision, claim_id))
    """,
    """
    CREATE VIEW current_claims AS SELECT claims.* FROM claims JOIN articles USING (collection, article_id)
    WHERE claims.revision = articles.revision AND articles.status <> 'withdrawal'
    """,
)

ARTICLE = """
    INSERT INTO articles (collection, article_id, revision, status, cluster_id, title)
    VALUES ({0}, {0}, {0}, {0}, {0}, {0})
    ON CONFLICT (collection, article_id) DO UPDATE SET
        revision = excluded.revision, status = excluded.status, cluster_id = excluded.cluster_id, title = excluded.title
    WHERE excluded.revision >= articles.revision
"""
CLAIM = """
    INSERT INTO claims (collection, article_id, revision, claim_id, kind, speaker, content)
    VALUES ({0}, {0}, {0}, {0}, {0}, {0}, {0}) ON CONFLICT DO NOTHING
"""
OUTDATED = """
    DELETE FROM claims WHERE collection = {0} AND article_id = {0} AND EXISTS (
        SELECT 1 FROM articles WHERE articles.collection = claims.collection AND articles.article_id = claims.article_id
        AND (claims.revision < articles.revision
             OR claims.revision = articles.revision AND articles.status = 'withdrawal'))
"""


class Sink:
    """Write records to a database, one transaction each."""

    def __init__(self, connection: Any, mark: str = "?") -> None:
        """Make the tables. `mark` is the driver's placeholder: "?" for sqlite3, "%s" for psycopg."""
        self._connection = connection
        self._article, self._claim, self._outdated = (one.format(mark) for one in (ARTICLE, CLAIM, OUTDATED))
        has_view = self._has_view()
        for statement in TABLES:
            if "VIEW" not in statement or not has_view:
                self._run(statement)
        connection.commit()

    def write(self, topic: str, value: dict[str, Any]) -> None:
        """Write a record of `articles.enriched` or `claims`; others are left alone."""
        if topic.endswith("enriched"):
            note = value["dedup"]
            key = (value["collection"], value["article_id"])
            row = (*key, note["revision"], note["status"], note["cluster_id"], value["title"])
            self._run(self._article, row)
        elif topic.endswith("claims"):
            key = (value["collection"], value["article_id"])
            speaker = (value["speaker"] or {}).get("name")
            row = (*key, value["revision"], value["claim_id"], value["kind"], speaker, value["text"])
            self._run(self._claim, row)
        else:
            return
        self._run(self._outdated, key)
        self._connection.commit()

    def _has_view(self) -> bool:
        try:
            self._run("SELECT 1 FROM current_claims WHERE 1 = 0")
        except Exception:
            self._connection.rollback()
            return False
        return True

    def _run(self, statement: str, row: tuple[Any, ...] = ()) -> None:
        cursor = self._connection.cursor()
        cursor.execute(statement, row)
        cursor.close()


def main() -> None:
    """Read records from standard input."""
    connection = sqlite3.connect(sys.argv[1])
    sink = Sink(connection)
    for line in sys.stdin:
        record = json.loads(line)
        if record["value"] is not None:
            sink.write(record["topic"], record["value"])
    (count,) = connection.execute("SELECT count(*) FROM current_claims").fetchone()
    print(f"{count} claims of the newest revisions")


if __name__ == "__main__":
    main()
