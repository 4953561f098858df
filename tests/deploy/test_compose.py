"""deploy/compose.yaml: settings that Copydesk takes, and nothing open that need not be."""

from __future__ import annotations

from typing import Any

import pytest

from service.settings import load_settings
from service.stages import STAGES
from tests.deploy.kit import DEPLOY, read_yaml

COMPOSE: dict[str, Any] = read_yaml("compose.yaml")
SERVICES: dict[str, Any] = COMPOSE["services"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_service_with_settings_that_are_taken(stage: str) -> None:
    service = SERVICES[stage]
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
    if name != "kafka":  # its image writes its own configuration at start
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
