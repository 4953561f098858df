"""What becomes of a verdict: a record for enrich or one for the subscribers of duplicates."""

from __future__ import annotations

import pytest

from service.dedup.collection import Collection
from service.dedup.outputs import incoming, to_duplicate, to_unique
from service.dedup.verdict import Verdict
from service.records import Article, Origin, Relation, Sketched
from service.settings import DedupSettings
from service.sketch.normal_form import content_hash
from service.sketch.sketch import sketch

STORY = " ".join(f"word{n}" for n in range(200))


def an_article(text: str = STORY, article_id: str = "a1", offset: int = 0, as_fed: int = 0) -> Article:
    return Article(
        article_id=article_id,
        collection="default",
        text=text,
        content_hash=content_hash(text),
        origin=Origin("articles.raw", 2, offset, 1_700_000_000_000),
        title="Ferry stays in port",
        source="Alder Courier",
        as_fed=as_fed,
    )


def sketched(article: Article) -> Sketched:
    return Sketched(article, sketch(article.text).pack())


def decide(*articles: Article) -> list[Verdict]:
    collection = Collection("default", DedupSettings(capacity_articles=10))
    return list(collection.decide(0, [incoming(sketched(article)) for article in articles]).verdicts)


def test_a_new_article_goes_on_as_the_head_of_its_cluster() -> None:
    article = an_article()
    (verdict,) = decide(article)
    unique = to_unique(article, verdict)
    assert unique.article is article
    assert unique.dedup.status == "new"
    assert (unique.dedup.cluster_id, unique.dedup.revision, unique.dedup.novelty) == ("a1", 1, 1.0)
    assert unique.dedup.related == ()


def test_a_story_in_new_material_is_named_as_related() -> None:
    host = an_article(STORY + " " + " ".join(f"new{n}" for n in range(300)), "host", 1)
    _, verdict = decide(an_article(), host)
    note = to_unique(host, verdict).dedup
    (related,) = note.related
    assert (related.article_id, related.relation) == ("a1", "contains")
    assert related.coverage > 0.9
    assert note.novelty == pytest.approx(1 - related.containment)
    assert note.cluster_id == "host"


def test_a_changed_text_is_a_revision() -> None:
    changed = an_article(STORY + " and more", "a1", 1)
    _, verdict = decide(an_article(), changed)
    note = to_unique(changed, verdict).dedup
    assert (note.status, note.revision, note.cluster_id, note.related) == ("revision", 2, "a1", ())


def test_a_duplicate_keeps_its_own_metadata_and_names_what_it_repeats() -> None:
    copy = an_article(STORY + " end", "a2", 1)
    _, verdict = decide(an_article(), copy)
    duplicate = to_duplicate(copy, verdict)
    assert (duplicate.article_id, duplicate.duplicate_of, duplicate.cluster_id) == ("a2", "a1", "a1")
    assert duplicate.relation == "near_duplicate"
    assert (duplicate.title, duplicate.source, duplicate.origin) == (copy.title, copy.source, copy.origin)
    assert duplicate.sample_size > 0


def test_equal_only_after_cleaning_took_words_away_is_a_near_duplicate() -> None:
    plain, same = an_article(), an_article(STORY, "a3", 2)
    trimmed, trimmed_alike = an_article(STORY, "a2", 1, as_fed=7), an_article(STORY, "a4", 3, as_fed=7)
    trimmed_otherwise = an_article(STORY, "a5", 4, as_fed=8)
    for articles, relation in (
        ((plain, trimmed), Relation.NEAR_DUPLICATE),
        ((trimmed, same), Relation.NEAR_DUPLICATE),
        ((trimmed, trimmed_otherwise), Relation.NEAR_DUPLICATE),
        ((plain, same), Relation.EXACT),
        ((trimmed, trimmed_alike), Relation.EXACT),
    ):
        verdict = decide(*articles)[1]
        assert (verdict.relation, verdict.similarity, verdict.novelty) == (relation, 1.0, 0.0)


def test_an_article_fed_again_is_an_exact_duplicate_even_when_it_was_trimmed() -> None:
    first, again = an_article(STORY, "a1", 0, as_fed=7), an_article(STORY, "a1", 1, as_fed=8)
    _, verdict = decide(first, again)
    assert (verdict.relation, verdict.match_id) == (Relation.EXACT, "a1")


def test_a_verdict_cannot_be_turned_into_the_wrong_record() -> None:
    article, (new, exact) = an_article(), decide(an_article(), an_article(STORY, "a2", 1))
    with pytest.raises(ValueError, match="does not go on"):
        to_unique(article, exact)
    with pytest.raises(ValueError, match="is no duplicate"):
        to_duplicate(article, new)
    with pytest.raises(ValueError, match="is no duplicate"):
        to_duplicate(article, Verdict(None, "a1", redelivered=True))
