"""The phrase in which a text says who speaks: where its name stands, what its head is, whom it only speaks of.

`party leader Ida Moss on Sunday` is Ida Moss; `Relatives of Karl Benn` and `Karl Benn's spokesman` are not Karl Benn;
`the mayor of Tarrow, Ana Roth,` is Ana Roth; `Ada Brandt and Tom Lund` are two.
"""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.heads import (
    head_end,
    is_common,
    is_described,
    is_only_name,
    is_surely_name,
    last_possessive,
)
from service.enrich.quotes.cast.listed import (
    LISTED_MAX,
    NO_PLAIN_NAMES,
    are_two,
    before_aside,
    has_companion,
    is_aside,
    is_first_role,
    is_joint_body,
    is_subject,
    read_bare_list,
    without_denied,
)
from service.enrich.quotes.cast.names import Naming, bare, gender_of_noun, lowered, read_name
from service.enrich.quotes.cast.phrase_names import (
    behind_office,
    behind_post,
    behind_title,
    campaign_of,
    family_firm,
    is_firm,
    is_read,
    joint_body,
    publisher,
    read_named,
)
from service.enrich.quotes.cast.phrase_tokens import (
    INSIDE_NAMES,
    PHRASE_TOKENS_MAX,
    Phrase,
    PhraseTokens,
    wording,
)
from service.enrich.quotes.view import Range, View
from service.languages.en.names import NEVER_NAMES
from service.languages.en.people import (
    AGENT_ENDINGS,
    AUTHORS_BEFORE,
    BODY_NOUNS,
    CAMPAIGNS,
    DAYS_AND_TIMES,
    DOCUMENT_NOUNS,
    KIN,
    OFFICE_FIELDS,
    OFFICE_SUBJECTS,
    PARTS_OF_DOCUMENTS,
    PARTY_MEMBERS,
    PERSON_NOUNS,
    POSSESSIVES,
    POSTS_WITH_PLACES,
    PRONOUNS_SPEAKING,
    PUBLISHED,
    TITLE_WORDS,
)
from service.languages.en.places import NATIONALITIES
from service.languages.en.reporting import (
    BETWEEN_VERBS,
    DETERMINERS,
    RELATIVES,
    VERB_MARKS,
)

ITEMS_MAX = 8
"""Maximum number of items of a list, titles and parties among them."""
JOINED_TOKENS = 8
"""Number of tokens from "by" among which the mark between two authors stands."""
_NOT_COUNTED = TITLE_WORDS | PARTY_MEMBERS | OFFICE_SUBJECTS
"""Words of items that name nobody by themselves."""
_CAPITALS = frozenset({c.CAPITAL, c.CAPITALS})
_AFTER_HEADS = DAYS_AND_TIMES | {"."}
"""What may stand behind a head and is no part of it: the day, the full stop of "Jr."."""
_AFTER_PRONOUN = VERB_MARKS | BETWEEN_VERBS | {","}


def read_phrase(view: View, tokens: Range) -> Phrase:
    """Read the phrase [first, end) of tokens."""
    first, end = tokens
    if end - first == 1:
        kind, word = view.kinds[first], view.lows[first]
        if kind == c.PRONOUN and word in PRONOUNS_SPEAKING:
            return Phrase([], "", set(), True, pronoun=word)
        if kind in _CAPITALS and is_surely_name(word):
            naming = read_name(view[first])
            if naming.words:
                return Phrase([naming], "", set(), True)
    elif _CAPITALS.issuperset(view.kinds[first:end]):
        plain = _read_plain_name(view, tokens)
        if plain is not None:
            return plain
    phrase = PhraseTokens.of(view, tokens)
    if not phrase.at:
        return Phrase([], "", set(), False)
    opening = phrase.low(0)
    pronoun = view.kinds[phrase.at[0]] == c.PRONOUN and opening in PRONOUNS_SPEAKING
    if pronoun and (len(phrase.at) == 1 or not (opening in POSSESSIVES or view[phrase.at[0]] == "US")):
        alone = len(phrase.at) == 1 or phrase.lows[1] in _AFTER_PRONOUN
        return Phrase([], "", set(), True, pronoun=opening if alone else None)
    if opening == "whose" and len(phrase.at) > 1:
        owned = _read_one(phrase.slice(1, len(phrase.at)))
        owned.possessed = owned.definite = True
        return owned
    if opening in RELATIVES:
        return Phrase([], "", set(), True, relative=True)
    if "and" not in phrase.lows and "&" not in phrase.lows:
        return ("," in phrase.lows and read_bare_list(phrase, end)) or _read_one(phrase)
    phrase = without_denied(phrase)
    listed = phrase.without_ages()
    several = _read_list(listed) or _read_list(before_aside(listed))
    return several or (Phrase([], "", set(), False) if has_companion(listed) else _read_one(phrase))


