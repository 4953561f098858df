"""The committed contracts are what the code says, and what they show is true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from service import contracts
from service.contracts import generate
from service.contracts.asyncapi import KIND_OF, document
from service.contracts.headers import dead_letter_headers_schema
from service.contracts.schemas import RECORD_TYPES, all_schemas
from service.contracts.topic_specs import DAY_MS, topic_specs
from service.intake.article import read_article
from service.line import dead_letter_headers as dead
from service.line.dead_letters import MemoryOriginals, dead_letter
from service.line.records_out import SetAside
from service.pipeline.in_memory import raw_record
from service.records import NOT_UNPACKED, Claim, Enriched, Reason, Rejected
from service.settings import DedupSettings, IntakeSettings, Settings, TopicsSettings
from service.topics import (
    ALL_TOPICS,
    ARTICLES_DEAD,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    BY_COLLECTION,
    CLAIMS,
    DEDUP_SEGMENTS,
)

EXAMPLES = Path(contracts.__file__).parent / "examples"
INPUTS_TAKEN: list[Any] = [
    {"body": "Rain."},
    {"text": "Rain.", "title": None, "published_at": "2025-01-14"},
    {"body": None, "content": "Rain.", "id": 17},
    {"body": " ", "text": "Rain.", "source": {"name": "Skerry Post"}},
    {"body": "Rain.", "wire": {"priority": 3}},
]
INPUTS_REFUSED: list[Any] = [
    {},
    {"body": ""},
    {"title": "Rain"},
    {"body": " \n"},
    {"body": 5},
    [],
    "Rain",
    None,
]
TOPIC_OF = {kind: topic for topic, kind in KIND_OF.items()}
KINDS_WITH_EXAMPLES = sorted(path.stem for path in EXAMPLES.glob("*.json"))


def example(kind: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EXAMPLES / f"{kind}.json").read_text("utf-8"))
    return loaded


def resolve(root: Any, pointer: str) -> Any:
    found = root
    for part in pointer.removeprefix("#/").split("/"):
        found = found[part]
    return found


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [ref for value in node.values() for ref in references(value)]
    if isinstance(node, list):
        return [ref for value in node for ref in references(value)]
    return []


def test_committed_files_are_what_the_code_says() -> None:
    assert generate.stale_files() == [], "run python -m service.contracts.generate"


def test_a_changed_file_is_called_stale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(generate, "HERE", tmp_path)
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "schemas" / "claim.json").write_text("{}", encoding="utf-8")
    (tmp_path / "schemas" / "gone.json").write_text("{}", encoding="utf-8")
    assert generate.stale_files() == ["schemas/claim.json", "schemas/gone.json"]
    assert generate.main(["--check"]) == 1


@pytest.mark.parametrize("kind", sorted(all_schemas()))
def test_schema_is_valid_json_schema_and_lets_new_fields_pass(kind: str) -> None:
    schema = all_schemas()[kind]
    Draft202012Validator.check_schema(schema)
    assert "additionalProperties" not in json.dumps(schema)
    grown = example(kind)["value"] | {"a_field_of_next_year": {"any": ["thing"]}}
    assert contracts.validator(TOPIC_OF[kind]).is_valid(grown)


@pytest.mark.parametrize("kind", KINDS_WITH_EXAMPLES)
def test_example_keeps_its_contract(kind: str) -> None:
    shown = example(kind)
    headers = [(name, text.encode()) for name, text in shown["headers"].items()]
    assert contracts.problems(TOPIC_OF[kind], headers, json.dumps(shown["value"]).encode()) == []


def test_every_public_message_has_an_example() -> None:
    public = {KIND_OF[spec.name] for spec in topic_specs(Settings()) if spec.direction != "internal"}
    assert set(KINDS_WITH_EXAMPLES) == public


@pytest.mark.parametrize("kind", sorted(RECORD_TYPES))
def test_example_is_a_record_of_the_code_field_for_field(kind: str) -> None:
    value = example(kind)["value"]
    record = msgspec.convert(value, RECORD_TYPES[kind])
    assert json.loads(msgspec.json.encode(record)) == value


def test_spans_of_the_examples_point_at_what_they_say() -> None:
    article = msgspec.convert(example("enriched")["value"], Enriched)
    lone = msgspec.convert(example("claim")["value"], Claim)
    assert lone == article.claims[0]
    for claim in article.claims:
        assert article.text[claim.start : claim.end] == claim.text
        mentions: list[Any] = [claim.speaker, claim.cue, *claim.quantities, *claim.dates]
        for mention in filter(None, mentions):
            assert article.text[mention.start : mention.end] == mention.text
    assert all(article.text[date.start : date.end] == date.text for date in article.dates)


@pytest.mark.parametrize(
    ("kind", "path", "bad"),
    [
        ("claim", ("confidence",), 1.2),
        ("claim", ("kind",), "rumour"),
        ("claim", ("start",), -1),
        ("claim", ("published_at",), "yesterday"),
        ("duplicate", ("relation",), "contains"),
        ("duplicate", ("similarity",), None),
        ("duplicate", ("content_hash",), "short"),
        ("enriched", ("dedup", "revision"), 0),
        ("enriched", ("origin", "offset"), "1704"),
    ],
)
def test_a_broken_value_is_refused(kind: str, path: tuple[str, ...], bad: object) -> None:
    value = example(kind)["value"]
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = bad
    assert not contracts.validator(TOPIC_OF[kind]).is_valid(value)


@pytest.mark.parametrize("kind", [kind for kind in KINDS_WITH_EXAMPLES if kind != "raw"])
def test_a_missing_or_foreign_header_is_refused(kind: str) -> None:
    shown = example(kind)
    value = json.dumps(shown["value"]).encode()
    optional = {"ce_time", "traceparent", "tracestate", "copydesk.dlq.timestamp"}
    for name in shown["headers"].keys() - optional:
        without = [(other, text.encode()) for other, text in shown["headers"].items() if other != name]
        assert contracts.problems(TOPIC_OF[kind], without, value), name
    type_header = "copydesk.dlq.reason" if kind == "dead" else "ce_type"
    foreign = shown["headers"] | {type_header: "something.else"}
    assert contracts.problems(TOPIC_OF[kind], [(n, t.encode()) for n, t in foreign.items()], value)


def test_dead_letter_contract_names_every_header_that_is_written() -> None:
    described = dead_letter_headers_schema()["properties"]
    never_written = {NOT_UNPACKED}  # a mark between the reader of batches and intake; dead letters lose it
    assert described.keys() >= (dead.ERROR_HEADERS - never_written) | {dead.REPLAYS}


async def test_what_code_writes_as_a_dead_letter_keeps_the_contract() -> None:
    """The original may carry CloudEvents headers of its own: ours come last."""
    record = raw_record(7, b"{", key=b"k", headers=(("ce_id", b"theirs"), ("traceparent", b"00-1-1-00")))
    aside = SetAside(record.origin, Reason.INVALID_JSON, "cut off", "Rejected", record=record)
    letter = await dead_letter("intake", aside, MemoryOriginals())
    assert contracts.problems(ARTICLES_DEAD, letter.headers, letter.value) == []


def test_what_the_input_contract_takes_intake_reads() -> None:
    """Both ways, on values near the edge; wrong types of what is optional are intake's to forgive."""
    for value in INPUTS_TAKEN:
        assert read_article(raw_record(0, json.dumps(value).encode()), IntakeSettings()).text
    for value in INPUTS_REFUSED:
        with pytest.raises(Rejected):
            read_article(raw_record(0, json.dumps(value).encode()), IntakeSettings())


