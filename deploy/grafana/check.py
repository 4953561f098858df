"""Are the committed dashboards what the sources make, and does PromQL's own grammar take every query?

Run by deploy/lint in an environment that has grafana-foundation-sdk and promql-parser.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import promql_parser

from deploy.grafana.generate import DASHBOARDS, all_dashboards

STANDS_FOR = {"$__rate_interval": "5m", "$__range": "1h", "$job": ".*", "$instance": ".*"}
"""What Grafana would put in the place of its variables."""


def stale() -> Iterator[str]:
    """Yield the dashboards that differ from what the sources make."""
    for name, content in all_dashboards().items():
        if (DASHBOARDS / name).read_text(encoding="utf-8") != content:
            yield f"dashboards/{name} is stale; write it anew: python -m deploy.grafana.generate"


def unreadable() -> Iterator[str]:
    """Yield queries that PromQL's grammar refuses."""
    for path in sorted(DASHBOARDS.glob("*.json")):
        board: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for panel in board["panels"]:
            for target in panel.get("targets") or []:
                query = target["expr"]
                for variable, value in STANDS_FOR.items():
                    query = query.replace(variable, value)
                try:
                    promql_parser.parse(query)
                except ValueError as error:
                    yield f"{path.name}: {panel['title']}: {error}: {query}"


def main() -> int:
    """0 when all is well."""
    problems = [*stale(), *unreadable()]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
