"""A raw record that holds a JSON array of articles: each article is read as a record of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import structs

from service.intake.json_guard import refuse_bad_json, unframed
from service.records import NOT_UNPACKED, RawRecord, Reason, Rejected

ARTICLES_MAX: Final = 500
"""Maximum number of articles in one record, so that no record makes more dead letters than this."""

_ITEMS: Final = msgspec.json.Decoder(list[msgspec.Raw])
_WHITE_SPACE: Final = b" \t\r\n"


def records_in(record: RawRecord, bytes_max: int) -> Sequence[RawRecord]:
    """Return the articles of an array as records without a key, any other record as it is. Raises `Rejected`.

    The key is left out because it names the array: it would be the id of all its articles.
    """
    value = record.value
    if value is None or len(value) > bytes_max or value[:1] == b"{":
        return (record,)
    if record.headers and record.headers[0][0] == NOT_UNPACKED:
        return (record,)
    value = unframed(value)
    if value.lstrip(_WHITE_SPACE)[:1] != b"[":
        return (record,)
    refuse_bad_json(value)
    try:
        items = _ITEMS.decode(value)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Rejected(Reason.INVALID_JSON, str(error)) from None
    articles = [content for item in items if (content := bytes(item).strip(_WHITE_SPACE))[:1] == b"{"]
    if not articles or len(articles) < len(items):
        others = len(items) - len(articles)
        raise Rejected(
            Reason.SCHEMA, f"a list of {len(items)} items, {others} of them no objects; wanted articles"
        )
    if len(articles) > ARTICLES_MAX:
        raise Rejected(
            Reason.TOO_LARGE, f"a list of {len(articles)} articles; at most {ARTICLES_MAX} are taken"
        )
    return [structs.replace(record, key=None, value=content) for content in articles]
