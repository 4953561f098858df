"""Compare two facets of claims by the rules of their kinds."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from service.compiled import borrowing, compiled
from service.sketch.claims.claim_facets import DENIES, FIGURES, NEGATED, QUOTATION, THIN, Facet
from service.sketch.claims.claim_figures import FIGURE
from service.sketch.claims.claim_figures import Figures as FigureRows
from service.sketch.claims.claim_words import Words
from service.sketch.claims.facet_words import TERM_SHIFT, masses
from service.sketch.claims.stem_weights import UNIT, Shorts, english_weights
from service.threads.clauses import BOTH, MASS, PLAIN, SHARE, STORY_SPEAKER, Bars
from service.threads.contrary import are_contrary_statements
from service.threads.overlap import longest_run, overlap
from service.threads.parties import has_own_name
from service.threads.said import (
    ALL_WORDS,
    may_deny,
    measure_statements,
    same_quotation,
    same_speaker,
    same_statement,
)
from service.threads.same_figure import NOTHING, SAME, any_agree, compare_figures

Facts = tuple[Any, Any, Any, Any, Any, Any]
Quoted = tuple[Words, int, int]

DENIED: Final = 3
"""What two claims are to each other beside NOTHING, SAME and DISPUTED: one denies what the other says."""
DENIED_MIN: Final = 420
"""Minimum share of all stems that a denial has in common with what it denies, in thousandths."""
QUOTED_MIN: Final = 800
"""How sure a statement must be the words of a quotation, in thousandths."""
QUOTED_RUN_MIN: Final = 6
"""Words in a row that it must have of it, unless both are known to have one speaker."""
TOLD_PLAIN_MIN: Final = 5
TOLD_MASS_MIN: Final = 14
"""Plain stems, and weight, that two statements of one speaker have in common if a term in marks is not their point."""
NEGATION_COSTS: Final = 150
DATE_COSTS: Final = 150
"""Share of all stems that two statements must have in common beyond the rule if one is negated, and of all and of the
smaller one's if each has a date and names of its own, in thousandths."""


class Compared(NamedTuple):
    """What two facets are to each other, how sure that is in thousandths, and which figures are meant."""

    verdict: int
    sureness: int
    first: int
    second: int


@compiled
def quotation_of(words: Words, flags: int, mass: int, mass_all: int, slots: Words, weights: Shorts) -> Quoted:
    """Return the words of a facet that stand between marks, and their weight: of different stems, and of all."""
    count = flags >> TERM_SHIFT
    if count == 0:
        return words, mass, mass_all
    own = words[:count]
    own_mass, own_all, _, _ = masses(own, slots, weights)
    return own, own_mass, own_all


@borrowing
def _says_term(a: Words, b: Words, flags: int, slots: Words, weights: Shorts) -> bool:
    """Tell whether half of what stands between marks in `a`, where words follow it, stands in `b`: it is the point."""
    count = flags >> TERM_SHIFT
    if count == 0:
        return True
    _, _, _, stems = masses(a[:count], slots, weights)
    _, common, _, _ = overlap(a[:count], b, slots, weights)
    return bool(2 * common >= stems)


@compiled
def _same_words(
    a: Words, b: Words, facts_a: Facts, facts_b: Facts, who: int, days: int, slots: Words, weights: Shorts
) -> tuple[int, int]:
    """Compare what stands between marks, or all words of a statement: how sure, and the weight in common."""
    own, mass_a, all_a = quotation_of(a, facts_a[1], facts_a[3], facts_a[4], slots, weights)
    theirs, mass_b, all_b = quotation_of(b, facts_b[1], facts_b[3], facts_b[4], slots, weights)
    return same_quotation(own, theirs, (mass_a, mass_b, all_a, all_b), who, days, slots, weights)


