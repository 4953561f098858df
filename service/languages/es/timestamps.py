"""Read dates as Spanish pages write them: names of months and weekdays, and small words around them."""

from __future__ import annotations

from service.languages.lists import phrases, ranked, words

MONTHS = ranked(
    "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
    "septiembre|setiembre|sep|sept|set octubre|oct noviembre|nov diciembre|dic",
    first=1,
)
"""Names of months and their short forms -> 1 to 12."""

WEEKDAYS = words(
    "lunes lun martes mar miércoles mié mie jueves jue viernes vie sábado sáb sab domingo dom",
)

SMALL_WORDS = words("a las de del el horas hs h publicado actualizado creado")
"""Words that stand between the parts of a date and say nothing about it."""

UPDATES = phrases("actualizado|última actualización|actualizada")
"""What stands before the time of a later version, behind the time of publication."""

ORDINALS = words("º")
"""Endings of days written as ordinals."""
