"""Portuguese patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"favor (?:desconsiderar|anular|não (?:usar|utilizar|publicar)) "
    r".{0,30}\b(?:nota|notícia|matéria|reportagem|texto|foto)\b|"
    r"(?:notícia|reportagem) (?:foi|está|fica) anulada\b|"
    r"^\W{0,3}(?:anulação|anulad[ao])\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("anula", "desconsider", "não us", "não utili", "não publi")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:correção|retificação|errata)\s*(?::|$)|\((?:corrige|retifica)\b)|"
    r"uma versão anterior dest[ea] (?:reportagem|texto|matéria|artigo|notícia)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("correção", "retifica", "errata", "corrige", "versão")
"""Parts of words, one of which stands in every such notice."""
