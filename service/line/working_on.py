"""Say in every log line which record is being worked on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import bound_contextvars


@contextmanager
def working_on(topic: str, partition: int, offset: int, **fields: Any) -> Iterator[None]:
    """Add the record to every log line written within this block, including those of Faust.

    The record is an envelope between stages and a raw record before them; `fields` may add `article_id`.
    """
    with bound_contextvars(record=f"{topic}/{partition}@{offset}", **fields):
        yield
