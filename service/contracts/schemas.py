"""Record types -> JSON Schemas (2020-12). Descriptions come from the comments beside the fields.

Readers must accept fields they do not know: inside a major version optional ones are added.
"""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from functools import cache
from typing import Any, Final

import msgspec

from service import records
from service.contracts.raw import raw_schema
from service.records import SCHEMA_MAJOR, Claim, Duplicate, Enriched

JsonSchema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

RECORD_TYPES: Final[dict[str, type[msgspec.Struct]]] = {
    "enriched": Enriched,
    "duplicate": Duplicate,
    "claim": Claim,
}
"""Kind -> type, for every record that is published as JSON."""

_UTC = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"
_SHARES = frozenset({"similarity", "containment", "coverage", "novelty", "confidence"})
_COUNTS = frozenset({"start", "end", "offset", "partition", "sample_size"})


def all_schemas() -> dict[str, JsonSchema]:
    """Kind -> schema, the input contract first."""
    return {"raw": raw_schema()} | {kind: record_schema(kind) for kind in RECORD_TYPES}


def record_schema(kind: str) -> JsonSchema:
    """The schema of one published record type; its `$id` is what `ce_dataschema` says."""
    struct = RECORD_TYPES[kind]
    _, components = msgspec.json.schema_components([struct], ref_template="#/$defs/{name}")
    described = {name: _described(getattr(records, name), schema) for name, schema in components.items()}
    top = described.pop(struct.__name__)
    schema: JsonSchema = {"$schema": DIALECT, "$id": f"urn:copydesk:{kind}:v{SCHEMA_MAJOR}", **top}
    if described:
        schema["$defs"] = {name: described[name] for name in sorted(described)}
    return schema


def _described(struct: type[msgspec.Struct], schema: JsonSchema) -> JsonSchema:
    """Add descriptions and bounds to the fields of a struct; an enumeration has none."""
    comments = _field_comments()
    for name, field in schema.get("properties", {}).items():
        field.update(_bounds(name, field))
        for owner in struct.__mro__:
            if (owner.__name__, name) in comments:
                field["description"] = comments[owner.__name__, name]
                break
    return schema


def _bounds(name: str, field: JsonSchema) -> JsonSchema:
    """What a name promises and a Python type cannot say."""
    if name in _SHARES:
        return {"minimum": 0, "maximum": 1}
    if name in _COUNTS and field.get("type") == "integer":
        return {"minimum": 0}
    if name == "read_until":
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}
    if name == "revision":
        return {"minimum": 1}
    if name == "content_hash":
        return {"pattern": "^[0-9a-f]{32}$"}
    if name == "published_at":
        return {"anyOf": [{"type": "string", "format": "date-time", "pattern": _UTC}, {"type": "null"}]}
    return {}


@cache
def _field_comments() -> dict[tuple[str, str], str]:
    """(class, field) -> the comment at the end of the field's line in service/records.py."""
    source = inspect.getsource(records)
    on_line = {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    return {
        (node.name, field.target.id): on_line[field.end_lineno]
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and field.end_lineno in on_line
    }
