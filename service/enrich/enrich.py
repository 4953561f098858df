"""articles.unique -> articles.enriched, claims: read each article's claims and give them their ids."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Final

from msgspec.structs import astuple

from service.enrich.claims import EXTRACTOR_VERSION, Findings, find_all_claims
from service.enrich.doc import Asked
from service.records import Article, Claim, Enriched, Finding, Unique
from service.settings import EnrichSettings

EXTRACTOR_MAJOR = EXTRACTOR_VERSION.split(".")[0]

BATCH_ARTICLES = 48
"""Maximum number of articles read together: sixteen cost a twentieth more each, twice as many are no cheaper."""
BATCH_CHARS = 300_000
"""Maximum number of characters of all texts of a batch, so that reading takes some tens of megabytes at most."""


def batches(uniques: Sequence[Unique]) -> Iterator[Sequence[Unique]]:
    """Split articles, in order, into batches of about one size for `enrich_all`; a long text is a batch by itself."""
    parts = math.ceil(len(uniques) / BATCH_ARTICLES)
    most = math.ceil(len(uniques) / max(1, parts))
    first = chars = 0
    for number, unique in enumerate(uniques):
        length = len(unique.article.text)
        if number > first and (number - first == most or chars + length > BATCH_CHARS):
            yield uniques[first:number]
            first, chars = number, 0
        chars += length
    if first < len(uniques):
        yield uniques[first:]


def enrich(unique: Unique, settings: EnrichSettings) -> Enriched:
    """Add its claims to an article, sorted by start. The same article yields the same claims with the same ids.

    Of more than `claims_max` claims the most confident stay, and the record says how many do not; those below
    `confidence_min` are left out unsaid.
    """
    return enrich_all([unique], settings)[0]


def enrich_all(uniques: Sequence[Unique], settings: EnrichSettings) -> list[Enriched]:
    """Do what `enrich` does for many articles at once. An exception for one article is raised for all."""
    articles = [unique.article for unique in uniques]
    asked = [Asked(one.text, one.published_at, one.language) for one in articles]
    found = find_all_claims(asked, settings.read_chars_max, settings.confidence_min)
    return [_enriched(unique, one, settings) for unique, one in zip(uniques, found, strict=True)]


def _enriched(unique: Unique, findings: Findings, settings: EnrichSettings) -> Enriched:
    article = unique.article
    is_withdrawn = unique.dedup.status == "withdrawal"
    found = () if is_withdrawn else findings.claims
    kept = _most_confident(found, settings.claims_max)
    return Enriched(
        article_id=article.article_id,
        collection=article.collection,
        text=article.text,
        content_hash=article.content_hash,
        dedup=unique.dedup,
        claims=_claims(unique, kept),
        dates=findings.dates,
        origin=article.origin,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        language=article.language,
        extra=article.extra,
        repairs=article.repairs,
        read_as=findings.language,
        read_until=findings.until,
        claims_left_out=len(found) - len(kept),
    )


def _most_confident(findings: tuple[Finding, ...], claims_max: int) -> tuple[Finding, ...]:
    if len(findings) <= claims_max:
        return findings
    kept = sorted(findings, key=lambda finding: -finding.confidence)  # stable: among equals the earlier stays
    return tuple(sorted(kept[:claims_max], key=lambda finding: (finding.start, finding.end, finding.kind)))


def _claims(unique: Unique, findings: Sequence[Finding]) -> tuple[Claim, ...]:
    article, cluster_id, revision = unique.article, unique.dedup.cluster_id, unique.dedup.revision
    return tuple(
        [
            Claim(
                *astuple(finding),  # a struct takes fields by position in a seventh of the time
                claim_id=claim_id,
                article_id=article.article_id,
                cluster_id=cluster_id,
                source=article.source,
                published_at=article.published_at,
                extractor_version=EXTRACTOR_VERSION,
                revision=revision,
                collection=article.collection,
            )
            for finding, claim_id in zip(findings, claim_ids(article, findings), strict=True)
        ]
    )


DEFAULT_COLLECTION: Final = "default"
"""Name of the one collection that claim ids do not depend on: they are those of an installation without others."""


def claim_ids(article: Article, findings: Sequence[Finding]) -> list[str]:
    """Compute the ids of claims, 32 hex digits each.

    An id stays the same as long as the article, the place and the extractor's major version are the same.
    What all of them begin with is hashed once.
    """
    begun = f"{article.article_id}\x1f{article.content_hash}\x1f".encode("utf-8", "surrogatepass")
    if article.collection != DEFAULT_COLLECTION:
        begun += f"{article.collection}\x1f".encode()
    shared = blake2b(begun, digest_size=16)
    ids = []
    for finding in findings:
        one = shared.copy()
        one.update(f"{finding.kind}\x1f{_places(finding)}\x1f{EXTRACTOR_MAJOR}".encode())
        ids.append(one.hexdigest())
    return ids


def _places(finding: Finding) -> str:
    if len(finding.segments) == 1:
        (only,) = finding.segments
        return f"{only.start}-{only.end}"
    return ",".join([f"{span.start}-{span.end}" for span in finding.segments])
