"""Enriched articles: claims with ids that last, in order, as many and as sure as the settings say."""

from __future__ import annotations

import msgspec
import pytest

from service.enrich import enrich as room
from service.enrich.claims import Findings
from service.enrich.enrich import BATCH_ARTICLES, BATCH_CHARS, batches, claim_ids, enrich, enrich_all
from service.records import (
    Article,
    ClaimKind,
    DateMention,
    DedupNote,
    Finding,
    Mention,
    Origin,
    Quantity,
    Span,
    Speaker,
    Unique,
)
from service.settings import EnrichSettings

TEXT = (
    "The ferry terminal will cost $3.2 million, Ada Brandt, the harbour's director, said on Tuesday. "
    '"We will build it next year," she told the council. The council has 24 members.'
)


def an_article(text: str = TEXT, article_id: str = "harbour-1") -> Unique:
    article = Article(
        article_id=article_id,
        collection="default",
        text=text,
        content_hash="0" * 32,
        origin=Origin("articles.raw", 0, 7),
        source="The Quay",
        published_at="2024-01-10T00:00:00Z",
    )
    return Unique(article, DedupNote("new", "harbour-1"))


def test_claims_carry_the_article_they_stand_in() -> None:
    enriched = enrich(an_article(), EnrichSettings())
    assert [claim.kind for claim in enriched.claims] == ["statement", "quote", "figure"]
    for claim in enriched.claims:
        assert enriched.text[claim.start : claim.end] == claim.text
        assert (claim.article_id, claim.cluster_id, claim.source) == ("harbour-1", "harbour-1", "The Quay")
        assert claim.published_at == "2024-01-10T00:00:00Z"
    assert enriched.claims[0].quantities[0].value == 3.2e6
    assert {date.value for date in enriched.dates} >= {"2024-01-09"}


FULL = Finding(
    kind=ClaimKind.QUOTE,
    text="We will build 3 docks",
    start=1,
    end=22,
    segments=(Span(1, 8), Span(9, 22)),
    sentence=Span(0, 40),
    speaker=Speaker(24, 27, "she", "Ada Brandt", "pronoun", "director", "person", 0.9),
    cue=Mention(28, 32, "said"),
    quantities=(Quantity(15, 16, "3", 3.0),),
    dates=(DateMention(33, 40, "Tuesday", "date"),),
    negated=True,
    hedged=True,
    confidence=0.7,
    method="rule: marks",
    via=(Speaker(36, 39, "it", "Kestrel News", "pronoun", None, "organisation", 0.9),),
)
"""A finding in which no field has its default."""


def test_a_claim_has_all_that_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def finds(asked: object, chars_max: int, confidence_min: float) -> list[Findings]:
        return [Findings((FULL,), ())]

    monkeypatch.setattr(room, "find_all_claims", finds)
    (claim,) = enrich(an_article(), EnrichSettings()).claims
    found = msgspec.structs.asdict(FULL)
    fields = msgspec.structs.fields(Finding)
    assert all(found[field.name] != field.default for field in fields), "FULL lacks something"
    assert {name: getattr(claim, name) for name in found} == found


def test_the_ids_of_claims_never_change() -> None:
    single = msgspec.structs.replace(FULL, kind="figure", segments=(Span(3, 9),))
    assert claim_ids(an_article().article, [FULL, single]) == [
        "b6eda1a0d9bf61ffd11b58effedddd5f",
        "1f735cca272bc4cf7351a09bcb3d0f62",
    ]


def test_the_same_article_yields_the_same_bytes() -> None:
    first, second = (msgspec.json.encode(enrich(an_article(), EnrichSettings())) for _ in range(2))
    assert first == second


def test_claim_ids_are_32_hex_digits_all_different_and_depend_on_the_article() -> None:
    ids = [claim.claim_id for claim in enrich(an_article(), EnrichSettings()).claims]
    others = [claim.claim_id for claim in enrich(an_article(article_id="harbour-2"), EnrichSettings()).claims]
    assert len({*ids, *others}) == 2 * len(ids)
    assert all(len(i) == 32 and int(i, 16) >= 0 for i in ids)


