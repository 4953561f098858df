"""German patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"bitte nicht (?:mehr )?verwenden|"
    r"meldung\b.{0,40} (?:wird |wurde |ist )?(?:hiermit )?(?:zurückgezogen|annulliert)\b|"
    r"^\W{0,3}(?:zurückgezogen|zurückziehung|annullierung|annulliert)\b(?:[:.!-]|\s*$| -)"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("nicht verwenden", "nicht mehr verwenden", "zurückgez", "zurückzieh", "annulli")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:berichtigung|berichtigt|korrektur|korrigiert|richtigstellung)\s*(?::|[-–—] )|"
    r"\((?:berichtigt|korrigiert)\b)|"
    r"in einer (?:früheren|ersten|vorherigen) (?:version|fassung) (?:dieses|des) (?:artikels|textes|berichts)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("berichtig", "korr", "richtigstell", "fassung", "version")
"""Parts of words, one of which stands in every such notice."""
