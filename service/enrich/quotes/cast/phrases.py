"""The phrase in which a text says who speaks: where its name stands, what its head is, whom it only speaks of.

`party leader Ida Moss on Sunday` is Ida Moss; `Relatives of Karl Benn` and `Karl Benn's spokesman` are not Karl Benn;
`the mayor of Tarrow, Ana Roth,` is Ana Roth; `Ada Brandt and Tom Lund` are two.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, bare, body_named, lowered, read_name
from service.enrich.quotes.view import Range, View
from service.languages.en.names import BODIES, NEVER_NAMES, PARTICLES
from service.languages.en.people import (
    AGENT_ENDINGS,
    AUTHORS_BEFORE,
    BODY_NOUNS,
    CAMPAIGNS,
    CONNECTIVES,
    DAYS_AND_TIMES,
    DOCUMENT_NOUNS,
    KIN,
    MONTH_SURNAMES,
    NAME_BODIES_OF,
    PERSON_NOUNS,
    POSSESSIVES,
    PRONOUNS_SPEAKING,
    TITLE_WORDS,
)
from service.languages.en.reporting import BETWEEN_VERBS, DETERMINERS, HEAD_ENDS, RELATIVES, VERB_MARKS

PHRASE_TOKENS_MAX = 60
"""Maximum number of tokens of a phrase that are looked at."""
LISTED_MAX = 4
"""Maximum number of people named side by side."""

_MARKS = frozenset("“”\"'‘’«»„()[]")
_HEAD_MARKS = frozenset([",", ";", ":", "—", "–", "-", "--"])
_TAIL_MARKS = (HEAD_ENDS | {"'", "'s"}) - RELATIVES
_CAPITALS = (c.CAPITAL, c.CAPITALS)
_NO_PLAIN_NAMES = HEAD_ENDS | NEVER_NAMES | DAYS_AND_TIMES | TITLE_WORDS | RELATIVES
_PARTICIPLE_ENDINGS = ("ing", "ed")
_HEAD_ENDINGS = (*_PARTICIPLE_ENDINGS, "ly")
_AFTER_PRONOUN = VERB_MARKS | BETWEEN_VERBS | {","}
_AFTER_PARTICIPLE = HEAD_ENDS | DETERMINERS | {""}
_INSIDE_NAMES = PARTICLES | {"."}
_PERSONS_AND_DOCUMENTS = PERSON_NOUNS | DOCUMENT_NOUNS
_PERSONS_AND_TITLES = PERSON_NOUNS | TITLE_WORDS
_BODIES_AND_DOCUMENTS = BODY_NOUNS | DOCUMENT_NOUNS
_SPEAKING_NOUNS = PERSON_NOUNS | BODY_NOUNS | DOCUMENT_NOUNS


class Phrase(Struct, gc=False):
    """What a speaker's phrase says. A description has no names; a list has several."""

    names: list[Naming]
    head: str  # the head noun in lower case, empty where a name is the head
    before: set[str]  # what describes the head noun, in lower case, places included
    definite: bool
    pronoun: str | None = None
    relative: bool = False
    maybe: Naming | None = None  # the head as a name, where it is a noun with a capital
    apposed: bool = False  # the name stands beside the description: `the mayor, Ana Roth`
    author: bool = False  # the head is a document, and the name is who wrote it
    possessed: bool = False  # the head belongs to someone: `Karl Benn's spokesman`


class _Tokens(NamedTuple):
    """The tokens of a phrase without brackets and marks."""

    view: View
    at: list[int]
    lows: list[str]

    @classmethod
    def of(cls, view: View, at: list[int]) -> _Tokens:
        lows = view.lows
        return cls(view, at, [lows[token] for token in at])

    def low(self, place: int) -> str:
        return self.lows[place] if 0 <= place < len(self.lows) else ""

    def drop(self, place: int) -> None:
        del self.at[place], self.lows[place]

    def is_capital(self, place: int) -> bool:
        if not 0 <= place < len(self.at):
            return False
        view, token = self.view, self.at[place]
        return view[token][:1].isupper() and view.kinds[token] != c.PASSAGE

    def slice(self, first: int, end: int) -> _Tokens:
        return _Tokens(self.view, self.at[first:end], self.lows[first:end])


