"""Open the database of the store, and bring its tables to the version that this release knows."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
SQLITE_BUSY_MS: Final = 10_000
"""Milliseconds that SQLite waits for a reader's or another writer's lock."""
WAL_PAGES: Final = 8_192
"""Pages of 4 KiB after which SQLite copies its log into the database; fewer write pages of indexes more often."""


SQLITE_OLDEST: Final = (3, 32, 0)
"""The oldest SQLite that takes as many values in a statement as we give (service/store/bulk.py)."""


class StoreUnavailable(Exception):  # noqa: N818 - it is what happened
    """The database cannot be opened, or holds tables of a newer release."""


def open_store(url: str) -> Engine:
    """Return an engine whose tables are up to date. Raises StoreUnavailable with one sentence."""
    try:
        parsed = with_driver(make_url(url))
        if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
            Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
        if engine.dialect.name == "sqlite":
            _must_be_new_enough()
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_at_once)
        else:
            event.listen(engine, "connect", _prepare_postgresql)
        migrate(engine)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreUnavailable(f"store.url is no address of a database: {error}") from None
    except ModuleNotFoundError as error:
        raise StoreUnavailable(
            f"the driver {error.name} is missing; install Copydesk with its extra `postgres`"
        ) from None
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailable(f"the store cannot be opened: {_first_line(error)}") from None
    return engine


def with_driver(url: URL) -> URL:
    """Name the driver that we install where a PostgreSQL address names none."""
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to a revision. Raises StoreUnavailable where a newer release made them."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.begin() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found is not None and found not in known:
            raise StoreUnavailable(
                f"the store has tables of a newer release (migration {found}); update Copydesk"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _must_be_new_enough() -> None:
    if sqlite3.sqlite_version_info < SQLITE_OLDEST:
        oldest = ".".join(map(str, SQLITE_OLDEST[:2]))
        raise StoreUnavailable(
            f"this Python has SQLite {sqlite3.sqlite_version}; the store needs {oldest} or a PostgreSQL"
        )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions, not the driver: see _begin_at_once
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={SQLITE_BUSY_MS}",
        "cache_size=-65536",  # KiB
        f"wal_autocheckpoint={WAL_PAGES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Compress texts with lz4 where the server can: its own way takes an eighth of the writing."""
    connection.execute(
        "SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings "
        "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
    )
    connection.commit()


def _begin_at_once(connection: Any) -> None:
    """Take SQLite's write lock at the start, so that a transaction cannot fail half way for want of it."""
    writes = not connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
