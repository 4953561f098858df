"""Whether two different figures are of one measure, by what else their sentences say: else they dispute nothing."""

from __future__ import annotations

from typing import Any, Final

from service.compiled import borrowing
from service.languages.en.aspects import RESPECTIVELY
from service.sketch.claims.claim_figures import CURRENCY, Figures
from service.sketch.claims.claim_words import CONTENT, HASH_SHIFT, NAME, Words, stem_hash
from service.sketch.claims.facet_words import VERSUS
from service.threads.parties import has_own_party, have_parties_ahead, share_country

_RESPECTIVELY: Final = stem_hash(RESPECTIVELY)


@borrowing
def of_one_measure(a: Words, b: Words, fs: Figures, gs: Figures, f: Any, g: Any, same_story: bool) -> bool:
    """Tell whether two sentences can speak of one measure; `f` is a figure of `a` and `g`
    one of `b`, of one unit.

    Amounts of money and the words around them are the same for every company: they take a name that both have,
    or in one story a country and its adjective.
    """
    if _is_row(a) or _is_row(b) or _lists(a) or _lists(b) or have_parties_ahead(a, b, f, g):
        return False
    if _count_of(fs, f.unit) > 1 and _count_of(gs, f.unit) > 1:  # which of them is set against which?
        return False
    if not f.flags & CURRENCY:
        return True
    is_shared = share_name(a, b) or (same_story and share_country(a, b))
    return is_shared and not (has_own_party(a, b, f) and has_own_party(b, a, g))


@borrowing
def _is_row(words: Words) -> bool:
    """Tell whether a sentence sets figures against each other, as a row of a table does: of whom, the table says. "Roth
    vs Lund" is a case."""
    for at in range(words.size):
        if words[at] >> HASH_SHIFT == VERSUS:
            is_case = at > 0 and words[at - 1] & NAME != 0
            is_case |= at + 1 < words.size and words[at + 1] & NAME != 0
            if not is_case:
                return True
    return False


@borrowing
def _lists(words: Words) -> bool:
    """Tell whether a sentence gives each of several things a figure: "5 and 7 miles, respectively"."""
    found = False
    for word in words:
        found |= word >> HASH_SHIFT == _RESPECTIVELY
    return found


@borrowing
def share_name(a: Words, b: Words) -> bool:
    """Tell whether a name stands in both, as such in one of them at least: the other may begin with it."""
    found = False
    for x in a:
        for y in b:
            found |= (x | y) & NAME != 0 and x & y & CONTENT != 0 and x >> HASH_SHIFT == y >> HASH_SHIFT
    return found


@borrowing
def _count_of(figures: Figures, unit: int) -> int:
    count = 0
    for figure in figures:
        count += figure.unit == unit
    return count
