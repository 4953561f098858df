"""What dedup says of an article, and that it says the same however the log is cut, replayed or rebuilt."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.dedup.collection import Collection
from service.dedup.finding import Incoming
from service.dedup.segments import Segment
from service.dedup.verdict import Verdict
from service.records import Origin, Relation
from service.settings import DedupSettings
from service.sketch.normal_form import content_hash
from service.sketch.sketch import Sketch, sketch

DAY_MS = 86_400_000
WORDS = [
    a + b + c + d + e
    for a in "bdfgklmnprst"
    for b in "aeiou"
    for c in "dklmnprst"
    for d in "aeiou"
    for e in "lnrst"
]


def story(seed: int, words: int = 300) -> list[str]:
    """Words that no story with another number shares in order."""
    dice = random.Random(seed)
    return [dice.choice(WORDS) for _ in range(words)]


def text(*parts: Sequence[str]) -> str:
    return " ".join(word for part in parts for word in part)


class Desk:
    """A collection that is fed one text at a time."""

    def __init__(self, capacity: int = 1_000, days: float = 7.0, enabled: bool = True) -> None:
        self.settings = DedupSettings(capacity_articles=capacity, window_days=days, enabled=enabled)
        self.collection = Collection("default", self.settings)
        self.segments: list[Segment] = []
        self._raw = 0

    def incoming(self, body: str, article_id: str | None = None, at_ms: int | None = None) -> Incoming:
        self._raw += 1
        origin = Origin("articles.raw", 0, self._raw, at_ms)
        return Incoming(article_id or f"a{self._raw}", content_hash(body), origin, sketch(body))

    def envelope(self, *articles: Incoming) -> tuple[Verdict, ...]:
        segment = self.collection.decide(len(self.segments), articles)
        self.segments.append(segment)
        return segment.verdicts

    def say(self, body: str, article_id: str | None = None, at_ms: int | None = None) -> Verdict:
        (verdict,) = self.envelope(self.incoming(body, article_id, at_ms))
        return verdict


def test_unrelated_stories_are_new() -> None:
    desk = Desk()
    assert {desk.say(text(story(n))).relation for n in range(50)} == {Relation.NEW}


def test_the_same_words_under_another_id_are_exact_whatever_their_punctuation() -> None:
    desk = Desk()
    desk.say(text(story(1)), "first")
    verdict = desk.say(text(story(1)).upper().replace(" ", ",  ", 3), "second")
    assert (verdict.relation, verdict.match_id, verdict.cluster_id) == (Relation.EXACT, "first", "first")
    assert (verdict.similarity, verdict.novelty) == (1.0, 0.0)


def test_light_edits_make_a_near_duplicate() -> None:
    desk = Desk()
    desk.say(text(story(1)), "first")
    edited = story(1)
    edited[50:52] = ["altered", "twice"]
    verdict = desk.say(text(["dateline"], edited, ["copyright"]), "second")
    assert (verdict.relation, verdict.match_id) == (Relation.NEAR_DUPLICATE, "first")
    assert verdict.containment > 0.8
    assert verdict.sample_size > 0


def test_an_excerpt_is_part_of_its_story() -> None:
    desk = Desk()
    desk.say(text(story(1, 500)), "whole")
    verdict = desk.say(text(story(1, 500)[100:260]), "excerpt")
    assert (verdict.relation, verdict.match_id) == (Relation.PART_OF, "whole")


@pytest.mark.parametrize("around", [400, 1_600])
def test_a_story_inside_new_material_is_contained_and_goes_on(around: int) -> None:
    desk = Desk()
    desk.say(text(story(1, 100)), "brief")
    host = story(2, around)
    verdict = desk.say(text(host[: around // 2], story(1, 100), host[around // 2 :]), "round-up")
    assert (verdict.relation, verdict.match_id) == (Relation.CONTAINS, "brief")
    assert verdict.goes_on
    assert verdict.novelty > 0.5
    assert verdict.cluster_id == "round-up"


def test_a_story_that_shares_a_part_and_adds_as_much_overlaps() -> None:
    desk = Desk()
    desk.say(text(story(1, 400)), "first")
    verdict = desk.say(text(story(1, 400)[:180], story(2, 220)), "second")
    assert (verdict.relation, verdict.match_id) == (Relation.OVERLAPS, "first")
    assert verdict.goes_on


def test_clusters_never_chain() -> None:
    desk = Desk()
    words = story(1)
    desk.say(text(words), "first")
    for n in range(6):
        words = [*words]
        words[40 * n] = f"changed{n}"
        assert desk.say(text(words), f"copy{n}").cluster_id == "first"


def test_a_changed_text_under_a_known_id_is_a_numbered_revision() -> None:
    desk = Desk()
    assert desk.say(text(story(1)), "a").revision == 1
    second = desk.say(text(story(1)[:250], story(2, 50)), "a")
    third = desk.say(text(story(3)), "a")
    assert (second.relation, second.revision, third.relation, third.revision) == (
        Relation.REVISION,
        2,
        Relation.REVISION,
        3,
    )
    assert desk.say(text(story(3)), "a").relation is Relation.EXACT


def test_the_same_raw_record_is_answered_once() -> None:
    desk = Desk()
    article = desk.incoming(text(story(1)))
    first, again = desk.envelope(article)[0], desk.envelope(article)[0]
    assert not first.redelivered
    assert (again.redelivered, again.relation) == (True, None)


def test_a_match_older_than_the_window_does_not_count() -> None:
    desk = Desk(days=7)
    start = 1_700_000_000_000
    desk.say(text(story(1)), "old", start)
    assert desk.say(text(story(1)), "soon", start + 6 * DAY_MS).relation is Relation.EXACT
    assert desk.say(text(story(1)), "late", start + 8 * DAY_MS).relation is Relation.NEW


def test_an_id_that_outlived_the_window_counts_its_revisions_on() -> None:
    desk = Desk(days=7)
    start = 1_700_000_000_000
    desk.say(text(story(1)), "known", start)
    assert desk.say(text(story(2)), "other", start + 30 * DAY_MS).revision == 1
    again = desk.say(text(story(3)), "known", start + 31 * DAY_MS)
    assert (again.relation, again.revision) == (Relation.REVISION, 2)


def test_when_memory_is_full_the_oldest_go_first() -> None:
    desk = Desk(capacity=20)
    for n in range(40):
        desk.say(text(story(n)), f"s{n}")
    assert desk.collection.entries == 20
    assert desk.collection.evicted == 20
    assert desk.say(text(story(0)), "gone").relation is Relation.NEW
    assert desk.say(text(story(39)), "kept").relation is Relation.EXACT


def test_shared_boilerplate_alone_is_no_relation() -> None:
    footer = story(99, 60)
    desk = Desk()
    for n in range(30):
        desk.say(text(story(n, 200), footer))
    late = [desk.say(text(story(100 + n, 200), footer)).relation for n in range(100)]
    assert late.count(Relation.NEW) >= 99


@pytest.mark.parametrize(
    "body", ["", "...", "word", "two words", "word " * 5_000, "a b c", "1", "\u0301" * 50, "\U0001f600" * 40]
)
def test_very_short_and_one_word_texts_have_verdicts(body: str) -> None:
    desk = Desk()
    first, second = desk.say(body), desk.say(body)
    assert first.relation is Relation.NEW
    assert second.relation in {Relation.EXACT, Relation.NEW}
    if any(c.isalnum() for c in body):
        assert second.relation is Relation.EXACT


CHINESE = (
    "市政府周一表示旧造纸厂将于五月重新开放雇用一百二十名工人"
    "此前争论了九年维修费用比计划高出百分之三十第二座厂房将于秋季启用"
)


def test_texts_without_spaces_are_compared_too() -> None:
    desk = Desk()
    desk.say(CHINESE * 2 + "港口的渡轮因北码头下沉而停航三天工程师发现了一个没有地图标示的空洞", "first")
    verdict = desk.say(
        CHINESE * 2 + "港口的渡轮因北码头下沉而停航三天工程师发现了一个没有地图标示的洞穴", "second"
    )
    assert verdict.match_id == "first"
    assert not verdict.goes_on


def test_with_dedup_off_every_article_is_new_and_redelivery_is_still_seen() -> None:
    desk = Desk(enabled=False)
    article = desk.incoming(text(story(1)))
    assert desk.envelope(article)[0].relation is Relation.NEW
    assert desk.say(text(story(1))).relation is Relation.NEW
    assert desk.envelope(article)[0].redelivered


def test_a_fault_of_ours_is_the_verdict_of_its_article_alone() -> None:
    desk = Desk()
    broken = Incoming("broken", "0" * 32, Origin("articles.raw", 0, 900), b"no sketch")
    good = desk.incoming(text(story(1)))
    bad, fine = desk.envelope(broken, good)
    assert bad.bug is not None
    assert bad.relation is None
    assert fine.relation is Relation.NEW


def a_log(seed: int, count: int) -> list[Incoming]:
    """Stories, reprints, excerpts, round-ups, revisions and redeliveries, mixed."""
    dice, desk = random.Random(seed), Desk()
    log: list[Incoming] = []
    for n in range(count):
        old, at_ms = dice.randrange(n + 1), 1_700_000_000_000 + n * DAY_MS // 4
        kind = dice.randrange(7)
        if kind == 0 and log:
            log.append(dice.choice(log))
        elif kind == 1:
            log.append(desk.incoming(text(story(old)), None, at_ms))
        elif kind == 2:
            log.append(desk.incoming(text(story(old)[60:200]), None, at_ms))
        elif kind == 3:
            log.append(desk.incoming(text(story(1000 + n), story(old)[:120]), None, at_ms))
        elif kind == 4:
            log.append(desk.incoming(text(story(n), ["changed"]), f"id{old}", at_ms))
        else:
            log.append(desk.incoming(text(story(n)), f"id{n}", at_ms))
    return log


def decide(log: Sequence[Incoming], cuts: Sequence[int], collection: Collection) -> list[Segment]:
    edges = [0, *sorted(set(cuts) - {0, len(log)}), len(log)]
    return [collection.decide(offset, log[start:end]) for offset, (start, end) in enumerate(pairwise(edges))]


def verdicts(segments: Sequence[Segment]) -> list[Verdict]:
    return [verdict for segment in segments for verdict in segment.verdicts]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 59), max_size=12))
def test_verdicts_do_not_depend_on_how_the_log_is_cut(seed: int, cuts: list[int]) -> None:
    log = a_log(seed, 60)
    whole = verdicts(decide(log, [], Collection("c", DedupSettings(capacity_articles=40, window_days=5))))
    parts = verdicts(decide(log, cuts, Collection("c", DedupSettings(capacity_articles=40, window_days=5))))
    assert parts == whole
    assert len({verdict.relation for verdict in whole}) > 3


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 19))
def test_a_rebuilt_collection_answers_as_the_lost_one_would_have(seed: int, killed_after: int) -> None:
    log, limits = a_log(seed, 60), DedupSettings(capacity_articles=40, window_days=5)
    cuts = range(3, 60, 3)
    expected = decide(log, cuts, Collection("c", limits))
    rebuilt = Collection("c", limits)
    rebuilt.apply_all(Segment.unpack(segment.pack()) for segment in expected[:killed_after])
    edges = [*range(0, 60, 3), 60]
    for offset in range(killed_after, len(expected)):
        segment = rebuilt.decide(offset, log[edges[offset] : edges[offset + 1]])
        assert segment.pack() == expected[offset].pack()


def test_a_segment_comes_out_as_it_went_in_and_refuses_what_is_none() -> None:
    (segment,) = decide(a_log(7, 20), [], Collection("c", DedupSettings(capacity_articles=40)))
    packed = segment.pack()
    assert Segment.unpack(packed).verdicts == segment.verdicts
    for broken in (b"", packed[:-1], packed[:10], b"\xff" + packed[1:]):
        with pytest.raises(ValueError, match=r".+"):
            Segment.unpack(broken)


def test_offsets_must_rise() -> None:
    desk = Desk()
    desk.say("some words of a story")
    with pytest.raises(ValueError, match="does not follow"):
        desk.collection.decide(0, [desk.incoming("other words of a story")])


@given(st.text(max_size=400))
def test_a_sketch_comes_out_of_its_bytes_as_it_went_in(body: str) -> None:
    made = sketch(body)
    assert Sketch.unpack(made.pack()).pack() == made.pack()
    assert sketch(body).pack() == made.pack()


def test_a_sketch_refuses_bytes_that_are_none() -> None:
    packed = sketch(text(story(1))).pack()
    for broken in (b"", packed[:-1], b"\xff" * len(packed)):
        with pytest.raises(ValueError, match=r".+"):
            Sketch.unpack(broken)


def test_a_very_long_text_has_a_bounded_sketch() -> None:
    assert len(sketch("word by word the text went on and on. " * 130_000).pack()) < 100_000


@pytest.mark.parametrize("stamp_ms", [4_102_444_800_000, 2**62, -5, 0])
def test_a_feeders_clock_cannot_make_a_collection_forget(stamp_ms: int) -> None:
    """An envelope written today holds nothing from 2100: log time is bounded by the log's own stamps."""
    collection = Collection("default", DedupSettings(capacity_articles=100, window_days=7))
    today_ms = 1_760_000_000_000

    def decided(offset: int, name: str, raw_ms: int) -> Relation | None:
        one = Incoming(
            name,
            "5a" * 16,
            Origin("raw", 0, offset, raw_ms),
            sketch("A ferry sails. " * 9),
        )
        (verdict,) = collection.decide(offset, [one], written_ms=today_ms).verdicts
        return verdict.relation

    assert decided(0, "a", today_ms) is Relation.NEW
    collection.decide(
        1,
        [Incoming("b", "0" * 32, Origin("raw", 0, 1, stamp_ms), sketch("Other words entirely stand here."))],
        written_ms=today_ms,
    )
    assert decided(2, "c", today_ms) is Relation.EXACT
