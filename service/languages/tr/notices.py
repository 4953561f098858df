"""Turkish patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"^\W{0,3}lütfen kullanmayin\W{0,3}$|\bhaber\w{0,6} lütfen kullanmayin\b|\bhaber(?:imiz)? iptal edil|"
    r"^\W{0,3}(?:iptal|haber iptali)\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("iptal", "kullanmay")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:düzeltme|tekzip)\s*(?::|$)|\(düzelt\w+)|"
    r"bu haberin (?:önceki|ilk|eski) (?:sürümünde|versiyonunda|halinde)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("düzelt", "tekzip", "bu haberin")
"""Parts of words, one of which stands in every such notice."""
