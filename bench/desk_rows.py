"""Invented rows of the store for `bench.desk_cost`: articles, claims, figures, copies, threads and stories.

Some names are heard again and again, one thread and one story are very long, and one article is copied everywhere: a
page must not be slow for what editors look at most.
"""

from __future__ import annotations

import random
import time
from typing import Any, Final

Row = dict[str, Any]
Rows = dict[str, list[Row]]

WORDS: Final = """harbour tram council mayor ferry bridge budget school storm reservoir vote strike market museum
factory airport hospital election crew engineer union minister court river tower engine railway forest island winter
summer police witness owner captain doctor teacher farmer board plan crack flood fire price tax rent wage""".split()
NAMES: Final = """Ada Ben Cleo Dag Edda Finn Greta Hal Ines Joost Kira Lev Mona Nils Odile Piet Quinn Rosa Sven
Tilda""".split()
PLACES: Final = (
    "Lunde Tarrow Corran Selwyn Ferrant Calder Brava Marram Ostler Varn Sallow Moor Holm Brandt Renn".split()
)
LANGUAGES: Final = ("en", "en", "en", "de", None)
UNITS: Final = ("percent", "people", "tonne", "year", "hour", "ferries", "schools", None)
LOUD_SPEAKER: Final = "Ines Marram"
"""Who says one claim in twenty."""
LONG: Final = 5_000
"""Number of articles in the longest thread and the longest story, and of copies of the most copied article."""


def rows_of(number: int, draw: random.Random) -> Rows:
    """Invent article `number` and all rows that its coming writes; ids count from 1."""
    article = _article(number, draw)
    claims, figures = _claims(article, draw)
    found: Rows = {"articles": [article], "claims": claims, "figures": figures}
    if number % 3 == 0:
        original = 1 if number <= 3 * LONG else number
        found["duplicates"] = [_copy(article, number, original)]
    if number % 100 == 0:
        found["dead_letters"] = [_dead(article, number)]
    if number % 4 == 0:
        _add_threads(found, article, draw)
    if number % 2 == 0:
        _add_story(found, article)
    return found


