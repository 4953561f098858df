"""What is joined, disputed, counted and told; and that a rebuilt collection is the live one."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any

import pytest

from service.settings import ThreadsSettings
from service.threads.collection import Collection
from service.threads.segments import Segment
from tests.threads.articles import (
    OTHER,
    QUAY,
    SECOND,
    SETTINGS,
    THIRD,
    Text,
    of_kind,
    prepared,
    records,
    told,
)


def test_a_cut_of_a_quotation_joins_its_thread() -> None:
    (record,) = of_kind("quotation", told(QUAY, OTHER, SECOND))
    assert record["event"] == "repeated"
    assert (record["articles"], record["reports"]) == (2, 2)
    assert record["sources"] == [{"name": "Ada Lorne", "articles": 2}]
    assert (record["first_seen"], record["latest_seen"]) == ("2025-06-04T00:00:00Z", "2025-06-05T00:00:00Z")
    assert record["by"][:2] == ["words", "speaker"]


def test_a_thread_of_one_article_is_not_told() -> None:
    assert told(QUAY, OTHER) == []


def test_a_figure_joins_the_thread_of_its_measure() -> None:
    (record,) = of_kind("figure", told(QUAY, SECOND))
    assert record["figure"]["value"] == 3_250_000.0
    assert record["thread_id"].endswith("#")


def test_another_value_of_one_measure_disputes_the_first_with_a_reason() -> None:
    found = of_kind("figure", told(QUAY, THIRD))
    assert [record["event"] for record in found] == ["disputed"]
    (dispute,) = found[0]["disputes"]
    assert (dispute["value"], dispute["reasons"]) == (3_250_000.0, ["published_later"])
    assert found[0]["figure"]["value"] == 3_950_000.0


def test_an_article_that_compares_two_values_disputes_nothing() -> None:
    both = QUAY._replace(
        article_id="both",
        body=f"{QUAY.body} The port of Merrow paid $3.95 million for repairs after the storms of last winter, "
        "its ledger shows.",
    )
    assert [record for record in told(both) if record["disputes"]] == []


def test_a_copy_and_an_agency_that_reports_again_raise_no_report() -> None:
    agency = SECOND._replace(body=f"MERROW (Reuters) - {SECOND.body}")
    again = agency._replace(article_id="again", source="Skerry Post", day="2025-06-06")
    copied = SECOND._replace(article_id="copied", source="Port News", cluster_id="quay")
    found = of_kind("quotation", told(QUAY, agency, again, copied))
    assert [(record["articles"], record["reports"]) for record in found] == [(2, 2), (3, 2), (4, 2)]


def test_reports_of_one_speaker_have_one_source() -> None:
    outlets = [SECOND._replace(article_id=f"a{n}", source=f"Outlet {n}") for n in range(5)]
    last = of_kind("quotation", told(QUAY, *outlets))[-1]
    assert (last["reports"], len(last["sources"])) == (6, 1)


def test_a_denial_is_linked_and_never_joined() -> None:
    paid = "that smugglers in Skerry were paid with stolen church silver last year."
    said = Text("said", f"Minister Ole Brandt said {paid}")
    denied = Text("denied", f"Minister Ole Brandt denied {paid}", source="Skerry Post")
    (record,) = of_kind("statement", told(said, denied))
    assert record["event"] == "denies"
    assert record["articles"] == 1
    assert len(record["denies"]) == 1


@pytest.mark.parametrize(
    "caption",
    [
        "Hide Caption 5 of 15 Photos: The quay at Merrow in a storm, seen from the old light house on the island.",
        "Photos: The quay at Merrow in a storm, seen by 1,300 people from the old light house on the island of Skerry.",
        "Slide 3 of 12 shows the quay at Merrow in a storm, as 1,300 people saw it from the old light house.",
        "Chip in $25 today so that 1,300 reporters of the Gazette can tell the truth about the quay at Merrow.",
        "Read in 4 minutes how 1,300 people saw the quay at Merrow in a storm from the old light house on the island.",
        "Slideshow (44 Images) of the quay at Merrow in a storm, which 1,300 people saw from the old light house.",
        "The port says that Lorne tows 1,300 boats from the quay at Merrow before the storm MORE (R-Skerry).",
        "Quay closes as storm nears | Dredging of the harbour costs $25 million | Lorne tows 1,300 boats off the quay.",
        "The poll of 1,204 voters in Merrow has a margin of error of 3 percent, according to the institute of Tarrow.",
    ],
)
def test_furniture_never_threads(caption: str) -> None:
    one = Text("one", f"The quay will close, the port says. {caption}")
    two = one._replace(
        article_id="two", source="Skerry Post", body=f"Rain is expected on the coast. {caption}"
    )
    assert told(one, two) == []


def test_a_claim_that_says_too_little_joins_nothing() -> None:
    one = Text("one", "“Yes, we can,” mayor Ana Roth said of the bridge in Tarrow on Monday.")
    two = Text("two", "“Yes, we can,” coach Bo Lind said after the match in Skerry.", source="Skerry Post")
    assert told(one, two) == []


def test_a_story_counts_its_articles_once() -> None:
    again = SECOND._replace(revision=2, body=f"{SECOND.body} It will rain.")
    found = told(QUAY, SECOND, again, OTHER, topic="stories")
    assert [(record["opened_by"], record["articles"]) for record in found] == [("quay", 2)]
    assert found[0]["threads"]


def test_an_article_that_opens_another_story_with_another_text_gives_it_another_id() -> None:
    rewritten = OTHER._replace(article_id="quay", revision=2)
    joins = OTHER._replace(article_id="joins", body=f"{OTHER.body} It will rain.")
    found = told(QUAY, rewritten, SECOND, joins, topic="stories")
    assert [record["opened_by"] for record in found] == ["quay", "quay"]
    assert len({record["story_id"] for record in found}) == 2


def test_a_thread_that_was_forgotten_and_is_told_anew_has_events_of_its_own() -> None:
    events = []
    for texts in ((QUAY, SECOND), (OTHER, QUAY, SECOND)):  # memory is empty each time
        collection = Collection("default", SETTINGS)
        segments = [collection.decide(n, [prepared(text, n)]) for n, text in enumerate(texts)]
        sent = [one for segment in segments for one in segment.sent]
        events.append({(one.key, dict(one.headers)["ce_id"]) for one in sent if one.topic == "claim.threads"})
    once, again = events
    assert {key for key, _ in once} == {key for key, _ in again}
    assert once.isdisjoint(again)


def test_two_events_of_one_article_in_one_thread_have_a_number_and_an_event_each() -> None:
    piles = "The old piles are cracked and nobody can say how long the quay will carry a crane"
    timber = "We shall spend no money on timber before the council has voted in June"
    texts = (
        Text("a", f"Merrow will close its quay. “{piles},” harbour master Ada Lorne said on Tuesday."),
        Text("b", f"Merrow waits for its council. “{timber},” harbour master Ada Lorne said on Wednesday."),
        Text(
            "c",
            f"Fishermen complained. “{piles},” harbour master Ada Lorne said again. Later she told them all of it. "
            f"“{piles}. {timber},” harbour master Ada Lorne said.",
        ),
    )
    collection = Collection("default", SETTINGS)
    segments = [collection.decide(n, [prepared(text, n)]) for n, text in enumerate(texts)]
    assert [(one["sequence"], one["event"]) for one in records(segments)] == [(2, "repeated"), (3, "related")]
    events = [dict(sent.headers)["ce_id"] for one in segments for sent in one.sent]
    assert len(events) == len(set(events)) >= 2


def test_a_revision_counts_once_and_takes_back_what_it_no_longer_says() -> None:
    shorter = SECOND._replace(
        revision=2, body="Fishermen in Merrow learned of the closing from a notice on a shed."
    )
    found = told(QUAY, SECOND, shorter)
    gone = [record for record in found if record["event"] == "withdrawn"]
    assert {record["kind"] for record in gone} == {"quotation", "figure"}
    assert [record["articles"] for record in gone] == [1, 1]
    assert all(record["claim"] is None for record in gone)


def test_a_withdrawn_article_no_longer_counts() -> None:
    gone = Text("note", "", withdraws="quay")
    (record,) = of_kind("quotation", told(QUAY, gone, SECOND))
    assert (record["articles"], record["sources"]) == (1, [{"name": "Ada Lorne", "articles": 1}])


def test_beyond_the_window_a_claim_opens_a_thread_of_its_own() -> None:
    late = SECOND._replace(day="2025-06-30")
    assert told(QUAY, late) == []


def test_the_same_delivery_in_two_envelopes_is_counted_once() -> None:
    collection = Collection("default", SETTINGS)
    article = [prepared(QUAY, 0)], [prepared(SECOND, 1)], [prepared(SECOND, 1)]
    segments = [collection.decide(n, one) for n, one in enumerate(article)]
    assert segments[1].sent
    assert segments[2].sent == []


STREAM = (
    QUAY,
    OTHER,
    SECOND,
    THIRD,
    SECOND._replace(revision=2, body="Fishermen in Merrow learned of it from a notice on a shed."),
    Text("note", "", withdraws="third"),
    SECOND._replace(article_id="fourth", source="Port News", day="2025-06-07"),
    THIRD._replace(article_id="fifth", source="Port News", day="2025-06-08"),
)


def state(collection: Collection) -> list[Any]:
    """Return everything a collection remembers."""
    memory = collection.memory
    arrays = (*memory.facets, *memory.postings, *memory.stories[:-1], *memory.stories.postings)
    return [
        [array.tobytes() for array in arrays],
        [
            (ring.starts.tobytes(), ring.lengths.tobytes(), ring.data)
            for ring in (memory.articles, memory.openers)
        ],
        (memory.seen.ring.tobytes(), memory.seen.known),
        memory.withdrawn,
        memory.threads_of,
        astuple(memory.copies),
        {number: astuple(replace(thread, counted=None)) for number, thread in memory.threads.items()},
        {number: astuple(one) for number, one in memory.story_states.items()},
    ]


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_a_collection_rebuilt_at_any_cut_is_the_live_one(cut: int) -> None:
    live, rebuilt = Collection("default", SETTINGS), Collection("default", SETTINGS)
    segments = [live.decide(n, [prepared(text, n)]) for n, text in enumerate(STREAM[:cut])]
    for segment in segments:
        rebuilt.apply(Segment.unpack(segment.pack()))
    assert state(rebuilt) == state(live)
    rest = [
        [one.decide(n, [prepared(text, n)]).pack() for n, text in enumerate(STREAM[cut:], start=cut)]
        for one in (live, rebuilt)
    ]
    assert rest[0] == rest[1]


def test_how_the_log_is_cut_into_envelopes_makes_no_difference() -> None:
    alone = told(*STREAM)
    together = Collection("default", SETTINGS).decide(0, [prepared(text, n) for n, text in enumerate(STREAM)])
    assert records([together]) == alone
    assert alone


def test_a_rebuild_without_the_oldest_segments_goes_on() -> None:
    live = Collection("default", SETTINGS)
    segments = [live.decide(n, [prepared(text, n)]) for n, text in enumerate(STREAM)]
    late = Collection("default", SETTINGS)
    for segment in segments[3:]:
        late.apply(segment)
    assert late.memory.next_facet == live.memory.next_facet
    assert (
        late.decide(99, [prepared(OTHER._replace(article_id="new"), 99)]).first_facet
        == live.memory.next_facet
    )


def test_a_full_memory_forgets_the_oldest_and_stays_of_one_size() -> None:
    small = ThreadsSettings(capacity_claims=40)
    live, rebuilt = Collection("default", small), Collection("default", small)
    size = live.bytes
    for n in range(30):  # each beyond the window of the one before, so that each opens threads of its own
        text = QUAY._replace(article_id=f"a{n}", day=f"{1990 + n}-06-04")
        rebuilt.apply(Segment.unpack(live.decide(n, [prepared(text, n)]).pack()))
    assert live.bytes == size
    assert live.memory.floor > 0
    assert live.entries <= 40
    assert state(rebuilt) == state(live)


@pytest.mark.parametrize("broken", [b"", b"1234", b"\x00" * 40])
def test_what_is_no_segment_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"checksum|segment"):
        Segment.unpack(broken)
