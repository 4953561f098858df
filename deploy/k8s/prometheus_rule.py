"""Wrap deploy/prometheus/rules.yaml for the Prometheus operator: python -m deploy.k8s.prometheus_rule"""

from __future__ import annotations

from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
RULES: Final = HERE.parent / "prometheus" / "rules.yaml"
WRAPPED: Final = HERE / "overlays" / "prometheus-operator" / "prometheus-rule.yaml"

HEAD: Final = """\
# Written from deploy/prometheus/rules.yaml by: python -m deploy.k8s.prometheus_rule
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: copydesk
  namespace: copydesk
spec:
"""


def wrapped(rules: str) -> str:
    """Return the rules as a PrometheusRule; comments before the groups stay where they are."""
    groups = rules[rules.index("groups:") :]
    return HEAD + "".join(f"  {line}" if line.strip() else line for line in groups.splitlines(keepends=True))


if __name__ == "__main__":
    WRAPPED.write_text(wrapped(RULES.read_text(encoding="utf-8")), encoding="utf-8")
