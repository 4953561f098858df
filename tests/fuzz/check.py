"""What must hold for any bytes at all: a record is an article or a rejection, and an article keeps its promises."""

from __future__ import annotations

from functools import cache

import msgspec

from service.dedup.collection import Collection
from service.dedup.outputs import incoming
from service.enrich.enrich import enrich
from service.intake.article import intake
from service.line.codec import enriched_letters
from service.line.envelopes import pack_sketched, unpack_sketched
from service.pipeline.in_memory import raw_record
from service.records import (
    Claim,
    DateMention,
    DedupNote,
    Enriched,
    Mention,
    Quantity,
    RawRecord,
    Rejected,
    Sketched,
    Speaker,
    Unique,
)
from service.settings import DedupSettings, EnrichSettings, IntakeSettings

INTAKE = IntakeSettings()
ENRICH = EnrichSettings()
RECORD, TEXT = 0, 1
"""How an input is read, by its first byte modulo 2: as a whole record, or as the text of an article."""


@cache
def _collection() -> Collection:
    """Return the one small memory of the run, with which every input is compared."""
    return Collection("default", DedupSettings(capacity_articles=1_000))


def record_of(data: bytes) -> RawRecord:
    """Return an input as a raw record."""
    if data[:1] and data[0] % 2 == TEXT:
        title, _, body = data[1:].decode("utf-8", "ignore").partition("\x00")
        return raw_record(0, msgspec.json.encode({"title": title, "body": body or title}))
    return raw_record(0, data[1:])


def check(data: bytes) -> None:
    """Read, clean, sketch, compare, find claims, write. Raises what must not happen."""
    sketched = _read(data)
    if isinstance(sketched, Rejected):
        assert str(sketched).isprintable(), sketched
        assert len(str(sketched)) < 400, sketched
        return
    assert unpack_sketched(pack_sketched([sketched], partitions=4)).whole(0) == sketched.article
    _check_article(sketched)
    note = DedupNote(status="new", cluster_id=sketched.article.article_id)
    _check_claims(enrich(Unique(sketched.article, note), ENRICH))


def _read(data: bytes) -> Sketched | Rejected:
    try:
        return intake(record_of(data), INTAKE)
    except Rejected as rejected:
        return rejected


def _check_article(sketched: Sketched) -> None:
    article = sketched.article
    assert article.article_id.isprintable(), article.article_id
    assert 0 < len(article.article_id) <= 256, article.article_id
    assert len(article.text.encode()) <= INTAKE.text_bytes_max
    collection = _collection()
    segment = collection.decide(collection.last_offset + 1, [incoming(sketched)])
    (verdict,) = segment.verdicts
    assert verdict.bug is None, verdict.bug
    assert 0.0 <= verdict.similarity <= 1.0, verdict


def _mentions(claim: Claim) -> list[Speaker | Mention | Quantity | DateMention]:
    found: list[Speaker | Mention | Quantity | DateMention] = [*claim.quantities, *claim.dates]
    if claim.speaker is not None:
        found.append(claim.speaker)
    if claim.cue is not None:
        found.append(claim.cue)
    return found


def _check_claims(enriched: Enriched) -> None:
    text = enriched.text
    for claim in enriched.claims:
        assert 0 <= claim.start < claim.end <= len(text), claim
        assert 0.0 <= claim.confidence <= 1.0, claim
        spans = [*claim.segments, claim.sentence]
        assert all(0 <= span.start < span.end <= len(text) for span in spans), claim
        for mention in _mentions(claim):
            assert text[mention.start : mention.end] == mention.text, (mention, claim)
        if len(claim.segments) == 1:
            assert text[claim.start : claim.end] == claim.text, claim
    ids = [claim.claim_id for claim in enriched.claims]
    assert len(set(ids)) == len(ids), [claim for claim in enriched.claims if ids.count(claim.claim_id) > 1]
    for letter in enriched_letters(enriched, None, "enrich"):
        msgspec.json.decode(letter.value or b"")
