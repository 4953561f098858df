"""Two claims -> why they are the same, dispute or deny each other, or not: what they share, and bars met and missed.

Everything here is for people: it compares again what threads compared, with the rules of this version.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from service.records import Claim, Enriched
from service.sketch.claims.claim_facets import DENIES, FIGURES, QUOTATION, THIN, Facet, facets_of
from service.sketch.claims.claim_figures import FIGURE
from service.sketch.claims.claim_words import CONTENT, FIRST, HASH_SHIFT, Words, word_at, words_of
from service.sketch.claims.stem_weights import UNIT, english_weights
from service.threads.clauses import (
    ANY_DAYS,
    BOTH,
    COUNT,
    DAYS,
    MASS,
    NOT_OTHER,
    PLAIN,
    QUOTED,
    RUN,
    SHARE,
    STATED,
    STORY_SPEAKER,
    WHO,
    Bars,
    first_met,
)
from service.threads.disputing import EXCLUDING, RATIO, excluding_row
from service.threads.disputing import MASS as DISPUTED_MASS
from service.threads.disputing import SHARE as DISPUTED_SHARE
from service.threads.figure_context import MASS_COMMON, SHARED, measure_figures
from service.threads.pairs import DENIED_MIN, compare_facets, hold_apart, quotation_of
from service.threads.said import SURE, measure_quotations, measure_statements, same_speaker
from service.threads.same_figure import NOTHING, SAME, bars_of_same

VERDICTS: Final = ("apart", "same", "disputed", "denies")
"""What two claims are to each other, by the number that the rules give it."""

SPEAKERS: Final = {1: "same speaker", 0: "a speaker is not known", -1: "other speaker", 2: "no other speaker"}


class Side(NamedTuple):
    """A claim with what is compared of it; `day` is a date as a number."""

    claim: Claim
    facet: Facet
    text: str  # the words compared: the claim, or the sentence around a figure
    day: int


class Bar(NamedTuple):
    """A measure, its value, and the value that the rule asks for: at least, or at most where `at_most`."""

    name: str
    value: float
    needed: float
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        """Tell whether the value reaches the bar."""
        return self.value <= self.needed if self.at_most else self.value >= self.needed


@dataclass(frozen=True, slots=True)
class Why:
    """What a claim is to an earlier one, by which rule, and what decided it."""

    verdict: str
    sureness: float
    rule: str
    shared: tuple[str, ...] = ()  # words of the later claim whose stems the earlier one has
    figures: tuple[str, str] | None = None  # of the later and of the earlier claim
    bars: tuple[Bar, ...] = ()


def side_of(enriched: Enriched, claim_id: str, *, of_figures: bool, day: int) -> Side | None:
    """Return a claim of an article as threads compares it; None where it has no such facet."""
    claim = next((one for one in enriched.claims if one.claim_id == claim_id), None)
    if claim is None:
        return None
    found = [
        facet
        for facet in facets_of(enriched.text, words_of(enriched.text), claim)
        if (facet.kind == FIGURES) == of_figures
    ]
    if not found:
        return None
    where = claim.sentence if of_figures else claim
    return Side(claim, found[0], enriched.text[where.start : where.end], day)


def explain_pair(later: Side, earlier: Side, *, same_story: bool) -> Why:
    """Say what the later claim is to the earlier one, and why."""
    days = abs(later.day - earlier.day)
    found = compare_facets(later.facet, earlier.facet, days=days, same_story=same_story)
    why = Why(VERDICTS[found.verdict], found.sureness / SURE, "", _shared(later, earlier))
    if (later.facet.flags | earlier.facet.flags) & THIN:
        return replace(why, rule="a claim says too little to be compared")
    if later.facet.kind == FIGURES:
        return _figures(why, later, earlier, same_story=same_story)
    who = same_speaker(later.facet.speaker, earlier.facet.speaker)
    quoted = _quoted(later.facet, earlier.facet, STORY_SPEAKER if who == 0 and same_story else who, days)
    if later.facet.kind == earlier.facet.kind == QUOTATION:
        return _by(why, "quotation", QUOTED, quoted)
    stated = _stated(later.facet, earlier.facet, who, days)
    if (later.facet.flags ^ earlier.facet.flags) & DENIES:
        return replace(
            why,
            rule="one of the two is denied",
            bars=(Bar("share of both", stated[BOTH] / SURE, DENIED_MIN / SURE),),
        )
    if found.verdict == SAME and first_met(STATED, stated) < 0:
        return _by(why, "quotation", QUOTED, quoted)
    return _by(why, "statement", STATED, stated)


def _arrays(a: Facet, b: Facet) -> tuple[Words, Words]:
    return np.frombuffer(a.words, np.uint32), np.frombuffer(b.words, np.uint32)


def _quoted(a: Facet, b: Facet, who: int, days: int) -> Bars:
    table = english_weights()
    own, theirs = [
        quotation_of(words, one.flags, one.mass, one.mass_all, *table)
        for words, one in zip(_arrays(a, b), (a, b), strict=True)
    ]
    masses = (own[1], theirs[1], own[2], theirs[2])
    return measure_quotations(own[0], theirs[0], masses, who, days, *table)


def _stated(a: Facet, b: Facet, who: int, days: int) -> Bars:
    table = english_weights()
    words = _arrays(a, b)
    measured = measure_statements(*words, (a.mass, b.mass), who, days, table.stems, table.weights)
    hold_apart(measured, *words, a.flags ^ b.flags, a.dates, b.dates)
    return measured


def _by(why: Why, kind: str, rows: Bars, measured: Bars) -> Why:
    """Name the row that is met, or the one that is nearest, and its bars."""
    met = first_met(rows, measured)
    fitting = [row for row in rows.tolist() if _fits(row[WHO], int(measured[WHO]))]
    bars = [_bars(row, measured) for row in fitting]
    chosen = (
        _bars(rows[met].tolist(), measured)
        if met >= 0
        else min(bars, key=lambda row: sum(not bar.is_met for bar in row))
    )
    return replace(why, rule=f"{kind}, {SPEAKERS[int(measured[WHO])]}", bars=tuple(chosen))


def _fits(wanted: int, who: int) -> bool:
    return wanted == who or (wanted == NOT_OTHER and who >= 0)


def _bars(row: Sequence[int], measured: Bars) -> list[Bar]:
    """Return the bars of a row that ask for anything."""
    names = (
        (SHARE, "share of the shorter", SURE),
        (BOTH, "share of both", SURE),
        (MASS, "weight in common", UNIT),
        (RUN, "words in a row", 1),
        (COUNT, "different words in common", 1),
        (PLAIN, "of them no names", 1),
    )
    bars = [Bar(name, int(measured[at]) / unit, row[at] / unit) for at, name, unit in names if row[at]]
    if row[DAYS] != ANY_DAYS:
        bars.append(Bar("days apart", int(measured[DAYS]), row[DAYS], at_most=True))
    return bars


def _figures(why: Why, later: Side, earlier: Side, *, same_story: bool) -> Why:
    """Name the two figures meant, and the bars of their rule."""
    rows = [np.frombuffer(one.facet.figures, FIGURE) for one in (later, earlier)]
    days = abs(later.day - earlier.day)
    found = compare_facets(later.facet, earlier.facet, days=days, same_story=same_story)
    if found.verdict == NOTHING:
        return replace(why, rule="no figure in common whose words agree")
    f, g = rows[0][found.first], rows[1][found.second]
    table = english_weights()
    words = _arrays(later.facet, earlier.facet)
    measured = measure_figures(*words, f, g, table.stems, table.weights)
    if found.verdict == SAME:
        share, mass = bars_of_same(f, g, measured)
    else:
        row = EXCLUDING[excluding_row(*words, rows[0], rows[1], f, g, measured, same_story)].tolist()
        share, mass = row[DISPUTED_SHARE] / SURE, row[DISPUTED_MASS] / UNIT
    bars = [
        Bar("share of the shorter context", int(measured[SHARED]) / SURE, share),
        Bar("weight in common", int(measured[MASS_COMMON]) / UNIT, mass),
    ]
    if found.verdict != SAME:
        low, high = sorted((float(f["value"]), float(g["value"])))
        bars.append(Bar("larger for each of the smaller", high / low, row[RATIO] / 1_000, at_most=True))
    shown = tuple(_text_of(one.claim, float(row["value"])) for one, row in ((later, f), (earlier, g)))
    rule = "one value of one measure" if found.verdict == SAME else "two values of one measure"
    return replace(why, rule=rule, figures=(shown[0], shown[1]), bars=tuple(bars))


def _text_of(claim: Claim, value: float) -> str:
    return next((one.text for one in claim.quantities if one.value == value), f"{value:g}")


def _shared(later: Side, earlier: Side) -> tuple[str, ...]:
    """Return the words of the later claim whose stems are compared in both."""
    stems = [
        set((words[words & FIRST != 0] >> HASH_SHIFT).tolist())
        for words in _arrays(later.facet, earlier.facet)
    ]
    return words_with(later.text, stems[0] & stems[1])


def words_with(text: str, stems: Container[int]) -> tuple[str, ...]:
    """Return the words of a text that have one of these stems, each stem once."""
    words = words_of(text)
    found: dict[int, str] = {}
    for code, start in zip(words.codes.tolist(), words.starts, strict=True):
        stem = code >> HASH_SHIFT
        if code & CONTENT and stem in stems and stem not in found:
            found[stem] = word_at(text, start)
    return tuple(found.values())
