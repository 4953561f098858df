"""German patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"^\W{0,3}bitte nicht (?:mehr )?verwenden\W{0,3}$|"
    r"\b(?:meldung|text|bericht|foto) bitte nicht (?:mehr )?verwenden\b|"
    r"\b(?:die|diese|unsere|folgende|obige) meldung (?:wird|ist) (?:hiermit )?(?:zurückgezogen|annulliert)\b|"
    r"(?:^\W{0,3}|redaktionen: )meldung (?:wird |ist )?(?:hiermit )?(?:zurückgezogen|annulliert)\W{0,3}$|"
    r"^\W{0,3}(?:zurückgezogen|zurückziehung|annullierung|annulliert)\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("nicht verwenden", "nicht mehr verwenden", "zurückgez", "zurückzieh", "annulli")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:berichtigung|berichtigt|korrektur|korrigiert|richtigstellung)\s*:|"
    r"\((?:berichtigt|korrigiert)\b)|"
    r"in einer (?:früheren|ersten|vorherigen) (?:version|fassung) (?:dieses (?:artikels|textes|berichts)|des artikels)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("berichtig", "korr", "richtigstell", "fassung", "version")
"""Parts of words, one of which stands in every such notice."""
