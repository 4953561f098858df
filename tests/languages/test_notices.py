"""The patterns of notices in all languages: written in small letters, and joined as they stand."""

from __future__ import annotations

import re

import pytest

from service.intake.notices import read_notice
from service.languages import notices
from service.languages.de import notices as de
from service.languages.en import notices as en
from service.languages.es import notices as es
from service.languages.fr import notices as fr
from service.languages.it import notices as it
from service.languages.pt import notices as pt
from service.languages.ru import notices as ru
from service.languages.timestamps import fold_word
from service.languages.tr import notices as tr

ESCAPES = re.compile(r"\\[A-Za-z]")
WITHDRAWALS = [en.WITHDRAWAL.pattern, *(each.WITHDRAWAL for each in (de, es, fr, it, pt, ru, tr))]
CORRECTIONS = [en.CORRECTION.pattern, *(each.CORRECTION for each in (de, es, fr, it, pt, ru, tr))]


@pytest.mark.parametrize("pattern", WITHDRAWALS + CORRECTIONS)
def test_patterns_are_written_in_small_letters_and_keep_their_capital_escapes(pattern: str) -> None:
    letters = ESCAPES.sub("", pattern)
    assert fold_word(letters) == letters
    joined = notices.WITHDRAWAL if pattern in WITHDRAWALS else notices.CORRECTION
    assert pattern in joined.pattern
    assert r"^\W{0,3}" in pattern


@pytest.mark.parametrize("escape", [r"\W", r"\S", r"\D", r"\B"])
def test_joining_keeps_capital_escapes(escape: str) -> None:
    assert notices._joined(f"a{escape}", f"{escape}b").pattern == f"a{escape}|{escape}b"


@pytest.mark.parametrize(
    ("notice", "line"),
    [
        ("correction", "(Correction: an earlier headline misstated the year)"),
        ("withdrawal", "- WITHDRAWN -"),
        ("correction", "- CORRECTION: name of the keeper"),
        ("withdrawal", "*KILL: ferry"),
        ("withdrawal", "--KILL--"),
        ("correction", "[Correction: name"),
        ("correction", "• Correction: name"),
        ("withdrawal", "(Zurückgezogen)"),
        ("correction", "*Berichtigung: Name"),
        ("correction", "(Rectificatif: nom"),
        ("withdrawal", "*Annulé*"),
        ("correction", "(Corrección: nombre)"),
        ("withdrawal", "- ANNULLATA -"),
        ("correction", "*Errata: nome"),
        ("correction", "(Исправление: имя)"),
        ("withdrawal", "* HABER İPTALİ *"),
        ("withdrawal", "Lütfen kullanmayın!"),
    ],
)
def test_marks_may_stand_before_a_notice(notice: str, line: str) -> None:
    assert read_notice("Boats wait at the lock", f"{line}\nBoats waited on Monday.\n", None) == notice