def moment(number: int) -> str:
    """Return when article `number` was fed: one every two seconds."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1_780_000_000 + number * 2))


def thread_of(number: int, *, figure: bool = False) -> str:
    """Return the id of the thread that article `number` writes of."""
    opened_by = 1 if number <= 4 * LONG else number - number % 16 + 1
    return f"{opened_by:x}-0#" if figure else f"{opened_by:x}-1"


def story_of(number: int) -> str:
    """Return the id of the story that article `number` joins."""
    return f"story-{1 if number <= 2 * LONG else number - number % 8 + 1}"


def _article(number: int, draw: random.Random) -> Row:
    place = draw.choice(PLACES)
    body = " ".join(draw.choices(WORDS, k=100)) + f" {place} {number}."
    opened = draw.randint(max(1, number - 500), number) if number % 4 == 0 else number
    return {
        "id": number, "collection": "default", "article_id": f"a-{number}", "revision": 1,
        "status": "update" if opened != number else "new", "cluster_id": f"a-{opened}", "novelty": 0.8,
        "title": f"{draw.choice(WORDS).title()} of {place} {draw.choice(WORDS)}s {draw.choice(WORDS)}",
        "text": body, "source": f"{place} {draw.choice(('Post', 'Courier', 'Gazette'))} {draw.randint(1, 20)}",
        "url": None, "published_at": moment(number), "fed_at": moment(number), "language": draw.choice(LANGUAGES),
        "read_as": "en", "content_hash": f"{number:032x}", "related": [], "extra": None, "repairs": [],
        "read_until": None, "claims_left_out": 0,
        "origin_topic": "articles.raw", "origin_partition": number % 4, "origin_offset": number,
    }  # fmt: skip


def _claims(article: Row, draw: random.Random) -> tuple[list[Row], list[Row]]:
    """Invent a figure that nobody said and two quotations."""
    number, body, claims = article["id"], article["text"], []
    for at in range(3):
        name = f"{draw.choice(NAMES)} {draw.choice(PLACES)}{draw.randint(1, 60)}"
        name = LOUD_SPEAKER if draw.random() < 0.05 else name
        claims.append({
            "article": number, "number": at, "claim_id": f"{number:x}-{at}", "kind": "quote" if at else "figure",
            "text": body[at * 60 : at * 60 + 55], "start_at": at * 60, "end_at": at * 60 + 55,
            "segments": [[at * 60, at * 60 + 55]], "sentence_start": 0, "sentence_end": 60,
            "speaker_text": name if at else None, "speaker_name": name if at else None,
            "speaker_role": "mayor" if at else None, "speaker_start": 58 if at else None,
            "speaker_end": 60 if at else None, "resolved_by": None, "via": [], "cue": "said", "dates": [],
            "negated": False, "hedged": False, "confidence": 0.9, "method": "model",
        })  # fmt: skip
    unit = draw.choice(UNITS)
    figures = [{
        "article": number, "claim": 0, "number": 0, "text": "14", "value": float(draw.randint(1, 10_000)),
        "value_high": None, "unit": unit, "currency": None if unit else "USD", "scale": None, "comparator": None,
        "change": None, "start_at": 3, "end_at": 5,
    }]  # fmt: skip
    return claims, figures


def _copy(article: Row, number: int, original: int) -> Row:
    same = "collection title source url published_at fed_at language content_hash".split()
    return {name: article[name] for name in same} | {
        "origin_topic": "articles.raw", "origin_partition": 5, "origin_offset": number, "article_id": f"c-{number}",
        "duplicate_of": f"a-{original}", "cluster_id": f"a-{original}", "relation": "exact", "similarity": 1.0,
        "containment": 1.0, "coverage": 1.0, "novelty": 0.0,
    }  # fmt: skip


def _dead(article: Row, number: int) -> Row:
    return {
        "origin_topic": "articles.raw", "origin_partition": 6, "origin_offset": number, "stage": "intake",
        "reason": "no_text", "detail": "none of body, text, content holds a text", "attempts": 1, "key": None,
        "value": b"{}", "fed_at": article["fed_at"], "dead_partition": 0, "dead_offset": number,
    }  # fmt: skip


def _add_threads(found: Rows, article: Row, draw: random.Random) -> None:
    """Let the article join a thread of words and one of figures, every fifth of which is disputed."""
    number = article["id"]
    records, threads, disputes = [], [], []
    for figure in (False, True):
        key = {"collection": "default", "thread_id": thread_of(number, figure=figure)}
        disputed = figure and number % 20 == 0
        value = float(draw.randint(1, 10_000)) if figure else None
        joined = number // 4 + 1 if number <= 4 * LONG else number % 16 // 4 + 2
        happened = {
            "event": "repeated", "article_id": article["article_id"], "story_id": story_of(number),
            "fed_at": article["fed_at"],
        }  # fmt: skip
        threads.append({
            **key, "sequence": joined, "kind": "figure" if figure else "quotation", **happened, "articles": joined,
            "reports": joined, "sources": [{"name": LOUD_SPEAKER, "articles": joined}],
            "first_seen": article["fed_at"], "latest_seen": article["fed_at"], "disputed": disputed, "denies": [],
            "related": [], "copies": 0, "reprinted_by": [],
        })  # fmt: skip
        records.append({
            **key, "sequence": joined, **happened, "claim_id": f"{number:x}-{0 if figure else 1}",
            "claim_kind": "quote", "text": article["text"][:55], "speaker": found["claims"][1]["speaker_name"],
            "source": article["source"], "reported_by": article["source"], "published_at": article["fed_at"],
            "sureness": 0.9, "joined_by": ["words"], "nearest": key["thread_id"].removesuffix("#"), "added": ["crack"],
            "figure_text": "14" if figure else None, "value": value, "value_high": None,
            "unit": "people" if figure else None, "currency": None, "period": [],
        })  # fmt: skip
        if disputed:
            other = thread_of(max(1, number - draw.randint(16, 4_000)), figure=True)
            disputes.append({**key, "other_id": other, "other_value": 14.0, "reasons": ["published_later"]})
    found |= {"threads": threads, "thread_records": records, "disputes": disputes}


def _add_story(found: Rows, article: Row) -> None:
    number = article["id"]
    joined = number // 2 + 1 if number <= 2 * LONG else number % 8 // 2 + 2
    key = {"collection": "default", "story_id": story_of(number), "sequence": joined}
    same = {name: article[name] for name in ("article_id", "title", "source", "fed_at")}
    state = {
        "opened_by": "a-" + story_of(number).removeprefix("story-"), "articles": joined, "reports": joined,
        "terms": ["crack", "tower"], "first_seen": article["fed_at"], "latest_seen": article["fed_at"],
    }  # fmt: skip
    found["stories"] = [{**key, **same, **state}]
    found["story_articles"] = [{**key, **same, "similarity": 0.7, "published_at": article["fed_at"]}]
