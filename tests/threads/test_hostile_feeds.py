"""A feeder who means harm: records stay small, one word joins nothing, a claim is compared with few others."""

from __future__ import annotations

import json
import random
import time

import numpy as np
from msgspec import structs

from service.settings import ThreadsSettings
from service.sketch.claims.facet_drafts import FACETS_MAX
from service.sketch.claims.facet_words import KEYS, KIND, SPEAKER
from service.sketch.claims.prepare import prepare
from service.sketch.claims.stem_weights import english_weights
from service.threads.collection import Collection
from service.threads.index.deciding import MEMBERS_MAX
from service.threads.index.postings import BLOCK, COUNT, KEY, STAMP
from service.threads.index.thread_candidates import CANDIDATES_MAX, candidates, keys_of
from service.threads.index.verdict_columns import LINKS_MAX
from service.threads.segments import Columns
from service.threads.thread import LINKS_MAX as THREAD_LINKS_MAX
from service.threads.thread import MEMBERS_MAX as ARTICLES_MAX
from service.threads.thread import SOURCES_MAX, Member, Thread
from tests.threads.articles import QUAY, SECOND, Text, enriched, prepared, records, told

ROOMY = ThreadsSettings(capacity_claims=20_000)
RECORD_BYTES_MAX = 12_000

NOT_PHRASED = np.zeros(0, np.int64)


def test_a_claim_that_hundreds_repeat_has_a_record_of_bounded_size() -> None:
    collection = Collection("default", ROOMY)
    names = [
        f"Ada{chr(97 + n // 26)}{chr(97 + n % 26)} Lorne{chr(97 + n % 26)}{chr(97 + n // 26)}"
        for n in range(320)
    ]
    texts = [
        SECOND._replace(
            article_id=f"a{n}", source=f"Outlet {n}", body=SECOND.body.replace("Ada Lorne", names[n])
        )
        for n in range(320)
    ]
    segments = [collection.decide(n, [prepared(text, n)]) for n, text in enumerate((QUAY, *texts))]
    sent = [one for segment in segments for one in segment.sent]
    assert max(len(one.value) for one in sent) < RECORD_BYTES_MAX
    last = [json.loads(one.value) for one in sent if one.topic == "claim.threads"][-1]
    assert last["articles"] > ARTICLES_MAX
    assert len(last["sources"]) <= SOURCES_MAX
    for thread in collection.memory.threads.values():
        assert len(thread.members) <= ARTICLES_MAX
    assert int(collection.memory.facets.rows["members"].max()) <= MEMBERS_MAX


def test_a_figure_that_everybody_disputes_has_a_record_of_bounded_size() -> None:
    texts = [
        Text(
            f"a{n}",
            f"Repairs have cost the port of Merrow ${30 + n / 4:g} million since the storms of last winter, "
            "the ledger shows.",
            source=f"Outlet {n}",
        )
        for n in range(40)
    ]
    found = told(*texts, settings=ROOMY)
    assert max(len(record["disputes"]) for record in found) > 1
    assert all(len(record["disputes"]) <= THREAD_LINKS_MAX for record in found)
    assert all(len(record["related"]) <= THREAD_LINKS_MAX for record in found)
    assert LINKS_MAX <= THREAD_LINKS_MAX


def test_one_rare_word_in_every_claim_joins_nothing() -> None:
    said = (
        "The bakers of Brennhaven sing to their dough before Zyxomant rises over the mill",
        "Nobody pays Zyxomant for tickets to a circus without horses",
        "A pilot once landed a seaplane beside Zyxomant because its owner wanted tea",
        "Miners in the north lit Zyxomant with lamps of whale oil until the strike",
        "Her grandmother taught forty nurses how to knit Zyxomant during one winter",
        "Judges may not wear Zyxomant under their robes while a jury is away",
        "Tailors have asked parliament for cheaper needles and softer Zyxomant",
        "The goat of the bishop ate Zyxomant and half of a library",
    )
    texts = [
        Text(f"a{n}", f"“{words},” mayor Ana Roth said.", source=f"Outlet {n}")
        for n, words in enumerate(said)
    ]
    collection = Collection("default", ROOMY)
    found = records([collection.decide(n, [prepared(text, n)]) for n, text in enumerate(texts)])
    assert found == []


def test_one_term_between_marks_in_every_claim_joins_nothing() -> None:
    told_of = (
        "the bakers of Brennhaven sing while their dough rises over the mill",
        "nobody pays for tickets to a circus without horses",
        "a pilot once landed a seaplane because its owner wanted tea",
        "miners in the north worked by lamps of whale oil until the strike",
        "forty nurses learned how to knit during one winter",
        "judges may not wear gloves under their robes while a jury is away",
    )
    texts = [
        Text(f"a{n}", f"Mayor Ana Roth said that {words}, a “Zyxomant bargain”.", source=f"Outlet {n}")
        for n, words in enumerate(told_of)
    ]
    assert told(*texts, settings=ROOMY) == []


def test_headlines_set_between_claims_join_no_articles() -> None:
    said = (
        "the bakers sing to their dough",
        "nobody pays for the circus",
        "a pilot wanted tea for his seaplane",
    )
    links = (
        "| Quay of Merrow closes as storm nears | Dredging costs $25 million | Lorne tows 1,300 boats MORE"
    )
    texts = [
        Text(f"a{n}", f"Mayor Ana Roth said that {words} {links} (R-Skerry).", source=f"Outlet {n}")
        for n, words in enumerate(said)
    ]
    assert told(*texts, settings=ROOMY) == []


