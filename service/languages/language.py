"""What Copydesk knows of a language. One object holds it, and is handed to what reads texts in that language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Word lists of a language, and the file of the model that was trained on it.

    All words are in lower case. A word may stand in several lists; for its kind the later of `titles`, `pronouns`,
    `thinking` and `saying` counts.
    """

    tag: str  # BCP 47
    model_file: Path
    saying: frozenset[str]  # words that make a cue one of saying, in all forms
    thinking: frozenset[str]  # words of belief, wish and intention
    pronouns: frozenset[str]
    titles: frozenset[str]  # words that name what a person does, and may speak for one
    name_titles: frozenset[str]  # words before a name that are no part of it
    particles: frozenset[str]  # small words inside a name
    never_names: frozenset[str]  # words that carry a capital only at the head of a sentence
    abbreviations: frozenset[str]  # words after which a full stop does not end a sentence by itself
    capitalised_abbreviations: frozenset[str]  # those that without a capital are other words
    acronyms: frozenset[str]  # those that in capitals are names
    joining_abbreviations: frozenset[str]  # those behind which the sentence always goes on
    sentence_openers: frozenset[str]  # words that, with a capital, open a sentence behind an abbreviation
    clause_openers: tuple[
        str, ...
    ]  # where a clause may begin or end; their order is their number in the model
    negations: frozenset[str]
    negating_cues: frozenset[str]  # cues that say that what follows is not so
    cue_negations: frozenset[str]  # words in a cue by which something was not said
    negates_nothing: tuple[str, ...]  # phrases that begin with a negation and say that nothing is not so
    negates_nothing_behind: tuple[str, ...]  # words behind which a negation asks or leaves open
    hedges: frozenset[str]  # words that make a claim possible, likely or hearsay
    hedges_nothing_behind: tuple[str, ...]  # words behind which a hedge compares: "earlier than expected"
    common: frozenset[
        str
    ]  # commonest words that hardly another language writes alike: they tell for this one
    foreign: frozenset[str]  # commonest words of other languages: they tell against this one
