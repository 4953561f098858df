"""Read dates as French pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "janvier|janv|jan février|févr|fév|fevrier|fevr mars|mar avril|avr mai juin juillet|juil "
    "août|aout septembre|sept|sep octobre|oct novembre|nov décembre|déc|decembre|dec",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim",
)

SMALL_WORDS = words("à le du de h publié mis jour modifié créé")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("mis à jour|modifié")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words("er")
"""Endings of days written as ordinals."""
