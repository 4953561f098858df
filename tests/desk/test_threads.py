"""Threads and stories: found by what a reader asks, with a history that is complete and in order."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from service.desk.plots import time_line
from service.desk.thread_values import Point, Values
from service.store.schema import DUPLICATES
from service.store.thread_schema import DISPUTES, THREADS
from service.store.writer import StoreWriter
from service.topics import ARTICLES_ENRICHED
from tests.desk.kit import FERRY, JSON, MILL, asked, desk, fill, in_thread, page
from tests.desk.test_lists import every
from tests.store.kit import outputs
from tests.store.pier import PIER, RECALLED

PAID, SAID, PAID_MORE = "paid $3.25 million", "The pier will never", "paid $3.95 million"


def which(found: dict[str, Any]) -> list[str]:
    """Name threads by the words of theirs that tell them apart."""
    return [next(one for one in (PAID, SAID, PAID_MORE) if one in row["text"]) for row in found["threads"]]


async def id_of(client: Any, words: str) -> str:
    """Return the id of the thread whose newest claim has the words."""
    found = (await asked(client, "/threads"))["threads"]
    return next(str(row["thread_id"]) for row in found if words in row["text"])


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [PAID, SAID, PAID_MORE]),
        ({"sort": "reports"}, [SAID, PAID, PAID_MORE]),
        ({"kind": "quotation"}, [SAID]),
        ({"kind": "figure"}, [PAID, PAID_MORE]),
        ({"kind": "statement"}, []),
        ({"disputed": "yes"}, [PAID, PAID_MORE]),
        ({"reports": "2"}, [PAID, SAID]),
        ({"reports": "3"}, [SAID]),
        ({"reports": "4"}, []),
        ({"speaker": "Ines Tallow"}, [SAID]),
        ({"collection": "other"}, []),
        ({"q": "radio"}, [SAID, PAID_MORE]),
        ({"q": "radio", "kind": "quotation"}, [SAID]),
        ({"article": "pier-1", "collection": "default"}, [PAID, SAID]),
        ({"article": "pier-2", "collection": "default"}, [SAID, PAID_MORE]),
    ],
)
async def test_threads_are_narrowed_and_sorted(
    engine: Engine, filters: dict[str, str], found: list[str]
) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        answer = await asked(client, "/threads", **filters)
        if filters.get("sort") is None:  # two of one article have no order of their own
            assert sorted(which(answer)) == sorted(found)
        else:
            assert which(answer) == found
        assert await every(client, "/threads", "threads", **filters) == answer["threads"]
        await page(client, "/threads", **filters)


async def test_threads_of_a_speaker_who_is_heard_everywhere_are_found_like_any_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, *PIER)
    monkeypatch.setattr("service.desk.reading.LOUD_ROWS", 1)
    async with desk(engine) as client:
        assert which(await asked(client, "/threads", speaker="Ines Tallow")) == [SAID]
        assert which(await asked(client, "/threads", speaker="Nobody")) == []


async def test_of_many_disputes_the_most_reported_are_on_the_time_line_and_all_are_named(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        key = {"collection": "default", "id": await id_of(client, PAID)}
        (against,) = (await asked(client, "/thread", **key))["disputes"]
        few = DISPUTES.insert().values(
            collection="default", thread_id=key["id"], other_id="few#", other_value=0.5, reasons=[]
        )
        with engine.begin() as connection:
            connection.execute(
                THREADS.update().values(reports=7).where(THREADS.c.thread_id == against["thread_id"])
            )
            connection.execute(few)
        monkeypatch.setattr("service.desk.thread_values.VALUES_MAX", 1)
        found = await asked(client, "/thread", **key)
        assert {one["thread_id"] for one in found["disputes"]} == {against["thread_id"], "few#"}
        assert [one["thread_id"] for one in found["values"]] == [key["id"], against["thread_id"]]
        assert "also disputed by" in (shown := await page(client, "/thread", **key))
        assert "id=few%23" in shown


async def test_others_have_fewer_values_on_the_time_line_than_the_thread_that_is_shown(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        key = {"collection": "default", "id": await id_of(client, PAID_MORE)}
        whole = (await asked(client, "/thread", **key))["values"]
        monkeypatch.setattr("service.desk.thread_values.OTHER_POINTS_MAX", 0)
        own, other = (await asked(client, "/thread", **key))["values"]
    assert own == whole[0]
    assert len(other["points"]) < len(whole[1]["points"])
    assert other["points"] == whole[1]["points"][:1]  # that with which it opened


async def test_the_newest_thread_comes_first(engine: Engine) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        times = [row["fed_at"] for row in (await asked(client, "/threads"))["threads"]]
        assert times == sorted(times, reverse=True)
        assert which(await asked(client, "/threads"))[-1] == PAID_MORE


@pytest.mark.parametrize(
    "asking",
    [{"kind": "rumour"}, {"disputed": "no"}, {"reports": "x"}, {"sort": "oldest"}, {"article": "pier-1"}],
)
async def test_another_filter_is_refused(engine: Engine, asking: dict[str, str]) -> None:
    async with desk(engine) as client, client.get("/threads", params=asking, headers=JSON) as answer:
        assert answer.status == 400


async def test_the_history_of_a_quotation_says_who_when_and_in_which_words(engine: Engine) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        name = await id_of(client, SAID)
        found = await asked(client, "/thread", collection="default", id=name)
        assert (found["articles"], found["reports"]) == (3, 3)
        assert found["sources"] == [{"name": "Ines Tallow", "articles": 3}]
        history = found["history"]
        assert [(one["event"], one["source"], one["published_at"]) for one in history] == [
            ("opened", "Tarrow Gazette", "2025-06-04T06:00:00Z"),
            ("variant", "Skerry Post", "2025-06-06T06:00:00Z"),
            ("repeated", "Lunde Post", "2025-06-07T09:00:00Z"),
        ]
        assert [(one["added"], one["dropped"]) for one in history] == [
            ([], []),
            (["honest"], []),
            ([], ["nobody", "pretend"]),
        ]
        assert await every(client, "/thread", "history", collection="default", id=name) == history
        text = await page(client, "/thread", collection="default", id=name)
        assert '<ins class="fact">honest</ins>' in text
        assert "<del>nobody, pretend</del>" in text


async def test_a_figure_has_its_values_on_a_time_line_with_the_dispute_and_its_reason(engine: Engine) -> None:
    fill(engine, *PIER)
    async with desk(engine) as client:
        name = await id_of(client, PAID)
        found = await asked(client, "/thread", collection="default", id=name)
        own, other = found["values"]
        assert [(point["value"], point["source"]) for point in own["points"]] == [
            (3.25e6, "Tarrow Gazette"),
            (3.25e6, "Lunde Post"),
        ]
        assert [(point["value"], point["source"]) for point in other["points"]] == [(3.95e6, "Skerry Post")]
        assert other["reasons"] == ["published_later"]
        text = await page(client, "/thread", collection="default", id=name)
        assert text.count('<path class="own"') == 2
        assert text.count('<path class="other"') == 1
        assert "one was published later" in text


async def test_a_disputed_claim_that_nobody_repeated_yet_has_a_page(engine: Engine) -> None:
    fill(engine, *PIER[:2])
    async with desk(engine) as client:
        (dispute,) = (await asked(client, "/threads", disputed="yes"))["threads"][0]["disputes"]
        found = await asked(client, "/thread", collection="default", id=dispute["thread_id"])
        assert (found["articles"], found["history"][0]["article_id"]) == (1, "pier-1")
        assert [one["value"] for one in found["disputes"]] == [3.95e6]
        await page(client, "/thread", collection="default", id=dispute["thread_id"])
        links = (await asked(client, "/article", collection="default", id="pier-1"))["threads"]
        assert dispute["thread_id"] in {link["thread_id"] for link in links if link["disputed"]}
        async with client.get(
            "/thread", params={"collection": "default", "id": "none"}, headers=JSON
        ) as answer:
            assert answer.status == 404


async def test_a_copy_is_a_step_of_the_history_and_no_report(engine: Engine) -> None:
    copy = {**PIER[1], "id": "pier-copy", "source": "Marram Post"}
    fill(engine, *PIER, copy)
    async with desk(engine) as client:
        (row,) = [one for one in (await asked(client, "/threads"))["threads"] if SAID in one["text"]]
        assert (row["reports"], row["copies"]) == (3, 1)
        name = {"collection": "default", "id": row["thread_id"]}
        found = await asked(client, "/thread", **name)
        assert (found["copies"], found["reprinted_by"]) == (1, ["Marram Post"])
        last = found["history"][-1]
        assert (last["event"], last["source"], last["copy_of"]) == ("reprinted", "Marram Post", "pier-2")
        alone = await every(client, "/thread", "history", **name)
        assert alone[-1]["copy_of"] == "pier-2"  # which stands on another page
        text = await page(client, "/thread", **name)
        assert "says so no more" not in text
        assert "/why?collection=default&amp;first=pier-2&amp;second=pier-copy" in text
        with engine.begin() as connection:
            connection.execute(DUPLICATES.delete())  # older than store.keep_days
        assert (await asked(client, "/thread", **name))["history"][-1]["copy_of"] is None
        assert "pier-copy" in await page(client, "/thread", **name)


async def test_a_withdrawn_claim_stays_in_the_history_without_words(engine: Engine) -> None:
    fill(engine, *PIER, RECALLED)
    async with desk(engine) as client:
        name = await id_of(client, SAID)
        found = await asked(client, "/thread", collection="default", id=name)
        assert (found["articles"], found["history"][-1]["event"]) == (2, "withdrawn")
        assert found["text"] is not None
        assert "says so no more" in await page(client, "/thread", collection="default", id=name)


async def test_a_thread_is_shown_before_its_articles_are_stored(engine: Engine) -> None:
    records = [one for one in in_thread(outputs, *PIER) if one.topic != ARTICLES_ENRICHED]
    StoreWriter(engine).write(records, {})
    async with desk(engine) as client:
        name = await id_of(client, SAID)
        found = await asked(client, "/thread", collection="default", id=name)
        assert [one["event"] for one in found["history"]] == ["variant", "repeated"]
        await page(client, "/thread", collection="default", id=name)
        (row,) = (await asked(client, "/stories"))["stories"]
        story = await asked(client, "/story", collection="default", id=row["story_id"])
        assert [one["article_id"] for one in story["members"]] == ["pier-2", "pier-3"]


async def test_a_story_has_its_articles_threads_and_copies(engine: Engine) -> None:
    copy = {**PIER[1], "id": "pier-copy", "source": "Halvik Notices"}
    fill(engine, *PIER, copy, MILL)
    async with desk(engine) as client:
        (row,) = (await asked(client, "/stories"))["stories"]
        assert (row["opened_by"], row["articles"], row["reports"]) == ("pier-1", 3, 3)
        found = await asked(client, "/story", collection="default", id=row["story_id"])
        assert [one["article_id"] for one in found["members"]] == ["pier-1", "pier-2", "pier-3"]
        assert which(found)[-1] == SAID  # what is disputed stands before it
        assert [one["source"] for one in found["copies"]] == ["Halvik Notices"]
        every_member = await every(client, "/story", "members", collection="default", id=row["story_id"])
        assert every_member == found["members"]
        assert "Halvik Notices" in await page(client, "/story", collection="default", id=row["story_id"])
        assert "Merrow" in await page(client, "/stories", sort="largest")


async def test_articles_and_the_river_lead_to_threads_and_stories(engine: Engine) -> None:
    fill(engine, *PIER, FERRY)
    async with desk(engine) as client:
        (row,) = (await asked(client, "/stories"))["stories"]
        by_id = {one["article_id"]: one for one in (await asked(client, "/"))["stories"]}
        assert (by_id["ferry"]["threads"], by_id["ferry"]["event"]) == (0, None)
        for name in ("pier-1", "pier-2", "pier-3"):
            assert by_id[name]["threads"] == 2
            assert by_id[name]["event"] == {"story_id": row["story_id"], "articles": 3}
            found = await asked(client, "/article", collection="default", id=name)
            claims = {claim["claim_id"] for claim in found["claims"]}
            assert {link["claim_id"] for link in found["threads"]} <= claims
            assert [link["reports"] for link in found["threads"] if link["kind"] == "quotation"] == [3]
            assert "quotation in 3 reports" in await page(client, "/article", collection="default", id=name)
        text = await page(client, "/")
        assert "2 threads" in text
        assert f"/story?collection=default&amp;id={row['story_id']}" in text


def test_a_time_line_draws_a_range_as_a_line_and_equal_values_in_the_middle() -> None:
    point = Point("2025-06-04T06:00:00Z", 2.0, 4.0, None)
    drawn = str(time_line([Values("a", 2.0, [], [point])], "one"))
    assert '<path class="own" d="M120.0 42.0V6.0"/>' in drawn
    alone = str(time_line([Values("a", 2.0, [], [Point(point.at, 2.0, None, None)])], "one"))
    assert 'd="M120.0 24.0V24.0"' in alone
    assert "<path" not in str(time_line([Values("a", 0.0, [], [])], "none"))
