"""Russian patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

from typing import Final

WITHDRAWAL: Final = (
    r"просьба не (?:использовать|публиковать) .{0,30}\b(?:сообщени|новост|материал|текст|фото)|"
    r"(?:новость|сообщение) (?:аннулируется|аннулирован[ао])(?!\w)|"
    r"^\W{0,3}(?:аннулировано|аннулируется|аннулирована)\W{0,3}$"
)
"""Notices that withdraw a story, in a headline or first lines in small letters."""

WITHDRAWAL_SIGNS: Final = ("аннулир", "не использовать", "не публиковать")
"""Parts of words, one of which stands in every such notice."""

CORRECTION: Final = (
    r"^\W{0,3}(?:(?:исправление|исправлено|уточнение)\s*:|\((?:исправл\w+|уточнен[аоы]?\b))|"
    r"в (?:предыдущей|ранней|первой|прежней) версии (?:этого|этой|данного) (?:материала|статьи|новости|текста)"
)
"""Notices that correct a story, in a headline, first or last lines in small letters."""

CORRECTION_SIGNS: Final = ("исправл", "уточн", "версии")
"""Parts of words, one of which stands in every such notice."""