def _read_plain_name(view: View, tokens: Range) -> Phrase | None:
    """Read two capitals or more that nothing describes, `Ada Brandt`; None where a word of them may be no name."""
    first, end = tokens
    if end - first < 2 or end - first > PHRASE_TOKENS_MAX:
        return None
    if not NO_PLAIN_NAMES.isdisjoint(view.words(tokens)):
        return None
    text, starts, ends = view.text, view.starts, view.ends
    naming = read_name(" ".join([text[starts[token] : ends[token]] for token in range(first, end)]))
    return Phrase([naming], "", set(), True) if naming.words else None


def _read_list(phrase: PhraseTokens) -> Phrase | None:
    """Read a list of names: `Ada Brandt, Tom Lund and the State Department`. None unless every item is a name."""
    lows = phrase.lows
    last = next((p for p in range(len(lows) - 2, 0, -1) if lows[p] in ("and", "&")), None)
    if last is None:
        return None
    family = family_firm(phrase, last)
    if family is not None:
        return Phrase([family], "", set(), True)
    if lows[last] == "&" and is_firm(phrase):
        return Phrase([joint_body(phrase)], "", set(), True)
    if lows[last] == "&" and last == 1:
        return _read_one(phrase.slice(2, len(phrase.at)))  # "Falk & Friends host Ida Moss"
    cuts = [-1, *(p for p in range(1, last) if phrase.low(p) == "," and p + 1 < last), last]
    if phrase.low(last - 1) == "," and cuts[-2] == last - 1:
        cuts.pop(-2)
    if len(cuts) > ITEMS_MAX or (len(cuts) > LISTED_MAX and _NOT_COUNTED.isdisjoint(lows)):
        return None
    names: list[Naming] = []
    for place, cut in enumerate(cuts):
        end = cuts[place + 1] if place + 1 < len(cuts) else len(phrase.at)
        item = phrase.slice(cut + 1, end)
        while item.at and item.low(len(item.at) - 1) == ",":
            item.drop(-1)
        if not item.at:
            return None
        if 0 < place < len(cuts) - 1 and is_aside(item):
            continue
        one = _read_one(item)
        if place == 0 and len(cuts) == 2 and is_first_role(one) and not are_two(one, phrase, last + 1):
            continue
        if not one.names or one.apposed or one.author or one.possessed:
            return None
        if is_subject(item) and place + 1 < len(cuts):
            names.clear()  # "Education and Labour Committee Chairman Ada Brandt"
            continue
        names += [naming for naming in one.names if not TITLE_WORDS.issuperset(naming.key)]
    if len(names) == 1 and is_first_role(_read_one(phrase.slice(0, cuts[1]))):
        bare = phrase.low(last + 1) in DETERMINERS or not (names[0].titles or one.before)
        return None if bare else Phrase(names, "", set(), True)
    if len(names) == 1 and place:  # "President and Senior Counsel Ada Brandt"
        subjects = names[0].sort == "body" and "of" not in lows[:last]
        return Phrase([joint_body(phrase)] if subjects else names, "", set(), True)
    if not 1 < len(names) <= LISTED_MAX:
        return None
    leads = names[0].sort == "unknown" and len(names[0].words) == 1 and "of" not in lows[:last]
    if leads and names[-1].sort == "body":
        return Phrase([joint_body(phrase)], "", set(), True)  # "the Science and Technology Directorate"
    if is_joint_body(names, phrase):
        return None
    return Phrase(names, "", set(), True)


