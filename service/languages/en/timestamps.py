"""Read dates as English pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept "
    "october|oct november|nov december|dec",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri saturday sat",
    "sunday sun",
)

SMALL_WORDS = words("at on of the published posted first updated last modified created")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("updated|last updated|modified|last modified")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words("st nd rd th")
"""Endings of days written as ordinals."""
