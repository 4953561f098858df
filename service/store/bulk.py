"""Run a statement for many rows without SQLAlchemy's work for each value: it took half of what a row costs.

Rows hold values as the drivers take them: JSON is text already (`service/store/rows.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert


def insert_rows(connection: Connection, statement: Insert, rows: Sequence[dict[str, Any]]) -> None:
    """Run an insert once for each row; every row has the same columns, two at least. Does nothing without rows."""
    if not rows:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    parameters: Any = rows if names is None else list(map(itemgetter(*names), rows))
    connection.exec_driver_sql(str(compiled), parameters)
