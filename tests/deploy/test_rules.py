"""Alerts: each is tested to fire and to stay quiet, and tells a person what to do."""

from __future__ import annotations

import re

from deploy.k8s.prometheus_rule import RULES, WRAPPED, wrapped
from service.settings import Settings, field_types
from service.stages import STAGES
from service.telemetry.instruments import FRESHNESS
from service.telemetry.metrics import Metrics
from service.topics import ALL_TOPICS
from tests.deploy.kit import BOARDS, DEPLOY, DOCS, METRIC, board, read_yaml, rules, wrong_names
from tests.telemetry.kit import scrape


def test_rules_name_metrics_and_labels_that_exist() -> None:
    everything = {**rules("alert"), **rules("record")}
    wrong = {name: found for name, rule in everything.items() if (found := wrong_names(rule["expr"]))}
    assert wrong == {}


def test_the_bucket_that_freshness_rests_on_exists() -> None:
    named = {
        value for rule in rules("record").values() for value in re.findall(r'le="([^"]+)"', rule["expr"])
    }
    assert named == {"60.0"}
    assert 60 in FRESHNESS
    assert scrape(Metrics("enrich")).values("end_to_end_seconds_bucket", le="60.0") == [0.0]


def test_every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_is_quiet() -> None:
    cases = {}
    for case in read_yaml("prometheus/rules_test.yaml")["tests"]:
        for check in case["alert_rule_test"]:
            assert case["name"].startswith(check["alertname"] + " "), case["name"]
            fires = bool(check["exp_alerts"])
            assert case["name"] == f"{check['alertname']} {'fires' if fires else 'is quiet'}"
        cases[case["name"]] = case
    wanted = {f"{alert} {how}" for alert in rules("alert") for how in ("fires", "is quiet")}
    assert set(cases) == wanted


def test_cases_feed_series_that_workers_show() -> None:
    for case in read_yaml("prometheus/rules_test.yaml")["tests"]:
        for series in case["input_series"]:
            assert wrong_names(series["series"]) == [], case["name"]


def test_every_alert_says_how_urgent_it_is_and_has_a_section_in_the_runbook() -> None:
    text = (DOCS / "runbook.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (\w+)\n\n\*(\w+)\.\*", text, re.MULTILINE))
    alerts = rules("alert")
    assert set(sections) == set(alerts)
    for name, rule in alerts.items():
        assert rule["labels"]["severity"] == sections[name], name
        assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{name.lower()}"
        assert {"summary", "description"} <= set(rule["annotations"]), name


def test_links_within_the_runbook_lead_somewhere() -> None:
    text = (DOCS / "runbook.md").read_text(encoding="utf-8")
    headings = {heading.lower() for heading in re.findall(r"^## (\w+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def test_commands_settings_and_panels_that_the_runbook_names_exist() -> None:
    text = (DOCS / "runbook.md").read_text(encoding="utf-8")
    verbs = {command.split()[0] for command in re.findall(r"`copydesk ([a-z]+[^`]*)`", text)}
    assert verbs <= {path.stem for path in (DEPLOY.parent / "service" / "commands").glob("*.py")}
    sections = "|".join(Settings.__struct_fields__)
    named = set(re.findall(rf"`((?:{sections})\.[a-z_]+)`", text))
    assert named - set(ALL_TOPICS) <= set(field_types())
    titles = [p["title"] for name in BOARDS for p in (board(name), *board(name)["panels"])]
    shown = re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", text)
    unknown = {name for name in shown if not any(t.startswith(" ".join(name.split())) for t in titles)}
    assert unknown == {"Targets"}  # a page of Prometheus


def test_the_topics_of_dead_letters_and_stages_are_named_as_workers_name_them() -> None:
    failing = rules("alert")["DeadLetterPublishFailing"]["expr"]
    assert 'topic="articles.dead"' in failing
    assert all("articles.dead" in spec.sinks for spec in STAGES.values())


def test_the_operators_rules_are_the_same_rules() -> None:
    """If this fails: python -m deploy.k8s.prometheus_rule"""
    assert WRAPPED.read_text(encoding="utf-8") == wrapped(RULES.read_text(encoding="utf-8"))


def test_metrics_are_found_in_expressions() -> None:
    assert METRIC.findall("sum(rate(copydesk_a_total[5m])) / process_b") == ["copydesk_a_total", "process_b"]
