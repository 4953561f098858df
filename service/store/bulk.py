"""Run a statement for many rows without SQLAlchemy's work for each value: it took half of what a row costs.

Rows hold values as the drivers take them: JSON is text already (`service/store/rows.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

SQLITE_VALUES: Final = 12_000
"""Maximum values in one statement of SQLite, those of 500 articles; it takes 32,766."""


def insert_rows(connection: Connection, statement: Insert, rows: Sequence[dict[str, Any]]) -> None:
    """Run an insert once for each row; every row has the same columns, two at least. Does nothing without rows."""
    if not rows:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    parameters: Any = rows if names is None else list(map(itemgetter(*names), rows))
    connection.exec_driver_sql(str(compiled), parameters)


def insert_values(
    connection: Connection, table: str, columns: Sequence[str], values: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows given as values in the order of `columns`, into PostgreSQL by COPY. Does nothing without rows.

    SQLite gets many rows in a statement: the full-text index writes what it holds in memory, and merges, after each.
    """
    names = ", ".join(columns)
    if not values:
        return
    if connection.dialect.name == "sqlite":
        holders, rows_at_once = f"({', '.join('?' * len(columns))})", SQLITE_VALUES // len(columns)
        for first in range(0, len(values), rows_at_once):
            some = values[first : first + rows_at_once]
            insertion = f"INSERT INTO {table} ({names}) VALUES {', '.join([holders] * len(some))}"  # noqa: S608
            connection.exec_driver_sql(insertion, tuple(chain.from_iterable(some)))
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)


def upsert(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, newest_by: str | None = None
) -> None:
    """Insert rows, or write over those with the same primary key; of rows with one key the last one counts.

    With `newest_by`, the name of a column that counts up, the row with the highest value counts, wherever it stands.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    if newest_by is not None:
        rows = sorted(rows, key=itemgetter(newest_by))
    unique = {tuple(row[key] for key in keys): row for row in rows}
    statement = dialect_insert(connection, table)
    others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    newer = None if newest_by is None else statement.excluded[newest_by] >= table.c[newest_by]
    statement = statement.on_conflict_do_update(index_elements=keys, set_=others, where=newer)
    insert_rows(connection, statement, list(unique.values()))


def dialect_insert(connection: Connection, table: Table) -> Any:
    """Make an insert that knows what its database does about conflicts."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
