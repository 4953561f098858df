"""What we promise readers and expect of feeders: topics, schemas, and the AsyncAPI document made from them.

`validator` and its siblings need jsonschema, which only the development set-up has.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.protocols import Validator


def load_schema(kind: str) -> dict[str, Any]:
    """Read the committed JSON Schema of `kind` (raw, enriched, duplicate, claim)."""
    text = files(__name__).joinpath("schemas", f"{kind}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def validator(topic: str) -> Validator:
    """Create a validator for parsed values of a topic (logical name). `articles.dead` takes any value.

    Raises ValueError for a topic whose records are not JSON.
    """
    from service.contracts.asyncapi import KIND_OF, has_schema
    from service.topics import ARTICLES_DEAD

    if topic == ARTICLES_DEAD:
        return _validator({})
    if not has_schema(topic):
        raise ValueError(f"no JSON Schema for the values on {topic!r}")
    return _validator(load_schema(KIND_OF[topic]))


@cache
def headers_validator(topic: str) -> Validator:
    """Create a validator for the headers of a topic (logical name), as a map of names to texts."""
    from service.contracts.asyncapi import headers_schema

    return _validator(headers_schema(topic) or {})


def problems(topic: str, headers: Iterable[tuple[str, bytes]], value: bytes | None) -> list[str]:
    """List what is wrong with a record of `topic`, a sentence each; nothing if it keeps its contract."""
    from service.topics import ARTICLES_DEAD

    texts = {name: data.decode("utf-8", "replace") for name, data in headers}
    found = [
        f"headers{error.json_path[1:]}: {error.message}"
        for error in headers_validator(topic).iter_errors(texts)
    ]
    if topic == ARTICLES_DEAD:
        return found
    parsed = None if value is None else json.loads(value)
    return found + [
        f"value{error.json_path[1:]}: {error.message}" for error in validator(topic).iter_errors(parsed)
    ]


def _validator(schema: dict[str, Any]) -> Validator:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
