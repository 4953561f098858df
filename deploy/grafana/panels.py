"""The few kinds of panel our dashboards are made of; each says its unit, what it shows and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grafana_foundation_sdk.builders import common as make
from grafana_foundation_sdk.builders import (
    dashboard,
    heatmap,
    prometheus,
    stat,
    table,
    text,
    timeseries,
)
from grafana_foundation_sdk.models import common
from grafana_foundation_sdk.models import heatmap as heatmap_model
from grafana_foundation_sdk.models.dashboard import (
    DashboardLinkType,
    DataSourceRef,
    DataTransformerConfig,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat
from grafana_foundation_sdk.models.text import TextMode

DATASOURCE = DataSourceRef(type_val="prometheus", uid="$datasource")
RUNBOOK_UID = "copydesk-runbook"
WHERE = 'job=~"$job",instance=~"$instance"'

GREEN, YELLOW, RED = "green", "yellow", "red"


@dataclass(frozen=True)
class Query:
    """PromQL with ``$where`` for the job and instance chosen above, and the name of each line."""

    expr: str
    legend: str = ""


@dataclass(frozen=True)
class Panel:
    """What every panel must say. `alarms` names the alerts that rest on what it shows."""

    title: str
    unit: str
    description: str
    queries: tuple[Query, ...]
    alarms: tuple[str, ...] = ()
    width: int = 8
    height: int = 8
    limits: tuple[tuple[float, str], ...] = ()  # from this value on, this colour
    decimals: int | None = None


class Line(Panel):
    """Values over time."""


class Stack(Panel):
    """Values over time that add up to something."""


class Figure(Panel):
    """One number, now."""


class Heat(Panel):
    """A histogram over time."""


class Rows(Panel):
    """A table: one row per label set, one column per query."""


Builder = Any
"""A builder of grafana_foundation_sdk; its kinds share their methods but no type."""


def built(panel: Panel, number: int, alarm_panels: dict[str, int]) -> Builder:
    """`panel` for Grafana, as number `number` of its dashboard."""
    builder = _kind(panel)
    builder.id(number).title(panel.title).description(panel.description).datasource(DATASOURCE)
    builder.span(panel.width).height(panel.height)
    builder.links([_runbook(alert, alarm_panels[alert]) for alert in panel.alarms])
    builder.targets(list(_targets(panel)))
    return builder


def runbook_page(alert: str, markdown: str, number: int) -> Builder:
    """Return one section of the runbook as a panel."""
    panel = text.Panel().id(number).title(alert).description(f"What to do about {alert}").content(markdown)
    return panel.mode(TextMode.MARKDOWN).span(24).height(14)


def _runbook(alert: str, panel: int) -> Builder:
    url = f"/d/{RUNBOOK_UID}?viewPanel={panel}"
    link = dashboard.DashboardLink(f"Runbook: {alert}").type(DashboardLinkType.LINK).url(url)
    return link.target_blank(True)


def _kind(panel: Panel) -> Builder:
    match panel:
        case Figure():
            return _figure(panel)
        case Heat():
            return _heat(panel)
        case Rows():
            return _rows(panel)
        case _:
            return _graph(panel)


def _graph(panel: Panel) -> Builder:
    stacked = isinstance(panel, Stack)
    graph = timeseries.Panel().unit(panel.unit).axis_soft_min(0)
    graph.line_width(1).fill_opacity(25 if stacked else 8).show_points(common.VisibilityMode.NEVER)
    graph.legend(
        make.VizLegendOptions()
        .display_mode(common.LegendDisplayMode.TABLE)
        .placement(common.LegendPlacement.BOTTOM)
        .show_legend(True)
        .calcs(["lastNotNull", "max"])
    )
    graph.tooltip(
        make.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI).sort(common.SortOrder.DESCENDING)
    )
    if stacked:
        graph.stacking(make.StackingConfig().mode(common.StackingMode.NORMAL).group("A"))
    if panel.limits:
        graph.thresholds(_limits(panel))
        graph.thresholds_style(make.GraphThresholdsStyleConfig().mode(common.GraphThresholdsStyleMode.DASHED))
    if panel.decimals is not None:
        graph.decimals(panel.decimals)
    return graph


def _figure(panel: Panel) -> Builder:
    figure = stat.Panel().unit(panel.unit).thresholds(_limits(panel))
    figure.reduce_options(make.ReduceDataOptions().calcs(["lastNotNull"]).values(False))
    figure.graph_mode(common.BigValueGraphMode.AREA).color_mode(common.BigValueColorMode.VALUE)
    if panel.decimals is not None:
        figure.decimals(panel.decimals)
    return figure


def _heat(panel: Panel) -> Builder:
    heat = heatmap.Panel().unit("short").calculate(False)
    heat.y_axis(heatmap.YAxisConfig().unit(panel.unit).axis_placement(common.AxisPlacement.LEFT))
    heat.color(
        heatmap.HeatmapColorOptions()
        .mode(heatmap_model.HeatmapColorMode.SCHEME)
        .scheme("Oranges")
        .scale(heatmap_model.HeatmapColorScale.EXPONENTIAL)
        .exponent(0.5)
        .steps(64)
    )
    return heat


def _rows(panel: Panel) -> Builder:
    rows = table.Panel().unit(panel.unit)
    rows.transformations(
        [
            DataTransformerConfig(id_val="merge", options={}),
            DataTransformerConfig(
                id_val="organize",
                options={
                    "excludeByName": {"Time": True, "job": True},
                    "renameByName": {
                        f"Value #{_letter(at)}": query.legend for at, query in enumerate(panel.queries)
                    },
                },
            ),
        ]
    )
    return rows


def _targets(panel: Panel) -> Iterable[Builder]:
    for at, query in enumerate(panel.queries):
        target = prometheus.Dataquery().ref_id(_letter(at)).datasource(DATASOURCE)
        target.expr(query.expr.replace("$where", WHERE)).legend_format(query.legend)
        match panel:
            case Rows():
                target.instant().format(PromQueryFormat.TABLE)
            case Heat():
                target.range().format(PromQueryFormat.HEATMAP)
            case _:
                target.range()
        yield target


def _letter(at: int) -> str:
    return chr(ord("A") + at)


def _limits(panel: Panel) -> Builder:
    steps: Sequence[Threshold] = [
        Threshold(value=None, color=GREEN),
        *(Threshold(value=value, color=color) for value, color in panel.limits),
    ]
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(list(steps))
