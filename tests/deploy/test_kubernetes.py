"""deploy/k8s: restricted pods, probes that exist, settings that are taken, one reader per collection."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from service.settings import load_settings
from service.stages import STAGES, group_id
from service.topics import ARTICLES_RAW, ARTICLES_UNIQUE
from tests.deploy.kit import DEPLOY, read_all_yaml, read_yaml

BASE = DEPLOY / "k8s" / "base"
SETTINGS = load_settings(BASE / "copydesk.toml", env={})
WORKLOADS = {
    "intake": "Deployment",
    "dedup": "StatefulSet",
    "enrich": "Deployment",
    "threads": "StatefulSet",
    "topics": "Job",
}


def workload(name: str) -> dict[str, Any]:
    """The one object of that name that runs pods."""
    kind = WORKLOADS[name]
    [found] = [o for o in read_all_yaml(f"k8s/base/{name}.yaml") if o["kind"] == kind]
    assert found["metadata"]["name"] == name
    return found  # type: ignore[no-any-return]


def pod(name: str) -> dict[str, Any]:
    return workload(name)["spec"]["template"]["spec"]  # type: ignore[no-any-return]


def container(name: str) -> dict[str, Any]:
    [only] = pod(name)["containers"]
    return only  # type: ignore[no-any-return]


def test_every_file_is_part_of_the_base() -> None:
    kustomization = read_yaml("k8s/base/kustomization.yaml")
    named = {*kustomization["resources"], *kustomization["configMapGenerator"][0]["files"]}
    assert named == {path.name for path in BASE.iterdir()} - {"kustomization.yaml"}


@pytest.mark.parametrize("name", WORKLOADS)
def test_pods_are_restricted(name: str) -> None:
    spec, only = pod(name), container(name)
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False  # it would put COPYDESK_ variables of its own into the pod
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] >= 10_000
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    context = only["securityContext"]
    assert context["readOnlyRootFilesystem"] is True
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert {"requests", "limits"} == set(only["resources"])


@pytest.mark.parametrize("stage", STAGES)
def test_probes_ask_what_the_worker_serves(stage: str) -> None:
    only = container(stage)
    [port] = only["ports"]
    assert (port["name"], port["containerPort"]) == ("metrics", SETTINGS.telemetry.port)
    paths = {p: only[p]["httpGet"]["path"] for p in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert paths == {"startupProbe": "/healthz", "livenessProbe": "/healthz", "readinessProbe": "/readyz"}
    assert all(only[probe]["httpGet"]["port"] == "metrics" for probe in paths)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stopping_worker_has_time_to_end_its_batch(stage: str) -> None:
    assert pod(stage)["terminationGracePeriodSeconds"] > SETTINGS.kafka.shutdown_seconds_max


@pytest.mark.parametrize("name", WORKLOADS)
def test_workers_run_the_verb_of_their_name_with_the_mounted_settings(name: str) -> None:
    only = container(name)
    assert only["args"] == (["topics", "create"] if name == "topics" else ["worker", name])
    env = {entry["name"]: entry.get("value", "") for entry in only["env"]}
    mounts = {mount["mountPath"] for mount in only["volumeMounts"]}
    assert env.pop("COPYDESK_CONFIG") == "/etc/copydesk/copydesk.toml"
    assert mounts == {"/etc/copydesk", "/tmp"}
    assert load_settings(BASE / "copydesk.toml", env=env).kafka == SETTINGS.kafka


def test_settings_hold_no_password() -> None:
    text = (BASE / "copydesk.toml").read_text(encoding="utf-8")
    assert "password" not in str(tomllib.loads(text))


def test_dedup_keeps_its_name_and_is_never_scaled_by_lag() -> None:
    names = {entry["name"] for entry in container("dedup")["env"]}
    assert "COPYDESK_KAFKA__GROUP_INSTANCE_ID" in names
    scaled = [o["spec"]["scaleTargetRef"]["name"] for o in read_all_yaml("k8s/overlays/keda/scaling.yaml")]
    assert sorted(scaled) == ["enrich", "intake"]


def test_workers_are_scaled_on_their_own_groups_lag_up_to_their_partitions() -> None:
    source = {"intake": ARTICLES_RAW, "enrich": ARTICLES_UNIQUE}
    for scaled in read_all_yaml("k8s/overlays/keda/scaling.yaml"):
        stage = scaled["metadata"]["name"]
        [trigger] = scaled["spec"]["triggers"]
        assert trigger["metadata"]["consumerGroup"] == group_id(SETTINGS, stage)
        assert trigger["metadata"]["topic"] == source[stage]
        assert trigger["metadata"]["bootstrapServers"] == SETTINGS.kafka.bootstrap_servers
        assert scaled["spec"]["maxReplicaCount"] == SETTINGS.topics.partitions
        assert scaled["spec"]["cooldownPeriod"] >= 300


@pytest.mark.parametrize("stage", STAGES)
def test_selectors_of_a_stage_find_its_pods_and_no_others(stage: str) -> None:
    wanted = {"app.kubernetes.io/name": "copydesk", "app.kubernetes.io/component": stage}
    spec = workload(stage)["spec"]
    assert spec["selector"]["matchLabels"] == wanted
    assert spec["template"]["metadata"]["labels"] == wanted
    budgets = {b["metadata"]["name"]: b["spec"] for b in read_all_yaml("k8s/base/disruption.yaml")}
    assert budgets[stage] == {"maxUnavailable": 1, "selector": {"matchLabels": wanted}}


def test_only_prometheus_may_come_in_and_only_names_and_kafka_are_gone_to() -> None:
    policy = read_yaml("k8s/base/network-policy.yaml")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    [way_in] = policy["ingress"]
    assert way_in["ports"] == [{"protocol": "TCP", "port": SETTINGS.telemetry.port}]
    out = {port["port"] for rule in policy["egress"] for port in rule["ports"]}
    assert out == {53, 9092, 9093, 9094}
    assert int(SETTINGS.kafka.bootstrap_servers.rpartition(":")[2]) in out


def test_the_password_of_the_sasl_component_comes_from_a_file() -> None:
    component = read_yaml("k8s/components/sasl/kustomization.yaml")
    patch = component["patches"][0]["patch"]
    assert "COPYDESK_KAFKA__SASL_PASSWORD_FILE" in patch
    assert "secretKeyRef" not in patch
