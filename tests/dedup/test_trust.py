"""Who may change an article, and what two tenants with one id share: nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import load_settings
from service.topics import ARTICLES_DEAD, ARTICLES_ENRICHED, CLAIMS

STORY = (
    "The quay at Merrow will close on 4 May, harbour master Ada Lorne said. It cost $3 million to mend it."
)
CHANGED = (
    "The quay at Merrow was sold for $90 million, a man who asked not to be named said in a bar on Tuesday."
)


async def fed(*articles: dict[str, Any], **env: str) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
    """Feed articles one after the other; return topic, headers and value of every record that came out."""
    pipeline = MemoryPipeline(load_settings(env=env))
    found = []
    for offset, article in enumerate(articles):
        for letter in await pipeline.feed([raw_record(offset, json.dumps(article).encode())]):
            headers = {name: value.decode() for name, value in letter.headers}
            found.append((letter.topic, headers, json.loads(letter.value or b"{}")))
    return found


def ends(found: list[tuple[str, dict[str, str], dict[str, Any]]]) -> list[tuple[str, str]]:
    return [
        (topic, headers.get("copydesk.dlq.reason") or value["dedup"]["status"])
        for topic, headers, value in found
        if topic in (ARTICLES_ENRICHED, ARTICLES_DEAD)
    ]


ITS_OWN = {"id": "merrow-1", "source": "Tarrow Gazette", "body": STORY}
REVISED = {**ITS_OWN, "body": f"{STORY} Boats will moor at Dunholt until then, she said."}
FOREIGN = {"id": "merrow-1", "source": "Dunholt Echo", "body": CHANGED}
NOBODYS = {"id": "merrow-1", "body": CHANGED}
TRUST = {"COPYDESK_INTAKE__TRUST": "source"}


@pytest.mark.parametrize("article", [FOREIGN, NOBODYS])
async def test_a_record_of_another_source_changes_nothing_where_sources_are_trusted(
    article: dict[str, Any],
) -> None:
    found = await fed(ITS_OWN, article, REVISED, **TRUST)
    assert ends(found) == [
        (ARTICLES_ENRICHED, "new"),
        (ARTICLES_DEAD, "foreign_source"),
        (ARTICLES_ENRICHED, "revision"),
    ]
    assert found[-1][2]["revision" if found[-1][0] == CLAIMS else "dedup"]
    assert "bar on Tuesday" not in json.dumps([value for topic, _, value in found if topic != ARTICLES_DEAD])


async def test_otherwise_it_goes_out_as_a_revision() -> None:
    assert ends(await fed(ITS_OWN, FOREIGN)) == [(ARTICLES_ENRICHED, "new"), (ARTICLES_ENRICHED, "revision")]


async def test_a_withdrawal_of_another_source_withdraws_nothing_where_sources_are_trusted() -> None:
    kill = {"id": "merrow-1", "source": "Dunholt Echo", "pubstatus": "canceled", "body": "Kill: the quay."}
    assert ends(await fed(ITS_OWN, kill, **TRUST)) == [
        (ARTICLES_ENRICHED, "new"),
        (ARTICLES_DEAD, "foreign_source"),
    ]
    assert ends(await fed(ITS_OWN, kill))[-1] == (ARTICLES_ENRICHED, "withdrawal")


async def test_two_collections_share_no_id_and_no_upsert_key() -> None:
    tenants = [{**ITS_OWN, "collection": name} for name in ("a", "b")]
    found = await fed(*tenants, COPYDESK_INTAKE__COLLECTIONS="a,b", COPYDESK_INTAKE__DEFAULT_COLLECTION="a")
    events = [headers["ce_id"] for _, headers, _ in found]
    assert len(set(events)) == len(events)
    upserts = [
        (value["collection"], value["article_id"], value["dedup"]["revision"])
        for topic, _, value in found
        if topic == ARTICLES_ENRICHED
    ]
    assert upserts == [("a", "merrow-1", 1), ("b", "merrow-1", 1)]
    claims = [(value["collection"], value["claim_id"]) for topic, _, value in found if topic == CLAIMS]
    assert {name for name, _ in claims} == {"a", "b"}
    assert len({claim for _, claim in claims}) == len(claims)
