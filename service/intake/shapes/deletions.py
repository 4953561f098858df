"""Tell records that say an article is gone: change feeds of databases, search engines, webhooks of editing systems."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import msgspec

from service.intake.published import read_time
from service.intake.written_dates import Ambiguous

Fields = dict[str, msgspec.Raw]

ENVELOPE: Final = "envelope"
"""Field of `extra` that keeps what stood around an article."""

DELETED: Final = "__deleted"
"""The field that marks a deleted article: Debezium writes it into flattened records, and we do into all others."""

ITSELF: Final = "."
"""Stands for the record itself where it is what is left of the article."""

EMPTY: Final = "(empty)"
OBJECT: Final = "(object)"
GIVEN: Final = "(given)"
"""Stand for null or an empty object, for any other object, and for any word at all, where a word is looked for."""


class Deletion(NamedTuple):
    """One way to tell that an article is gone."""

    path: str  # where the word stands
    words: frozenset[str]  # in small letters; of "article.deleted" what follows the last dot counts
    beside: frozenset[str]  # keys that must be there too; no others may, where the word is EMPTY or OBJECT
    images: tuple[str, ...]  # paths that may hold what is left of the article, in order of preference


def _deletion(path: str, words: str, beside: str, images: str = "") -> Deletion:
    return Deletion(path, frozenset(words.split()), frozenset(beside.split()), tuple(images.split()))


DELETIONS: Final = (
    _deletion("op", "d delete", "before", "before"),  # Debezium
    _deletion("op", "d delete", "ts_ms"),  # Debezium of MongoDB: only the key of the record tells which
    _deletion("__op", "d delete", "", ITSELF),  # Debezium, flattened
    _deletion("op_type", "d delete", "table", "before"),  # Oracle GoldenGate
    _deletion("operationType", "delete", "documentKey", "fullDocumentBeforeChange documentKey"),  # MongoDB
    _deletion("type", "delete", "table database", "data old"),  # Maxwell, Canal
    _deletion("type", "deleted delete removed withdrawn unpublished", "specversion", "data"),  # CloudEvents
    _deletion("type", "delete", "actor object", "object"),  # ActivityPub
    _deletion("eventName", "remove", "dynamodb", "dynamodb.OldImage dynamodb.Keys"),  # DynamoDB streams
    _deletion("metadata.operation", "delete", "data", "data"),  # AWS DMS
    _deletion("delete", OBJECT, "", "delete"),  # Elasticsearch's bulk requests
    _deletion("result", "deleted", "_index _id", ITSELF),  # Elasticsearch's answers
    _deletion("event", "delete unpublish", "entry", "entry"),  # Strapi
    _deletion("current", EMPTY, "previous", "previous"),  # Ghost
    _deletion("sys.type", "deletedentry", "", ITSELF),  # Contentful
    _deletion("payload", EMPTY, "schema"),  # Kafka Connect
    _deletion("op", "delete", "data session_variables", "data.old"),  # Hasura
    _deletion("type", "delete", "table old_record", "old_record"),  # Supabase
    _deletion("action", "delete", "record metadata", "record"),  # Sequin
    _deletion("action", "d", "identity table", "identity"),  # wal2json
    _deletion("_meta.op", "d", "", ITSELF),  # Estuary
    *(
        _deletion(mark, "true 1", "", ITSELF)  # CouchDB, Fivetran, Hevo and tables of all kinds
        for mark in "deleted is_deleted isDeleted _fivetran_deleted __hevo__marked_deleted".split()
    ),
    *(
        _deletion(mark, GIVEN, "", ITSELF)  # Airbyte, Singer, and databases that keep what is deleted
        for mark in "_ab_cdc_deleted_at _sdc_deleted_at deleted_at deletedAt".split()
    ),
)

_FIRST_KEYS: Final = frozenset(one.path.partition(".")[0] for one in DELETIONS)


def deletion_in(fields: Fields) -> Deletion | None:
    """Return by what a record tells that an article is gone, None where it does not."""
    if _FIRST_KEYS.isdisjoint(fields) or DELETED in fields:
        return None
    for one in DELETIONS:
        key, _, inner = one.path.partition(".")
        if key not in fields or not one.beside <= fields.keys():
            continue
        if not _says(one, fields[key], inner):
            continue
        if one.words.isdisjoint((EMPTY, OBJECT)) or fields.keys() <= {key, *one.beside, ENVELOPE}:
            return one
    return None


def is_deleted(fields: Fields) -> bool:
    """Return whether a record is marked as that of a deleted article."""
    return DELETED in fields and bytes(fields[DELETED]).strip(b'"').lower() in (b"true", b"1")


def _says(one: Deletion, raw: msgspec.Raw, inner: str) -> bool:
    if GIVEN in one.words:
        return _is_time_or_true(msgspec.json.decode(raw))
    return _word(raw, inner) in one.words


def _is_time_or_true(value: Any) -> bool:
    """Return whether a field says "true" or names a time.

    Databases write "never" as null, year 0 or 1, "0", or an empty object.
    """
    try:
        return (
            value is True
            or (isinstance(value, str) and value.lower() == "true")
            or (bool(value) and read_time(value) is not None)
        )
    except Ambiguous:
        return True


def _word(raw: msgspec.Raw, inner: str) -> str:
    value: Any = msgspec.json.decode(raw)
    if inner:
        value = value.get(inner) if isinstance(value, dict) else ""
    if value is None or value == {}:
        return EMPTY
    if isinstance(value, dict):
        return OBJECT
    if value is True:
        return "true"
    if isinstance(value, int):
        return str(value)
    return value.lower().rpartition(".")[2] if isinstance(value, str) else ""
