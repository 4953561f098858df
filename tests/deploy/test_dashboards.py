"""The dashboards name what workers show, say what they show, and lead to the runbook."""

from __future__ import annotations

import re
from typing import Any

import pytest

from service.stages import STAGES
from service.telemetry.metrics import Metrics
from service.telemetry.store_metrics import StoreMetrics
from tests.deploy.kit import BOARDS, DOCS, board, panels, queries, read_yaml, rules, wrong_names
from tests.telemetry.kit import Scrape, scrape


def test_the_check_of_names_finds_what_is_wrong() -> None:
    good = 'sum(rate(copydesk_dead_letters_total{job=~"$job",stage="intake",reason=~"schema|bug"}[5m]))'
    assert wrong_names(good) == []
    assert wrong_names("copydesk_consumer_lag") == ["copydesk_consumer_lag"]
    assert wrong_names('copydesk_dead_letters_total{reason="typo"}') == [
        "copydesk_dead_letters_total{reason=typo}"
    ]
    assert wrong_names('copydesk_dead_letters_total{topic="x"}') == ["copydesk_dead_letters_total{topic}"]
    assert wrong_names("job:copydesk_nothing:sum > 0") == ["job:copydesk_nothing:sum"]


@pytest.mark.parametrize("name", BOARDS)
def test_queries_name_metrics_and_labels_that_exist(name: str) -> None:
    wrong = {title: found for title, promql in queries(name) if (found := wrong_names(promql))}
    assert wrong == {}


@pytest.mark.parametrize("name", BOARDS)
def test_queries_are_narrowed_to_the_chosen_job_and_worker(name: str) -> None:
    for title, promql in queries(name):
        series = len(re.findall(r"\b(?:copydesk|process)_\w+", promql))
        assert promql.count('job=~"$job",instance=~"$instance"') == series, title


@pytest.mark.parametrize("name", BOARDS)
def test_counters_are_read_as_rates_and_gauges_as_they_are(name: str) -> None:
    for title, promql in queries(name):
        for function, metric in re.findall(r"(\w*)\(?((?:copydesk|process)_\w+)\{", promql):
            counter = metric.endswith(("_total", "_bucket", "_count", "_sum", "time_seconds"))
            assert counter == (function in ("rate", "increase", "changes")), f"{title}: {function}({metric})"


@pytest.mark.parametrize("name", BOARDS)
def test_a_window_is_the_one_of_the_graph_or_one_with_a_meaning(name: str) -> None:
    """A fixed window is the window of an alert, a promise of 30 days, or the whole of what is shown."""
    meant = {"$__rate_interval", "$__range", "5m", "10m", "15m", "30m", "1h", "6h", "30d"}
    for title, promql in queries(name):
        assert set(re.findall(r"\[([^]]+)\]", promql)) <= meant, title


@pytest.mark.parametrize("name", BOARDS)
def test_every_panel_says_its_unit_and_what_it_shows(name: str) -> None:
    for panel in panels(name):
        assert len(panel["description"]) > 10, panel["title"]
        assert _unit(panel), panel["title"]
        assert panel["targets"], panel["title"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "$datasource"}, panel["title"]


def _unit(panel: dict[str, Any]) -> str:
    if panel["type"] == "heatmap":
        unit: str = panel["options"]["yAxis"]["unit"]
    else:
        unit = panel["fieldConfig"]["defaults"]["unit"]
    return unit


@pytest.mark.parametrize("name", [*BOARDS, "runbook"])
def test_numbers_and_letters_are_given_once_and_panels_do_not_overlap(name: str) -> None:
    everything = board(name)["panels"]
    assert len({panel["id"] for panel in everything}) == len(everything)
    taken: set[tuple[int, int]] = set()
    for panel in everything:
        letters = [target["refId"] for target in panel.get("targets", [])]
        assert len(set(letters)) == len(letters), panel["title"]
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24, panel["title"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not cells & taken, panel["title"]
        taken |= cells


def test_every_alert_has_a_panel_that_leads_to_its_page_of_the_runbook() -> None:
    pages = {panel["title"]: panel["id"] for panel in panels("runbook")}
    linked = {
        link["title"].removeprefix("Runbook: "): link["url"]
        for name in BOARDS
        for panel in panels(name)
        for link in panel.get("links", [])
    }
    assert set(linked) == set(rules("alert"))
    for alert, url in linked.items():
        assert url == f"/d/{board('runbook')['uid']}?viewPanel={pages[alert]}"


def test_pages_of_the_runbook_are_the_sections_of_the_document() -> None:
    text = (DOCS / "runbook.md").read_text(encoding="utf-8")
    assert [panel["title"] for panel in panels("runbook")] == re.findall(r"^## (\w+)$", text, re.MULTILINE)


def test_every_metric_is_on_some_dashboard() -> None:
    shown = " ".join(promql for name in BOARDS for _, promql in queries(name))
    missing = {
        metric
        for stage in STAGES
        for metric in scrape(Metrics(stage)).names() | Scrape(StoreMetrics([]).registry).names()
        if metric.startswith("copydesk_") and not metric.endswith(("_bucket", "_count", "_sum"))
    }
    missing = {metric for metric in missing if metric not in shown}
    assert missing == {"copydesk_recovery_in_progress"}  # Recovery shows what is left, which says more


def test_grafana_finds_its_source_and_its_dashboards() -> None:
    source = read_yaml("grafana/provisioning/datasources/prometheus.yaml")["datasources"][0]
    chosen = board("overview")["templating"]["list"][0]
    assert chosen["name"] == "datasource"
    assert chosen["current"]["value"] == source["uid"]
    provider = read_yaml("grafana/provisioning/dashboards/copydesk.yaml")["providers"][0]
    grafana = read_yaml("compose.yaml")["services"]["grafana"]
    mounts = dict(volume.split(":")[:2] for volume in grafana["volumes"])
    assert mounts["./grafana/dashboards"] == provider["options"]["path"]
    assert mounts["./grafana/provisioning"] == "/etc/grafana/provisioning"
