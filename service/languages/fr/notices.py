"""French patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"(?:prière d(?:'|e )|veuillez )(?:annuler|ne pas (?:utiliser|publier|tenir compte)) "
    r".{0,30}\b(?:dépêche|article|texte|photo)\b|"
    r"dépêche (?:est|a été) (?:annulée?|retirée?)\b|"
    r"^\W{0,3}(?:(?:annulation|annulée?)\W{0,3}$|annulation de (?:la |notre )?dépêche\b)"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("annul", "ne pas utili", "ne pas publi", "ne pas tenir", "retiré")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:rectificatif|erratum)\s*(?::|[-–—] |$)|\((?:corrige|corrigé|rectifie)\b)|"
    r"une (?:version (?:antérieure|précédente)|précédente version) de cet(?:te)? (?:article|dépêche|texte)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("rectifi", "corrig", "erratum", "version")
"""Parts of words, one of which stands in every such notice."""
