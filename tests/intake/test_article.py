"""A raw record becomes an article: liberal in what it accepts, strict in what it makes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.intake.article import TITLE_CHARS_MAX, intake, read_article
from service.intake.cleaning import clean
from service.intake.identity import ID_CHARS_MAX
from service.intake.raw_fields import EXTRA_BYTES_MAX, EXTRA_FIELDS_MAX, NOT_CARRIED
from service.records import Article, Origin, RawRecord, Reason, Rejected, Trace
from service.settings import IntakeSettings
from service.sketch.normal_form import content_hash
from service.sketch.sketch import sketch

STORY = "The dam at Northport held on Friday, officials said. The river fell overnight."
ORIGIN = Origin("articles.raw", 3, 41, 1_700_000_000_000)


def a_record(headers: tuple[tuple[str, bytes], ...] = (), **fields: Any) -> RawRecord:
    return RawRecord(None, json.dumps({"body": STORY, **fields}).encode(), headers, ORIGIN)


def read(headers: tuple[tuple[str, bytes], ...] = (), **fields: Any) -> Article:
    return read_article(a_record(headers, **fields), IntakeSettings())


def reason_of(record: RawRecord, settings: IntakeSettings | None = None) -> Reason:
    with pytest.raises(Rejected) as caught:
        read_article(record, settings or IntakeSettings())
    return caught.value.reason


def test_a_full_record_is_read_field_by_field() -> None:
    article = read(
        id="a-1",
        title="Dam holds at Northport",
        url="https://example.org/news/1",
        source="Northport Times",
        published_at="2024-02-08T12:30:00+03:00",
        language="en",
        collection="default",
        author="Ann Miller",
        tags=["dam", "river"],
    )
    assert article == Article(
        article_id="a-1",
        collection="default",
        text=STORY,
        content_hash=content_hash(STORY),
        origin=ORIGIN,
        title="Dam holds at Northport",
        url="https://example.org/news/1",
        source="Northport Times",
        published_at="2024-02-08T09:30:00Z",
        language="en",
        extra={"author": "Ann Miller", "tags": ["dam", "river"]},
    )


def test_only_a_text_is_required() -> None:
    article = read_article(
        RawRecord(None, json.dumps({"text": STORY}).encode(), (), ORIGIN), IntakeSettings()
    )
    assert article.text == STORY
    assert article.article_id == f"text-{content_hash(STORY)}"
    assert article.extra is None


@pytest.mark.parametrize("name", ["body", "text", "content"])
def test_the_text_may_stand_under_three_names(name: str) -> None:
    record = RawRecord(None, json.dumps({name: STORY}).encode(), (), ORIGIN)
    assert read_article(record, IntakeSettings()).text == STORY


def test_the_first_text_with_something_in_it_counts_and_the_others_stay_in_extra() -> None:
    article = read(body=None, text="  ", content=STORY)
    assert article.text == STORY
    assert article.extra is None
    article = read(text="A summary.")
    assert article.text == STORY
    assert article.extra == {"text": "A summary."}


def test_the_text_is_cleaned_and_the_repairs_are_told() -> None:
    article = read(body="The dam held.The river fell.\nAdvertisement")
    assert article.text == "The dam held. The river fell."
    assert article.repairs == ("boilerplate", "spacing")


def test_texts_that_lost_words_to_cleaning_can_be_told_apart_by_what_was_fed() -> None:
    whole, spaced = read(body=STORY), read(body=STORY.replace(". ", ".", 1))
    footer, again, other = (
        read(body=f"{STORY}\n{line}") for line in ("Advertisement", "ADVERTISEMENT", "Share this")
    )
    assert len({article.content_hash for article in (whole, spaced, footer, again, other)}) == 1
    assert whole.as_fed == spaced.as_fed == 0
    assert 0 != footer.as_fed == again.as_fed != other.as_fed


def test_with_cleaning_off_the_text_is_taken_code_point_for_code_point() -> None:
    text = "  <p>The dam held.The\u00a0river fell.\r\nAdvertisement\u200b "
    settings = IntakeSettings(cleaning="off")
    article = read_article(a_record(body=text, title="The dam held"), settings)
    assert article.text == text
    assert article.repairs == ()


def test_the_headline_above_the_body_goes_where_it_is_the_title() -> None:
    article = read(title="Dam Holds", body=f"DAM HOLDS\n\n{STORY}")
    assert article.text == STORY


def test_a_title_is_one_clean_line_of_bounded_length() -> None:
    assert read(title=" Dam\nholds &amp; \x1b[2Jfalls\u202e ").title == "Dam holds & [2Jfalls"
    assert len(read(title="x" * 1_000_000).title or "") == TITLE_CHARS_MAX


def test_a_record_without_an_id_is_known_by_its_url_however_it_is_linked() -> None:
    ids = {
        read(url=url).article_id
        for url in (
            "https://example.org/news/1",
            "http://EXAMPLE.org:80/news/1/?utm_source=feed#top",
            "https://ann:secret@example.org/news/1",
        )
    }
    assert len(ids) == 1
    assert ids.pop().startswith("url-")
    assert (
        read(url="https://example.org/news/2").article_id != read(url="https://example.org/news/1").article_id
    )


def test_numbers_are_ids_too() -> None:
    assert read(id=17).article_id == "17"
    assert read(id=0).article_id == "0"


@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}, True])
def test_what_is_no_id_is_replaced_by_one_that_is_derived(nothing: Any) -> None:
    assert read(id=nothing).article_id == f"text-{content_hash(STORY)}"


@pytest.mark.parametrize("odd", ["a\nb", "a\x00b", "a\u202eb", "i" * (ID_CHARS_MAX + 1), "i" * 1_000_000])
def test_an_id_that_is_too_long_or_cannot_be_printed_is_replaced_by_its_hash(odd: str) -> None:
    article = read(id=odd)
    assert article.article_id.startswith("id-")
    assert article.article_id == read(id=odd).article_id != read(id=odd + "x").article_id
    extra = article.extra or {}
    assert extra.get("id") == odd or extra[NOT_CARRIED] == ["id"]


def test_an_id_of_the_greatest_length_stays_as_it_is() -> None:
    assert read(id="i" * ID_CHARS_MAX).article_id == "i" * ID_CHARS_MAX


def test_credentials_never_travel_on() -> None:
    article = read(
        url="https://ann:secret@example.org/a",
        source="https://ann:secret@example.org/",
        feed={"links": ["ftp://ann:secret@example.org/x"], "https://ann:secret@example.org/": 1},
    )
    assert article.url == "https://example.org/a"
    assert "secret" not in repr(article)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "news/1", "https://", "https://[::1/a", 7]
)
def test_what_is_no_web_address_is_no_url_and_stays_in_extra(url: Any) -> None:
    article = read(url=url)
    assert article.url is None
    assert article.extra == {"url": url}


def test_a_source_may_be_an_object_with_a_name() -> None:
    assert read(source={"id": None, "name": "Northport Times"}).source == "Northport Times"


def test_a_date_that_cannot_be_read_is_left_empty_and_kept() -> None:
    article = read(published_at="last Tuesday")
    assert article.published_at is None
    assert article.extra == {"published_at": "last Tuesday"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", [[]]),
        ("title", {"size": 3}),
        ("language", {"code": "en"}),
        ("language", "not a language"),
        ("source", False),
    ],
)
def test_an_optional_field_that_cannot_be_used_does_not_kill_the_article(name: str, value: Any) -> None:
    article = read(**{name: value})
    assert getattr(article, name) is None
    assert article.extra == {name: value}


def test_fields_that_are_null_are_as_good_as_missing() -> None:
    nulls: dict[str, Any] = dict.fromkeys(
        ("id", "title", "url", "source", "published_at", "language", "collection")
    )
    assert read(**nulls) == read()


def test_unknown_fields_travel_on_while_there_is_room_and_the_others_are_named() -> None:
    article = read(small=1, page="x" * EXTRA_BYTES_MAX, author="Ann Miller")
    assert article.extra == {"small": 1, "author": "Ann Miller", NOT_CARRIED: ["page"]}


def test_extra_never_grows_beyond_its_bounds() -> None:
    many: dict[str, Any] = {f"field{n}": "x" * 100 for n in range(1_000)}
    extra = read(**many).extra or {}
    assert len(json.dumps(extra)) < 2 * EXTRA_BYTES_MAX
    assert len(extra) <= EXTRA_FIELDS_MAX + 1


def test_unknown_fields_that_no_envelope_can_hold_stay_behind() -> None:
    deep: list[Any] = []
    for _ in range(30):
        deep = [deep]
    assert read(huge=10**40, deep=deep).extra == {NOT_CARRIED: ["huge", "deep"]}


def test_the_collection_must_be_one_of_those_configured() -> None:
    settings = IntakeSettings(collections=("en", "de", "7"), default_collection="en")
    assert read_article(a_record(), settings).collection == "en"
    assert read_article(a_record(collection=""), settings).collection == "en"
    assert read_article(a_record(collection="de"), settings).collection == "de"
    assert read_article(a_record(collection=7), settings).collection == "7"
    for other in ("fr", "EN", 8, ["en"], True):
        assert reason_of(a_record(collection=other), settings) is Reason.UNKNOWN_COLLECTION


def test_a_text_is_measured_clean_and_in_utf_8() -> None:
    settings = IntakeSettings(text_bytes_max=10)
    assert read_article(a_record(body="éééé a   "), settings).text == "éééé a"
    assert reason_of(a_record(body="ééééé a"), settings) is Reason.TOO_LARGE


def test_a_text_that_is_too_large_is_refused_before_its_words_are_sought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The normal form of a long text beyond the basic plane takes seven times the memory of the text."""

    def never(_: bytes) -> bytes:
        raise AssertionError("it was made")

    monkeypatch.setattr(clean, "normal_bytes_of", never)
    long = "\N{FERRY} sails. " * (clean.LONG_TEXT_CHARS // 8 + 1)
    assert reason_of(a_record(body=long), IntakeSettings(text_bytes_max=200_000)) is Reason.TOO_LARGE


def test_what_is_far_too_large_is_refused_before_it_is_read() -> None:
    settings = IntakeSettings(text_bytes_max=10)
    assert reason_of(RawRecord(None, b" " * 81, (), ORIGIN), settings) is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "text", ["", " \n ", "?!", "—", "<p></p><script>let x = 1</script>", "Advertisement"]
)
@pytest.mark.parametrize("cleaning", ["full"])
def test_a_text_with_nothing_in_it_is_no_article(text: str, cleaning: Any) -> None:
    assert reason_of(a_record(body=text), IntakeSettings(cleaning=cleaning)) is Reason.NO_TEXT


