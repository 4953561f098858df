"""URLs: credentials never travel on, and one page has one canonical form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.urls import URL_CHARS_MAX, canonical_url, public_url, without_credentials


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("https://ann:secret@example.org/a", "https://example.org/a"),
        ("https://ann@example.org:8080/", "https://example.org:8080/"),
        ("https://a@b@example.org/", "https://example.org/"),
        ("https://exa\nmple.org/a b", "https://example.org/ab"),
        ("https://[::1]:8080/a", "https://[::1]:8080/a"),
        ("http://example.org:80/", "http://example.org/"),
    ],
)
def test_a_web_address_is_published_without_what_is_private(given: str, wanted: str) -> None:
    assert public_url(given) == wanted


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "news/1",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://[::1/",
        "http://h:0/",
        "http://h:x/",
    ],
)
def test_anything_else_is_none(given: str | None) -> None:
    assert public_url(given) is None


@given(
    st.from_regex(
        r"https?://[A-Za-z0-9.-]{1,9}(/[a-z/%;=\\ü]{0,5})?(\?[a-z&=?]{0,4})?(#[a-z#?]{0,3})?", fullmatch=True
    )
)
def test_an_address_without_faults_is_what_taking_it_apart_makes_of_it(url: str) -> None:
    assert public_url(url) == public_url(f" {url}")  # the blank has it taken apart


def test_a_url_has_a_greatest_length() -> None:
    url = "https://example.org/".ljust(URL_CHARS_MAX, "a")
    assert public_url(url) == url
    assert public_url(url + "a") is None


def test_one_page_has_one_canonical_form() -> None:
    forms = (
        "https://example.org/a?id=7",
        "http://EXAMPLE.org:80/a/?id=7&utm_source=x&fbclid=y#top",
        "https://ann:secret@example.org:443/a?utm_medium=m&id=7",
    )
    assert {canonical_url(form) for form in forms} == {"//example.org/a?id=7"}


def test_other_pages_have_other_forms() -> None:
    forms = (
        "https://example.org/a",
        "https://example.org/b",
        "https://example.org/a?id=7",
        "https://example.org:8080/a",
    )
    assert len({canonical_url(form) for form in forms}) == len(forms)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("see ftp://ann:secret@example.org/x and https://bo:pw@h/", "see ftp://example.org/x and https://h/"),
        (
            "write to ann@example.org or see https://example.org/@ann",
            "write to ann@example.org or see https://example.org/@ann",
        ),
        ("no address", "no address"),
    ],
)
def test_credentials_are_cut_out_of_any_text(given: str, wanted: str) -> None:
    assert without_credentials(given) == wanted


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x",
        "at_medium=RSS&at_campaign=K",
        "CMP=share_btn_tw",
        "smid=tw-share",
        "ref=rss",
        "mod=rss",
        "_gl=1*abc",
        "guccounter=1",
        "gaa_at=eafs",
    ],
)
def test_parameters_that_tell_where_a_reader_came_from_are_left_out(query: str) -> None:
    assert canonical_url(f"https://a.example/x?{query}&id=7") == "//a.example/x?id=7"
    assert canonical_url(f"https://a.example/x?{query}") == "//a.example/x"


def test_parameters_that_tell_which_page_is_meant_stay() -> None:
    assert canonical_url("https://a.example/x?ref=7&at=2&p=12") == "//a.example/x?ref=7&at=2&p=12"
    for query in ("linkid=7", "mod=shares", "cid=sharepoint"):
        assert canonical_url(f"https://a.example/x?{query}") == f"//a.example/x?{query}"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.skerrypost.example/news/ferry",
        "https://m.skerrypost.example/news/ferry/",
        "https://mobile.skerrypost.example/news/ferry",
        "https://amp.skerrypost.example/news/ferry",
        "https://www.skerrypost.example/news/ferry/amp/",
        "https://skerrypost.example/news/ferry.amp",
        "https://skerrypost.example/news/ferry?amp",
        "https://skerrypost.example/news/ferry?amp=1",
        "https://skerrypost.example/news/ferry?outputType=amp",
        "https://www.google.com/amp/s/www.skerrypost.example/news/ferry/amp",
        "https://skerrypost-example.cdn.ampproject.org/c/s/skerrypost.example/news/ferry?amp_js_v=0.1",
    ],
)
def test_other_views_of_a_page_are_the_same_page(url: str) -> None:
    assert canonical_url(url) == "//skerrypost.example/news/ferry"


def test_hosts_and_paths_that_only_look_like_other_views_stay() -> None:
    for url in (
        "//m.example/a",
        "//example.org/amp/a",
        "//example.org/lamp",
        "//mexample.org/a",
        "//example.org/a?ampere=1",
        "//news.example.org/a",
    ):
        assert canonical_url(f"https:{url}") == url
