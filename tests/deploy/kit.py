"""Files under deploy/ as data, and what the golden file of metrics allows them to name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCS = DEPLOY.parent / "docs"
GOLDEN = Path(__file__).parents[1] / "telemetry" / "golden_metrics.txt"
BOARDS = ("overview", "debug")

OPEN = ("partition", "collection", "version", "commit")
"""Labels whose values are the installation's."""

METRIC = re.compile(r"\b(?:copydesk|process)_[a-z0-9_]+(?![a-z0-9_:])")
RECORDED = re.compile(r"\b(?:job|job_topic|job_collection):[a-z0-9_]+:[a-z0-9_]+")
MATCHER = re.compile(r'(\w+)(=~|=|!~|!=)"([^"]*)"')
SELECTOR = re.compile(r"\b((?:copydesk|process)_[a-z0-9_]+)\{([^}]*)\}")


@cache
def read_yaml(path: str) -> Any:
    """Return one document."""
    return yaml.safe_load((DEPLOY / path).read_text(encoding="utf-8"))


@cache
def read_all_yaml(path: str) -> list[Any]:
    """Return all documents of a file."""
    return [d for d in yaml.safe_load_all((DEPLOY / path).read_text(encoding="utf-8")) if d]


@cache
def board(name: str) -> dict[str, Any]:
    """Return a dashboard."""
    found: dict[str, Any] = json.loads(
        (DEPLOY / "grafana" / "dashboards" / f"{name}.json").read_text(encoding="utf-8")
    )
    return found


def panels(name: str) -> list[dict[str, Any]]:
    """Return panels of a dashboard, rows left out."""
    return [panel for panel in board(name)["panels"] if panel["type"] != "row"]


def queries(name: str) -> Iterator[tuple[str, str]]:
    """Yield title and PromQL of each query of a dashboard."""
    for panel in panels(name):
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def rules(kind: str) -> dict[str, dict[str, Any]]:
    """Name -> rule; `kind` is "alert" or "record"."""
    return {
        rule[kind]: rule
        for group in read_yaml("prometheus/rules.yaml")["groups"]
        for rule in group["rules"]
        if kind in rule
    }


@cache
def golden() -> dict[str, dict[str, frozenset[str]]]:
    """Map sample names to labels and the values that these may have, of all stages together."""
    known: dict[str, dict[str, set[str]]] = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        _, kind, series = line.split(" ", 2)
        name, _, labels = series.rstrip("}").partition("{")
        suffixes = ("_bucket", "_count", "_sum") if kind == "histogram" else ("",)
        for suffix in suffixes:
            values = known.setdefault(name + suffix, {})
            for label, _, value in MATCHER.findall(labels):
                values.setdefault(label, set()).add(value)
    return {name: {k: frozenset(v) for k, v in labels.items()} for name, labels in known.items()}


def wrong_names(promql: str) -> list[str]:
    """Return what `promql` names that a worker does not show: metrics, recorded series, labels, label values."""
    recorded = rules("record")
    wrong = [name for name in RECORDED.findall(promql) if name not in recorded]
    ours = [name for name in METRIC.findall(RECORDED.sub("", promql)) if name.startswith("copydesk_")]
    wrong += [name for name in ours if name not in golden()]
    for name, selector in SELECTOR.findall(promql):
        for label, operator, value in MATCHER.findall(selector):
            wrong += _wrong_label(name, label, operator, value)
    return wrong


def _wrong_label(name: str, label: str, operator: str, value: str) -> list[str]:
    if label in ("job", "instance") or name.startswith("process_"):
        return []
    if label == "le":
        return [] if name.endswith("_bucket") else [f"{name}{{le}}"]
    known = golden().get(name, {}).get(label)
    if known is None:
        return [f"{name}{{{label}}}"]
    if label in OPEN:
        return []
    wanted = value.split("|") if "~" in operator else [value]
    return [f"{name}{{{label}={one}}}" for one in wanted if one not in known]
