"""`copydesk export articles|claims|threads`: a table of the store as CSV or Parquet."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from service.commands.shared import CommandFailed, ConfigOption, SetOption, read_settings, say
from service.exit_codes import ExitCode


class Exported(StrEnum):
    """Name the tables that can be exported."""

    ARTICLES = "articles"
    CLAIMS = "claims"
    THREADS = "threads"


def export(
    table: Annotated[Exported, typer.Argument(help="Which table.", show_default=False)],
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write CSV there.")] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="FILE", help="Write Parquet there (extra `parquet`).")
    ] = None,
    config: ConfigOption = None,
    assignments: SetOption = None,
) -> None:
    """Write articles, claims or threads of the store (store.url) into a file."""
    settings = read_settings(config, assignments)
    if (csv is None) == (parquet is None):
        raise CommandFailed("name one file, with --csv FILE or --parquet FILE", ExitCode.USAGE)

    from service.store import export as exporting
    from service.store.database import StoreUnavailable, open_store

    try:
        engine = open_store(settings.store.url)
    except StoreUnavailable as error:
        raise CommandFailed(str(error), ExitCode.CONFIGURATION) from None
    queries = {
        Exported.ARTICLES: exporting.articles,
        Exported.CLAIMS: exporting.claims,
        Exported.THREADS: exporting.threads,
    }
    query = queries[table]()
    try:
        if csv is not None:
            rows = exporting.to_csv(engine, query, csv)
        else:
            assert parquet is not None
            rows = exporting.to_parquet(engine, query, parquet)
    except ModuleNotFoundError:
        raise CommandFailed("Parquet needs pyarrow; install Copydesk with its extra `parquet`") from None
    except OSError as error:
        raise CommandFailed(f"{csv or parquet}: {error.strerror}") from None
    finally:
        engine.dispose()
    say(f"{rows} {table.value} written to {csv or parquet}")
