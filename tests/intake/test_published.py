"""Dates as feeds write them become RFC 3339 in UTC, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.published import DATE_CHARS_MAX, read_published_at


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("2024-02-08", "2024-02-08T00:00:00Z"),
        ("2024-02-08T10:00:00Z", "2024-02-08T10:00:00Z"),
        ("2024-02-08t10:00:00z", "2024-02-08T10:00:00Z"),
        ("2024-02-08T10:00:00+03:00", "2024-02-08T07:00:00Z"),
        ("2024-02-08 10:00:00 +0200", "2024-02-08T08:00:00Z"),
        ("2024-02-08 10:00:00 UTC", "2024-02-08T10:00:00Z"),
        ("2024-02-08T10:00:00", "2024-02-08T10:00:00Z"),
        ("2024-02-08T10:00:00.123456789Z", "2024-02-08T10:00:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("Thu, 08 Feb 2024 10:00:00 GMT", "2024-02-08T10:00:00Z"),
        ("Thu, 08 Feb 2024 10:00:00 -0500", "2024-02-08T15:00:00Z"),
        ("8 February 2024", "2024-02-08T00:00:00Z"),
        ("Sept. 8, 2024", "2024-09-08T00:00:00Z"),
        (" 2024-02-08 ", "2024-02-08T00:00:00Z"),
        (1_707_400_000, "2024-02-08T13:46:40Z"),
        (1_707_400_000_000, "2024-02-08T13:46:40Z"),
        ("1707400000", "2024-02-08T13:46:40Z"),
    ],
)
def test_dates_are_read(given: object, wanted: str) -> None:
    assert read_published_at(given) == wanted


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        True,
        [],
        "yesterday",
        "2024",
        "2024-02-30",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:60Z",
        "Thu, 99 Feb 2024 10:00:00 GMT",
        "8 Foo 2024",
        -1,
        12_345,
        1e300,
        float("inf"),
        float("nan"),
        "２０２４-02-08",
        "2024-02-08" + " " * DATE_CHARS_MAX + "x",
    ],
)
def test_what_is_no_date_is_nothing(given: object) -> None:
    assert read_published_at(given) is None


def test_what_was_read_is_read_again_as_itself() -> None:
    once = read_published_at("Thu, 08 Feb 2024 10:00:00 -0500")
    assert read_published_at(once) == once


@given(st.from_regex(r"[0-9]{4}-[0-3][0-9]-[0-4][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z)?", fullmatch=True))
def test_a_time_in_the_wanted_form_is_checked_all_the_same(text: str) -> None:
    assert read_published_at(text) == read_published_at(
        f" {text}"
    )  # the blank has it parsed and written anew
