"""When two claims are the same, and when their figures exclude each other: the rules alone, on invented claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from service.records import Claim, ClaimKind, DateMention, Mention, Quantity, Span, Speaker, SpeakerKind
from service.sketch.claims.claim_facets import FIGURES, Facet, facets_of
from service.sketch.claims.claim_words import words_of
from service.sketch.claims.stem_weights import UNIT
from service.threads.clauses import (
    DAYS,
    MASS,
    MEASURES,
    PLAIN,
    QUOTED,
    RUN,
    SAME_SPEAKER,
    SHARE,
    WHO,
    first_met,
)
from service.threads.explaining import VERDICTS
from service.threads.pairs import compare_facets


def facet(
    words: str,
    speaker: str | None = None,
    *,
    via: str = "",
    kind: str = "quote",
    day: str = "",
    cue: str = "said",
    negated: bool = False,
    also: Sequence[Quantity] = (),
    **figure: Any,
) -> Facet:
    """Return what is compared of a claim; with `figure`, the fields of a quantity, of that and of those in `also`."""
    quantities: tuple[Quantity, ...] = ()
    who: SpeakerKind = "group" if " and " in (speaker or "") else "person"
    if figure:
        start = words.index(figure["text"])
        quantities = (Quantity(start, start + len(figure["text"]), **figure), *also)
    claim = Claim(
        kind=ClaimKind(kind),
        text=words,
        start=0,
        end=len(words),
        segments=(Span(0, len(words)),),
        sentence=Span(0, len(words)),
        speaker=Speaker(0, 0, speaker, speaker, kind=who) if speaker else None,
        via=(Speaker(0, 0, via, via, kind="person"),) if via else (),
        quantities=quantities,
        dates=(DateMention(0, 0, "", "date", day),) if day else (),
        cue=Mention(0, 0, cue),
        negated=negated,
        confidence=1.0,
        claim_id="0" * 32,
        article_id="a",
        cluster_id="a",
    )
    found = facets_of(words, words_of(words), claim)
    return next(one for one in found if (one.kind == FIGURES) is bool(figure))


def verdict(a: Facet, b: Facet, days: int = 1) -> str:
    return VERDICTS[compare_facets(a, b, days=days, same_story=False).verdict]


SILENCE = "the engines fell silent and the lamps of the ferry went out one after another"


@pytest.mark.parametrize("marks", ["‘%s’", "'%s'", "“%s”", '"%s"'])
def test_words_between_marks_of_any_kind_are_compared(marks: str) -> None:
    whole = facet(
        f"“{SILENCE},” the captain wrote in a long letter about the night, the storm and its causes."
    )
    assert (
        verdict(whole, facet(f"Passengers read a letter about rescue boats and blankets: {marks % SILENCE}"))
        == "same"
    )


def test_an_apostrophe_ends_no_quotation() -> None:
    text = "'the ferry's engines didn't start again, and the crew's lamps went out'"
    assert (
        len(facet(text).words) == len(facet(text.replace("'the", "‘the").replace("out'", "out’")).words) > 40
    )


def test_who_speaks_with_another_or_through_another_may_be_named_otherwise_elsewhere() -> None:
    whole = facet(
        "“We have to build a granary that keeps seed dry in any winter,” the envoy said.", "Ole Brandt"
    )
    cut = "both stressed that they must build “a granary that keeps seed safe”"
    assert verdict(whole, facet(cut, "Ada Lorne")) == "apart"
    assert verdict(whole, facet(cut, "Ada Lorne and Bo Tamm")) == "same"
    assert verdict(whole, facet(cut, "Ada Lorne", via="Ole Brandt")) == "same"


def test_a_cut_of_a_few_words_joins_its_speaker_within_three_days() -> None:
    whole = facet(
        "“We want deep structural repairs of the pier within a month, or we reconsider our lease.”",
        "Ada Lorne",
    )
    cut = facet("the port might “reconsider” unless there are “deep structural repairs”", "Ada Lorne")
    assert verdict(whole, cut, days=3) == "same"
    assert verdict(whole, facet("“deep structural repairs” and “reconsider”", "Bo Tamm")) == "apart"


@pytest.mark.parametrize(("days", "plain", "row"), [(3, 3, 2), (4, 3, -1), (3, 2, -1)])
def test_a_cut_of_little_weight_joins_for_three_days(days: int, plain: int, row: int) -> None:
    measured = np.zeros(MEASURES, np.int64)
    measured[[WHO, SHARE, MASS, RUN, PLAIN, DAYS]] = SAME_SPEAKER, 577, 6.3 * UNIT, 3, plain, days
    assert first_met(QUOTED, measured) == row


def test_six_words_in_a_row_are_one_statement_unless_others_say_them() -> None:
    long = "that the surveyor hid cracked boards under fresh paint in the winter of the big flood and told nobody"
    short = "the surveyor hid cracked boards under fresh paint"
    assert verdict(facet(long, kind="statement"), facet(short, kind="statement"), days=12) == "same"
    assert (
        verdict(facet(long, "Ada Lorne", kind="statement"), facet(short, "Bo Tamm", kind="statement"))
        == "apart"
    )


BARGAIN = "he is sure that the council will pass a harbour reform and strike a grand bargain on dredging"


def test_a_term_in_marks_is_the_point_of_what_is_told_around_it() -> None:
    told = facet(BARGAIN, "Ada Lorne", kind="statement")
    term = "the council can strike a “grand bargain” on harbour reform and dredging next year"
    assert verdict(told, facet(term, "Ada Lorne")) == "same"
    assert verdict(facet(term, "Ada Lorne"), told) == "same"
    without = BARGAIN.replace("a grand bargain", "a deal")
    assert verdict(facet(without, kind="statement"), facet(term)) == "apart"


def test_what_stands_between_marks_is_compared_alone_with_another_quotation() -> None:
    whole = facet("“The council was extremely strong and powerful in its denial today.”", "Ada Lorne")
    cut = "the clerk of the port gave a “strong and powerful” denial of every charge"
    assert verdict(whole, facet(cut, "Ada Lorne")) == "same"
    around = "the clerk of the port gave a “loud and clear” denial of every charge"
    assert verdict(facet(cut, "Ada Lorne"), facet(around, "Ada Lorne")) == "apart"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "that troops would leave the northern province within weeks",
            "that troops would enter the southern province within weeks",
        ),
        ("that the north tunnel would open within weeks", "that the south tunnel would close within weeks"),
        (
            "that the smuggler shot two wardens at the market",
            "that two wardens shot the smuggler at the market",
        ),
        (
            "that the harbour committee sued the ferry company over the sunken barge",
            "that the ferry company sued the harbour committee over the sunken barge",
        ),
    ],
)
def test_what_one_person_says_of_another_thing_or_turned_round_is_apart(one: str, other: str) -> None:
    a, b = [facet(words, "Ada Lorne", kind="statement") for words in (one, other)]
    assert verdict(a, b) == "apart"
    assert verdict(a, a) == "same" or a.mass < 10 * UNIT  # what is short joins nothing


def test_a_part_of_a_statement_may_stand_elsewhere_in_it() -> None:
    first = "that after the flood the council would repair the pier and the granary by spring"
    last = "that the council would repair the pier and the granary by spring after the flood"
    a, b = [facet(words, "Ada Lorne", kind="statement") for words in (first, last)]
    assert verdict(a, b) == "same"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bo Tamm", "Ole Tamm Jr.", True),
        ("Bo Tamm Jr.", "Ole Brandt Jr.", False),
        ("U.S. Fisheries Department", "Fisheries Department", True),
        ("Fisheries Department", "Harbour Department", False),
        ("North Merrow", "South Merrow", False),
        ("Lorne campaign", "Tamm campaign", False),
        ("France's Foreign Ministry", "the French Foreign Ministry", True),
        ("Spain’s Defence Ministry", "Spanish Ministry of Defense", True),
        ("Ministry of Foreign Affairs of Ukraine", "Ukraine's Ministry of Foreign Affairs", True),
        ("Austrian Foreign Ministry", "Australia's Foreign Ministry", False),
        ("Slovakia's Health Ministry", "Slovenian Health Ministry", False),
        ("Niger's Foreign Ministry", "Nigeria's Foreign Ministry", False),
        ("North Korea's Defense Ministry", "North Macedonia's Defense Ministry", False),
        ("South Korean Defense Ministry", "South Korea's Ministry of National Defense", True),
        ("South Korea's Defense Ministry", "South Africa's Defense Ministry", False),
        ("French Foreign Ministry", "French Interior Ministry", False),
    ],
)
def test_a_body_is_known_by_two_words_and_a_person_by_the_last_name(one: str, other: str, same: bool) -> None:
    speakers = [facet(SILENCE, name).speaker for name in (one, other)]
    assert (speakers[0] == speakers[1]) is same


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Foreign Ministry",
            "Ministry of Foreign Affairs",
            "Ministry of National Defense",
            "Federal Interior Ministry",
        ),
        *("Federal Interior Ministry", "Ministry of Public Health", "Foreign Affairs Ministry"),
    ],
)
def test_a_ministry_without_its_country_is_not_known(name: str) -> None:
    assert facet(SILENCE, name).speaker == 0


def test_a_term_in_marks_is_no_quotation_of_a_statement() -> None:
    term = facet("the report counts 450 cases of “severe respiratory illnesses” among divers", "Bo Tamm")
    told = facet(
        "patients came to the island with severe respiratory illnesses after the party", kind="statement"
    )
    assert verdict(term, told) == "apart"


def test_in_a_headline_no_word_is_taken_for_a_name() -> None:
    head = facet(
        "Council Passes $2 Million Harbour Repair Package",
        kind="figure",
        text="$2 Million",
        value=2e6,
        currency="USD",
    )
    told = facet(
        "The council of Merrow agreed on a $2 million repair package for the harbour on Monday.",
        kind="figure", text="$2 million", value=2e6, currency="USD",
    )  # fmt: skip
    assert verdict(head, told) == "same"


def test_a_rounded_value_is_the_value_and_another_one_is_not() -> None:
    def raised(shown: str, value: float) -> Facet:
        text = f"The choir of Tarrow raised {shown} for the new organ in the third quarter of the year."
        return facet(text, kind="figure", text=shown, value=value, currency="USD")

    assert verdict(raised("$38.1 million", 38.1e6), raised("$38 million", 38e6)) == "same"
    assert verdict(raised("$38.1 million", 38.1e6), raised("$36 million", 36e6)) == "disputed"


def freed(shown: str, value: float) -> Facet:
    text = f"The rescuers brought {shown} from the flooded camp to their families before noon."
    return facet(text, kind="figure", text=shown, value=value, unit="children")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("close to ", "same"),
        ("as many as ", "same"),
        ("at most ", "same"),
        ("after the school close ", "disputed"),
    ],
)
def test_a_word_widens_a_figure_only_where_it_is_said_of_it(before: str, expected: str) -> None:
    assert verdict(freed(f"{before}540 children", 540), freed("522 children", 522)) == expected


def test_about_widens_a_round_figure_and_not_one_that_was_counted() -> None:
    assert verdict(freed("about 538 children", 538), freed("522 children", 522)) == "disputed"
    assert verdict(freed("about 500 children", 500), freed("522 children", 522)) == "same"


def test_counts_dispute_only_where_the_words_beside_them_agree() -> None:
    needed = facet(
        "Brandt still needs 256 pledged delegates, the paper counts.",
        kind="figure", text="256 pledged delegates", value=256, unit="delegates",
    )  # fmt: skip
    ahead = facet(
        "Roth leads by 291 pledged delegates after nine long weeks of a bitter contest.",
        kind="figure", text="291 pledged delegates", value=291, unit="delegates",
    )  # fmt: skip
    assert verdict(needed, ahead) == "apart"


def test_few_telling_words_are_enough_for_a_telling_figure() -> None:
    def arrived(shown: str, value: float) -> tuple[Facet, Facet]:
        unit = "soldiers" if value > 1_000 else None
        texts = (
            f"some {shown} foreign soldiers",
            f"So far this year {shown} foreign soldiers came to the town.",
        )
        a, b = [facet(one, kind="figure", text=shown, value=value, unit=unit) for one in texts]
        return a, b

    assert verdict(*arrived("1,500", 1_500)) == "same"
    assert verdict(*arrived("20", 20)) == "apart"


def test_one_frame_around_two_people_makes_no_statement() -> None:
    frame = "questioned by prosecutor Ole Brandt in his inquiry into forged permits for the harbour of Tarrow"
    named, unnamed, another = [
        facet(f"{who} was {frame}", kind="statement")
        for who in ("the mayor, Ada Lorne,", "the mayor", "that Reuss")
    ]
    assert verdict(named, another) == "apart"
    assert verdict(unnamed, another) == "same"  # the mayor may be Reuss


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("Ukraine's", "Kyiv's", "same"), ("Britain's", "England's", "same"), ("Falk's", "Webb's", "apart")],
)
def test_a_country_may_be_called_by_two_names_and_a_person_not(one: str, other: str, expected: str) -> None:
    rest = "brothers would withdraw their heavy weapons from the northern district before the winter"
    a, b = [facet(f"that {who} {rest}", kind="statement") for who in (one, other)]
    assert verdict(a, b) == expected


def test_another_date_and_another_name_keep_plans_of_one_speaker_apart() -> None:
    first, second = [
        facet(f"the {place} gets a new roof by the end of {month}", "Ada Lorne", kind="statement", day=day)
        for place, month, day in (("hospital", "March", "2025-03"), ("library", "April", "2025-04"))
    ]
    undated = facet("the library gets a new roof by the end of April", "Ada Lorne", kind="statement")
    assert verdict(first, second) == "apart"
    assert verdict(first, undated) == "same"  # what the rule costs without a date


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Merrow’s Foreign Ministry", "Merrow Foreign Ministry", True),
        ("Foreign Ministry of Merrow", "Foreign Ministry", False),
        ("Merrow’s Foreign Ministry", "Tarrow’s Foreign Ministry", False),
        ("Ministry of Defense", "Department of Defense", False),
        ("Department of Justice", "U.S. Justice Department", True),
    ],
)
def test_ministries_are_those_of_a_country(one: str, other: str, *, is_one: bool) -> None:
    a, b = facet(SILENCE, one).speaker, facet(SILENCE, other).speaker
    assert (a == b != 0) is is_one


def test_two_round_percentages_are_of_one_measure_only_where_more_is_said() -> None:
    def asked(shown: str, value: float) -> tuple[Facet, Facet]:
        texts = (
            f"The other candidates hardly hold on at {shown}, with Ole Brandt behind them, the survey says.",
            f"Only {shown} of bakers in Tarrow prefer Brandt, many quarrelled and hardly anybody watched candidates.",
        )
        a, b = [facet(one, kind="figure", text=shown, value=value, unit="percent") for one in texts]
        return a, b

    assert verdict(*asked("2 percent", 2)) == "apart"
    assert verdict(*asked("23.5 percent", 23.5)) == "same"


def test_who_denies_to_have_been_told_does_not_deny_it() -> None:
    report = facet("that smugglers had offered bounties for the killing of harbour pilots", kind="statement")
    bounties = "smugglers had offered bounties for the killing of harbour pilots last year"
    assert (
        verdict(facet(f"that {bounties}", "Ole Brandt", kind="statement", cue="denied"), report) == "denies"
    )
    knew = facet(f"he had been briefed that {bounties}", "Ole Brandt", kind="statement", cue="denied")
    assert verdict(knew, report) == "apart"


def test_a_term_in_marks_is_not_the_point_where_one_speaker_says_the_rest_too() -> None:
    rest = "who ordered the harbour master to hide the repair bills from the auditors before the election"
    whole = f"he paid “at the direction” of the mayor, {rest}"
    told = f"that the mayor, {rest}, had the money refunded by the yacht club"
    one, other = facet(whole, "Ada Lorne"), facet(told, "Ada Lorne", kind="statement")
    assert verdict(one, other) == "same"
    assert verdict(facet(whole), facet(told, kind="statement")) == "apart"


def test_a_slogan_of_names_and_one_word_is_nobodys() -> None:
    slogan, letter = "“Save Old Tarrow Bridge,”", "“Save Old Tarrow Bridge Now,”"
    assert verdict(facet(slogan), facet(letter)) == "apart"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("would be finished", "would surely be finished", "same"),
        ("would be finished", "would not be finished", "apart"),
        ("would be accepted", "would be rejected", "apart"),
        ("closed at dusk would be finished", "opened with pomp would be finished", "same"),
    ],
)
def test_the_contrary_of_a_statement_is_another_one(one: str, other: str, expected: str) -> None:
    rest = "the dam above the old village of the millers"
    a, b = [
        facet(
            f"{rest} {what} in summer by the council", "Ole Brandt", kind="statement", negated=" not " in what
        )
        for what in (one, other)
    ]
    assert verdict(a, b) == expected


@pytest.mark.parametrize(("place", "expected"), [("Tarrow", "same"), ("Skerry", "apart")])
def test_a_claim_that_differs_by_a_name_alone_is_of_another(place: str, expected: str) -> None:
    a, b = [
        facet(
            f"The port of {where} lost $3.2 million in the first quarter of the year, its own ledger shows.",
            kind="figure", text="$3.2 million", value=3.2e6, currency="USD",
        )
        for where in ("Tarrow", place)
    ]  # fmt: skip
    assert verdict(a, b) == expected


def test_figures_of_opposite_deeds_are_two() -> None:
    a, b, c = [
        facet(
            f"The shipyard will {deed} 1,200 jobs at its two yards on the coast by the end of winter.",
            kind="figure", text="1,200 jobs", value=1_200, unit="jobs",
        )
        for deed in ("cut", "create", "cut about")
    ]  # fmt: skip
    assert (verdict(a, b), verdict(a, c)) == ("apart", "same")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The bomb killed 57 shoppers", "The bomb wounded 57 shoppers", "apart"),
        ("The bomb killed 57 shoppers", "The bomb left 57 shoppers dead or wounded", "same"),
        ("By the bomb 57 shoppers were killed", "By the bomb 57 shoppers were wounded", "apart"),
        (
            "Harbour dues fell and the bomb hit 57 shoppers",
            "Ferry fares rose and the bomb hit 57 shoppers",
            "same",
        ),
        (
            "The hall, closed in the flood, held 57 shoppers",
            "The hall, opened in the flood, held 57 shoppers",
            "same",
        ),
        ("Lorne lowered the number to 57 shoppers", "Lorne raised the number to 57 shoppers", "apart"),
    ],
)
def test_an_opposite_counts_beside_the_figure(one: str, other: str, expected: str) -> None:
    a, b = [
        facet(
            f"{text} at the covered market of the millers on the eve of the feast.",
            kind="figure", text="57 shoppers", value=57, unit="shoppers",
        )
        for text in (one, other)
    ]  # fmt: skip
    assert verdict(a, b) == expected
