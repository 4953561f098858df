"""Choose the runs of capitals that Python has to read: those by which someone may be known who is asked for."""

from __future__ import annotations

from functools import cache

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.asked import EVERYONE, ROLES, SENTENCES_ASKED
from service.enrich.quotes.cast.word_tables import holds_any, is_one_of, put
from service.enrich.quotes.codepoints import Bytes, Int32s
from service.enrich.quotes.vocabulary import word_hashes
from service.languages.en.names import FEMALE_NAMES, MALE_NAMES

_FIRST, _END, _HINTS, _GOES_ON = 0, 1, 2, 6
"""Columns of a run that decide whether it is read."""
_SLOTS_MIN = 16
"""Minimum length of a table of hashes, a power of 2."""


@cache
def given_names() -> Int32s:
    """Return the hashes of given names, in order."""
    return np.array(sorted(word_hashes(FEMALE_NAMES | MALE_NAMES)), np.int32)


@borrowing
def _is_bare(runs: Int32s, run: int, words: Int32s, given: Int32s) -> bool:
    """Tell whether a run is one word that is no given name, with no title near."""
    first = runs[run, _FIRST]
    if runs[run, _END] != first + 1 or runs[run, _HINTS] != 0 or runs[run, _GOES_ON] != 0:
        return False
    return not is_one_of(words[first], given)


@borrowing
def _has_role(runs: Int32s, run: int, flags: Int32s) -> bool:
    """Tell whether the text may say of a run what its bearer is."""
    titled = 0
    for token in range(runs[run, _FIRST], runs[run, _END]):
        titled |= flags[token] & c.TITLED
    return bool(titled != 0 or runs[run, _HINTS] != 0)


@borrowing
def _keep_beside(kept: Bytes, runs: Int32s, words: Int32s, wanted: Int32s) -> None:
    """Keep, too, words of kept runs that stand alone, and what leads on to a kept run: `Inspector of | Ida Moss`."""
    for run in range(len(runs)):
        if kept[run]:
            put(wanted, words, runs[run, _FIRST], runs[run, _END])
    for run in range(len(runs) - 1, -1, -1):
        first, end = runs[run, _FIRST], runs[run, _END]
        leads_on = run + 1 < len(runs) and kept[run + 1] and runs[run + 1, _FIRST] == end + 1
        alone = end == first + 1 and holds_any(wanted, words, first, end)
        if alone or (leads_on and runs[run, _GOES_ON]):
            kept[run] = 1


@compiled
def choose_runs(
    runs: Int32s,
    attributes: Int32s,
    flags: Int32s,
    sentences: Int32s,
    asked: Int32s,
    askers: Int32s,
    whom: int,
    initials: int,
    given: Int32s,
) -> Int32s:
    """Choose the runs that share a word with a phrase, or with a run that may mean someone asked for by a pronoun.

    `runs` is made by `runs._runs`; `asked`: hashes of the phrases; `askers`: tokens of the pronouns, in order.
    A word that stands alone wherever it has a capital, as most places do, is nobody whom a pronoun means. Who
    is asked for by a role has one near the name, and a body that is called by its initials has as many words.
    """
    words = attributes[:, c.WORD]
    size = len(asked)
    for run in range(len(runs)):
        size += runs[run, _END] - runs[run, _FIRST]
    slots = _SLOTS_MIN
    while slots < 2 * size:
        slots *= 2
    names, wanted = np.zeros(slots, np.int32), np.zeros(slots, np.int32)
    for run in range(len(runs)):
        if not _is_bare(runs, run, words, given):
            put(names, words, runs[run, _FIRST], runs[run, _END])
    put(wanted, asked, 0, len(asked))
    asker = 0
    for run in range(len(runs)):
        first, end = runs[run, _FIRST], runs[run, _END]
        while asker < len(askers) and askers[asker] <= first:
            asker += 1
        near = asker < len(askers) and sentences[askers[asker]] - sentences[end - 1] <= SENTENCES_ASKED
        meant = (near or whom & EVERYONE) and holds_any(names, words, first, end)
        initialled = initials > 0 and (end - first >= initials or runs[run, _GOES_ON] != 0)
        if meant or initialled or (whom & ROLES and _has_role(runs, run, flags)):
            put(wanted, words, first, end)
    kept = np.zeros(len(runs), np.uint8)
    for run in range(len(runs)):
        kept[run] = holds_any(wanted, words, runs[run, _FIRST], runs[run, _END])
    if whom or initials or len(askers) > 0:
        _keep_beside(kept, runs, words, wanted)
    chosen = np.empty((kept.sum(), runs.shape[1]), np.int32)
    count = 0
    for run in range(len(runs)):
        if kept[run]:
            chosen[count] = runs[run]
            count += 1
    return chosen
