"""Read dates as Russian pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май "
    "июня|июнь|июн июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт "
    "ноября|ноябрь|ноя|нояб декабря|декабрь|дек",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "понедельник пн вторник вт среда ср четверг чт пятница пт суббота сб воскресенье вс",
)

SMALL_WORDS = words("в года г опубликовано обновлено")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("обновлено")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words()
"""Endings of days written as ordinals: none."""