def read_phrase(view: View, tokens: Range) -> Phrase:
    """Read the phrase [first, end) of tokens."""
    if tokens[1] - tokens[0] == 1 and view.kinds[tokens[0]] == c.PRONOUN:
        word = view.lows[tokens[0]]
        if word in PRONOUNS_SPEAKING:
            return Phrase([], "", set(), True, pronoun=word)
    elif all(view.kinds[token] in _CAPITALS for token in range(*tokens)):
        plain = _read_plain_name(view, tokens)
        if plain is not None:
            return plain
    kept = _without_brackets(view, tokens)
    if not kept:
        return Phrase([], "", set(), False)
    phrase = _Tokens.of(view, kept)
    first = phrase.low(0)
    if view.kinds[kept[0]] == c.PRONOUN and first in PRONOUNS_SPEAKING and not _is_possessive_head(phrase):
        alone = len(kept) == 1 or phrase.lows[1] in _AFTER_PRONOUN
        return Phrase([], "", set(), True, pronoun=first if alone else None)
    if first in RELATIVES:
        return Phrase([], "", set(), True, relative=True)
    listed = _read_list(phrase)
    return listed if listed is not None else _read_one(phrase)


def _read_plain_name(view: View, tokens: Range) -> Phrase | None:
    """Read two capitals or more that nothing describes, `Ada Brandt`; None where a word of them may be no name."""
    first, end = tokens
    if end - first < 2 or end - first > PHRASE_TOKENS_MAX:
        return None
    lows = view.lows
    if not _NO_PLAIN_NAMES.isdisjoint([lows[token] for token in range(first, end)]):
        return None
    naming = read_name(" ".join([view[token] for token in range(first, end)]))
    return Phrase([naming], "", set(), True) if naming.words else None


def _is_possessive_head(phrase: _Tokens) -> bool:
    """Tell whether a pronoun only describes the noun after it: `his wife`."""
    return phrase.low(0) in POSSESSIVES and len(phrase.at) > 1


def _without_brackets(view: View, tokens: Range) -> list[int]:
    kept: list[int] = []
    depth, lows, kinds = 0, view.lows, view.kinds
    for token in range(tokens[0], min(tokens[1], tokens[0] + PHRASE_TOKENS_MAX)):
        kind = kinds[token]
        if c.DIGITS < kind < c.CAPITALS:  # punctuation
            word = lows[token]
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth = max(0, depth - 1)
            elif depth == 0 and (word not in _MARKS or word == "'"):
                kept.append(token)
        elif depth == 0 and kind < c.PASSAGE:
            kept.append(token)
    while kept and view.lows[kept[-1]] in _TAIL_MARKS:
        kept.pop()
    while kept and view.lows[kept[0]] in _HEAD_MARKS:
        kept.pop(0)
    return kept


def _read_list(phrase: _Tokens) -> Phrase | None:
    """Read a list of names: `Ada Brandt, Tom Lund and the State Department`. None unless every item is a name."""
    lows = phrase.lows
    if "and" not in lows and "&" not in lows:
        return None
    last = next((p for p in range(len(lows) - 2, 0, -1) if lows[p] in ("and", "&")), None)
    if last is None:
        return None
    cuts = [-1, *(p for p in range(1, last) if phrase.low(p) == "," and p + 1 < last), last]
    if phrase.low(last - 1) == "," and cuts[-2] == last - 1:
        cuts.pop(-2)
    names: list[Naming] = []
    for place, cut in enumerate(cuts):
        end = cuts[place + 1] if place + 1 < len(cuts) else len(phrase.at)
        item = phrase.slice(cut + 1, end)
        while item.at and item.low(len(item.at) - 1) == ",":
            item.drop(-1)
        if not item.at:
            return None
        one = _read_one(item)
        if not one.names or one.apposed or one.author or one.possessed:
            return None
        names += [naming for naming in one.names if not TITLE_WORDS.issuperset(naming.key)]
    if len(names) == 1 and place:  # "President and Senior Counsel Ada Brandt"
        return Phrase(names, "", set(), True)
    if not 1 < len(names) <= LISTED_MAX or _is_joint_body(names, phrase):
        return None
    if names[-1].sort == "body" and names[0].sort == "unknown" and len(names[0].words) == 1:
        return Phrase([_joint(phrase)], "", set(), True)  # "the Science and Technology Directorate"
    return Phrase(names, "", set(), True)


