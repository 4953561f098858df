"""A copy that dedup recognised -> what threads needs of it: whose claims it prints again, and which outlet does."""

from __future__ import annotations

import re
from typing import Final, overload

from service.languages.en import threading as english
from service.records import Duplicate, Prepared, Trace

NAME_CHARS_MAX: Final = 200
"""Maximum characters of a name that a record of a thread shows."""

_SECTION: Final = re.compile(english.SECTION, re.IGNORECASE)


def outlet_of(source: str | None) -> str | None:
    """Return the name of an outlet without its section.

    >>> outlet_of("Tarrow Gazette - Opinion")
    'Tarrow Gazette'
    """
    return cut(_SECTION.sub("", source or "").strip()) or None


@overload
def cut(text: str, chars: int = NAME_CHARS_MAX) -> str: ...


@overload
def cut(text: None, chars: int = NAME_CHARS_MAX) -> None: ...


@overload
def cut(text: str | None, chars: int = NAME_CHARS_MAX) -> str | None: ...


def cut(text: str | None, chars: int = NAME_CHARS_MAX) -> str | None:
    """Return the beginning of a text, with an ellipsis if it goes on."""
    return text if text is None or len(text) <= chars else text[: chars - 1] + "…"


def prepared_copy(copy: Duplicate, trace: Trace | None) -> Prepared | None:
    """Return a copy for threads; None for an excerpt, which may lack any claim, and for an article fed again."""
    if copy.relation == "part_of" or copy.duplicate_of == copy.article_id:
        return None
    return Prepared(
        article_id=copy.article_id,
        cluster_id=copy.cluster_id,
        collection=copy.collection,
        content_hash=copy.content_hash,
        origin=copy.origin,
        revision=1,
        source=cut(copy.source),
        reported_by=outlet_of(copy.source),
        title=cut(copy.title),
        published_at=copy.published_at,
        replaces=(),
        claims=(),
        heads=b"",
        words=b"",
        keys=b"",
        figures=b"",
        stems=b"",
        values=b"",
        terms=(),
        trace=trace,
        copy_of=copy.duplicate_of,
    )
