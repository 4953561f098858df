"""First words that stand before a name and are no part of it: `Entrusting | Ada Brandt`, a heading."""

from __future__ import annotations

from collections.abc import Container

from service.enrich.quotes.cast.names import GIVEN_NAMES, Naming, Words
from service.enrich.quotes.cast.runs import Run
from service.enrich.quotes.view import View
from service.languages.en.names import PARTICLES


def begins_sentence(view: View, run: Run, naming: Naming, keys: Container[Words]) -> bool:
    """Tell whether the first word of a name is no name, but the first word of a sentence or a headline.

    `keys` are all names of the text.
    """
    key = naming.key
    if naming.sort == "body" or naming.titles or key[0] in GIVEN_NAMES:
        return False
    sentences = view.sentences
    begins = run.first == 0 or sentences[run.first - 1] != sentences[run.first]
    return (key[1:] in keys and key[1] not in PARTICLES) or (begins and key[1] in GIVEN_NAMES)


def is_glued(text: str, key: Words) -> bool:
    """Tell whether a heading is glued to a surname, `Joint Energy Projects Falk`: its words stand in small, too."""
    return len(key) > 2 and all(f" {word} " in text for word in key[:-1])