def test_the_same_article_in_two_collections_has_claims_of_its_own_that_name_theirs() -> None:
    ids: set[str] = set()
    for name in ("default", "archive", "north"):
        unique = an_article()
        article = msgspec.structs.replace(unique.article, collection=name)
        claims = enrich(Unique(article, unique.dedup), EnrichSettings()).claims
        assert {claim.collection for claim in claims} == {name}
        ids |= {claim.claim_id for claim in claims}
    assert len(ids) == 3 * len(claims)


def test_of_too_many_claims_the_most_confident_stay_in_text_order() -> None:
    everything = enrich(an_article(), EnrichSettings()).claims
    cut = enrich(an_article(), EnrichSettings(claims_max=2))
    kept = cut.claims
    assert cut.claims_left_out == len(everything) - 2 == 1
    assert enrich(an_article(), EnrichSettings(confidence_min=1.0)).claims_left_out == 0
    assert sorted(c.confidence for c in kept) == sorted(c.confidence for c in everything)[1:]
    assert [c.start for c in kept] == sorted(c.start for c in kept)


def test_claims_below_the_least_confidence_are_left_out() -> None:
    least = sorted(c.confidence for c in enrich(an_article(), EnrichSettings()).claims)[1]
    kept = enrich(an_article(), EnrichSettings(confidence_min=least)).claims
    assert len(kept) == 2
    assert min(c.confidence for c in kept) == least


@pytest.mark.parametrize("text", ["\n", "...", "\U0001f600"])
def test_an_article_that_says_nothing_has_no_claims(text: str) -> None:
    assert enrich(an_article(text), EnrichSettings()).claims == ()


def test_a_text_in_another_language_says_so_and_names_no_speakers() -> None:
    german = (
        "Der Fährhafen soll 3,2 Millionen Euro kosten, sagte Hafenchefin Ada Brandt am Dienstag vor dem Rat. "
        "„Wir bauen im nächsten Jahr, und zwar ohne neue Schulden“, sagte sie. Der Rat hat 24 Mitglieder und tagt "
        "nur viermal im Jahr."
    )
    enriched = enrich(an_article(german), EnrichSettings())
    assert enriched.read_as == "und"
    assert {claim.kind for claim in enriched.claims} == {"quote"}
    assert any(claim.kind == "quote" for claim in enriched.claims)
    assert all(claim.speaker is None for claim in enriched.claims)
    assert enrich(an_article(), EnrichSettings()).read_as == "en"


def test_an_article_too_long_says_how_far_it_was_read() -> None:
    first = TEXT + " The hall above the river is empty." * 40 + "\n"
    long = an_article(first + TEXT)
    enriched, whole = (
        enrich(long, EnrichSettings(read_chars_max=len(first) + 9)),
        enrich(long, EnrichSettings()),
    )
    assert enriched.read_until == len(first)
    assert enriched.text == long.article.text
    assert (
        enriched.claims == whole.claims[:2]
    )  # 24 members are below the least confidence in a text this long
    assert enriched.dates == whole.dates[: len(whole.dates) // 2]
    assert len(whole.claims) == 4
    assert whole.read_until is None


def test_articles_read_together_are_read_as_each_of_them_alone() -> None:
    texts = [
        TEXT,
        "\n",
        "Der Hafen soll 3 Millionen Euro kosten, sagte sie dem Rat.",
        TEXT * 3,
        "Ann Lee spoke.",
    ]
    uniques = [an_article(text, f"harbour-{number}") for number, text in enumerate(texts)]
    together = enrich_all(uniques, EnrichSettings())
    assert together == [enrich(unique, EnrichSettings()) for unique in uniques]
    assert [one.article_id for one in together] == [one.article.article_id for one in uniques]


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [
        ([], []),
        ([10] * BATCH_ARTICLES, [BATCH_ARTICLES]),
        ([10] * (BATCH_ARTICLES + 1), [BATCH_ARTICLES // 2 + 1, BATCH_ARTICLES // 2]),
        ([10, BATCH_CHARS + 1, 10], [1, 1, 1]),
        ([BATCH_CHARS // 2] * 3, [2, 1]),
    ],
)
def test_batches_hold_so_many_articles_and_characters_and_every_article_once(
    lengths: list[int], sizes: list[int]
) -> None:
    uniques = [an_article("x" * length, str(number)) for number, length in enumerate(lengths)]
    cut = list(batches(uniques))
    assert [len(batch) for batch in cut] == sizes
    assert [unique for batch in cut for unique in batch] == uniques
