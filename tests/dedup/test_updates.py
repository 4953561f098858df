"""What has new facts goes on as an update of the article it repeats; what only repeats is suppressed."""

from __future__ import annotations

import json

import pytest

from service.dedup.collection import Collection
from service.dedup.finding import Incoming
from service.dedup.index.clusters import MEMBERS_MAX
from service.dedup.new_facts import new_facts
from service.dedup.outputs import incoming
from service.dedup.segments import Segment
from service.dedup.verdict import Verdict
from service.intake.article import intake
from service.records import GOES_ON, Origin, RawRecord, Relation
from service.settings import DedupSettings, IntakeSettings
from tests.dedup.articles import a_story

STORY = (
    "A fire broke out at the Ostby timber yard early on Tuesday, killing three workers and injuring nine, the fire "
    f"service said.\n\n{a_story(260, seed=4)}\n\nThe yard's owner, Hanno Brekke, said that loading would "
    "stop. Brekke gave no date.\n\n"
    "In 2019 a blaze at the same yard hurt two people, and the company was fined 1.2 million crowns."
)
TITLE = "Three dead in fire at timber yard"


class Feed:
    """A collection fed with raw articles."""

    def __init__(self) -> None:
        settings = DedupSettings(capacity_articles=500)
        self.collection, self.rebuilt = Collection("c", settings), Collection("c", settings)
        self.offset = -1

    def say(self, text: str, article_id: str, title: str = TITLE, **fields: str) -> Verdict:
        return self.decide(self.read(text, article_id, title, **fields))

    def read(self, text: str, article_id: str, title: str = TITLE, **fields: str) -> Incoming:
        self.offset += 1
        value = json.dumps({"id": article_id, "title": title, "body": text, **fields}).encode()
        origin = Origin("articles.raw", 0, self.offset, 1_700_000_000_000)
        return incoming(intake(RawRecord(None, value, (), origin), IntakeSettings()))

    def decide(self, article: Incoming) -> Verdict:
        segment = self.collection.decide(self.offset, [article])
        stored = Segment.unpack(segment.pack())
        self.rebuilt.apply(stored)
        assert stored.verdicts == segment.verdicts
        return segment.verdicts[0]


LISTED = (
    "The dead were named on Wednesday as Ada Falk, Bo Lund, Gro Orr and Hal Vale, all of them carpenters."
)

CHANGED = {
    "another figure": STORY.replace("three workers", "five workers"),
    "a figure spelt as one of the text": STORY.replace("injuring nine", "injuring two"),
    "another name": STORY.replace("Hanno", "Ivar").replace("Brekke", "Solheim"),
    "a negation": STORY.replace("loading would stop", "loading would not stop"),
    "a new quotation": STORY
    + ' "We heard one dull thud and then the whole roof lifted," said crane driver Emil Harte.',
    "a new lead whose names and figures are known": "A second blaze has shaken the Ostby timber yard and cut its "
    f"road, injuring three guards, the fire service says.\n\n{STORY}",
    "a sentence that names nobody": STORY.replace(
        "Brekke gave no date.",
        "Brekke gave no date. A prosecutor has opened an inquiry into what went wrong there.",
    ),
    "a sentence whose words are mostly known": f"{LISTED}\n\n{STORY}\n\n"
    "The fire service said the yard would be closed for good.",
    "a name in a list": f"{LISTED}\n\n{STORY}".replace("Gro Orr", "Gro Orr, Zoltan Quist"),
    "a new lead": f"Police in Ostby arrested Karl Venn, 41, over the blaze on Wednesday.\n\n{STORY}",
}


@pytest.mark.parametrize("text", CHANGED.values(), ids=CHANGED)
def test_an_article_with_new_facts_goes_on(text: str) -> None:
    feed = Feed()
    feed.say(f"{LISTED}\n\n{STORY}" if "carpenters" in text else STORY, "first")
    verdict = feed.say(text, "second")
    assert (verdict.relation, verdict.match_id, verdict.cluster_id) == (Relation.UPDATE, "first", "first")
    assert verdict.new_facts