def _is_joint_body(names: list[Naming], phrase: _Tokens) -> bool:
    """Tell whether the names are one body: `the Department of Health and Human Services`."""
    heads = phrase.lows
    return (
        not NAME_BODIES_OF.isdisjoint(heads) and "of" in heads and all(one.sort != "person" for one in names)
    )


def _joint(phrase: _Tokens) -> Naming:
    """Read one name from all words, the article apart."""
    first = 1 if phrase.low(0) == "the" else 0
    return body_named(tuple([phrase.view[token] for token in phrase.at[first:]]))


def _read_one(phrase: _Tokens) -> Phrase:
    stop = _head_end(phrase)
    owner = _last_possessive(phrase, stop)
    head = phrase.slice(owner + 1, stop)
    while head.at and (head.low(len(head.at) - 1) in DAYS_AND_TIMES) and not _is_only_name(head):
        head.drop(-1)
    if not head.at:
        return Phrase([], "", set(), False)
    last = len(head.at) - 1
    if not head.is_capital(last):
        return _read_description(phrase, stop, owner, head)
    if phrase.low(stop) in ("and", "or") and len(head.at) == 1 and not phrase.is_capital(stop + 1):
        return Phrase([], "", set(), False)  # "Current and former officials"
    if not _is_common(head):
        return _read_name(phrase, stop, head)
    if phrase.low(stop) == "of" and head.low(last) in TITLE_WORDS:
        beyond = _behind_title(phrase, stop)
        if beyond is not None:
            return beyond
    described = _read_description(phrase, stop, owner, head)
    if not described.names and len(head.at) == 1:
        word = (head.view[head.at[0]],)
        described.maybe = Naming((), word, "unknown", None, lowered(word))
    return described


def _is_only_name(head: _Tokens) -> bool:
    """Tell whether a month at the end is a surname: `Ada May`, `April Song`."""
    last = len(head.at) - 1
    return last > 0 and head.low(last) in MONTH_SURNAMES and head.low(last - 1) in GIVEN_NAMES


def _head_end(phrase: _Tokens) -> int:
    """Count the tokens of the head: up to a preposition, a comma, a relative clause or a participle."""
    kinds = phrase.view.kinds
    for place in range(1, len(phrase.at)):
        word = phrase.lows[place]
        if word in HEAD_ENDS and not (word in PARTICLES and phrase.is_capital(place + 1)):
            return place
        if not word.endswith(_HEAD_ENDINGS):
            continue
        if _is_participle(phrase, place) or (word.endswith("ly") and kinds[phrase.at[place]] == c.LOWER):
            return place
    return len(phrase.at)


def _is_participle(phrase: _Tokens, place: int) -> bool:
    """Tell whether a participle ends the head: `Doctors | treating Ivo Brandt`; but not `acting President`."""
    word = phrase.low(place)
    if (
        not word.endswith(_PARTICIPLE_ENDINGS)
        or phrase.view.kinds[phrase.at[place]] > c.LOWER
        or phrase.is_capital(place)
    ):
        return False
    following = phrase.low(place + 1)
    leads_on = phrase.is_capital(place + 1) or following in _AFTER_PARTICIPLE
    return leads_on and following not in TITLE_WORDS and word not in _PERSONS_AND_DOCUMENTS


