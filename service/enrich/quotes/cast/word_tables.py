"""Tables of words, given by their hashes, for compiled functions."""

from __future__ import annotations

from service.compiled import borrowing
from service.enrich.quotes.codepoints import Int32s


@borrowing
def is_one_of(word: int, words: Int32s) -> bool:
    """Tell whether a hash is one of those in `words`, which are in order."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return bool(low < len(words) and words[low] == word)


@borrowing
def _slot(table: Int32s, word: int) -> int:
    """Find the place of a hash in an open-addressed table whose free places are 0; its length is a power of 2."""
    slot = word & (len(table) - 1)
    while table[slot] != 0 and table[slot] != word:
        slot = (slot + 1) & (len(table) - 1)
    return slot


@borrowing
def put(table: Int32s, words: Int32s, first: int, end: int) -> None:
    """Put the hashes [first, end) of `words` into an open-addressed table that has room for twice as many."""
    for place in range(first, end):
        table[_slot(table, words[place])] = words[place]


@borrowing
def holds_any(table: Int32s, words: Int32s, first: int, end: int) -> bool:
    """Tell whether an open-addressed table holds one of the hashes [first, end) of `words`."""
    found = False
    for place in range(first, end):
        found = found or table[_slot(table, words[place])] == words[place]
    return found
