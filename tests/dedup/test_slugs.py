"""Notices that repeat nothing of an article are linked to it by its slug."""

from __future__ import annotations

import pytest

from service.records import Relation
from tests.dedup.articles import a_story
from tests.dedup.test_updates import STORY, Feed

KILL = "KILL. A kill is mandatory. Make certain that the story is not published. A replacement will follow."
OTHERS = "WITHDRAWN: Editors, do not use what we sent you under that name; its figures could not be verified by us."


@pytest.mark.parametrize("field", ["slugline", "slug", "SlugLine"])
def test_a_notice_without_the_text_is_linked_by_the_slug_it_has(field: str) -> None:
    feed = Feed()
    feed.say(STORY, "first", source="ANP", **{field: "BC-Ostby Fire"})
    feed.say(a_story(200, seed=8), "other", "A sale", source="ANP", **{field: "BC-Sale"})
    feed.say(a_story(200, seed=9), "abroad", "A fire", source="Kell", **{field: "BC-Ostby Fire"})
    kill = feed.say(KILL, "kill", "Kill", source="ANP", **{field: "bc-ostby-fire"})
    assert (kill.relation, kill.match_id, kill.cluster_id) == (Relation.UPDATE, "first", "first")


def test_a_notice_is_linked_by_the_slug_that_its_text_names() -> None:
    feed = Feed()
    feed.say(STORY, "first", slugline="OSTBY-FIRE/")
    kill = feed.say(f"{KILL}\n\nIt was slugged OSTBY-FIRE.", "kill", "Kill")
    assert (kill.relation, kill.match_id) == (Relation.UPDATE, "first")


def test_only_notices_are_linked_by_a_slug_and_to_the_newest_that_has_it() -> None:
    feed = Feed()
    feed.say(STORY, "first", slugline="fire")
    assert feed.say(a_story(200, seed=8), "second", "A sale", slugline="fire").relation is Relation.NEW
    assert feed.say(KILL, "kill", "Kill", slugline="fire").match_id == "second"


def test_a_slug_is_good_for_its_day_and_the_night_behind_it() -> None:
    feed = Feed()
    feed.say(STORY, "first", slugline="fire", published_at="2026-05-03T22:00:00Z")
    night = feed.say(KILL, "night", "Kill", slugline="fire", published_at="2026-05-04T00:10:00Z")
    later = feed.say(OTHERS, "later", "Withdrawn", slugline="fire", published_at="2026-05-09T00:10:00Z")
    assert (night.match_id, later.match_id) == ("first", None)


def test_a_text_that_a_notice_repeats_comes_before_a_slug() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    feed.say(a_story(200, seed=8), "second", "A sale", slugline="fire")
    assert feed.say(f"{KILL}\n\n{STORY}", "kill", "Kill", slugline="fire").match_id == "first"
