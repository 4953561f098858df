"""Times as databases, agencies and pages write them, and those that must not be guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.article import read_article
from service.intake.published import DATE_CHARS_MAX, read_time
from service.intake.written_dates import Ambiguous
from service.languages.timestamps import MONTHS
from service.pipeline.in_memory import raw_record
from service.records import Article
from service.settings import IntakeSettings


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("20250604T091200Z", "2025-06-04T09:12:00Z"),
        ("Updated 9:12 AM EDT, Wed June 4, 2025", "2025-06-04T13:12:00Z"),
        ("2025-W23-3", "2025-06-04T00:00:00Z"),
        ("June 4, 2025 9:12 AM Eastern Time", "2025-06-04T13:12:00Z"),
        ("June 4, 2025 9:12 AM Pacific Daylight Time", "2025-06-04T16:12:00Z"),
        ("June 4, 2025 9:12 a.m. Eastern", "2025-06-04T13:12:00Z"),
        ("Publié le 4 juin 2025 à 09h12, mis à jour le 5 juin 2025 à 10h00", "2025-06-04T09:12:00Z"),
        ("Stand: 04.06.2025 14:32 Uhr", "2025-06-04T14:32:00Z"),
        ("Erstellt: 04.06.2025, 14:32 Uhr", "2025-06-04T14:32:00Z"),
        ("Aktualisiert: 4.6.2025 14:32", "2025-06-04T14:32:00Z"),
        ("Actualizado: 04 jun 2025 09:12", "2025-06-04T09:12:00Z"),
        ("Giriş: 04.06.2025 - 09:12", "2025-06-04T09:12:00Z"),
        ("Last Updated : June 4th 2025 9:12am", "2025-06-04T09:12:00Z"),
        ("Published 4 June 2025 | Updated 5 June 2025", "2025-06-04T00:00:00Z"),
        ("Published June 4, 2025 9:12 AM | Updated June 5, 2025 10:00 AM", "2025-06-04T09:12:00Z"),
        ("Published June 4, 2025 9:12 PM | Updated June 5, 2025 10:00 AM", "2025-06-04T21:12:00Z"),
        ("June 4, 2025 9:12 PM EDT, updated June 5, 2025", "2025-06-05T01:12:00Z"),
        ("2025.06.04. 오후 9:12", "2025-06-04T21:12:00Z"),
        ("2025-06-04 오전 9:12", "2025-06-04T09:12:00Z"),
        ("2025年6月4日 下午9:12", "2025-06-04T21:12:00Z"),
        ("2025年6月4日 午後9時12分", "2025-06-04T21:12:00Z"),
        ("2025-06-04 12:12 (GMT +3)", "2025-06-04T09:12:00Z"),
        ("June 4th, 2025 – 9:12AM", "2025-06-04T09:12:00Z"),
        ("2025-06-04 05:12:00 -0400 EDT", "2025-06-04T09:12:00Z"),
        ("9:12 AM · Jun 4, 2025", "2025-06-04T09:12:00Z"),
        ("3 mars 2025 | 09:12 GMT+1", "2025-03-03T08:12:00Z"),
        ("First published on Wed 4 Jun 2025 05.12 EDT", "2025-06-04T09:12:00Z"),
        ({"year": 2025, "monthValue": 6, "dayOfMonth": 4, "hour": 9, "minute": 12}, "2025-06-04T09:12:00Z"),
        ({"date": "2025-06-04", "time": "09:12:00"}, "2025-06-04T09:12:00Z"),
        ({"unix": 1749028320}, "2025-06-04T09:12:00Z"),
        ("20250604T091200+0000", "2025-06-04T09:12:00Z"),
        ([2025, 6, 4, 9, 12, 0, 2, 155, 0], "2025-06-04T09:12:00Z"),
        ({"$date": "2025-06-04T09:12:00Z"}, "2025-06-04T09:12:00Z"),
        ({"$date": {"$numberLong": "1749028320000"}}, "2025-06-04T09:12:00Z"),
        ("04.06.2025 09:12", "2025-06-04T09:12:00Z"),
        ("20250604", "2025-06-04T00:00:00Z"),
        ("June 4, 2025 9:12 AM EDT", "2025-06-04T13:12:00Z"),
        ("June 4, 2025 9:12 PM", "2025-06-04T21:12:00Z"),
        ("Wed, 04 Jun 2025 21:12:00 CET", "2025-06-04T20:12:00Z"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"),
        ("13/04/2025", "2025-04-13T00:00:00Z"),
        ("04/13/2025 9:12 PM", "2025-04-13T21:12:00Z"),
        ("Wed Jun 04 2025 09:12:00 GMT+0200 (Central European Summer Time)", "2025-06-04T07:12:00Z"),
        ("Wed Jun  4 09:12:00 2025", "2025-06-04T09:12:00Z"),
        ("2025-06-04 09:12:00 PM", "2025-06-04T21:12:00Z"),
        ("Jun-04-2025 9:12 pm", "2025-06-04T21:12:00Z"),
        ("2025-Jun-04 09:12", "2025-06-04T09:12:00Z"),
        ("20250604 09:12", "2025-06-04T09:12:00Z"),
        ("2025-06-04T09:12:00 CET", "2025-06-04T08:12:00Z"),
        ("2025-06-04T09:12:00\u221204:00", "2025-06-04T13:12:00Z"),
        ("2025-06-04T24:00:00Z", "2025-06-05T00:00:00Z"),
        ("Published: 4 June 2025, 9:12", "2025-06-04T09:12:00Z"),
        ("Publié le mercredi 4 juin 2025 à 09 h 12", "2025-06-04T09:12:00Z"),
        ("4 de junio de 2025, 9:12 h", "2025-06-04T09:12:00Z"),
        ("4 июня 2025 г. в 09:12 МСК", "2025-06-04T06:12:00Z"),
        ("Wed Jun 04 09:12:00 +0000 2025", "2025-06-04T09:12:00Z"),
        ("Wed Jun  4 09:12:00 UTC 2025", "2025-06-04T09:12:00Z"),
        ("June 4th, 2025 at 9:12 a.m. ET", "2025-06-04T13:12:00Z"),
        ("4. Juni 2025, 9:12 Uhr", "2025-06-04T09:12:00Z"),
        ("4 de junio de 2025 a las 09:12", "2025-06-04T09:12:00Z"),
        ("mercredi 4 juin 2025 à 09h12", "2025-06-04T09:12:00Z"),
        ("1er juin 2025", "2025-06-01T00:00:00Z"),
        ("1° giugno 2025", "2025-06-01T00:00:00Z"),
        ("4 Haziran 2025 Çarşamba 09:12", "2025-06-04T09:12:00Z"),
        ("4 июня 2025 г., 09:12", "2025-06-04T09:12:00Z"),
        ("4 giugno 2025 alle ore 9.12", "2025-06-04T09:12:00Z"),
        ("4 de junho de 2025 às 9h12", "2025-06-04T09:12:00Z"),
        ("2025-06-04T09:12:00+02:00[Europe/Berlin]", "2025-06-04T07:12:00Z"),
        ("2025-06-04 09:12:00 Europe/Berlin", "2025-06-04T07:12:00Z"),
        (
            {"date": "2025-06-04 09:12:00.000000", "timezone_type": 3, "timezone": "Europe/Berlin"},
            "2025-06-04T07:12:00Z",
        ),
        (1749028320, "2025-06-04T09:12:00Z"),
        (1749028320000, "2025-06-04T09:12:00Z"),
        ("1749028320", "2025-06-04T09:12:00Z"),
        (1749028320000000, "2025-06-04T09:12:00Z"),
        ("/Date(1749028320000+0200)/", "2025-06-04T09:12:00Z"),
        ({"_seconds": 1749028320, "_nanoseconds": 0}, "2025-06-04T09:12:00Z"),
        ("Wed, 04 Jun 2025 09:12:00 BST", "2025-06-04T08:12:00Z"),
        ("Wed, 4 Jun 25 09:12:00 GMT", "2025-06-04T09:12:00Z"),
        ("2025/06/04 09:12", "2025-06-04T09:12:00Z"),
        ("2025-06-04T09:12:00.1234567Z", "2025-06-04T09:12:00.123456Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("20250604091200", "2025-06-04T09:12:00Z"),
        ("202506040912", "2025-06-04T09:12:00Z"),
        ("9:12 AM EDT, June 4, 2025", "2025-06-04T13:12:00Z"),
        ("4 June 2025", "2025-06-04T00:00:00Z"),
        ("June 4, 2025", "2025-06-04T00:00:00Z"),
        ("Jun 4, 2025, 9:12:33 PM", "2025-06-04T21:12:33Z"),
        ("2025年6月4日 9时12分", "2025-06-04T09:12:00Z"),
        ("12:00 AM, 4 Jun 2025", "2025-06-04T00:00:00Z"),
        ("2025-06-04T09:12", "2025-06-04T09:12:00Z"),
        ("04 Jun 2025 - 09:12", "2025-06-04T09:12:00Z"),
        ("2025-06-04 21:12:00 +05:30", "2025-06-04T15:42:00Z"),
        ("2025-06-04t09:12:00z", "2025-06-04T09:12:00Z"),
        ("Mittwoch, 4.6.2025, 21 Uhr", "2025-06-04T21:00:00Z"),
        ("2025-06-04 09:12:00 -0400 EDT", "2025-06-04T13:12:00Z"),
        ("2025-06-04 09:12:00 +0000 UTC", "2025-06-04T09:12:00Z"),
        ("2025-06-04 09:12:00 EST", "2025-06-04T14:12:00Z"),
        (20250604, "2025-06-04T00:00:00Z"),
        ("June 4 2025 09:12 GMT+2", "2025-06-04T07:12:00Z"),
        ("4 Jun 2025 9pm", "2025-06-04T21:00:00Z"),
        ("2025-06-04T09:12:00+0200", "2025-06-04T07:12:00Z"),
        ("2025-06-04T09:12:00-05", "2025-06-04T14:12:00Z"),
        ("Thursday, Feb. 8, 2024 10:30 AM CST", "2024-02-08T16:30:00Z"),
        ("8-Feb-24", "2024-02-08T00:00:00Z"),
        ("vendredi, 6 juin 2025", "2025-06-06T00:00:00Z"),
        ({"seconds": 1749028320, "nanos": 0}, "2025-06-04T09:12:00Z"),
        ([{"value": "2025-06-04T09:12:00+00:00", "format": "Y"}], "2025-06-04T09:12:00Z"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_read_with_its_hour_and_its_zone(given: Any, wanted: str) -> None:
    assert read_time(given) == wanted


@pytest.mark.parametrize(
    "given",
    [
        "03/04/2025",
        "04/06/25",
        "Wed, 04 Jun 2025 09:12:00 IST",
        "Wed, 04 Jan 2025 09:12:00 BST",
        "04-06-2025",
    ],
)
def test_what_may_be_two_times_is_said_to_be_so(given: str) -> None:
    with pytest.raises(Ambiguous):
        read_time(given)


@pytest.mark.parametrize(
    "given",
    [
        "Wed, 04 Jun 2025 09:12:00 XYZ",
        "last Tuesday",
        "2 hours ago",
        "June 2025",
        "2025",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "2025-06-31",
        "2025-06-04T25:00:00Z",
        "Updated 9:12 AM EDT, sometime June 4, 2025",
        "2025-06-04T09:12:00 Southern",
        "Published | Updated 4 June",
        True,
        "Sunday",
        "Wed, 04 Jun 2025 24:00:00 GMT",
        "2025-06-04T09:12:00+99:00",
        "2025-155",
        "Feb. 30, 2024",
        "",
        "4 June 2025 " + "x" * DATE_CHARS_MAX,
    ],
)
def test_a_part_that_is_not_understood_leaves_the_time_unread(given: Any) -> None:
    assert read_time(given) is None


def read(**fields: Any) -> Article:
    value = json.dumps({"body": "The ferry stays in harbour.", **fields}).encode()
    return read_article(raw_record(1, value), IntakeSettings())


@pytest.mark.parametrize(
    ("given", "repair"),
    [("03/04/2025", "time_ambiguous"), ("the day before", "time_unread"), ([1, 2, 3], "time_unread")],
)
def test_an_unread_time_is_said_in_repairs_and_stays_in_extra(given: Any, repair: str) -> None:
    article = read(published_at=given)
    assert (article.published_at, article.repairs, article.extra) == (
        None,
        (repair,),
        {"published_at": given},
    )


def test_a_second_field_may_tell_the_time_that_the_first_leaves_open() -> None:
    article = read(pubDate="03/04/2025", isoDate="2025-04-03T09:12:00Z")
    assert (article.published_at, article.repairs) == ("2025-04-03T09:12:00Z", ())
    assert article.extra == {"pubDate": "03/04/2025"}


def test_every_language_has_twelve_months() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert MONTHS["mai"] == MONTHS["maggio"] == MONTHS["mayis"] == MONTHS["мая"] == 5


def test_a_guess_of_the_reader_of_a_feed_does_not_settle_what_is_ambiguous() -> None:
    """feedparser takes a zone that it does not know for UTC."""
    record = {"body": "The weir held.", "published_parsed": [2025, 6, 4, 9, 12, 0, 2, 155, 0]}
    assert read_article(raw_record(1, json.dumps(record).encode()), IntakeSettings()).published_at
    record["published"] = "Wed, 04 Jun 2025 09:12:00 IST"
    article = read_article(raw_record(1, json.dumps(record).encode()), IntakeSettings())
    assert article.published_at is None
    assert "time_ambiguous" in article.repairs
