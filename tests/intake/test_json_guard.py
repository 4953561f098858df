"""What must be refused before it costs anything, and how it is refused."""

from __future__ import annotations

import unicodedata
from typing import Literal

import msgspec
import pytest

from service.intake.json_guard import JSON_DEPTH_MAX, read_object
from service.records import Reason, Rejected
from service.sketch.unicode_guard import NON_STARTERS_MAX, cap_non_starters, non_starters, normalise


def reason_of(value: bytes) -> Reason:
    with pytest.raises(Rejected) as caught:
        read_object(value)
    return caught.value.reason


def nested(depth: int) -> bytes:
    """A record that nests so deep, the object itself counted."""
    return b'{"body":"x","deep":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (b"", Reason.INVALID_JSON),
        (b"{", Reason.INVALID_JSON),
        (b'{"body":"x"} and more', Reason.INVALID_JSON),
        (b'{"body":NaN}', Reason.INVALID_JSON),
        (b'{"body":-Infinity}', Reason.INVALID_JSON),
        (b'{"body":"\\ud800"}', Reason.INVALID_JSON),
        (b'{"body":"\\udc00\\ud800"}', Reason.INVALID_JSON),
        (b"{'body':'x'}", Reason.INVALID_JSON),
        (b'{"body":"x",}', Reason.INVALID_JSON),
        (b'{"body":"line\nbreak"}', Reason.INVALID_JSON),
        (b'{"body":"\xff"}', Reason.INVALID_UTF8),
        (b'{"unread":"\xc3"}', Reason.INVALID_UTF8),
        ('{"body":"x"}'.encode("utf-16"), Reason.INVALID_UTF8),
        (b"[]", Reason.SCHEMA),
        (b"null", Reason.SCHEMA),
        (b'"text"', Reason.SCHEMA),
        (b"12", Reason.SCHEMA),
        (b"[" * 100_000, Reason.TOO_DEEP),
        (nested(JSON_DEPTH_MAX + 1), Reason.TOO_DEEP),
    ],
)
def test_what_is_no_json_object_is_refused_with_its_reason(value: bytes, reason: Reason) -> None:
    assert reason_of(value) is reason


def test_the_deepest_nesting_allowed_is_read() -> None:
    assert set(read_object(nested(JSON_DEPTH_MAX))) == {"body", "deep"}


def test_brackets_inside_strings_do_not_nest() -> None:
    text = '[\\"' * 1_000 + "\\\\"
    assert msgspec.json.decode(read_object(f'{{"body":"{text}"}}'.encode())["body"]) == '["' * 1_000 + "\\"


def test_brackets_after_an_escaped_quotation_mark_still_count() -> None:
    assert reason_of(b'{"a":"\\\\","b":' + b"[" * 200) is Reason.TOO_DEEP


def test_a_byte_order_mark_is_accepted_and_the_last_of_repeated_keys_counts() -> None:
    fields = read_object(b'\xef\xbb\xbf{"body":"first","body":"second"}')
    assert bytes(fields["body"]) == b'"second"'


def test_a_million_empty_lists_are_never_built() -> None:
    value = b'{"body":"x","noise":[' + b",".join([b"[]"] * 300_000) + b"]}"
    assert isinstance(read_object(value)["noise"], msgspec.Raw)


@pytest.mark.parametrize("mark", ["\u0301", "\u0f73", "\u0f75", "\u0f81", "\u0327", "\uff9e", "\U0001e94a"])
def test_runs_of_combining_marks_are_cut_to_thirty(mark: str) -> None:
    assert cap_non_starters("a" + mark * 5_000 + "b" + mark) == "a" + mark * NON_STARTERS_MAX + "b" + mark


def test_marks_of_several_kinds_make_one_run() -> None:
    run = "\u0301\u0316\u0f73" * 40
    assert cap_non_starters("x" + run + "y") == "x" + run[:NON_STARTERS_MAX] + "y"


def test_honest_accents_stay() -> None:
    text = "Ve\u0301ronique a\u0300 la cre\u0300me, हिन्दी में समाचार " * 50
    assert cap_non_starters(text) == text


def test_lone_surrogates_pass_the_cap_unharmed() -> None:
    assert cap_non_starters("\ud800" + "\u0301" * 40) == "\ud800" + "\u0301" * 30


def test_every_character_that_begins_with_a_mark_is_known() -> None:
    everything = (chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000)
    begins_with_mark = {
        char for char in everything if unicodedata.combining(unicodedata.normalize("NFKD", char)[0])
    }
    assert begins_with_mark == non_starters()
    assert {"\u0f73", "\u0f75", "\u0f81"} <= non_starters()


@pytest.mark.parametrize("form", ["NFC", "NFKC"])
@pytest.mark.parametrize(
    "unit",
    [
        "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x20000)])),
        "e\u0301" * 31,
        "\u1112\u1161\u11ab",
        "\uff76\uff9e",
        "\u0bc6\u0bbe",
        "\U0001d158\U0001d165",
        "a" * 997 + "\u0301\u0316" * 20,
    ],
)
def test_a_text_normalised_piece_by_piece_is_the_same(form: Literal["NFC", "NFKC"], unit: str) -> None:
    for text in (unit * (5_000 // len(unit) + 1), "x" + unit * (7_000 // len(unit) + 1)):
        assert normalise(form, text) == unicodedata.normalize(form, text)
