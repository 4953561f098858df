"""Spanish patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"(?:rogamos|favor de|se ruega) (?:anul\w{2,4}|no usar|no utilizar|no publicar) "
    r".{0,30}\b(?:noticia|información|despacho|nota|texto|foto)\b|"
    r"(?:noticia|información) (?:ha sido|queda) anulada\b|"
    r"^\W{0,3}(?:anulación|anulad[ao])\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("anula", "anule", "no us", "no utili", "no publi")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:corrección|rectificación|fe de err(?:ores|atas))\s*(?::|$)|\(corrige\b)|"
    r"una versión (?:anterior|previa) de est[ea] (?:artículo|nota|noticia|texto)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("correcci", "corrige", "rectifica", "fe de err", "versión")
"""Parts of words, one of which stands in every such notice."""
