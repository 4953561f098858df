"""The word lists that checks ask for, each a bit: one look-up tells of a token in which of them it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from service.compiled import compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.vocabulary import word_hash
from service.languages.en import people as p
from service.languages.en import reporting as r

Classes = npt.NDArray[np.int64]
"""For each token, or each slot of a table, the bits of the lists that it stands in."""

# one bit each, of 63
(
    ABOUT_SAYING, ACCORDING, ACTIVE_PARTICIPLE, ADVERBIAL, ADVERBIAL_CLAUSE, AND, AS, ASIDE, ASKING, AS_SAYING,
    AUXILIARY, BARE_PASSIVE, BE, BEFORE_NOUN, BREAKS_CLAUSE, CALLING, CARRYING, CITING, COMMA, CONJUNCTION,
    DASH, DAY, DENIES, DOCUMENT, ENDS_PART, FINDING, FINITE, FINITE_SAYING, FLOATING, INNER, INSIDE_SUBJECT,
    INTRODUCING, JUDGING, MEDIUM, NAMING, NEITHER, NOBODY, NOT, NOT_DONE, NO_SPEAKER, NO_SURNAME, OCCASION, OF,
    OR_WHICH, OWNER, PARTICIPLE, PLAIN, PREPOSITION, PUBLISHING, QUOTED, RELATIVE, REPORTS, SAID_OF,
    STOP_BEHIND, SUBORDINATING, SUPPOSING, TELLING, THAT, TO, VERBAL, WHAT, WHO, WISHING,
) = tuple(1 << bit for bit in range(63))  # fmt: skip

LISTED: Mapping[int, Iterable[str]] = {
    ABOUT_SAYING: r.NOUNS_OF_SAYING,
    ACCORDING: {"according"},
    ACTIVE_PARTICIPLE: r.ACTIVE_PARTICIPLES,
    ADVERBIAL: r.TIME_ADVERBS | r.ADVERBIAL_HEADS,
    ADVERBIAL_CLAUSE: r.ADVERBIAL_CLAUSES,
    AND: {"and", "&"},
    AS: {"as"},
    AS_SAYING: r.AS_SAYING,
    ASIDE: r.ASIDES,
    ASKING: r.ASKING,
    AUXILIARY: r.VERB_MARKS | r.BE | r.HAVE | r.BETWEEN_VERBS | {"to"},
    BARE_PASSIVE: r.BARE_PASSIVES,
    BE: r.BE,
    BEFORE_NOUN: r.PREPOSITIONS | r.DETERMINERS,
    BREAKS_CLAUSE: r.CLAUSE_BREAKS,
    CALLING: r.CALLING,
    CARRYING: r.CARRYING,
    CITING: r.CITING,
    COMMA: {","},
    CONJUNCTION: r.CONJUNCTIONS,
    DASH: r.DASHES,
    DAY: p.DAYS_AND_TIMES,
    DENIES: r.NOBODY | r.NOT,
    DOCUMENT: p.DOCUMENT_NOUNS,
    ENDS_PART: {",", ":", ";"},
    FINDING: r.RULING | r.FINDING | r.SHOWING,
    FINITE: r.FINITE_MARKS - {"may", "will"},
    FINITE_SAYING: r.FINITE_SAYING,
    FLOATING: r.FLOATING,
    INNER: r.INNER_VERBS,
    INSIDE_SUBJECT: r.PREPOSITIONS - {"than", "like", "unlike"},
    INTRODUCING: r.INTRODUCING,
    JUDGING: r.JUDGING_VERBS - r.ACTING_VERBS,
    MEDIUM: {"in", "on"},
    NAMING: r.NAMES_AFTER,
    NEITHER: {"neither"},
    NOBODY: r.NOBODY | {"no", "not"},
    NO_SPEAKER: r.NO_SPEAKERS,
    NOT: r.NOT,
    NOT_DONE: r.REFUSING | {"yet"},
    NO_SURNAME: p.DAYS_AND_TIMES - p.MONTH_SURNAMES,
    OCCASION: r.OCCASIONS,
    OF: {"of"},
    OR_WHICH: {"who", "which"},
    OWNER: {"'s", "'"},
    PARTICIPLE: r.PARTICIPLES,
    PLAIN: r.PLAIN_VERBS | r.ADMITTING_VERBS,
    PREPOSITION: r.PREPOSITIONS,
    PUBLISHING: r.PUBLISHING,
    QUOTED: r.QUOTED,
    RELATIVE: r.RELATIVES | {"where", "when"},
    REPORTS: r.PLAIN_VERBS | r.ADMITTING_VERBS | r.READING | {"according"},
    SAID_OF: r.SAID_OF,
    STOP_BEHIND: r.ABBREVIATED_ENDS,
    SUBORDINATING: r.SUBORDINATING,
    SUPPOSING: r.SUPPOSING,
    TELLING: r.TELLING_VERBS,
    THAT: {"that"},
    TO: {"to"},
    VERBAL: r.VERB_MARKS | r.CLAUSE_SUBJECTS | r.IRREGULAR_PAST | {"to"},
    WHAT: {"what"},
    WHO: {"who"},
    WISHING: r.WISHING_UNNAMED,
}


@cache
def table() -> tuple[Int32s, Classes]:
    """Build the open-addressed table of all listed words: hashes (0 is free), and the bits of each word."""
    bits: dict[int, int] = {}
    for bit, words in LISTED.items():
        for hashed in map(word_hash, words):
            bits[hashed] = bits.get(hashed, 0) | bit
    size = 4 << len(bits).bit_length()
    keys, values = np.zeros(size, np.int32), np.zeros(size, np.int64)
    for hashed, found in bits.items():
        slot = hashed & (size - 1)
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], values[slot] = hashed, found
    return keys, values


def classes_of(attributes: Int32s) -> Classes:
    """Look up the words of a text."""
    return look_up(attributes, *table())


@compiled
def look_up(attributes: Int32s, keys: Int32s, values: Classes) -> Classes:
    """Look up the words of a text in a table."""
    classes, mask = np.empty(len(attributes), np.int64), len(keys) - 1
    for token in range(len(attributes)):
        word = attributes[token, c.WORD]
        slot = word & mask
        while keys[slot] != 0 and keys[slot] != word:
            slot = (slot + 1) & mask
        classes[token] = values[slot]
    return classes
