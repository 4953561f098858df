"""Read dates as Portuguese pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "janeiro|jan fevereiro|fev março|marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago "
    "setembro|set outubro|out novembro|nov dezembro|dez",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "segunda-feira seg terça-feira ter quarta-feira qua quinta-feira qui sexta-feira sex sábado sáb",
    "domingo dom segunda terça quarta quinta sexta",
)

SMALL_WORDS = words("às as de do em publicado atualizado")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("atualizado|última atualização")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words("º")
"""Endings of days written as ordinals."""