def _last_possessive(phrase: _Tokens, stop: int) -> int:
    """Find the last possessive before the head's last word: `CNN 's | Dana Bash`; -1 where there is none."""
    if "'s" not in phrase.lows and "'" not in phrase.lows:
        return -1
    for place in range(stop - 2, 0, -1):
        word = phrase.low(place)
        if word == "'s" or (word == "'" and phrase.low(place - 1).endswith("s")):
            return place
    return -1


def _is_common(head: _Tokens) -> bool:
    """Tell whether a head is one noun with a capital only because it begins a sentence: `Relatives`, `Report`."""
    words_of = [place for place, word in enumerate(head.lows) if word not in NEVER_NAMES]
    if len(words_of) != 1:
        return not words_of
    word = head.low(words_of[0])
    if word in _PERSONS_AND_TITLES:
        return True
    view, token = head.view, head.at[words_of[0]]
    begins = token == 0 or view.sentences[token - 1] != view.sentences[token]
    if not begins:
        return False
    singular = word.removesuffix("s")
    known = word in _BODIES_AND_DOCUMENTS or singular in _SPEAKING_NOUNS
    return known or (word.endswith("s") and word not in GIVEN_NAMES and not _stands_elsewhere(view, token))


def _stands_elsewhere(view: View, token: int) -> bool:
    """Tell whether the word has a capital in another place than at the start of a sentence."""
    hashed, hashes = view.hashes[token], view.tokens.attributes[:, c.WORD]
    for other in (hashes == hashed).nonzero()[0].tolist():
        capital = view[other][:1].isupper()
        if other != token and capital and other > 0 and view.sentences[other - 1] == view.sentences[other]:
            return True
        if not capital:
            return False
    return False


def _wording(tokens: _Tokens) -> str:
    return " ".join(tokens.view[token] for token in tokens.at if tokens.view[token] != ".")


def _read_name(phrase: _Tokens, stop: int, head: _Tokens) -> Phrase:
    """Read a head that ends in capitals: its last run is the name, or a title that "of" leads on from."""
    first = len(head.at) - 1
    while first > 0 and (head.is_capital(first - 1) or head.low(first - 1) in _INSIDE_NAMES):
        first -= 1
    while first < len(head.at) - 1 and (not head.is_capital(first) or head.low(first) in NEVER_NAMES):
        first += 1
    run = head.slice(first, len(head.at))
    of = phrase.low(stop) if stop < len(phrase.at) else ""
    last = run.low(len(run.at) - 1)
    if of in CONNECTIVES and (last in NAME_BODIES_OF or last in BODIES) and _goes_on(phrase, stop):
        return Phrase([_longer_body(phrase, stop, run)], "", set(), True)
    if of == "of" and last in TITLE_WORDS:
        beyond = _behind_title(phrase, stop)
        if beyond is not None:
            return beyond
    naming = read_name(_wording(run))
    if not naming.words or (
        len(naming.words) == 1 and naming.words[0].lower() in TITLE_WORDS and not naming.titles
    ):
        return _read_description(phrase, stop, -1, head)
    before = set(head.lows[:first])
    return Phrase([naming._replace(titles=(*before & TITLE_WORDS, *naming.titles))], "", before, True)


def _goes_on(phrase: _Tokens, stop: int) -> bool:
    """Tell whether a capital follows "of" or "of the"."""
    return phrase.is_capital(stop + 1) or (phrase.low(stop + 1) == "the" and phrase.is_capital(stop + 2))


def _longer_body(phrase: _Tokens, stop: int, run: _Tokens) -> Naming:
    """Read a body on beyond its head: `Center | for Responsive Politics`."""
    end = stop
    while end < len(phrase.at):
        if phrase.is_capital(end) or (phrase.low(end) in CONNECTIVES and _goes_on(phrase, end)):
            end += 1
        else:
            break
    names = [phrase.view[token] for token in [*run.at, *phrase.at[stop:end]] if phrase.view[token] != "."]
    return body_named(tuple(names))


