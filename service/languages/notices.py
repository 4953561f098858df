"""Tell notices that correct or withdraw a story in any of the languages: the patterns of all, put together."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from service.languages.de import notices as de
from service.languages.en import notices as en
from service.languages.es import notices as es
from service.languages.fr import notices as fr
from service.languages.it import notices as it
from service.languages.pt import notices as pt
from service.languages.ru import notices as ru
from service.languages.timestamps import fold_word
from service.languages.tr import notices as tr

_OTHERS: Final = (de, es, fr, it, pt, ru, tr)


def _joined(*patterns: str) -> re.Pattern[str]:
    """Join patterns as they stand: they are written in small letters, since folding one would make `\\w` of `\\W`."""
    return re.compile("|".join(patterns), re.MULTILINE)


def _signs(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold_word, chain(*lists))))


WITHDRAWAL: Final = _joined(en.WITHDRAWAL.pattern, *(language.WITHDRAWAL for language in _OTHERS))
CORRECTION: Final = _joined(en.CORRECTION.pattern, *(language.CORRECTION for language in _OTHERS))
"""Notices in first or last lines in small letters."""

WITHDRAWAL_ELSEWHERE: Final = _joined(*(language.WITHDRAWAL for language in _OTHERS))
CORRECTION_ELSEWHERE: Final = _joined(*(language.CORRECTION for language in _OTHERS))
"""Those of other languages than English, which headlines in small letters may have, too."""

WITHDRAWAL_SIGNS: Final = _signs(en.WITHDRAWAL_SIGNS, *(language.WITHDRAWAL_SIGNS for language in _OTHERS))
CORRECTION_SIGNS: Final = _signs(en.CORRECTION_SIGNS, *(language.CORRECTION_SIGNS for language in _OTHERS))
"""Parts of words, one of which stands in every notice: most texts are told by these alone."""
