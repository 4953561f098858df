"""Words by which English tells what someone does, beside the nouns themselves."""

from __future__ import annotations

from service.languages.en.people import LABELS, OFFICE_SUBJECTS
from service.languages.lists import words

SAME_ROLE = {
    "sen": "senator", "rep": "representative", "gov": "governor", "congressman": "representative",
    "congresswoman": "representative", "pm": "premier", "prof": "professor", "dr": "doctor", "gen": "general",
    "spokesperson": "spokesman", "spokeswoman": "spokesman", "chairwoman": "chairman", "chairperson": "chairman",
    "chair": "chairman", "adviser": "advisor", "ceo": "executive", "democratic": "democrat", "businessperson":
    "businessman", "aid": "aide",
}  # fmt: skip
"""Words for one role in several forms -> the form they are compared in."""

MERE_PEOPLE = words("man woman boy girl person individual child adult youth guest visitor")
"""Nouns for people that tell no role: "Ida Roth, the woman Falk met"."""

ROLE_WORDS = (
    LABELS
    | OFFICE_SUBJECTS
    | words(
        "press prime vice foreign communications campaign police fire union party bank company team executive managing "
        "chief general public county city state federal district national assistant deputy senior news political"
    )
)
"""Words that before a title belong to it: "White House | press | secretary"."""

IN_OFFICE = words("former acting interim outgoing incoming retired onetime one-time ousted fired caretaker")
"""Words before a title that tell whether someone holds the office: without them a false title is left."""
UNTIL_LATELY = words("then ex former")
"""Words that tell the same before a hyphen: "then-Mayor"."""
TURNED = words("turned")
"""Participles between two roles of one person: "rival turned supporter"."""
MERE_COURTESIES = words("mr mrs ms miss")
"""Titles of anybody, which end no role: "Foreign Secretary | Mr | Falk"."""
OUT_OF_OFFICE = words("former ex onetime one-time retired ousted fired late lieutenant")
"""Words of a role by which someone is never meant by the office: who held it once, a lieutenant governor."""
NOT_IN_OFFICE = OUT_OF_OFFICE | words("vice deputy assistant associate under")
"""Words of a role by which someone does not hold the office itself."""