def test_six_figures_in_each_of_hundreds_of_sentences_add_no_record_and_few_bytes() -> None:
    collection, sizes = Collection("default", ROOMY), []
    for n in range(6):
        body = " ".join(
            f"The port of Merrow{m} counted {11 + n} ships, {22 + n} boats, {33 + n} rafts, {44 + n} crews, "
            f"{55 + n} cranes and {66 + n} piers in the storms of last winter."
            for m in range(200)
        )
        segment = collection.decide(n, [prepared(Text(f"a{n}", body, source=f"Outlet {n}"), n)])
        sizes.append((len(segment.pack()), len(segment.sent)))
    assert max(size for size, _ in sizes[1:]) < 2 * sizes[0][0]
    assert max(sent for _, sent in sizes) <= FACETS_MAX


def test_however_many_claims_share_their_words_few_are_asked() -> None:
    collection = Collection("default", ROOMY)
    texts = [QUAY._replace(article_id=f"a{n}", day=f"{1990 + n // 10}-0{1 + n % 9}-04") for n in range(300)]
    for n, text in enumerate(texts):
        collection.decide(n, [prepared(text, n)])
    memory = collection.memory
    table = memory.postings.table
    keys = table[:, KEY:STAMP][table[:, COUNT:BLOCK] > 0]
    votes = np.full(keys.size, 10_000, np.int64)
    found = candidates(
        keys,
        votes,
        NOT_PHRASED,
        1,
        0,
        10**6,
        memory.facets.rows,
        memory.facets.counters,
        *memory.postings[:2],
    )
    assert 0 < len(found) <= CANDIDATES_MAX


def compared_with(collection: Collection, text: Text) -> int:
    """Count the comparisons that the facets of an article would ask for now."""
    memory, article = collection.memory, prepared(text)
    columns, table, done, key = Columns(article), english_weights(), 0, 0
    for head in columns.heads.tolist():
        own = columns.keys[key : key + head[KEYS]]
        key += head[KEYS]
        asked, strength = keys_of(head[KIND], head[SPEAKER], 0, own, columns.figures[:0], *table)
        found = candidates(
            asked,
            strength,
            NOT_PHRASED,
            1,
            0,
            10**6,
            memory.facets.rows,
            memory.facets.counters,
            *memory.postings[:2],
        )
        for thread in found.tolist():
            done, serial = done + 1, thread
            while step := int(memory.facets.rows["next"][serial % memory.capacity]):
                done, serial = done + 1, serial + step
    return done


def test_a_claim_costs_no_more_comparisons_however_long_a_stream_repeats_it() -> None:
    collection = Collection("default", ROOMY)
    counts = []
    for n in range(600):
        varied = QUAY.body.replace("carry a crane", f"carry a Zyxomant{chr(97 + n % 26)} crane")
        text = QUAY._replace(article_id=f"a{n}", body=varied, day=f"20{10 + n // 60}-0{1 + n % 9}-04")
        collection.decide(n, [prepared(text, n)])
        if n in (299, 599):
            counts.append(compared_with(collection, text))
    facets = len(Columns(prepared(QUAY)).heads)
    assert 0 < counts[1] <= facets * CANDIDATES_MAX * MEMBERS_MAX
    assert counts[1] <= 2 * counts[0]


def test_an_article_of_thousands_of_claims_is_compared_by_a_few_hundred() -> None:
    claims = " ".join(
        f"“The sluice of Merrow{n} cannot hold another winter of storms,” mayor Ana Roth said."
        for n in range(1_000)
    )
    found = enriched(Text("many", claims))
    article = prepare(structs.replace(found, claims=found.claims * 3))
    assert article.claims
    assert len(article.claims) <= FACETS_MAX
    assert len(Columns(article).heads) == FACETS_MAX


def test_a_thread_that_keeps_no_more_articles_is_not_counted_anew_for_each() -> None:
    thread = Thread("t", 0, 0)
    for number in range(ARTICLES_MAX):
        thread.join(f"a{number}", Member(f"Outlet {number % 50}", f"a{number}", "Ada Lorne"), None)
    assert (thread.reports, thread.sources) == (50, [("Ada Lorne", ARTICLES_MAX)])
    counted = thread.counted
    thread.join("one more", Member("Outlet 99", "one more", None), None)
    assert (thread.reports, thread.counted is counted) == (50, True)
    thread.leave("a0")
    assert thread.sources == [("Ada Lorne", ARTICLES_MAX - 1)]


def test_many_figures_in_each_of_hundreds_of_sentences_take_little_longer_than_one() -> None:
    """Where pairs of figures are not counted, they take nine times as long."""

    def cpu_seconds(figures: int) -> float:
        collection, dice, best = Collection("default", ROOMY), random.Random(3), 9.0
        for n in range(6):
            body = " ".join(
                "Last week the port of Merrow counted "
                + ", ".join(f"{dice.randrange(100, 999)} ships" for _ in range(figures))
                + f" at pier {chr(65 + m % 26)}{chr(97 + m // 26)}lor."
                for m in range(300)
            )
            article = prepared(Text(f"a{n}", body, source=f"Outlet {n}"), n)
            begin = time.process_time()
            collection.decide(n, [article])
            best = min(best, time.process_time() - begin)
        return best

    cpu_seconds(1)
    assert cpu_seconds(6) <= 4 * cpu_seconds(1)
