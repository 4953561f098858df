"""Writes asyncapi.json and schemas/*.json beside this file: ``python -m service.contracts.generate [--check]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from service.contracts.asyncapi import document
from service.contracts.schemas import all_schemas

HERE: Final = Path(__file__).resolve().parent


def generated_files() -> dict[str, str]:
    """Name relative to this folder -> text, as the code says it should be."""
    texts = {f"schemas/{kind}.json": _pretty(schema) for kind, schema in all_schemas().items()}
    return texts | {"asyncapi.json": _pretty(document())}


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def stale_files() -> list[str]:
    """List the files that differ from what the code generates, including files that should not exist."""
    wanted = generated_files()
    stale = [name for name, text in wanted.items() if not _says(HERE / name, text)]
    found = [f"schemas/{path.name}" for path in sorted((HERE / "schemas").glob("*.json"))]
    return stale + [name for name in found if name not in wanted]


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` only say which ones are stale (exit status 1 if any)."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m service.contracts.generate [--check]", file=sys.stderr)
        return 2
    stale = stale_files()
    if arguments:
        for name in stale:
            print(
                f"service/contracts/{name} is stale; run python -m service.contracts.generate",
                file=sys.stderr,
            )
        return 1 if stale else 0
    wanted = generated_files()
    for name in stale:
        path = HERE / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8")
        print(f"service/contracts/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