def test_a_headline_with_other_facts_goes_on() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert feed.say(STORY, "second", "Five dead in fire at timber yard").relation is Relation.UPDATE
    assert (
        feed.say(STORY, "third", "Three dead in fire at timber yard - Ivar Solheim charged").relation
        is Relation.UPDATE
    )


REPEATED = {
    "a dateline": f"OSTBY, May 3 (ANP) - {STORY}",
    "a credit": f"{STORY}\n\nReporting by Ola Nord; editing by Kari Lund",
    "numbers as words": STORY.replace("1.2 million", "1,200,000").replace("three workers", "3 workers"),
    "paragraphs in another order": "\n\n".join(reversed(STORY.split("\n\n"))),
    "paragraphs dropped": "\n\n".join(STORY.split("\n\n")[:-3]),
    "other line ends": STORY.replace(" the ", "\nthe "),
    "lost blanks": STORY.replace(".\n\n", "."),
    "a name of a section": f"World News\n{STORY}",
    "who wrote it": f"{STORY}\n\nFinn Quillan",
    "a country": STORY.replace("the Ostby timber yard", "the Ostby timber yard in Norway"),
    "a middle name": STORY.replace("Hanno Brekke", "Hanno Ivar Brekke"),
    "first words in capitals": STORY.replace(
        "A fire broke out at the Ostby timber yard early", "A FIRE BROKE OUT AT THE OSTBY TIMBER YArd early"
    ),
}


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED)
def test_an_article_that_only_repeats_is_suppressed(text: str) -> None:
    feed = Feed()
    feed.say(STORY, "first")
    verdict = feed.say(text, "second")
    assert not verdict.goes_on
    assert verdict.match_id == "first"


FLASH = "Ostby Owls beat Tarrow Miners 3-1 in the final at Mill Park on Saturday"

CHANGED_FLASHES = {
    "a figure": FLASH.replace("3-1", "4-1"),
    "a name": FLASH.replace("Tarrow", "Kestwick"),
    "the order of names": FLASH.replace("Ostby Owls beat Tarrow Miners", "Tarrow Miners beat Ostby Owls"),
    "the order of names around a word that no list has": FLASH.replace("beat", "humbled").replace(
        "Ostby Owls humbled Tarrow Miners", "Tarrow Miners humbled Ostby Owls"
    ),
}


@pytest.mark.parametrize("has_title", [True, False])
@pytest.mark.parametrize("text", CHANGED_FLASHES.values(), ids=CHANGED_FLASHES)
def test_a_flash_with_another_fact_goes_on(text: str, has_title: bool) -> None:
    feed = Feed()
    first = FLASH.replace("beat", "humbled") if "humbled" in text else FLASH
    feed.say(first, "first", first if has_title else "")
    assert feed.say(text, "second", text if has_title else "").goes_on
    again = feed.say(f"{text}.", "third", text if has_title else "")
    assert (again.goes_on, again.match_id) == (False, "second")


def test_a_flash_that_repeats_is_suppressed() -> None:
    feed = Feed()
    feed.say(FLASH, "first", FLASH)
    assert not feed.say(f"OSTBY (ANP) - {FLASH}.", "second", FLASH.upper()).goes_on


def test_a_negation_that_is_printed_twice_is_no_news() -> None:
    feed = Feed()
    once = f"{STORY}\n\nThe owner will not open the yard again."
    feed.say(once, "first")
    assert not feed.say(f"{once}\n\nThe owner will not open the yard again.", "second").goes_on


