"""Why shows two articles side by side: what they share, what is new, and the verdict, as `copydesk explain` does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from service.dedup.explain import explain
from service.desk.outside import BrokerAway, NoBroker, RawText
from service.desk.why import first_pieces, second_pieces
from service.records import Origin
from service.store.schema import DUPLICATES
from tests.desk.kit import FERRY, JSON, MILL, REPRINT, REVISED, UPDATE, asked, desk, fill, page

WHY = {"collection": "default", "first": "ferry"}
WORDS = "the ferry sails to Lunde on Monday with 14 sacks of flour and no mail because it rained".split()


class Kept(NoBroker):
    """Stands for a broker that still has the raw record of the reprint."""

    async def raw_text(self, origin: Origin) -> RawText | None:
        assert (origin.topic, origin.offset) == ("articles.raw", 1)
        return RawText(REPRINT["title"], REPRINT["body"])


class Gone(NoBroker):
    """Stands for a broker that has deleted it."""

    async def raw_text(self, origin: Origin) -> RawText | None:
        return None


def joined(side: dict[str, Any]) -> str:
    return "".join(piece["text"] for piece in side["pieces"])


async def test_an_update_shows_its_new_figures_in_place(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE)
    async with desk(engine) as client:
        found = await asked(client, "/why", **WHY, second="ferry-2")
        assert found["relation"] == "update"
        assert joined(found["first"]) == FERRY["body"]
        assert joined(found["second"]) == UPDATE["body"]
        assert next(piece["text"] for piece in found["second"]["pieces"] if piece["fact"]) == "19"
        shared = {
            piece["passage"]: piece["text"]
            for piece in found["first"]["pieces"]
            if piece["passage"] is not None
        }
        told = explain(FERRY["body"], UPDATE["body"], (FERRY["title"], UPDATE["title"]))
        assert len(shared) == len(told.passages) == found["passages"]
        assert found["second_in_first"] == told.second_in_first
        text = await page(client, "/why", **WHY, second="ferry-2")
        assert '<ins class="fact">19</ins>' in text
        assert text.count('class="p0"') >= 2


async def test_exact_shares_have_the_estimates_of_the_sentence_beside_them(engine: Engine) -> None:
    fill(engine, FERRY, UPDATE)
    told = explain(FERRY["body"], UPDATE["body"], (FERRY["title"], UPDATE["title"]))
    async with desk(engine) as client:
        found = await asked(client, "/why", **WHY, second="ferry-2")
        assert found["second_in_first"] == told.second_in_first
        assert found["estimated"]["second_in_first"] == told.verdict.containment
        assert f"here {told.verdict.sample_size} runs" in await page(client, "/why", **WHY, second="ferry-2")


@pytest.mark.parametrize("word", ["correction", "withdrawal"])
async def test_a_notice_is_compared_as_the_command_compares_it(engine: Engine, word: str) -> None:
    title = {"correction": "CORRECTED: Ferry has more cracks", "withdrawal": "KILL: Ferry to stay in port"}[
        word
    ]
    fill(engine, FERRY, {**UPDATE, "title": title})
    told = explain(FERRY["body"], UPDATE["body"], (FERRY["title"], title), (None, word))  # type: ignore[arg-type]
    async with desk(engine) as client:
        found = await asked(client, "/why", **WHY, second="ferry-2")
        assert f"it says that it is a {word}" in found["why"] == told.why
        assert found["facts"][0]["kind"] == "note"


async def test_denials_that_an_update_dropped_are_told(engine: Engine) -> None:
    body = str(FERRY["body"]) + " The harbour office did not close the northern line, it said in the evening."
    fill(
        engine,
        {**FERRY, "body": body},
        {**UPDATE, "body": body.replace("did not close", "closed").replace("14", "19")},
    )
    async with desk(engine) as client:
        found = await asked(client, "/why", **WHY, second="ferry-2")
        assert [fact["kind"] for fact in found["denials_gone"]] == ["negation"]
        assert "The first has, the second has not" in await page(client, "/why", **WHY, second="ferry-2")


async def test_a_revision_is_compared_with_the_one_before(engine: Engine) -> None:
    fill(engine, FERRY, REVISED)
    async with desk(engine) as client:
        found = await asked(client, "/why", **WHY, second="ferry", revision="1")
        assert (found["first"]["revision"], found["second"]["revision"]) == (1, 2)
        assert (joined(found["first"]), joined(found["second"])) == (FERRY["body"], REVISED["body"])


async def test_the_text_of_a_copy_is_read_from_the_broker(engine: Engine) -> None:
    fill(engine, FERRY, REPRINT)
    async with desk(engine, outside=Kept()) as client:
        found = await asked(client, "/why", **WHY, second="ferry-again")
        assert found["relation"] == "exact"
        assert joined(found["second"]) == REPRINT["body"]
        assert found["second"]["source"] == "Lunde Post"
        assert found["second_in_first"] == 1


@pytest.mark.parametrize(
    ("outside", "sentence"), [(NoBroker(), "cannot be asked"), (Gone(), "no longer kept")]
)
async def test_without_the_text_of_a_copy_the_shares_of_dedup_are_shown(
    engine: Engine, outside: NoBroker, sentence: str
) -> None:
    fill(engine, FERRY, REPRINT)
    async with desk(engine, outside=outside) as client:
        found = await asked(client, "/why", **WHY, second="ferry-again")
        assert sentence in found["why"]
        assert (found["second"]["pieces"], found["similarity"]) == ([], 1)
        assert "Its text is not in the store." in await page(client, "/why", **WHY, second="ferry-again")


async def test_a_copy_is_compared_with_the_revision_that_it_repeats(engine: Engine) -> None:
    fill(engine, FERRY, REPRINT, REVISED)
    async with desk(engine, outside=Kept()) as client:
        found = await asked(client, "/why", **WHY, second="ferry-again")
        assert (found["first"]["revision"], found["first"]["title"]) == (1, FERRY["title"])
        assert found["second_in_first"] == 1
        shorter = DUPLICATES.update().values(content_hash="other")
        with engine.begin() as connection:
            connection.execute(shorter)
        assert (await asked(client, "/why", **WHY, second="ferry-again"))["first"]["revision"] == 1


async def test_what_is_not_there_is_not_compared(engine: Engine) -> None:
    fill(engine, FERRY, MILL)
    async with desk(engine) as client:
        for parameters in ({"second": "none"}, {"second": "ferry"}, {"second": "mill", "revision": "7"}):
            async with client.get("/why", params={**WHY, **parameters}, headers=JSON) as answer:
                assert answer.status == 404
        assert (await asked(client, "/why", **WHY, second="mill"))["relation"] == "new"


@given(st.lists(st.sampled_from(WORDS), max_size=40), st.lists(st.sampled_from(WORDS), max_size=40))
def test_pieces_joined_are_the_texts_and_the_same_passages_stand_in_both(
    one: list[str], other: list[str]
) -> None:
    first, second = " ".join(one), " ".join(other)
    told = explain(first, second)
    pieces = first_pieces(first, told), second_pieces(second, told.passages, [])
    assert "".join(piece.text for piece in pieces[0]) == first
    assert "".join(piece.text for piece in pieces[1]) == second
    numbers = [{piece.passage for piece in side} - {None} for side in pieces]
    assert numbers[0] <= numbers[1] == set(range(len(told.passages)))


async def test_no_broker_says_so() -> None:
    with pytest.raises(BrokerAway):
        await NoBroker().replay("no_text", dry_run=True)