@borrowing
def hold_apart(measured: Bars, a: Words, b: Words, flags: int, dates_a: int, dates_b: int) -> None:
    """Take off what two statements must share beyond the rule; `flags` are those that only one of them has."""
    if flags & NEGATED:  # with hardly another word of their own they say the contrary
        measured[BOTH] -= NEGATION_COSTS if measured[BOTH] < ALL_WORDS else measured[BOTH]
    if dates_a != 0 and dates_b != 0 and dates_a != dates_b and has_own_name(a, b) and has_own_name(b, a):
        measured[BOTH] -= DATE_COSTS
        measured[SHARE] -= DATE_COSTS


@compiled
def compare(
    a: Words,
    b: Words,
    fs: FigureRows,
    gs: FigureRows,
    facts_a: Facts,
    facts_b: Facts,
    days: int,
    same_story: bool,
    slots: Words,
    weights: Shorts,
) -> tuple[int, int, int, int, int]:
    """Compare two facets; `facts_*` are kind, flags, speaker, mass, mass_all and dates of each.

    Return the verdict, how sure it is, the figures meant, and the weight in common of words that are the same.
    """
    kind_a, flags_a, speaker_a, mass_a, _, dates_a = facts_a
    kind_b, flags_b, speaker_b, mass_b, _, dates_b = facts_b
    if (flags_a | flags_b) & THIN or (kind_a == FIGURES) != (kind_b == FIGURES):
        return NOTHING, 0, 0, 0, 0
    if kind_a == FIGURES:
        found, sure, first, second = compare_figures(a, b, fs, gs, same_story, slots, weights)
        return found, sure, first, second, 0
    who = same_speaker(speaker_a, speaker_b)
    prior = STORY_SPEAKER if who == 0 and same_story else who
    if kind_a == QUOTATION and kind_b == QUOTATION:
        sure, common = _same_words(a, b, facts_a, facts_b, prior, days, slots, weights)
        return SAME if sure else NOTHING, sure, 0, 0, common
    measured = measure_statements(a, b, (mass_a, mass_b), who, days, slots, weights)
    if (flags_a ^ flags_b) & DENIES:
        denied, other = (a, b) if flags_a & DENIES else (b, a)
        is_denial = may_deny(measured, denied, other) and measured[BOTH] >= DENIED_MIN
        return DENIED if is_denial else NOTHING, int(measured[BOTH]) if is_denial else 0, 0, 0, 0
    hold_apart(measured, a, b, flags_a ^ flags_b, dates_a, dates_b)
    sure, common = same_statement(measured), int(measured[MASS])
    if sure and fs.size and gs.size and not any_agree(fs, gs):
        sure = 0
    told = who == 1 and measured[PLAIN] >= TOLD_PLAIN_MIN and measured[MASS] >= TOLD_MASS_MIN * UNIT
    terms = _says_term(a, b, flags_a, slots, weights) and _says_term(b, a, flags_b, slots, weights)
    if sure and (not (told or terms) or are_contrary_statements(a, b)):
        sure = 0
    if sure == 0 and kind_a != kind_b:
        quoted, common = _same_words(a, b, facts_a, facts_b, prior, days, slots, weights)
        tells = who == 1 or longest_run(a, b) >= QUOTED_RUN_MIN  # a term of three words is no quotation
        sure = quoted if quoted > QUOTED_MIN and tells else 0
    return SAME if sure else NOTHING, sure, 0, 0, common


def compare_facets(a: Facet, b: Facet, *, days: int, same_story: bool) -> Compared:
    """Compare two facets as the index does: for benches and tests of the rules."""
    table = english_weights()
    words = [np.frombuffer(one.words, np.uint32) for one in (a, b)]
    figures = [np.frombuffer(one.figures, FIGURE) for one in (a, b)]
    facts = [(one.kind, one.flags, one.speaker, one.mass, one.mass_all, one.dates) for one in (a, b)]
    found = compare(
        words[0], words[1], figures[0], figures[1], facts[0], facts[1], days, same_story,
        table.stems, table.weights,
    )  # fmt: skip
    return Compared(*found[:4])