def test_a_reprint_of_the_first_version_is_not_measured_by_an_update_without_a_negation() -> None:
    feed = Feed()
    affirmed = STORY.replace("that loading would stop", "that it would open")
    denied = affirmed.replace("that it would open", "that it would not open")
    feed.say(affirmed, "first")
    assert feed.say(denied, "second").relation is Relation.UPDATE
    for text, article_id in ((affirmed, "first"), (denied, "second")):
        verdict = feed.say(f"{text}\n\nReporting by Ola Nord", f"reprint of {article_id}")
        assert (verdict.goes_on, verdict.match_id) == (False, article_id)


def test_an_update_answers_for_its_own_reprints_and_stays_in_the_cluster() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    update = STORY.replace("three workers", "five workers")
    feed.say(update, "second")
    reprint = feed.say(f"OSTBY, May 4 (ANP) - {update}", "third")
    assert (reprint.relation, reprint.match_id, reprint.cluster_id) == (
        Relation.NEAR_DUPLICATE,
        "second",
        "first",
    )
    old = feed.say(f"OSTBY, May 3 (ANP) - {STORY}", "fourth")
    assert (old.goes_on, old.match_id, old.cluster_id) == (False, "first", "first")
    again = feed.say(update.replace("injuring nine", "injuring 31"), "fifth")
    assert (again.relation, again.cluster_id) == (Relation.UPDATE, "first")


def test_updates_of_updates_answer_for_their_own_reprints() -> None:
    feed = Feed()
    texts = {
        "first": STORY,
        "second": STORY.replace("three workers", "five workers"),
        "third": STORY.replace("three workers", "five workers").replace("injuring nine", "injuring 31"),
        "fourth": STORY.replace("three workers", "eight workers").replace("injuring nine", "injuring 31"),
    }
    for article_id, text in texts.items():
        verdict = feed.say(text, article_id)
        assert verdict.goes_on
        assert verdict.cluster_id == "first"
    for article_id, text in texts.items():
        verdict = feed.say(f"OSTBY, May 4 (ANP) - {text}", f"reprint of {article_id}")
        assert (verdict.relation, verdict.match_id) == (Relation.NEAR_DUPLICATE, article_id)
        assert verdict.cluster_id == "first"


def test_the_reprint_of_an_update_has_the_shares_of_the_update() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    update = STORY.replace("three workers", "five workers")
    feed.say(update, "second")
    verdict = feed.say(f"{update}\n\nReporting by Ola Nord", "third")
    assert verdict.match_id == "second"
    assert verdict.sample_size > 20
    assert min(verdict.similarity, verdict.containment, verdict.coverage) > 0.8
    assert verdict.novelty < 0.2


def test_the_reprint_of_a_revision_is_measured_by_it() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    revised = STORY.replace("three workers", "five workers")
    assert feed.say(revised, "first").relation is Relation.REVISION
    verdict = feed.say(f"OSTBY, May 4 (ANP) - {revised}", "second")
    assert (verdict.goes_on, verdict.match_id, verdict.cluster_id) == (False, "first", "first")


def test_the_newest_updates_of_a_long_cluster_answer_for_their_reprints() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    texts = [STORY.replace("injuring nine", f"injuring {30 + n}") for n in range(12)]
    for n, text in enumerate(texts):
        verdict = feed.say(text, f"update {n}")
        assert (verdict.relation, verdict.cluster_id) == (Relation.UPDATE, "first")
    for n, text in list(enumerate(texts))[-MEMBERS_MAX:]:
        verdict = feed.say(f"OSTBY, May 4 (ANP) - {text}", f"reprint {n}")
        assert (verdict.goes_on, verdict.match_id) == (False, f"update {n}")


def test_one_earlier_article_has_to_have_all_of_it() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    feed.say(STORY.replace("three workers", "five workers"), "second")
    feed.say(STORY.replace("injuring nine", "injuring 31"), "third")
    both = STORY.replace("three workers", "five workers").replace("injuring nine", "injuring 31")
    assert feed.say(both, "fourth").relation is Relation.UPDATE


