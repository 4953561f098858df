"""English abbreviations and names with full stops inside, for the repair of lost blanks and doubled bodies."""

from __future__ import annotations

import re

from service.languages.lists import words

TOP_DOMAINS = words("com org net gov edu co uk io tv ru de js info eu")
"""Last parts of web addresses: no blank is lost before them."""
INITIALISMS = words("U.S U.N U.K E.U D.C a.m p.m")
ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|No|Jr|Sr|Prof|vs|Inc|Co)(?=[.!?\n])"
)
"""An initial or a title before what may end a sentence: a full stop after it ends none."""
