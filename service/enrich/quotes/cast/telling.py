"""Words that tell what somebody is or does: no role is read without one of them."""

from __future__ import annotations

from functools import cache

import numpy as np

from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.vocabulary import word_hashes
from service.languages.en.lexicon import FEMALE, MALE, ROLES, SHORT_RANKS
from service.languages.en.people import PERSON_NOUNS
from service.languages.en.roles import MERE_PEOPLE

TELLING = (PERSON_NOUNS | ROLES | SHORT_RANKS) - FEMALE - MALE - MERE_PEOPLE - {"dr"}


@cache
def telling_hashes() -> Int32s:
    """Return the hashes of these words, in order."""
    return np.array(sorted(word_hashes(TELLING)), np.int32)
