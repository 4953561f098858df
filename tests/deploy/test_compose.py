"""deploy/compose.yaml: settings that Copydesk takes, and nothing open that need not be."""

from __future__ import annotations

import re
from typing import Any

import pytest

from service.settings import load_settings
from service.stages import STAGES
from tests.deploy.kit import DEPLOY, read_yaml

COMPOSE: dict[str, Any] = read_yaml("compose.yaml")
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")


def interpolated(value: Any, env: dict[str, str]) -> Any:
    """Put variables in as Compose does, those with a default."""
    if isinstance(value, dict):
        return {key: interpolated(one, env) for key, one in value.items()}
    if isinstance(value, list):
        return [interpolated(one, env) for one in value]
    return VARIABLE.sub(lambda found: env.get(found[1], found[2]), value) if isinstance(value, str) else value


def services(env: dict[str, str]) -> dict[str, Any]:
    """Return the services that start with these variables."""
    wanted = set(env.get("COMPOSE_PROFILES", "").split(","))
    found: dict[str, Any] = interpolated(COMPOSE["services"], env)
    return {name: one for name, one in found.items() if wanted.issuperset(one.get("profiles", ()))}


CLUSTER_ENV = dict(
    line.split("=", 1)
    for line in (DEPLOY / "cluster.env").read_text().splitlines()
    if line and line[0] != "#"
)
SERVICES = services(CLUSTER_ENV)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_service_with_settings_that_are_taken(stage: str) -> None:
    service = services({})[stage]
    assert service["command"] == ["worker", stage]
    settings = load_settings(env=service["environment"])
    assert settings.telemetry.port == 9400
    assert settings.kafka.bootstrap_servers == "kafka:19092"
    grace = float(service["stop_grace_period"].removesuffix("s"))
    assert grace > settings.kafka.shutdown_seconds_max


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_do_more_than_it_must(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    if not name.startswith("kafka"):  # its image writes its own configuration at start
        assert service["read_only"] is True


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_open_on_this_machine_only(name: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_images_are_pinned_and_services_say_whether_they_are_well(name: str) -> None:
    service = SERVICES[name]
    tag = service["image"].partition(":")[2]
    assert tag
    assert tag != "latest"
    assert name == "topics" or "healthcheck" in service


def test_without_variables_there_is_one_broker_with_one_replica() -> None:
    alone = services({})
    assert [name for name in alone if name.startswith("kafka")] == ["kafka"]
    assert alone["kafka"]["environment"]["KAFKA_CONTROLLER_QUORUM_VOTERS"] == "1@kafka:9093"
    assert load_settings(env=alone["topics"]["environment"]).topics.replication_factor == 1


def test_the_profile_has_three_brokers_of_one_cluster_of_which_one_may_fail() -> None:
    brokers = {name: SERVICES[name]["environment"] for name in SERVICES if name.startswith("kafka")}
    voters = {f"{env['KAFKA_NODE_ID']}@{name}:9093" for name, env in brokers.items()}
    assert len(voters) == 3
    for name, env in brokers.items():
        assert set(env["KAFKA_CONTROLLER_QUORUM_VOTERS"].split(",")) == voters
        assert f"DESK://{name}:19092" in env["KAFKA_ADVERTISED_LISTENERS"]
        assert (env["KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR"], env["KAFKA_MIN_INSYNC_REPLICAS"]) == ("3", "2")
    ports = {port for name in brokers for port in SERVICES[name]["ports"]}
    assert len(ports) == 3
    settings = load_settings(env=SERVICES["topics"]["environment"])
    assert settings.topics.replication_factor == 3
    assert settings.kafka.bootstrap_servers == ",".join(f"{name}:19092" for name in brokers)


def test_topics_are_made_by_us_before_a_worker_starts_and_never_by_the_broker() -> None:
    assert SERVICES["kafka"]["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert SERVICES["topics"]["command"] == ["topics", "create"]
    assert SERVICES["topics"]["depends_on"]["kafka"]["condition"] == "service_healthy"
    for stage in STAGES:
        assert SERVICES[stage]["depends_on"]["topics"]["condition"] == "service_completed_successfully"


def test_prometheus_scrapes_the_stages_under_the_name_that_the_alerts_expect() -> None:
    config = read_yaml("prometheus/prometheus.yaml")
    [scrape] = config["scrape_configs"]
    assert scrape["job_name"] == "copydesk"
    [found] = scrape["dns_sd_configs"]
    assert tuple(found["names"]) == tuple(STAGES)
    assert found["port"] == 9400


@pytest.mark.parametrize("name", ["prometheus", "grafana"])
def test_what_is_mounted_exists(name: str) -> None:
    for volume in SERVICES[name]["volumes"]:
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (DEPLOY / source).exists(), volume
