"""Figures and dates as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.spelt import date_in_words, number_in_words, quantity_in_words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ({"value": 2 / 3, "unit": "share"}, "66.67 %"),
        ({"value": 0.25, "value_high": 0.5, "unit": "share", "comparator": "about"}, "about 25 to 50 %"),
        ({"value": 71.0, "unit": "year_old"}, "71 years old"),
        ({"value": 1.0, "unit": "year_old"}, "1 year old"),
        (
            {"value": 3.0, "unit": "percentage_point", "comparator": "at_least"},
            "at least 3 percentage points",
        ),
        ({"value": 6.3e6, "unit": "tonne"}, "6,300,000 tonnes"),
        ({"value": 3.0, "unit": "week_old"}, "3 weeks old"),
        ({"value": 27.0, "unit": "degree"}, "27 degrees"),
        ({"value": 1.0, "unit": "degree"}, "1 degree"),
        ({"value": 27.0, "unit": "celsius"}, "27 celsius"),
        ({"value": 80.0, "unit": "mile_per_hour"}, "80 miles per hour"),
        ({"value": 5.0, "unit": "tonne_per_week"}, "5 tonnes per week"),
        ({"value": 90.0, "unit": "square_foot"}, "90 square feet"),
        ({"value": 40.0, "unit": "kilowatt_hour"}, "40 kilowatt hours"),
        ({"value": 2.0, "unit": "percentage_point"}, "2 percentage points"),
        ({"value": 12.0, "unit": "women"}, "12 women"),
        ({"value": 12.0, "unit": "head of cattle"}, "12 head of cattle"),
        ({"value": 0.1 + 0.2, "currency": "EUR"}, "0.3 EUR"),
        ({"value": 1234.5678, "currency": "EUR"}, "1,234.57 EUR"),
        ({"value": "x", "unit": None}, ""),
        ({"value": float("nan")}, ""),
    ],
)
def test_quantity_is_rounded_and_spelt_out(quantity: dict[str, Any], words: str) -> None:
    assert quantity_in_words(quantity) == words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (("monthly", "set", "R/P1M"), "monthly"),
        (("a week", "duration", "P1W"), "a week"),
        (("", "duration", "P2W"), "2 weeks"),
        (("", "duration", "PT1M"), "1 minute"),
        (("", "set", "R/P1M"), "every month"),
        (("Tuesday", "date", "2025-06-03"), "2025-06-03"),
        (("next week", "date", "2025-W23"), "week 23 of 2025"),
        (("last summer", "date", "2024-22"), "summer 2024"),
        (("from May to June", "date", "2025-05/2025-06"), "2025-05 to 2025-06"),
        (("at 2.15 pm", "time", "T14:15"), "14:15"),
        (("soon", "date", None), "soon"),
        (("the 1980s", "date", "198"), "the 1980s"),
    ],
)
def test_date_is_spelt_out(date: tuple[str, str, str | None], words: str) -> None:
    assert date_in_words(dict(zip(("text", "type", "value"), date, strict=True))) == words


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_is_short_and_close(value: float) -> None:
    words = number_in_words(value)
    if 1e-9 < abs(value) < 1e15:
        assert "e" not in words
        assert len(words) < 26
        assert float(words.replace(",", "")) == pytest.approx(value, rel=6e-3)