def _read_one(phrase: PhraseTokens) -> Phrase:
    stop = head_end(phrase)
    behind = phrase.low(stop)
    if behind == "of" and phrase.low(stop + 1) in OFFICE_FIELDS and phrase.low(stop + 2) == "'s":
        stop = (
            head_end(phrase.slice(stop + 2, len(phrase.at))) + stop + 2
        )  # "the secretary of state's office"
        behind = phrase.low(stop)
    owner = last_possessive(phrase, stop)
    head = phrase.slice(owner + 1, stop)
    while head.at and head.lows[-1] in _AFTER_HEADS and not is_only_name(head):
        head.drop(-1)
    if not head.at:
        return Phrase([], "", set(), False)
    titled = behind == "of" and head.lows[-1] in TITLE_WORDS
    if not head.is_capital(len(head.at) - 1):
        held = behind_office(phrase, stop + 1) if titled and phrase.low(stop + 1) in OFFICE_FIELDS else None
        return held or _read_description(phrase, stop, owner, head)
    if behind in ("and", "or") and len(head.at) == 1:
        if head.lows[0] in NATIONALITIES:  # "Chinese and American officials"
            return _read_one(phrase.slice(stop + 1, len(phrase.at)))
        if not phrase.is_capital(stop + 1):
            return Phrase([], "", set(), False)  # "Current and former officials"
    if behind != "of" and is_described(head):
        return _read_description(phrase, stop, owner, head)
    if not is_common(head):
        return read_named(phrase, stop, head) or _read_description(phrase, stop, -1, head)
    beyond = behind_title(phrase, stop) if titled else None
    if beyond is not None:
        return beyond
    described = _read_description(phrase, stop, owner, head)
    if not described.names and len(head.at) == 1:
        word = (head.view[head.at[0]],)
        described.maybe = Naming((), word, "unknown", None, lowered(word))
    return described


def _read_description(phrase: PhraseTokens, stop: int, owner: int, head: PhraseTokens) -> Phrase:
    """Read a head that is a common noun; a name may stand beside it, or be part of what it is called."""
    words = [bare(head.view[token]) for token in head.at]
    noun = words.pop()
    before = set(words) - NEVER_NAMES
    opening = phrase.lows[0]
    possessed = owner >= 0 or opening in POSSESSIVES
    definite = possessed or opening in ("the", "this", "that")
    described = Phrase([], noun, before, definite, possessed=possessed)
    campaign = campaign_of(phrase, owner, head, noun) if noun in CAMPAIGNS else None
    if campaign is not None:
        return Phrase([campaign], noun, before, definite)
    beside = _beside(phrase, stop, noun) if "," in phrase.lows else None
    if beside:
        described.names, described.apposed = beside, True
        return described
    if noun in POSTS_WITH_PLACES and owner < 0:
        holder = behind_post(phrase, stop)
        if holder is not None:
            return Phrase([holder], "", before, True)
    if noun in DOCUMENT_NOUNS:
        author = _author(phrase, stop, noun) or (publisher(head) if noun in PUBLISHED else None)
        if author is not None:
            described.names, described.author = [author], True
    return described


def _beside(phrase: PhraseTokens, stop: int, noun: str) -> list[Naming]:
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
    while end < len(phrase.at) and (phrase.is_capital(end) or phrase.low(end) in INSIDE_NAMES):
        end += 1
    naming = read_name(wording(phrase.slice(comma + 1, end)))
    if len(naming.words) == 1 and noun not in KIN:
        return []
    singular = noun in PERSON_NOUNS or noun in KIN or noun.endswith(AGENT_ENDINGS)
    singular = singular or (naming.sort == "person" and noun not in BODY_NOUNS | DOCUMENT_NOUNS)
    if not naming.words or naming.sort == "body" or not singular:
        return []
    if noun in KIN:  # "his wife, Jane,"
        naming = naming._replace(sort="person", gender=gender_of_noun(noun) or naming.gender)
    return [naming]


def _author(phrase: PhraseTokens, stop: int, noun: str) -> Naming | None:
    """Find who wrote a document: `a statement from the Kremlin`, `the results of a poll by Ada Brandt`."""
    if phrase.low(stop) == "of" and noun in PARTS_OF_DOCUMENTS:
        whole = _read_one(phrase.slice(stop + 1, len(phrase.at)))
        return whole.names[0] if whole.author else None
    for place in range(stop, min(len(phrase.at), stop + 4)):
        if phrase.low(place) in AUTHORS_BEFORE and place + 1 < len(phrase.at):
            if is_read(phrase.low(place - 1)) or "/" in phrase.lows[place : place + JOINED_TOKENS]:
                return None  # "a letter seen by the Courier", "a poll by the Courier/Harbour News"
            one = _read_one(phrase.slice(place + 1, len(phrase.at)))
            return one.names[0] if len(one.names) == 1 and not one.author and not one.apposed else None
        if phrase.low(place) in ("in", "at", "on", ","):
            return None
    return None