@pytest.mark.parametrize("value", INPUTS_TAKEN)
def test_input_contract_is_liberal(value: Any) -> None:
    assert contracts.validator(ARTICLES_RAW).is_valid(value)


@pytest.mark.parametrize("value", INPUTS_REFUSED)
def test_input_contract_wants_a_text(value: Any) -> None:
    assert not contracts.validator(ARTICLES_RAW).is_valid(value)


def test_internal_topics_have_no_json_schema() -> None:
    with pytest.raises(ValueError, match=r"articles\.sketched"):
        contracts.validator(ARTICLES_SKETCHED)


def test_asyncapi_document_hangs_together() -> None:
    """Structure by hand; the official JSON Schema of AsyncAPI is an npm package, not a Python one."""
    doc = document()
    assert doc["asyncapi"] == "3.1.0"
    assert doc.keys() == {
        "asyncapi",
        "info",
        "defaultContentType",
        "servers",
        "channels",
        "operations",
        "components",
    }
    assert set(doc["channels"]) == set(ALL_TOPICS)
    for ref in references(doc):
        if ref.startswith("#/"):
            assert resolve(doc, ref), ref
        else:
            assert (Path(generate.HERE) / ref).is_file(), ref
    for operation in doc["operations"].values():
        assert operation["action"] in {"send", "receive"}
    for message in doc["components"]["messages"].values():
        assert message["bindings"]["kafka"]["bindingVersion"] == "0.5.0"
        assert "x-" not in message


