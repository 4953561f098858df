"""What "who" and "which" stand for: the name or the noun phrase before them."""

from __future__ import annotations

from service.enrich.quotes import columns as c
from service.enrich.quotes.cast.heads import singular_of
from service.enrich.quotes.view import Range, View
from service.languages.en.names import PARTICLES
from service.languages.en.people import PERSON_NOUNS, TITLE_WORDS
from service.languages.en.reporting import BE, DETERMINERS, PHRASE_BREAKS, PLACE_PREPOSITIONS, PREPOSITIONS

PHRASE_TOKENS_MAX = 12
"""Maximum length of what a relative pronoun stands for, in tokens."""

APPOSITION_TOKENS_MAX = 14
"""Maximum length of an apposition between a name and "who", in tokens."""


_SOMEONE = PERSON_NOUNS | TITLE_WORDS


def antecedent(view: View, relative: int) -> Range | None:
    """Find the phrase before a relative pronoun: `Ivo Brandt (44), | who`."""
    end = relative
    if view.lows[end - 1] == ",":
        end -= 1
    if view.lows[end - 1] == ")":
        while end > 0 and view.lows[end - 1] != "(" and relative - end < PHRASE_TOKENS_MAX:
            end -= 1
        end -= 1
    if view.lows[end - 1] == ",":
        end -= 1
    if end <= 0 or (view.kinds[end - 1] in (c.PASSAGE, c.NEWLINE, c.PUNCTUATION) and view[end - 1] != "."):
        return None
    end = _before_apposition(view, end) if view.lows[relative - 1] == "," else end
    noun = _before_place(view, end) if view.lows[relative] == "who" else end
    first = noun
    while first > 0 and end - first < PHRASE_TOKENS_MAX:
        word = view.lows[first - 1]
        if (
            view.sentences[first - 1] != view.sentences[end - 1]
            or _ends_phrase(view, first - 1)
            or (
                word in PHRASE_BREAKS
                and not (word == "." and view.kinds[first - 2] in (c.TITLE, c.CAPITAL, c.CAPITALS))
            )
        ):
            if _leads_on(view, first - 1) or _describes_someone(view, first - 1, noun):
                first -= 1
                continue
            break
        first -= 1
        if word in DETERMINERS and not _describes_someone(view, first - 1, noun):
            break
    if view.lows[first].endswith("ing") and view.lows[first - 1] in BE:
        first += 1  # "are backing | rebels in Ostmark, who"
    return (first, end) if first < end else None


def _before_place(view: View, end: int) -> int:
    """Pass back over where somebody is: `A driver | in Ostmark | who`, `the head of the union | in Tarrow | who`."""
    first = end
    while first > 0 and view.kinds[first - 1] in (c.CAPITAL, c.CAPITALS):
        first -= 1
    if first == end or view.lows[first - 1] not in PLACE_PREPOSITIONS:
        return end
    noun = first - 2  # but "she lost her trust in Rex Benn, who"
    is_there = view.kinds[noun] == c.LOWER and not view.lows[noun].endswith(("ed", "ing"))
    return first - 1 if _is_someone(view, noun) or (is_there and view.lows[end] == "who") else end


def _leads_on(view: View, token: int) -> bool:
    """Tell whether a particle belongs to a name, or a place to someone: `Ana de Roth`, `the mayor | of | Tarrow`."""
    word = view.lows[token]
    named = view.kinds[token - 1] in (c.CAPITAL, c.CAPITALS)
    if word in PARTICLES:
        return named
    return word in ("of", "from") and (named or view.lows[token - 1] in _SOMEONE)


def _describes_someone(view: View, token: int, end: int) -> bool:
    """Tell whether no one is meant by the noun behind a preposition: `a lawyer | for | the bank`, who speaks."""
    if view.lows[token] not in PREPOSITIONS or view.is_capital(end - 1) or _is_someone(view, end - 1):
        return False
    return _is_someone(view, token - 1) or (
        view.lows[token - 1].endswith("ed") and _is_someone(view, token - 2)
    )


def _is_someone(view: View, token: int) -> bool:
    return singular_of(view.lows[token]) in _SOMEONE


def _ends_phrase(view: View, token: int) -> bool:
    """Tell whether a token belongs to no phrase: a passage, a line break, a verb of saying, not `United States`."""
    kind = view.kinds[token]
    if kind == c.SAYS and view[token][:1].islower():
        return not _is_said_of(view, token)
    return kind in (c.PASSAGE, c.NEWLINE)


def _is_said_of(view: View, token: int) -> bool:
    """Tell whether a participle only describes someone: `A man | charged | with fraud, who`."""
    return (
        view.lows[token].endswith("ed")
        and view.lows[token + 1] in PREPOSITIONS
        and _is_someone(view, token - 1)
    )


def _before_apposition(view: View, end: int) -> int:
    """Pass over `Ivo Brandt, | an aide to Mayor Ana Roth, | who`: the name before the comma is meant."""
    comma = end - 1
    while comma > 0 and end - comma < APPOSITION_TOKENS_MAX and view.lows[comma] != ",":
        if _ends_phrase(view, comma) or view.sentences[comma] != view.sentences[end]:
            return end
        comma -= 1
    apposed = view.lows[comma] == "," and (
        view.lows[comma + 1] in DETERMINERS or view.kinds[comma + 1] == c.TITLE
    )
    return comma if apposed and view.kinds[comma - 1] in (c.CAPITAL, c.CAPITALS) else end
