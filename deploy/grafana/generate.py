"""Write the dashboards anew: python -m deploy.grafana.generate

Three of them: overview, debug, and the runbook, so that the link on a panel leads somewhere in any installation.
What is committed under dashboards/ is what Grafana loads; a test holds that it is what this writes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DashboardLinkType,
    VariableHide,
    VariableOption,
    VariableRefresh,
    VariableSort,
)

from deploy.grafana import debug, overview
from deploy.grafana.panels import DATASOURCE, RUNBOOK_UID, Panel, built, runbook_page

HERE: Final = Path(__file__).parent
DASHBOARDS: Final = HERE / "dashboards"
RUNBOOK: Final = HERE.parents[1] / "docs" / "runbook.md"

Rows = list[tuple[str, list[Panel]]]


def runbook_sections(markdown: str) -> dict[str, str]:
    """Map heading to text of each ``##`` section of the runbook; links between sections lose their target."""
    parts = re.split(r"^## (\w+)\n", markdown, flags=re.MULTILINE)[1:]
    plain = re.compile(r"\[([^]]+)\]\([^)]*\)")
    return {name: plain.sub(r"\1", body).strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def all_dashboards() -> dict[str, str]:
    """Map file name to JSON."""
    sections = runbook_sections(RUNBOOK.read_text(encoding="utf-8"))
    pages = {alert: number for number, alert in enumerate(sections, start=1)}
    return {
        "overview.json": _json(_dashboard(overview.TITLE, overview.UID, overview.ROWS, pages)),
        "debug.json": _json(_dashboard(debug.TITLE, debug.UID, debug.ROWS, pages)),
        "runbook.json": _json(_runbook(sections)),
    }


def _json(built_dashboard: Any) -> str:
    encoder = JSONEncoder(indent=2, sort_keys=True)
    return json.dumps(json.loads(encoder.encode(built_dashboard)), indent=2, sort_keys=True) + "\n"


def _dashboard(title: str, uid: str, rows: Rows, pages: dict[str, int]) -> Any:
    board = _empty(title, uid).time("now-3h", "now").refresh("30s")
    for variable in _variables():
        board.with_variable(variable)
    number = 0
    for name, panels in rows:
        number += 1
        board.with_row(dashboard.Row(name).id(number))
        for panel in panels:
            number += 1
            board.with_panel(built(panel, number, pages))
    return board.build()


def _runbook(sections: dict[str, str]) -> Any:
    board = _empty("Copydesk runbook", RUNBOOK_UID)
    for number, (alert, markdown) in enumerate(sections.items(), start=1):
        board.with_panel(runbook_page(alert, markdown, number))
    return board.build()


def _empty(title: str, uid: str) -> Any:
    links = dashboard.DashboardLink("Copydesk").type(DashboardLinkType.DASHBOARDS).tags(["copydesk"])
    board = dashboard.Dashboard(title).uid(uid).tags(["copydesk"]).timezone("browser").editable()
    return board.tooltip(DashboardCursorSync.CROSSHAIR).link(links.include_vars(True).keep_time(True))


def _variables() -> list[Any]:
    source = dashboard.DatasourceVariable("datasource").label("Data source").type("prometheus")
    source.current(VariableOption(text="Prometheus", value="prometheus"))
    return [
        source.hide(VariableHide.DONT_HIDE),
        _choice("job", "Job", "label_values(copydesk_build_info, job)"),
        _choice("instance", "Worker", 'label_values(copydesk_build_info{job=~"$job"}, instance)'),
    ]


def _choice(name: str, label: str, query: str) -> Any:
    variable = dashboard.QueryVariable(name).label(label).datasource(DATASOURCE).query(query)
    variable.refresh(VariableRefresh.ON_TIME_RANGE_CHANGED).sort(VariableSort.ALPHABETICAL_ASC)
    variable.multi(True).include_all(True).all_value(".*")
    return variable.current(VariableOption(selected=True, text=["All"], value=["$__all"]))


def main() -> None:
    """Write all files."""
    DASHBOARDS.mkdir(exist_ok=True)
    for name, content in all_dashboards().items():
        (DASHBOARDS / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
