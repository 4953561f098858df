"""Read dates as Turkish pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl "
    "ekim|eki kasım|kas aralık|ara",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "pazartesi pzt salı sal çarşamba çar perşembe per cuma cum cumartesi cmt pazar paz",
)

SMALL_WORDS = words("saat yayınlanma giriş güncelleme güncellenme")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("güncelleme|güncellenme|son güncelleme")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words()
"""Endings of days written as ordinals: none."""
