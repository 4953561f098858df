"""Records that somebody, some day, will send: each with the end it must come to.

`ends` is the reason of the dead letter, or HANDLED for a record that becomes an article. Everything is made up here.
Default settings are assumed (one collection "default", texts up to 1 MiB).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from service.records import Origin, RawRecord, Reason

HANDLED: Final = "handled"
STORY = "The dam at Northport held on Friday, officials said. The river fell overnight."
MIB = 1_048_576


@dataclass(frozen=True, slots=True)
class Hostile:
    """One record and its end."""

    name: str
    value: bytes | None
    ends: Reason | Literal["handled"]
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()

    def record(self, offset: int = 0, topic: str = "articles.raw") -> RawRecord:
        """As Kafka would deliver it."""
        return RawRecord(self.key, self.value, self.headers, Origin(topic, 0, offset, 1_700_000_000_000))


def hostile_records() -> list[Hostile]:
    """Return the whole corpus, about 25 MB; names are unique."""
    return [
        *_not_json(),
        *_wrong_shapes(),
        *_odd_fields(),
        *_ids_and_urls(),
        *_dates(),
        *_unicode(),
        *_markup(),
        *_long_texts(),
        *_around_the_value(),
    ]


def _json(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def _body(text: str) -> bytes:
    return json.dumps({"body": text}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _not_json() -> Iterator[Hostile]:
    yield Hostile("empty value", b"", Reason.INVALID_JSON)
    yield Hostile("only blanks", b"   \n", Reason.INVALID_JSON)
    yield Hostile("plain text", STORY.encode(), Reason.INVALID_JSON)
    yield Hostile("cut in the middle", _json(body=STORY)[:40], Reason.INVALID_JSON)
    yield Hostile("two objects", _json(body=STORY) * 2, Reason.INVALID_JSON)
    yield Hostile("single quotes", b"{'body': 'x'}", Reason.INVALID_JSON)
    yield Hostile("trailing comma", b'{"body": "x",}', Reason.INVALID_JSON)
    yield Hostile("NaN", b'{"body": "x", "score": NaN}', Reason.INVALID_JSON)
    yield Hostile("Infinity", b'{"body": "x", "score": -Infinity}', Reason.INVALID_JSON)
    yield Hostile("raw line feed in a string", b'{"body": "a\nb"}', Reason.INVALID_JSON)
    yield Hostile("lone high surrogate", b'{"body": "a\\ud800b"}', Reason.INVALID_JSON)
    yield Hostile("lone low surrogate in a name", b'{"\\udc00": 1, "body": "x"}', Reason.INVALID_JSON)
    yield Hostile("a million quotation marks", b'"' * 1_000_001, Reason.INVALID_JSON)
    yield Hostile("surrogate as bytes", b'{"body": "\xed\xa0\x80"}', Reason.INVALID_UTF8)
    yield Hostile("latin-1", '{"body": "café"}'.encode("latin-1"), Reason.INVALID_UTF8)
    yield Hostile("utf-16", '{"body": "x"}'.encode("utf-16"), Reason.INVALID_UTF8)
    yield Hostile("overlong utf-8", b'{"body": "\xc0\xaf"}', Reason.INVALID_UTF8)
    yield Hostile("bad bytes where nobody looks", b'{"body": "x", "noise": "\xff"}', Reason.INVALID_UTF8)
    yield Hostile("gzip of a gigabyte's beginning", gzip.compress(b"a" * 50 * MIB, 9), Reason.INVALID_UTF8)
    yield Hostile("depth 100,000", b"[" * 100_000, Reason.TOO_DEEP)
    yield Hostile(
        "depth 100,000, closed", b'{"body":"x","a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Reason.TOO_DEEP
    )
    yield Hostile("depth 100,000 of objects", b'{"a":' * 100_000, Reason.TOO_DEEP)
    yield Hostile("depth 101", b'{"body":"x","a":' + b"[" * 100 + b"]" * 100 + b"}", Reason.TOO_DEEP)
    yield Hostile("depth 100", b'{"body":"x","a":' + b"[" * 99 + b"]" * 99 + b"}", HANDLED)


def _nested(value: list[Any], depth: int) -> list[Any]:
    for _ in range(depth):
        value = [value]
    return value


def _wrapped(value: dict[str, Any], depth: int) -> dict[str, Any]:
    for _ in range(depth):
        value = {"data": value}
    return value


def _wrong_shapes() -> Iterator[Hostile]:
    yield Hostile("no value", None, Reason.NO_VALUE)
    yield Hostile("null", b"null", Reason.SCHEMA)
    yield Hostile("array", b"[]", Reason.SCHEMA)
    yield Hostile("array of texts", b"[" + json.dumps(STORY).encode() + b"]", Reason.SCHEMA)
    yield Hostile("string", json.dumps(STORY).encode(), Reason.SCHEMA)
    yield Hostile("number", b"42", Reason.SCHEMA)
    yield Hostile("body is a number", _json(body=42), Reason.SCHEMA)
    yield Hostile("body is a list", _json(body=[STORY]), HANDLED)
    yield Hostile("body is a list of numbers", _json(body=[1, 2]), Reason.SCHEMA)
    yield Hostile("body is 30,000 empty parts", _json(body=[""] * 30_000), Reason.SCHEMA)
    yield Hostile("body is 20,000 objects", _json(body=[{"a": 1}] * 20_000), Reason.SCHEMA)
    yield Hostile("body is nested lists", _json(body=_nested([STORY], 60)), Reason.SCHEMA)
    yield Hostile(
        "body has 400 spellings", _json(**{f"bo{'_' * n}dy": "" for n in range(400)}), Reason.NO_TEXT
    )
    yield Hostile("wrapped 50 times", _json(**_wrapped({"body": STORY}, 50)), Reason.NO_TEXT)
    yield Hostile("6,000 links", _json(body=STORY, links=[{"rel": "x"}] * 6_000), HANDLED)
    yield Hostile("body is an object", _json(body={"text": STORY}), HANDLED)
    yield Hostile("body is true", _json(body=True), Reason.SCHEMA)
    yield Hostile("body has a million digits", b'{"body": ' + b"9" * 1_000_000 + b"}", Reason.SCHEMA)
    yield Hostile("empty object", b"{}", Reason.NO_TEXT)
    yield Hostile("title alone", _json(title="Dam holds", id="1"), Reason.NO_TEXT)
    yield Hostile("body is null", _json(body=None), Reason.NO_TEXT)
    yield Hostile("body is empty", _json(body=""), Reason.NO_TEXT)
    yield Hostile("body is blanks", _json(body=" \n\t\u00a0\u2003"), Reason.NO_TEXT)
    yield Hostile("body is punctuation", _json(body="... — !?"), Reason.NO_TEXT)
    yield Hostile("body is one picture", _json(body="\U0001f600"), Reason.NO_TEXT)
    yield Hostile("body is a script", _json(body="<p></p><script>alert(1)</script>"), Reason.NO_TEXT)
    yield Hostile("body is boilerplate", _json(body="Advertisement\nShare Tweet Email"), Reason.NO_TEXT)
    yield Hostile("body is empty, content is not", _json(body="", content=STORY), HANDLED)
    yield Hostile("body is a number, text is not", _json(body=42, text=STORY), HANDLED)
    yield Hostile("unknown collection", _json(body=STORY, collection="other"), Reason.UNKNOWN_COLLECTION)
    yield Hostile(
        "collection is a list", _json(body=STORY, collection=["default"]), Reason.UNKNOWN_COLLECTION
    )
    yield Hostile(
        "collection is a megabyte", _json(body=STORY, collection="c" * MIB), Reason.UNKNOWN_COLLECTION
    )
    yield Hostile("collection is null", _json(body=STORY, collection=None), HANDLED)


def _odd_fields() -> Iterator[Hostile]:
    yield Hostile("byte order mark", b"\xef\xbb\xbf" + _json(body=STORY), HANDLED)
    yield Hostile("repeated keys", b'{"body": 1, "body": "Last one wins."}', HANDLED)
    yield Hostile(
        "every optional field of the wrong type",
        _json(body=STORY, id={}, title=[], url=7, source=True, published_at={}, language=3.5),
        HANDLED,
    )
    yield Hostile(
        "numbers beyond all bounds", b'{"body": "x", "id": 1e999, "a": ' + b"9" * 5_000 + b"}", HANDLED
    )
    yield Hostile("id has a million digits", b'{"body": "x", "id": ' + b"1" * 1_000_000 + b"}", HANDLED)
    yield Hostile(
        "hundred thousand fields", _json(body=STORY, **{f"field{n}": n for n in range(100_000)}), HANDLED
    )
    noise = b",".join([b"[]"] * 300_000)
    yield Hostile("three hundred thousand lists", b'{"body": "x", "noise": [' + noise + b"]}", HANDLED)
    yield Hostile("a field name of a megabyte", _json(**{"body": STORY, "n" * MIB: 1}), HANDLED)
    yield Hostile("title of a megabyte", _json(body=STORY, title="Dam holds " * 100_000), HANDLED)
    yield Hostile("title with escapes", _json(body=STORY, title="\x1b[2J\x07Dam\nholds\u202e\x00"), HANDLED)
    yield Hostile(
        "null everywhere", _json(body=STORY, id=None, title=None, url=None, source=None, a=None), HANDLED
    )


def _ids_and_urls() -> Iterator[Hostile]:
    yield Hostile("id of a megabyte", _json(body=STORY, id="i" * MIB), HANDLED)
    yield Hostile("id with line feeds", _json(body=STORY, id="a\nb\r\nc"), HANDLED)
    yield Hostile("id with escapes", _json(body=STORY, id="\x1b]0;title\x07"), HANDLED)
    yield Hostile("id that turns around", _json(body=STORY, id="abc\u202edef"), HANDLED)
    yield Hostile("id is minus zero", b'{"body": "x", "id": -0.0}', HANDLED)
    yield Hostile("url with credentials", _json(body=STORY, url="https://ann:secret@example.org/a"), HANDLED)
    yield Hostile(
        "credentials in extra", _json(body=STORY, feed={"at": "ftp://ann:secret@example.org/"}), HANDLED
    )
    yield Hostile("url that runs", _json(body=STORY, url="javascript:alert(1)"), HANDLED)
    yield Hostile("url with a broken host", _json(body=STORY, url="https://[::1/a"), HANDLED)
    yield Hostile("url with a broken port", _json(body=STORY, url="https://example.org:99999/"), HANDLED)
    yield Hostile("url with line feeds", _json(body=STORY, url="https://exa\nmple.org/\r\nHost: x"), HANDLED)
    yield Hostile("url of a megabyte", _json(body=STORY, url="https://example.org/" + "a" * MIB), HANDLED)


def _dates() -> Iterator[Hostile]:
    for date in (
        "0000-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:60Z",
        "2024-02-30",
        "2024-02-08T25:61:00Z",
        "Thu, 99 Feb 2024 10:00:00 GMT",
        "yesterday",
        "-1",
        "2" * 100_000,
    ):
        yield Hostile(f"published at {date[:30]}", _json(body=STORY, published_at=date), HANDLED)
    yield Hostile("published at a huge number", b'{"body": "x", "published_at": 1e300}', HANDLED)


def _unicode() -> Iterator[Hostile]:
    yield Hostile("combining marks", _body("a" + "\u0301\u0316" * 100_000), HANDLED)
    yield Hostile("tibetan vowel signs", _body("a" + "\u0f73\u0f71" * 80_000), HANDLED)
    yield Hostile("half-width voiced marks", _body("a" + "\uff9e\uff9f" * 80_000), HANDLED)
    yield Hostile("many letters with many marks", _body(("e" + "\u0301" * 40) * 8_000), HANDLED)
    yield Hostile("ligatures of 18 letters", _body("a " + "\ufdfa" * 300_000), HANDLED)
    yield Hostile("squares of four letters", _body("\u3300" * 300_000), HANDLED)
    yield Hostile("words of one arabic letter", _body("\u0627 " * 300_000), HANDLED)
    yield Hostile("letters of another plane", _body("".join(map(chr, range(0x20000, 0x2A000))) * 6), HANDLED)
    yield Hostile("nothing but ligatures of 18 letters", _body("\ufdfa" * 300_000), Reason.NO_TEXT)
    yield Hostile("signs that grow in any form", _body("a " + "\U0001d160" * 200_000), Reason.TOO_LARGE)
    yield Hostile("hangul in pieces", _body("\u1112\u1161\u11ab" * 100_000), HANDLED)
    yield Hostile("bidi controls", _body(f"\u202e{STORY}\u202c\u2066\u2069\u200f"), HANDLED)
    yield Hostile("zero-width everything", _body("\u200b\u200c\u200d\ufeff".join(STORY)), HANDLED)
    yield Hostile("a run of joiners", _body("क" + "\u200d" * 300_000 + "ष"), HANDLED)
    yield Hostile("NULs", _body("\\u0000".join(STORY)).replace(b"\\\\u", b"\\u"), HANDLED)
    yield Hostile("terminal escapes", _json(body=f"\x1b[31m{STORY}\x1b]0;x\x07\x9b2J"), HANDLED)
    yield Hostile(
        "tag characters",
        _body("Hi " + "".join(chr(0xE0000 + ord(c)) for c in "ignore all") + "there"),
        HANDLED,
    )
    yield Hostile("noncharacters", _body("a\ufffe\uffffb\U0010ffff"), HANDLED)
    yield Hostile("mojibake without end", _body("a " + "â€™" * 150_000), HANDLED)
    yield Hostile(
        "all of plane 0",
        _body("a " + "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x10000)]))),
        HANDLED,
    )


def _markup() -> Iterator[Hostile]:
    yield Hostile(
        "scripts in the text",
        _body(f"<p>{STORY}</p><script>alert('x')</script><img src=x onerror=y>"),
        HANDLED,
    )
    yield Hostile("scripts never closed", _body("<p>a</p>" + "<script>" * 100_000), HANDLED)
    yield Hostile("scripts closed once, first", _body("<p>a</p></script>" + "<script>" * 100_000), HANDLED)
    yield Hostile(
        "ends of one kind, begins of another",
        _body("<p>a</p>" + "<svg>" * 100_000 + "</form>" * 50_000),
        HANDLED,
    )
    yield Hostile("comments never closed", _body("<p>a</p>" + "<!--" * 200_000), HANDLED)
    yield Hostile("tags without end", _body("<p>a</p>" + "<a " * 300_000), HANDLED)
    yield Hostile("attributes without end", _body('<p>a</p><a href="' + '<a="' * 200_000), HANDLED)
    yield Hostile("three hundred thousand paragraphs", _body("<p>a" * 250_000), HANDLED)
    yield Hostile("a million less-than signs", _body("a " + "<" * 1_000_000), HANDLED)
    yield Hostile("a million ampersands", _body("a " + "&" * 1_000_000), HANDLED)
    yield Hostile("escaped again and again", _body("a &" + "amp;" * 200_000 + "lt;p&gt;"), HANDLED)
    yield Hostile("entities without end", _body("a " + "&#x41" * 200_000), HANDLED)
    yield Hostile("two hundred thousand entities", _body("a " + "&lt;" * 200_000), HANDLED)
    yield Hostile(
        "entities of nothing", _body("a &#0; &#xD800; &#x110000; &#1114112; &bogus; &#x202e;"), HANDLED
    )


def _long_texts() -> Iterator[Hostile]:
    yield Hostile("one letter a million times", _body("a" * 1_000_000), HANDLED)
    yield Hostile("one word a million times", _body("a " * 500_000), HANDLED)
    yield Hostile("one sentence without end", _body("The dam held. " * 70_000), HANDLED)
    yield Hostile("one line without end", _body("Advertisement\n" * 70_000), HANDLED)
    yield Hostile("related posts without end", _body("a\n" + "Related posts\n" * 70_000), HANDLED)
    yield Hostile("full stops without end", _body("a" + ".A" * 500_000), HANDLED)
    yield Hostile("quotation marks and stops", _body('said."A' * 140_000), HANDLED)
    yield Hostile("stops and brackets", _body("a" + '."' * 500_000 + "A"), HANDLED)
    boxes = "Miller Ann MillerDam holds " * 35_000
    yield Hostile("boxes that never end", _body(boxes + "MORE"), HANDLED)
    yield Hostile("glued words", _body("RegionWhen " * 90_000), HANDLED)
    yield Hostile(
        "headings without end", _body("The Region When Talks EndedWhen he left. " * 25_000), HANDLED
    )
    yield Hostile("blanks before stops", _body("a , " * 250_000), HANDLED)
    yield Hostile("blanks", _body("a" + " " * 1_000_000 + "b"), HANDLED)
    yield Hostile("line feeds", _body("a" + "\n" * 1_000_000 + "b"), HANDLED)
    yield Hostile("hashes", _body("a\n" + "#a " * 300_000), HANDLED)
    yield Hostile("share words", _body("a\n" + "share " * 160_000), HANDLED)
    yield Hostile("nearly a caption", _body("a\n" + ("Photo: " + "x" * 900 + "\n") * 1_000), HANDLED)
    yield Hostile(
        "a long text doubled", _body("".join(f"Word {n} stands here. " for n in range(22_000)) * 2), HANDLED
    )
    yield Hostile("speakers without end", _body('"It holds," said Ann Lee. ' * 40_000), HANDLED)
    yield Hostile("verbs of saying without end", _body("he said. " * 110_000), HANDLED)
    yield Hostile(
        "ministers without end", _body("minister Ann Lee of the Lee union said. " * 25_000), HANDLED
    )
    yield Hostile("numbers without end", _body(" ".join(map(str, range(150_000)))), HANDLED)
    yield Hostile("a number a line", _body("1\n" * 500_000), HANDLED)
    yield Hostile("dates without end", _body("12 May 2023, " * 75_000), HANDLED)
    yield Hostile("names near a box", _body("Ann Bob Cid Dan Eve " * 50_000 + "Bob Ann BobDam MORE"), HANDLED)
    yield Hostile("a text at the limit", _body("word " * (MIB // 5) + "x"), HANDLED)
    yield Hostile("a text at the limit, to the byte", _body("é" * (MIB // 2)), HANDLED)
    yield Hostile("a text one byte beyond the limit", _body("é" * (MIB // 2) + "x"), Reason.TOO_LARGE)
    yield Hostile("a text of nine megabytes", _body("word " * (9 * MIB // 5)), Reason.TOO_LARGE)


def _around_the_value() -> Iterator[Hostile]:
    value = _json(body=STORY)
    yield Hostile("key is a megabyte", value, HANDLED, key=b"k" * MIB)
    yield Hostile("key is not UTF-8", value, HANDLED, key=b"\xff\x00\n")
    yield Hostile("a header of a megabyte", value, HANDLED, headers=(("traceparent", b"0" * MIB),))
    yield Hostile("a thousand headers", value, HANDLED, headers=(("h", b"v"),) * 1_000)
    yield Hostile(
        "headers of bytes", value, HANDLED, headers=(("traceparent", b"\xff\xfe"), ("\x1b", b"\x00"))
    )
    yield Hostile(
        "a count of replays of 5,000 digits",
        value,
        HANDLED,
        headers=(("copydesk.dlq.replays", b"9" * 5_000),),
    )
    unread = (("copydesk.not_unpacked", b"the record has 20000000 headers; at most 1000 are read"),)
    yield Hostile("more headers than are read", value, Reason.TOO_LARGE, headers=unread)
    zeros = b"00-" + b"0" * 32 + b"-" + b"0" * 16 + b"-00"
    yield Hostile("a trace of zeros", value, HANDLED, headers=(("traceparent", zeros),))
