"""Read dates as German pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "januar|jan|jänner|jän februar|feb|feber märz|mär|maerz|mrz april|apr mai juni|jun juli|jul "
    "august|aug september|sep|sept oktober|okt november|nov dezember|dez",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonnabend sonntag so",
)

SMALL_WORDS = words("um uhr am den der veröffentlicht stand erstellt aktualisiert zuletzt")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("aktualisiert|zuletzt aktualisiert|geändert")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words()
"""Endings of days written as ordinals: none."""
