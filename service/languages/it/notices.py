"""Italian patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"si prega di (?:annullare|non (?:utilizzare|usare|pubblicare)) "
    r".{0,30}\b(?:notizia|articolo|testo|foto)\b|"
    r"notizia (?:è|è stata|viene) (?:annullata|ritirata)\b(?! da)|"
    r"^\W{0,3}(?:annullamento|annullat[ao])\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("annulla", "non utilizz", "non usare", "non pubbli", "ritirat")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:rettifica|correzione|errata corrige)\s*(?::|$)|\((?:corregge|rettifica)\b)|"
    r"una versione precedente di quest(?:o|a|') ?(?:articolo|testo|notizia)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("rettific", "correzione", "errata", "corregge", "versione")
"""Parts of words, one of which stands in every such notice."""