def test_a_new_title_alone_is_a_revision() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert feed.say(STORY, "first").relation is Relation.EXACT
    verdict = feed.say(STORY, "first", "Three die in fire")
    assert (verdict.relation, verdict.revision, verdict.changed) == (Relation.REVISION, 2, ("title",))
    verdict = feed.say(STORY, "first", "Three die in fire", source="Ostby Post", published_at="2024-05-03")
    assert (verdict.revision, verdict.changed) == (3, ("source", "published_at"))
    verdict = feed.say(STORY.replace("three", "five"), "first", "Three die in fire")
    assert (verdict.revision, verdict.changed) == (4, ("text", "source", "published_at"))


def test_a_correction_and_a_withdrawal_go_on_linked_and_answer_for_their_reprints() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    corrected = feed.say(f"(Corrects spelling in first paragraph)\n\n{STORY}", "second")
    assert (corrected.relation, corrected.match_id, corrected.cluster_id) == (
        Relation.UPDATE,
        "first",
        "first",
    )
    withdrawn = feed.say(STORY, "third", pubstatus="canceled")
    assert (withdrawn.relation, withdrawn.match_id) == (Relation.UPDATE, "first")
    again = feed.say(f"(Corrects spelling in first paragraph)\n\n{STORY}", "fourth")
    assert (again.goes_on, again.match_id) == (False, "second")


def test_a_notice_names_the_article_it_is_about() -> None:
    feed = Feed()
    feed.say(STORY, "ostby-7")
    verdict = feed.say(
        "EDITORS: Please KILL ostby-7, yard fire. It could not be verified.", "adv-1", "Advisory"
    )
    assert (verdict.relation, verdict.match_id, verdict.cluster_id) == (Relation.UPDATE, "ostby-7", "ostby-7")


def test_a_withdrawn_article_is_a_revision_and_may_come_back() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    assert feed.say(STORY, "first", pubstatus="canceled").changed == ("notice",)
    assert feed.say(STORY, "first", pubstatus="canceled").relation is Relation.EXACT
    back = feed.say(STORY, "first")
    assert (back.relation, back.revision) == (Relation.REVISION, 3)


def test_new_facts_are_named_with_their_places() -> None:
    feed = Feed()
    feed.say(STORY, "first")
    text = (
        STORY.replace("three workers", "five workers")
        + ' "The whole roof lifted," said driver Emil Harte of Tarrow.'
    )
    found = new_facts(TITLE, text, feed.say(text, "second").new_facts)
    assert ("figure", "five") in {(fact.kind, fact.text) for fact in found}
    assert all(text[fact.start : fact.end] == fact.text for fact in found if fact.where == "text")
    passages = [fact.text for fact in found if fact.kind == "passage"]
    assert any("Emil Harte" in passage for passage in passages)


DATELINE = "OSTBY, May 4 (ANP) - "
ITEM = (
    "Hanno Falk met Ivar Brekke at the timber yard in Ostby on Monday and the two agreed that loading would go on "
    "while the roof is mended, the port said. The cranes stand still until then, ships wait in the roads and nobody "
    "knows yet when the first of them can be brought to the quay again."
)
"""Some words fewer than from which on shares decide; with the dateline, some more."""


@pytest.mark.parametrize("with_dateline", ["original", "reprint"])
def test_a_dateline_makes_no_short_item_a_long_one(with_dateline: str) -> None:
    feed = Feed()
    feed.say(DATELINE + ITEM if with_dateline == "original" else ITEM, "item")
    copy = feed.say(DATELINE + ITEM if with_dateline == "reprint" else ITEM, "copy")
    assert copy.relation not in GOES_ON
    assert copy.match_id == "item"


def test_names_in_another_order_are_news_behind_a_dateline() -> None:
    feed = Feed()
    feed.say(ITEM, "item")
    turned = ITEM.replace("Hanno Falk met Ivar Brekke", "Ivar Brekke met Hanno Falk")
    assert feed.say(DATELINE + turned, "turned").relation is Relation.UPDATE