def test_every_topic_is_written_and_every_input_read() -> None:
    written = {op["channel"]["$ref"] for op in document()["operations"].values() if op["action"] == "send"}
    read = {op["channel"]["$ref"] for op in document()["operations"].values() if op["action"] == "receive"}
    assert written == {f"#/channels/{name}" for name in ALL_TOPICS if name != ARTICLES_RAW}
    assert f"#/channels/{ARTICLES_RAW}" in read


def test_channel_bindings_are_the_table_of_topics() -> None:
    for spec in topic_specs(Settings()):
        kafka = document()["channels"][spec.name]["bindings"]["kafka"]
        assert kafka["partitions"] == spec.partitions
        shown = kafka["topicConfiguration"]
        assert {
            name: value[0] if isinstance(value, list) else str(value) for name, value in shown.items()
        } == spec.config


def test_table_has_every_topic_once() -> None:
    names = [spec.name for spec in topic_specs(Settings())]
    assert sorted(names) == sorted(ALL_TOPICS)


def test_log_topics_have_one_partition_per_collection() -> None:
    settings = Settings(
        intake=IntakeSettings(collections=("de", "en", "fr")), topics=TopicsSettings(partitions=12)
    )
    partitions = {spec.name: spec.partitions for spec in topic_specs(settings)}
    assert {partitions.pop(topic) for topic in BY_COLLECTION} == {3}
    assert set(partitions.values()) == {12}


def test_segments_outlive_the_window_behind_the_oldest_envelope_and_are_never_compacted() -> None:
    settings = Settings(dedup=DedupSettings(window_days=10), topics=TopicsSettings(internal_retention_days=3))
    segments = {spec.name: spec for spec in topic_specs(settings)}[DEDUP_SEGMENTS]
    assert segments.retention_ms == 13 * DAY_MS
    assert segments.config["cleanup.policy"] == "delete"


@pytest.mark.parametrize("output_bytes_max", [1_048_576, 16_777_216])
def test_a_record_at_the_size_limit_fits_its_dead_letter(output_bytes_max: int) -> None:
    settings = Settings(topics=TopicsSettings(raw_bytes_max=2_097_152, output_bytes_max=output_bytes_max))
    sizes = {spec.name: spec.max_message_bytes for spec in topic_specs(settings)}
    assert sizes[ARTICLES_RAW] == 2_097_152
    assert sizes[ARTICLES_DEAD] >= 2_097_152 + 65_536
    assert sizes[CLAIMS] == output_bytes_max
