"""Read dates as Italian pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
    "settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "lunedì lun martedì mar mercoledì mer giovedì gio venerdì ven sabato sab domenica dom",
)

SMALL_WORDS = words("alle ore del di il pubblicato aggiornato")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("aggiornato|ultimo aggiornamento")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words("º °")
"""Endings of days written as ordinals."""