def _behind_title(phrase: _Tokens, stop: int) -> Phrase | None:
    """Read the name behind a title with "of": `Secretary of State | John F. Kerry`."""
    first = stop + 1 + (phrase.low(stop + 1) == "the")
    end = first
    while end < len(phrase.at) and (
        phrase.is_capital(end) or phrase.low(end) == "." or phrase.low(end) in PARTICLES
    ):
        end += 1
    for start in range(first + 1, end):
        if phrase.low(start) in GIVEN_NAMES or (start == end - 2 and phrase.low(first) not in GIVEN_NAMES):
            naming = read_name(_wording(phrase.slice(start, end)))
            if len(naming.words) > 1:
                return Phrase([naming._replace(sort="person")], "", set(), True)
    return None


def _read_description(phrase: _Tokens, stop: int, owner: int, head: _Tokens) -> Phrase:
    """Read a head that is a common noun; a name may stand beside it, or be part of what it is called."""
    last = len(head.at) - 1
    noun = bare(head.view[head.at[last]])
    before = {bare(head.view[head.at[place]]) for place in range(last)} - NEVER_NAMES
    definite = owner >= 0 or phrase.low(0) in ("the", "this", "that") or phrase.low(0) in POSSESSIVES
    possessed = owner >= 0 or phrase.low(0) in POSSESSIVES
    described = Phrase([], noun, before, definite, possessed=possessed)
    campaign = _campaign(phrase, stop, owner, head, noun)
    if campaign is not None:
        return Phrase([campaign], noun, before, definite)
    beside = _beside(phrase, stop, noun)
    if beside:
        described.names, described.apposed = beside, True
        return described
    if noun in DOCUMENT_NOUNS:
        author = _author(phrase, stop)
        if author is not None:
            described.names, described.author = [author], True
    return described


def _campaign(phrase: _Tokens, stop: int, owner: int, head: _Tokens, noun: str) -> Naming | None:
    """Name the body that is called after someone: `the Lund campaign`, `Ada Brandt's campaign`."""
    if noun not in CAMPAIGNS or (noun == "government" and owner >= 0):
        return None
    named = phrase.slice(0, owner) if owner >= 0 else head.slice(0, len(head.at) - 1)
    while (named.at and not named.is_capital(0)) or (named.at and named.low(0) in NEVER_NAMES):
        named.drop(0)
    if not named.at or not all(
        named.is_capital(place) or named.low(place) == "." for place in range(len(named.at))
    ):
        return None
    naming = read_name(_wording(named))
    if not naming.words:
        return None
    return body_named((*naming.words, noun))


def _beside(phrase: _Tokens, stop: int, noun: str) -> list[Naming]:
    """Read the names in apposition to a description: `the mayor of Tarrow, Ana Roth,`."""
    comma = next(
        (p for p in range(stop, len(phrase.at)) if phrase.low(p) == "," or phrase.low(p) in RELATIVES), None
    )
    if comma is None or phrase.low(comma) != "," or not phrase.is_capital(comma + 1):
        return []
    if noun.endswith("s") and noun not in PERSON_NOUNS:
        several = _read_list(phrase.slice(comma + 1, len(phrase.at)))
        return several.names if several is not None else []
    end = comma + 1
    while end < len(phrase.at) and (phrase.is_capital(end) or phrase.low(end) in _INSIDE_NAMES):
        end += 1
    naming = read_name(_wording(phrase.slice(comma + 1, end)))
    if len(naming.words) == 1 and noun not in KIN:
        return []
    singular = noun in PERSON_NOUNS or noun in KIN or noun.endswith(AGENT_ENDINGS)
    return [naming] if naming.words and naming.sort != "body" and singular else []


def _author(phrase: _Tokens, stop: int) -> Naming | None:
    """Find who wrote a document: `a statement from the Kremlin`, `figures published by Ada Brandt`."""
    for place in range(stop, min(len(phrase.at), stop + 4)):
        if phrase.low(place) in AUTHORS_BEFORE and place + 1 < len(phrase.at):
            one = _read_one(phrase.slice(place + 1, len(phrase.at)))
            return one.names[0] if len(one.names) == 1 and not one.author and not one.apposed else None
        if phrase.low(place) in ("in", "at", "on", ","):
            return None
    return None
