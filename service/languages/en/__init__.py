"""English: word tables, name lists, cue lists, the trained model."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from service.languages.en import lexicon, names, people, reporting
from service.languages.language import Language

ENGLISH: Final = Language(
    tag="en",
    model_file=Path(__file__).with_name("model.npz"),
    saying=lexicon.SAYING,
    thinking=lexicon.THINKING,
    pronouns=lexicon.PRONOUNS,
    titles=lexicon.TITLES,
    name_titles=people.PERSON_NOUNS | lexicon.HONORIFICS,
    particles=names.PARTICLES,
    never_names=names.NEVER_NAMES,
    abbreviations=lexicon.ABBREVIATIONS,
    capitalised_abbreviations=lexicon.CAPITALISED_ABBREVIATIONS,
    acronyms=lexicon.ACRONYMS,
    joining_abbreviations=lexicon.JOINING_ABBREVIATIONS,
    sentence_openers=lexicon.SENTENCE_OPENERS,
    clause_openers=lexicon.CLAUSE_OPENERS,
    negations=lexicon.NEGATIONS,
    negating_cues=lexicon.NEGATING_CUES,
    cue_negations=reporting.CUE_NEGATIONS,
    negates_nothing=reporting.NEGATES_NOTHING,
    negates_nothing_behind=reporting.NEGATES_NOTHING_BEHIND,
    hedges=lexicon.HEDGES,
    hedges_nothing_behind=reporting.HEDGES_NOTHING_BEHIND,
    common=lexicon.COMMON,
    foreign=lexicon.FOREIGN,
)
