"""Take the wrapping off a record: databases, connectors and event formats put an article inside an object of theirs."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final, NamedTuple

import msgspec

from service.intake.json_guard import read_object
from service.intake.shapes.deletions import DELETED, ENVELOPE, ITSELF, Deletion, Fields, deletion_in
from service.intake.shapes.paths import PATHS, Field, Kind
from service.intake.shapes.table import fold
from service.records import Reason, Rejected

ROUNDS_MAX: Final = 4
"""Maximum number of wrappings around one article: a change event inside a Connect struct inside a CloudEvent."""

ITEMS_MAX: Final = 32
"""Maximum length of a list that is searched for the one article in it: the graph of a page in JSON-LD."""

TEXT_KEYS: Final = frozenset(("articleBody", "body", "text"))
"""Keys that tell the article from the other objects of such a list."""

OWN_TEXTS: Final = frozenset(
    fold(path)
    for kind, line in PATHS[Field.TEXT]
    if kind is Kind.PROSE
    for path in line.split()
    if "." not in path
)
"""Keys under which a record holds a text of its own, in the form in which keys are compared."""


class Wrapper(NamedTuple):
    """One way to wrap an article: where it stands, and the keys that tell the wrapping from an article."""

    inside: str
    beside: frozenset[str]  # at least one of them must be there
    kept: tuple[str, ...] = ()  # keys of the wrapping that the article takes over where it has none
    left_out: tuple[str, ...] = ()  # keys of the wrapping that are not worth keeping
    needed: frozenset[str] = frozenset()  # all of them must be there, and no text beside them


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


WRAPPERS: Final = (
    Wrapper("_source", _keys("_id _index _score"), ("_id",)),  # Elasticsearch and OpenSearch hits
    Wrapper("payload", _keys("schema"), (), ("schema",)),  # Kafka Connect's JsonConverter
    Wrapper("after", _keys("op before ts_ms")),  # Debezium change events
    Wrapper("fullDocument", _keys("operationType ns documentKey clusterTime")),  # MongoDB change streams
    Wrapper("dynamodb", _keys("eventName eventSource")),  # DynamoDB streams
    Wrapper("NewImage", _keys("Keys SequenceNumber OldImage StreamViewType")),
    Wrapper("fields", _keys("createTime updateTime"), (), ("name",)),  # Firestore
    Wrapper("fields", _keys("createdTime"), ("id",)),  # Airtable
    Wrapper("fields", _keys("model"), ("pk",)),  # Django's serializer
    Wrapper("data", _keys("specversion")),  # CloudEvents, structured mode
    Wrapper("data", _keys("eventType")),  # Azure Event Grid
    Wrapper(  # Prismic
        "data",
        _keys("first_publication_date"),
        ("id", "lang", "first_publication_date", "url"),
        needed=_keys("type lang"),
    ),
    Wrapper("detail", _keys("detail-type")),  # Amazon EventBridge
    Wrapper("body", _keys("receiptHandle")),  # Amazon SQS
    Wrapper("kinesis", _keys("eventSource eventID")),  # Amazon Kinesis, as Lambda gives it
    Wrapper("event", _keys("trigger table")),  # Hasura
    Wrapper("data", _keys("session_variables")),
    Wrapper("new", _keys("old")),
    Wrapper("columns", _keys("action")),  # wal2json
    Wrapper(
        "_airbyte_data", _keys("_airbyte_ab_id _airbyte_raw_id _airbyte_emitted_at _airbyte_extracted_at")
    ),
    Wrapper("data", _keys("table database")),  # Maxwell
    Wrapper("current", _keys("previous")),  # webhooks of Ghost
    Wrapper(
        "Message", _keys("MessageId TopicArn"), (), ("Signature", "SigningCertURL", "UnsubscribeURL")
    ),  # Amazon SNS
)
"""Wrappings that are known by their keys, whatever else the record holds."""

_COLUMN: Final = frozenset(("name", "value"))
"""Keys of one column where a row, or the fields of an article, are a list of them."""

_MESSAGE_IDS: Final = frozenset(("messageId", "message_id", "partitionKey", "recordId"))
"""Keys around the `data` of Google Pub/Sub, Amazon Kinesis and Firehose, which is in base64."""

_FIELDS_KEYS: Final = frozenset(("record", "fields", "properties", "elements"))
"""Keys under which a record holds the fields of an article; other envelopes have what is no article there, too."""

_OBJECT_START: Final = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{])')
"""How JSON begins that is sent as plain text."""

_CHARSET: Final = re.compile(rb"charset=[\\\"']*([\w.:-]{1,40})", re.ASCII | re.IGNORECASE)
"""The charset that a media type names, in JSON, where quotation marks are escaped."""

_CHARSETS: Final = (
    "utf",
    "iso",
    "us-ascii",
    "ascii",
    "windows",
    "cp",
    "latin",
    "koi8",
    "gb",
    "big5",
    "euc",
    "shift",
)
"""How names of charsets begin; Python knows codecs by other names that take long, or are no charsets."""

_ABOUT_FIELDS: Final = (
    "id",
    "uri",
    "url",
    "link",
    "name",
    "title",
    "createDate",
    "system",
    "sys",
    "published",
    "publishedAt",
)
"""Keys beside the fields of an article that say which article it is."""

PLAIN_WRAPPERS: Final = (
    Wrapper("attributes", frozenset(), ("id",)),  # JSON:API: Drupal, Strapi
    *(
        Wrapper(key, frozenset(), _ABOUT_FIELDS if key in _FIELDS_KEYS else ())
        for key in (
            "article post story item news document doc record entry content data payload message event object result "
            "value node page fields _source after current newsItem nitf @graph objects posts json-ld properties "
            "records entries channel_post newsMessage newsML itemSet elements parse query pages"
        ).split()
    ),
)
"""Keys that hold the article where the record itself has no text, compared without case."""


def unwrap_known(fields: Fields) -> Fields:
    """Return the fields of the article inside a known wrapping, or the fields themselves. Raises `Rejected`."""
    for _ in range(ROUNDS_MAX):
        inner = _unwrap_once(fields)
        if inner is None:
            return fields
        fields = inner
    return fields


def _unwrap_once(fields: Fields) -> Fields | None:
    deletion = deletion_in(fields)
    if deletion is not None:
        return _deleted(fields, deletion)
    for wrapper in WRAPPERS:
        if wrapper.inside in fields and _is_around(wrapper, fields):
            inner = _object_in(fields[wrapper.inside])
            if inner is not None:
                return _joined(inner, fields, wrapper)
    if "specversion" in fields and "data_base64" in fields:
        return _from_base64(fields, "data_base64")
    if "specversion" in fields and "data" in fields and _is_text(fields):
        return {"text": fields["data"], ENVELOPE: _around(fields, "data")}
    if "data" in fields and not _MESSAGE_IDS.isdisjoint(fields) and bytes(fields["data"])[:1] == b'"':
        return _from_base64(fields, "data")
    return None


def _is_around(wrapper: Wrapper, fields: Fields) -> bool:
    """Return whether the keys of a record are those of a wrapping, and not of an article with such a key."""
    if wrapper.beside.isdisjoint(fields) or not wrapper.needed <= fields.keys():
        return False
    return not wrapper.needed or OWN_TEXTS.isdisjoint(map(fold, fields))


def _deleted(fields: Fields, deletion: Deletion) -> Fields:
    """Return what is left of a deleted article, marked as such, with what tells so under `ENVELOPE`."""
    found: Fields = {}
    for path in deletion.images:
        image: Fields | None = fields
        for step in path.split(".") if path != ITSELF else ():
            image = _image_in(image[step]) if image and step in image else None
        if image:
            found = dict(image)
            break
    if found.keys() != fields.keys():
        around = {key: raw for key, raw in fields.items() if key not in deletion.images}
        found = {ENVELOPE: msgspec.Raw(msgspec.json.encode(around)), **found}
    return {**found, DELETED: msgspec.Raw(b"true")}


def unwrap_plain(fields: Fields) -> Fields | None:
    """Return the fields of the one object inside that may be the article; None where there is none."""
    keys = {key.lower(): key for key in reversed(fields)}
    numbers = [key for key in fields if key.isdecimal()]
    if (
        len(numbers) == 1 and len(fields.keys() - {ENVELOPE}) == 1
    ):  # MediaWiki: the only page, under its number
        return unwrap_alone(fields)
    for wrapper in PLAIN_WRAPPERS:
        key = keys.get(wrapper.inside.lower())
        if key is not None and (inner := _object_in(fields[key])):
            if wrapper.inside == "pages" and bytes(fields[key])[:1] == b"[":
                return unwrap_known({**inner, **_told(fields, key)})
            return unwrap_known(_joined(inner, fields, wrapper._replace(inside=key)))
    return None


def _told(fields: Fields, page: str) -> Fields:
    """Return what a record says of the article beside its only page: the title and number of a page are its own."""
    return {key: raw for key, raw in fields.items() if key != page and bytes(raw) not in (b"null", b'""')}


def unwrap_alone(fields: Fields) -> Fields | None:
    """Return the fields of the only object of a record, whatever its name; None where it has more than one field."""
    alone = [key for key in fields if key != ENVELOPE]
    if len(alone) == 1 and (inner := _object_in(fields[alone[0]])):
        return unwrap_known(_joined(inner, fields, Wrapper(alone[0], frozenset())))
    return None


def _object_in(raw: msgspec.Raw) -> Fields | None:
    """Return the object in a value: the value itself, the only article of a list, or JSON written as a string."""
    content = bytes(raw)
    if content[:1] == b"{":
        return msgspec.json.decode(content, type=Fields)
    if content[:1] == b"[":
        return _only_article(msgspec.json.decode(content, type=list[msgspec.Raw]))
    if content[:2] == b'"{':
        return read_object(msgspec.json.decode(content, type=str).encode("utf-8", "surrogatepass"))
    return None


def _only_article(items: list[msgspec.Raw]) -> Fields | None:
    """Return the only object of a short list, or the only one with a text; None where none is alone."""
    if len(items) > ITEMS_MAX:
        return None
    objects = [msgspec.json.decode(item, type=Fields) for item in items if bytes(item)[:1] == b"{"]
    if objects and all(one.keys() >= _COLUMN for one in objects):  # wal2json: a row as a list of its columns
        names = (msgspec.json.decode(one["name"]) for one in objects)
        return {str(name): one["value"] for name, one in zip(names, objects, strict=True)}
    if len(objects) > 1:
        objects = [one for one in objects if not TEXT_KEYS.isdisjoint(one)]
    return objects[0] if len(objects) == 1 else None


def _joined(inner: Fields, outer: Fields, wrapper: Wrapper) -> Fields:
    """Return the article's fields, with what stood around them under `ENVELOPE`."""
    dropped = {wrapper.inside, *wrapper.left_out}
    around = {key: raw for key, raw in outer.items() if key not in dropped}
    for key in wrapper.kept:
        if key in around and key not in inner:
            inner[key] = around.pop(key)
    if around and ENVELOPE not in inner:
        inner[ENVELOPE] = msgspec.Raw(msgspec.json.encode(around))
    return inner


