"""The seeds of the fuzzer keep all promises, and a broken one is seen."""

from __future__ import annotations

import pytest
from msgspec import structs

from service.enrich.enrich import enrich
from service.intake.article import intake
from service.records import DedupNote, Unique
from tests.fuzz import check as checks
from tests.fuzz.check import ENRICH, INTAKE, TEXT, check, record_of
from tests.fuzz.seeds import TEXTS, seeds


@pytest.mark.parametrize("data", list(seeds()), ids=lambda data: f"{data[:24]!a}")
def test_a_seed_keeps_all_promises(data: bytes) -> None:
    check(data)


def test_a_claim_out_of_place_is_seen() -> None:
    article = intake(record_of(bytes([TEXT]) + TEXTS[0].encode()), INTAKE).article
    enriched = enrich(Unique(article, DedupNote(status="new", cluster_id="x")), ENRICH)
    (first, *rest) = enriched.claims
    moved = structs.replace(first, start=first.start + 1)
    with pytest.raises(AssertionError):
        checks._check_claims(structs.replace(enriched, claims=(moved, *rest)))
