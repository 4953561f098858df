"""Two people or bodies named side by side, whom the text then calls "the two", "the couple", "the two senators"."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.entities import Entity
from service.enrich.quotes.cast.gather import Cast
from service.enrich.quotes.cast.phrase_tokens import Phrase
from service.enrich.quotes.cast.roles import same_role
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hash, word_hashes
from service.languages.en.people import BODY_NOUNS, PAIRS, PERSON_NOUNS

SENTENCES_BACK = 8
"""Number of sentences before "the two" in which they are named side by side."""
BETWEEN_TOKENS_MAX = 14
"""Maximum number of tokens from the first name to the second: with titles, and party and state in brackets."""
INSIDE_MAX = 3
"""Maximum number of names from the first to the second: what brackets hold has names, too."""

_BOTH, _PAIRS = word_hash("both"), word_hashes(PAIRS)
_NAMES = (c.CAPITAL, c.CAPITALS, c.TITLE)


def means_two(view: View, phrase: Phrase, tokens: Range) -> bool:
    """Tell whether a description is one of two people or bodies, or of people of one role."""
    if not phrase.definite and view.hashes[tokens[0]] != _BOTH:
        return False
    several = one_of(phrase.head) in PERSON_NOUNS and one_of(phrase.head) != phrase.head
    return several or is_counted(view, tokens)


def is_counted(view: View, tokens: Range) -> bool:
    """Tell whether a description begins with its number: `the two lawmakers`, `both`, `the couple`."""
    first, end = tokens
    return not _PAIRS.isdisjoint(view.hashes[first : min(end, first + 2)])


def one_of(noun: str) -> str:
    """Return the singular of a noun for several: chairmen -> chairman, parties -> party."""
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def pair_meant(cast: Cast, phrase: Phrase, tokens: Range) -> list[Entity]:
    """Return the last two named side by side before a description that it fits; nobody where there are none.

    `the two senators` fits unless one of them is called a senator and the other is not; `the senators` fits where
    both are called so.
    """
    noun = one_of(phrase.head)
    pair = last_pair(cast, tokens[0], bodies=noun in BODY_NOUNS)
    called = sum(same_role(noun) in one.role_words for one in pair)
    return pair if called == len(pair) or (called == 0 and is_counted(cast.view, tokens)) else []


def last_pair(cast: Cast, token: int, *, bodies: bool = False, back: int = SENTENCES_BACK) -> list[Entity]:
    """Return the last two people, or bodies, joined by "and" before a token."""
    view = cast.view
    oldest = view.sentences[token] - back
    mentions = sorted(
        (at, number)
        for number, one in enumerate(cast.entities)
        if (one.sort == "body") == bodies
        for at in one.tokens
        if at < token and view.sentences[at] >= oldest
    )
    for place in range(len(mentions) - 1, 0, -1):
        second, other = mentions[place]
        for first, one in mentions[max(0, place - INSIDE_MAX) : place]:
            if one != other and are_joined(view, first, second):
                return [cast.entities[one], cast.entities[other]]
    return []


def are_joined(view: View, first: int, second: int) -> bool:
    """Tell whether nothing but "and", titles and brackets stands between: `Falk (D-Ostmark) and Mayor Roth`."""
    if second - first > BETWEEN_TOKENS_MAX or view.sentences[first] != view.sentences[second]:
        return False
    joined, depth = 0, 0
    for at in range(first + 1, second):
        word = view.lows[at]
        depth += (word == "(") - (word == ")")
        joined += word == "and" and depth == 0
        known = view.kinds[at] in _NAMES or word in ("and", ")", ".") or word in PERSON_NOUNS or depth > 0
        if not known:
            return False
    return joined == 1
