"""An envelope through the enrich stage: articles are read together, and fail alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from service.enrich import enrich
from service.enrich.claims import Findings, find_all_claims
from service.enrich.doc import Asked
from service.enrich.stage import EnrichStage
from service.line.envelopes import Texts, pack_unique, packed_texts, unpack_prepared
from service.records import Article, DedupNote, Origin, RawRecord, Reason, Unique
from service.settings import load_settings
from service.topics import ARTICLES_ENRICHED, CLAIMS_PREPARED

ORIGIN = Origin("articles.unique", 3, 70)
POISON = "the ferry that breaks our code"


def an_envelope(texts: Sequence[str]) -> RawRecord:
    articles = [
        Article(
            article_id=f"harbour-{number}",
            collection="default",
            text="",
            content_hash="0" * 32,
            origin=Origin("articles.raw", 0, number),
        )
        for number in range(len(texts))
    ]
    uniques = [Unique(article, DedupNote("new", article.article_id)) for article in articles]
    return RawRecord(b"default", pack_unique(uniques, packed_texts(texts)), (), ORIGIN)


def test_an_envelope_whose_texts_are_broken_is_set_aside() -> None:
    good, prepared = EnrichStage(load_settings(env={})).decide([an_envelope(["All is well."])]).letters
    assert (good.key, prepared.topic) == (b"harbour-0", CLAIMS_PREPARED)
    article = Article(
        article_id="harbour-0", collection="default", text="", content_hash="0" * 32, origin=ORIGIN
    )
    unique = Unique(article, DedupNote("new", "harbour-0"))
    frame = packed_texts(["All is well."]).frame
    record = RawRecord(None, pack_unique([unique], Texts(frame[:-1], [0])), (), ORIGIN)
    outcome = EnrichStage(load_settings(env={})).decide([record])
    (aside,) = outcome.set_aside
    assert (aside.reason, aside.record, outcome.letters) == (Reason.SCHEMA, record, [])


def break_on_poison(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def breaking(asked: Sequence[Asked], chars_max: int, confidence_min: float) -> list[Findings]:
        if any(POISON in one.text for one in asked):
            raise error("oops")
        return find_all_claims(asked, chars_max, confidence_min)

    monkeypatch.setattr(enrich, "find_all_claims", breaking)


def test_an_article_that_our_code_fails_on_is_set_aside_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Ann Lee said the ferry number {number} sails again." for number in range(20)]
    texts[5] = texts[17] = POISON
    whole = EnrichStage(load_settings(env={})).decide([an_envelope(texts)])
    break_on_poison(monkeypatch, IndexError)
    outcome = EnrichStage(load_settings(env={})).decide([an_envelope(texts)])

    failed = {b"harbour-5", b"harbour-17"}
    assert {aside.article.article_id.encode() for aside in outcome.set_aside if aside.article} == failed
    assert {(aside.reason, aside.detail) for aside in outcome.set_aside} == {(Reason.BUG, "IndexError: oops")}
    assert [letter for letter in outcome.letters if letter.topic != CLAIMS_PREPARED] == [
        letter for letter in whole.letters if letter.key not in failed and letter.topic != CLAIMS_PREPARED
    ]
    (prepared,) = [letter for letter in outcome.letters if letter.topic == CLAIMS_PREPARED]
    ready = [article.article_id.encode() for article in unpack_prepared(prepared.value)]
    assert (len(ready), failed & set(ready)) == (18, set())
    assert [reason for _, reason in outcome.tally].count(None) == 18
    assert [letter.key for letter in outcome.letters if letter.topic == ARTICLES_ENRICHED] == [
        f"harbour-{number}".encode() for number in range(20) if number not in (5, 17)
    ]


def test_want_of_memory_is_no_articles_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    break_on_poison(monkeypatch, MemoryError)
    with pytest.raises(MemoryError):
        EnrichStage(load_settings(env={})).decide([an_envelope(["All is well.", POISON])])