def test_punctuation_is_no_text_even_with_cleaning_off() -> None:
    assert reason_of(a_record(body="?!"), IntakeSettings(cleaning="off")) is Reason.NO_TEXT


def test_a_record_without_a_value_is_refused() -> None:
    assert reason_of(RawRecord(None, None, (), ORIGIN)) is Reason.NO_VALUE


TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_the_trace_of_a_record_goes_with_the_article() -> None:
    headers = (("Traceparent", TRACEPARENT.encode()), ("tracestate", b"vendor=1"), ("other", b"\xff"))
    assert read(headers).trace == Trace(TRACEPARENT, "vendor=1")


def test_a_trace_that_is_not_well_formed_is_left_out() -> None:
    for bad in (
        "",
        "x",
        TRACEPARENT.upper(),
        TRACEPARENT + "-00",
        "ff" + TRACEPARENT[2:],
        TRACEPARENT.replace("b7ad6b7169203331", "0" * 16),
    ):
        assert read((("traceparent", bad.encode()),)).trace is None
    assert read((("tracestate", b"vendor=1"),)).trace is None
    assert read((("traceparent", TRACEPARENT.encode()), ("tracestate", b"\xff"))).trace == Trace(TRACEPARENT)


def test_intake_sketches_the_clean_text() -> None:
    sketched = intake(a_record(body=f"{STORY}\nAdvertisement"), IntakeSettings())
    assert sketched.article.text == STORY
    assert sketched.sketch == sketch(STORY).pack()


def test_the_same_record_gives_the_same_article() -> None:
    record = a_record(title="Dam holds", extra_field={"b": 1, "a": 2})
    assert read_article(record, IntakeSettings()) == read_article(record, IntakeSettings())
