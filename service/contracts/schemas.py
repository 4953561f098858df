"""Make JSON Schemas (2020-12) of the record types; descriptions and bounds stand at their fields (service/records).

Readers must accept fields they do not know: inside a major version optional ones are added.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from service.contracts.raw import raw_schema
from service.records import SCHEMA_MAJOR, Claim, ClaimThread, Duplicate, Enriched, Story

JsonSchema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

RECORD_TYPES: Final[dict[str, type[msgspec.Struct]]] = {
    "enriched": Enriched,
    "duplicate": Duplicate,
    "claim": Claim,
    "thread": ClaimThread,
    "story": Story,
}
"""Type of every kind of record that is published as JSON."""


def all_schemas() -> dict[str, JsonSchema]:
    """Return the schema of each kind, the input contract first."""
    return {"raw": raw_schema()} | {kind: record_schema(kind) for kind in RECORD_TYPES}


def record_schema(kind: str) -> JsonSchema:
    """Make the schema of one published record type; its `$id` is what `ce_dataschema` says."""
    struct = RECORD_TYPES[kind]
    _, components = msgspec.json.schema_components([struct], ref_template="#/$defs/{name}")
    top = components.pop(struct.__name__)
    schema: JsonSchema = {"$schema": DIALECT, "$id": f"urn:copydesk:{kind}:v{SCHEMA_MAJOR}", **top}
    if components:
        schema["$defs"] = {name: components[name] for name in sorted(components)}
    return schema