def _from_base64(fields: Fields, name: str) -> Fields:
    try:
        content = base64.b64decode(msgspec.json.decode(fields[name], type=str), validate=True)
    except (msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise Rejected(Reason.SCHEMA, f"{name} is no base64: {error}") from None
    if _is_text(fields) and not _OBJECT_START.match(content):
        text = msgspec.Raw(msgspec.json.encode(_decoded(content, fields, name)))
        return {"text": text, ENVELOPE: _around(fields, name)}
    return read_object(content)


def _is_text(fields: Fields) -> bool:
    """Return whether the data of a CloudEvent is the text itself, plain or HTML."""
    kind = bytes(fields.get("datacontenttype", b""))
    return kind.startswith(b'"text/') and b"json" not in kind


def _decoded(content: bytes, fields: Fields, name: str) -> str:
    """Return the text of a CloudEvent in the charset that its type names, UTF-8 by default. Raises `Rejected`."""
    named = _CHARSET.search(bytes(fields["datacontenttype"]))
    charset = named[1].decode().lower() if named else "utf-8"
    try:
        if not charset.startswith(_CHARSETS):
            raise LookupError("unknown charset")
        return content.decode(charset)
    except (UnicodeError, LookupError) as error:
        raise Rejected(Reason.INVALID_UTF8, f"{name} is no text in {charset:.40}: {error}") from None


def _around(fields: Fields, name: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode({key: raw for key, raw in fields.items() if key != name}))


def _image_in(raw: msgspec.Raw) -> Fields | None:
    """Return what is left of a deleted article: an object, or the id alone."""
    return {"id": raw} if bytes(raw)[:1] == b'"' and bytes(raw)[:2] not in (b'""', b'"{') else _object_in(raw)
