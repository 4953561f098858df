"""Options and arguments that several verbs have in common, besides those that all have (shared.py)."""

from __future__ import annotations

from typing import Annotated

import typer

from service.records import Reason

PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...|URL...|-",
        help="Files and folders of .txt, .json, .jsonl, .ndjson, .csv, .tsv, RSS and Atom (.rss, .atom, .xml), also "
        "packed (.gz, .zst); addresses of feeds; - reads JSON or a feed from standard input.",
    ),
]
RateOption = Annotated[
    float, typer.Option("--rate", min=0, help="Records a second at most; 0: as fast as it goes.")
]
LimitOption = Annotated[int | None, typer.Option("--limit", min=1, help="Stop after this many records.")]
RawOption = Annotated[bool, typer.Option("--raw", help="Send every line as it stands, JSON or not.")]
ReasonOption = Annotated[
    list[Reason] | None,
    typer.Option(
        "--reason",
        metavar="REASON",
        help=f"Only records with this reason ({', '.join(Reason)}); may be repeated.",
    ),
]
StageOption = Annotated[
    list[str] | None,
    typer.Option("--stage", metavar="STAGE", help="Only those that this stage set aside; may be repeated."),
]
