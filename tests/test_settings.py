"""Settings: what wins over what, and how a wrong one is refused."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from service.settings import (
    Settings,
    SettingsError,
    field_types,
    load_settings,
    load_with_sources,
    shown_values,
)

DEFAULT_TOML = Path(__file__).parent.parent / "config" / "default.toml"


def problems_with(
    file: Path | None = None,
    env: dict[str, str] | None = None,
    overrides: dict[str, object] | None = None,
) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(file, env or {}, overrides or {})
    return "\n".join(refused.value.problems)


def a_file(folder: Path, text: str) -> Path:
    path = folder / "desk.toml"
    path.write_text(text, encoding="utf-8")
    return path


# --- the default file


def test_default_file_says_what_the_structs_say() -> None:
    assert load_settings(env={}) == Settings()


def test_every_setting_stands_in_the_default_file_below_a_comment() -> None:
    section, commented, seen = "", False, []
    for line in DEFAULT_TOML.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"\[(\w+)\]", line):
            section = found[1]
        elif found := re.match(r"(\w+) = ", line):
            assert commented, f"{section}.{found[1]} has no comment above it"
            seen.append(f"{section}.{found[1]}")
        commented = line.startswith("#")
    assert seen == list(field_types())


def test_default_file_holds_no_secret() -> None:
    kafka = tomllib.loads(DEFAULT_TOML.read_text(encoding="utf-8"))["kafka"]
    assert kafka["sasl_password"] == kafka["ssl_key_password"] == ""


# --- what wins


def test_command_line_wins_over_environment_over_file_over_default(tmp_path: Path) -> None:
    file = a_file(
        tmp_path, '[kafka]\ntopic_prefix = "file."\ngroup_prefix = "file-"\n[topics]\npartitions = 8\n'
    )
    env = {"COPYDESK_KAFKA__TOPIC_PREFIX": "env.", "COPYDESK_KAFKA__GROUP_PREFIX": "env-"}
    settings, sources = load_with_sources(file, env, {"kafka.topic_prefix": "line."})
    assert (settings.kafka.topic_prefix, settings.kafka.group_prefix, settings.topics.partitions) == (
        "line.",
        "env-",
        8,
    )
    assert sources["kafka.topic_prefix"] == "command line"
    assert sources["kafka.group_prefix"] == "COPYDESK_KAFKA__GROUP_PREFIX"
    assert sources["topics.partitions"] == str(file)
    assert sources["topics.replication_factor"].endswith("default.toml")


def test_environment_may_name_the_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, "[topics]\npartitions = 9\n")
    assert load_settings(env={"COPYDESK_CONFIG": str(file)}).topics.partitions == 9


def test_file_on_the_command_line_wins_over_the_one_in_the_environment(tmp_path: Path) -> None:
    file = a_file(tmp_path, "[topics]\npartitions = 9\n")
    env = {"COPYDESK_CONFIG": "/nowhere/desk.toml"}
    assert load_settings(file, env).topics.partitions == 9


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("COPYDESK_TOPICS__PARTITIONS", "12", "topics.partitions", 12),
        ("COPYDESK_INTAKE__BATCH_WAIT_SECONDS", "0.5", "intake.batch_wait_seconds", 0.5),
        ("COPYDESK_DEDUP__ENABLED", "no", "dedup.enabled", False),
        ("COPYDESK_INTAKE__COLLECTIONS", "default, de", "intake.collections", ("default", "de")),
        ("COPYDESK_TELEMETRY__LOG_LEVEL", "warning", "telemetry.log_level", "WARNING"),
    ],
)
def test_environment_is_read_by_the_type_of_the_setting(
    name: str, text: str, key: str, value: object
) -> None:
    assert shown_values(load_settings(env={name: text}))[key] == value


# --- how a colleague complains


def test_unknown_key_is_refused_with_the_nearest_match_and_the_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, "[dedup]\ncapacity_article = 5\n")
    assert problems_with(file) == (
        f"dedup.capacity_article is not a setting; did you mean dedup.capacity_articles? ({file})"
    )


def test_unknown_section_is_refused_with_the_nearest_match(tmp_path: Path) -> None:
    file = a_file(tmp_path, "[dedupe]\nenabled = true\n")
    assert "dedupe is not a setting; did you mean dedup?" in problems_with(file)


def test_unknown_variable_is_refused_with_the_nearest_variable() -> None:
    assert problems_with(env={"COPYDESK_KAFKA_BOOTSTRAP_SERVERS": "b:9092"}) == (
        "COPYDESK_KAFKA_BOOTSTRAP_SERVERS is not a setting; "
        "did you mean COPYDESK_KAFKA__BOOTSTRAP_SERVERS? (environment)"
    )


def test_unknown_key_on_the_command_line_is_refused() -> None:
    assert "dedup.enable is not a setting; did you mean dedup.enabled?" in problems_with(
        overrides={"dedup.enable": "off"}
    )


def test_variables_that_kubernetes_sets_for_our_services_are_left_alone() -> None:
    env = {
        "COPYDESK_SERVICE_HOST": "10.0.0.7",
        "COPYDESK_DEDUP_SERVICE_PORT_METRICS": "9100",
        "COPYDESK_PORT": "tcp://10.0.0.7:9100",
        "COPYDESK_PORT_9100_TCP_ADDR": "10.0.0.7",
    }
    assert load_settings(env=env) == Settings()


def test_mistyped_port_variable_is_not_taken_for_one_of_kubernetes() -> None:
    assert "COPYDESK_TELEMETRY__PORT" in problems_with(env={"COPYDESK_TELEMETRY_PORT": "9100"})


def test_share_out_of_bounds_is_refused_in_one_sentence() -> None:
    assert problems_with(env={"COPYDESK_ENRICH__CONFIDENCE_MIN": "80"}) == (
        'COPYDESK_ENRICH__CONFIDENCE_MIN is "80"; it is a share, so it must lie between 0 and 1 (environment)'
    )


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("telemetry.port", 70_000, "a whole number between 0 and 65535"),
        ("topics.partitions", 0, "a whole number of 1 or more"),
        ("topics.partitions", "4.5", "a whole number of 1 or more"),
        ("dead_letters.replays_max", -1, "a whole number of 0 or more"),
        ("kafka.commit_interval_seconds", 0, "a number above 0"),
        ("kafka.commit_interval_seconds", "inf", "a number above 0"),
        ("dedup.window_days", "nan", "a number above 0"),
        ("dedup.enabled", "perhaps", "true or false"),
        ("intake.cleaning", "most", "must be full or off"),
        ("kafka.topic_prefix", "a/b", "letters, digits, dots"),
        ("intake.collections", 7, "a list of texts"),
        ("topics.raw_bytes_max", 12, "1024 or more"),
    ],
)
def test_value_that_cannot_be_is_refused_with_what_is_allowed(key: str, value: object, wanted: str) -> None:
    found = problems_with(overrides={key: value})
    assert found.startswith(f"{key} is ")
    assert wanted in found


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"kafka.heartbeat_interval_seconds": 4}, "less than a third of kafka.session_timeout_seconds (10)"),
        ({"intake.default_collection": "de"}, "must be one of intake.collections: default"),
        ({"intake.collections": "default,default"}, "must name each collection once"),
        ({"intake.collections": []}, "at least one collection"),
        ({"kafka.bootstrap_servers": "broker"}, "must be host:port"),
        ({"kafka.bootstrap_servers": "broker:99999"}, "must be host:port"),
        ({"kafka.sasl_mechanism": "PLAIN"}, "kafka.security_protocol is PLAINTEXT"),
        ({"kafka.security_protocol": "SASL_SSL"}, "kafka.sasl_mechanism is empty"),
        ({"kafka.ssl_ca_file": "ca.pem"}, "the connection would not be encrypted"),
        ({"kafka.security_protocol": "SSL", "kafka.ssl_key_file": "k.pem"}, "a key needs its certificate"),
        ({"topics.raw_bytes_max": 16_777_216}, "a dead letter may then need 16842752 bytes"),
        ({"intake.text_bytes_max": 8_388_608}, "an enriched record may then need"),
    ],
)
def test_settings_that_are_wrong_together_are_refused(overrides: dict[str, object], sentence: str) -> None:
    assert sentence in problems_with(overrides=overrides)


def test_password_is_not_sent_in_the_clear() -> None:
    login: dict[str, object] = {
        "kafka.sasl_mechanism": "PLAIN",
        "kafka.sasl_username": "desk",
        "kafka.sasl_password": "hunter2",
    }
    refused = problems_with(overrides={**login, "kafka.security_protocol": "SASL_PLAINTEXT"})
    assert "shows the password to the network" in refused
    assert load_settings(env={}, overrides={**login, "kafka.security_protocol": "SASL_SSL"})


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    file = a_file(tmp_path, "[topics]\npartitions = 0\n[enrich]\nclaim_max = 3\n[telemetry]\nport = -1\n")
    assert len(problems_with(file).splitlines()) == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("[kafka\n", "is not valid TOML"), ("kafka = 3\n", "kafka is not a setting")],
)
def test_file_that_is_no_settings_file_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in problems_with(a_file(tmp_path, text))


def test_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    assert f"settings file {missing} cannot be read: No such file or directory" in problems_with(missing)


# --- secrets


SCRAM = {
    "COPYDESK_KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
    "COPYDESK_KAFKA__SASL_MECHANISM": "SCRAM-SHA-512",
    "COPYDESK_KAFKA__SASL_USERNAME": "desk",
}


def test_secret_may_come_from_a_file_without_its_last_line_break(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2\n", encoding="utf-8")
    settings, sources = load_with_sources(env={**SCRAM, "COPYDESK_KAFKA__SASL_PASSWORD_FILE": str(secret)})
    assert settings.kafka.sasl_password == "hunter2"
    assert sources["kafka.sasl_password"] == "COPYDESK_KAFKA__SASL_PASSWORD_FILE"


def test_secret_file_may_be_named_in_the_settings_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2", encoding="utf-8")
    file = a_file(tmp_path, f'[kafka]\nsasl_password_file = "{secret}"\n')
    assert load_settings(file, SCRAM).kafka.sasl_password == "hunter2"


def test_secret_given_twice_in_one_place_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2", encoding="utf-8")
    env = {
        **SCRAM,
        "COPYDESK_KAFKA__SASL_PASSWORD": "hunter3",
        "COPYDESK_KAFKA__SASL_PASSWORD_FILE": str(secret),
    }
    refused = problems_with(env=env)
    assert "is set twice" in refused
    assert "hunter" not in refused


def test_secret_file_that_cannot_be_read_is_named() -> None:
    env = {**SCRAM, "COPYDESK_KAFKA__SASL_PASSWORD_FILE": "/nowhere/password"}
    assert "names /nowhere/password, which cannot be read: No such file" in problems_with(env=env)


def test_other_settings_have_no_file_form() -> None:
    assert "is not a setting" in problems_with(env={"COPYDESK_KAFKA__SASL_USERNAME_FILE": "/etc/hostname"})


def test_secret_is_in_no_repr_and_no_listing(tmp_path: Path) -> None:
    settings = load_settings(env={**SCRAM, "COPYDESK_KAFKA__SASL_PASSWORD": "hunter2"})
    console = Console(width=300, file=(tmp_path / "out").open("w+", encoding="utf-8"))
    console.print(settings)
    console.file.close()
    printed = (tmp_path / "out").read_text(encoding="utf-8")
    for shown in (repr(settings), str(settings), printed, str(shown_values(settings))):
        assert "hunter2" not in shown
        assert "***" in shown


def test_secret_of_the_wrong_type_is_not_shown_in_the_complaint() -> None:
    refused = problems_with(overrides={"kafka.sasl_password": 31337})
    assert "kafka.sasl_password is of the wrong type" in refused
    assert "31337" not in refused


def test_secret_that_is_not_set_is_not_starred() -> None:
    assert shown_values(Settings())["kafka.sasl_password"] == ""
