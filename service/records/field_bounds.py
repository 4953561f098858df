"""The bounds of published fields, as their schemas promise them."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

UTC_PATTERN: Final = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$"

# What a Python type cannot say of a published field. These bounds are promises to readers, kept by the code that makes
# the values and shown by tests; they are not checked when an envelope is read, so that none is refused for a rounding.
Share = Annotated[float, Meta(extra_json_schema={"minimum": 0, "maximum": 1})]
Count = Annotated[int, Meta(extra_json_schema={"minimum": 0})]
Revision = Annotated[int, Meta(extra_json_schema={"minimum": 1})]
Position = Annotated[int, Meta(extra_json_schema={"minimum": 1})]
ContentHash = Annotated[str, Meta(extra_json_schema={"pattern": "^[0-9a-f]{32}$"})]
Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time", "pattern": UTC_PATTERN})]
