"""`--since` and `--where`: which records a person means."""

from __future__ import annotations

import pytest

from service.commands.filters import Condition, conditions, meets, moment_ms
from service.commands.shared import CommandFailed
from service.exit_codes import ExitCode
from service.kafka.browsing import Found

NOW_MS = 1_750_000_000_000


def a_record(value: bytes | None = b"{}", headers: tuple[tuple[str, bytes], ...] = ()) -> Found:
    return Found("claims", 0, 7, NOW_MS, b"key", value, headers)


def takes(where: str, value: bytes | None, headers: tuple[tuple[str, bytes], ...] = ()) -> bool:
    return meets(a_record(value, headers), conditions([where]))


@pytest.mark.parametrize(
    ("text", "seconds_ago"), [("90s", 90), ("10m", 600), ("1.5h", 5_400), ("2d", 172_800), ("1w", 604_800)]
)
def test_span_counts_back_from_now(text: str, seconds_ago: int) -> None:
    assert moment_ms(text, NOW_MS) == NOW_MS - seconds_ago * 1_000


@pytest.mark.parametrize("text", ["2025-06-15T15:06:40", "2025-06-15T15:06:40Z", "2025-06-15T17:06:40+02:00"])
def test_time_without_a_zone_is_utc(text: str) -> None:
    assert moment_ms(text, 0) == NOW_MS


@pytest.mark.parametrize("text", ["yesterday", "10", "10 minutes", "-5m", ""])
def test_other_words_are_a_usage_error(text: str) -> None:
    with pytest.raises(CommandFailed, match="neither a span") as failure:
        moment_ms(text, NOW_MS)
    assert failure.value.code == ExitCode.USAGE


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("source=Skerry Post", b'{"source": "Skerry Post"}'),
        ("speaker.name=Marit Solberg", b'{"speaker": {"name": "Marit Solberg"}}'),
        ("claims.kind=quote", b'{"claims": [{"kind": "figure"}, {"kind": "quote"}]}'),
        ("repairs=doubled_body", b'{"repairs": ["captions", "doubled_body"]}'),
        ("negated=true", b'{"negated": true}'),
        ("quantities.value=2.5", b'{"quantities": [{"value": 2.5}]}'),
        ("text=a=b", b'{"text": "a=b"}'),
    ],
)
def test_field_is_found_by_its_path(where: str, value: bytes) -> None:
    assert takes(where, value)
    assert not takes(where + "x", value)
    assert not takes(where, b"{}")


def test_header_is_found_by_its_name_and_ours_by_its_last_word() -> None:
    headers = (("ce_type", b"copydesk.claim.v1"), ("copydesk.dlq.reason", b"no_text"))
    assert takes("ce_type=copydesk.claim.v1", None, headers)
    assert takes("reason=no_text", b"not json", headers)
    assert not takes("reason=bug", b"not json", headers)


def test_all_conditions_must_hold() -> None:
    record = a_record(b'{"kind": "quote", "source": "Skerry Post"}')
    assert meets(record, conditions(["kind=quote", "source=Skerry Post"]))
    assert not meets(record, conditions(["kind=quote", "source=Fjordbladet"]))
    assert meets(record, ())


@pytest.mark.parametrize("text", ["kind", "=quote", ""])
def test_condition_without_key_or_value_is_a_usage_error(text: str) -> None:
    with pytest.raises(CommandFailed, match="must be key=value"):
        conditions([text])


def test_condition_keeps_what_stands_behind_the_first_equals_sign() -> None:
    assert conditions(["a.b = c"]) == (Condition("a.b", " c"),)
