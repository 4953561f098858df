"""Words by which English tells what nobody said: charges, hopes, amounts, silence; and who heard it."""

from service.languages.lists import words

UNPROVEN = words(
    "investigation investigations inquiry probe trial charge charges allegation allegations suspicion"
)
"""Nouns behind which a preposition tells what someone may not have done: "is under investigation for saying that"."""
WAITING = words(
    "wait waits waited waiting hope hopes hoped hoping call calls called calling press pressed pressing beg begged "
    "ask asks asked asking push pushed pushing long longs longed time"
)
"""Words behind which "for" leads to a speaker who did not speak yet: "waiting for the minister to say that"."""
COUNTING_UP = words("added adds announced announces reported")
"""Verbs of saying of which the object may be an amount: "added 120 points"."""
BEFORE_COMMENT = words(
    "be been to any further immediate immediately make able in a position publicly available"
)
"""Words that may stand between a negation and "comment": "would not be able to comment"."""
OWNING = words("his her its their my our your")
"""Pronouns before a noun that belongs to someone."""
HEARERS_COUNTED = words("two three four five six seven eight nine ten")
"""Determiners that do not open a clause behind a pronoun: "told his | two sons | he was ill"."""
MIGHT = words("might may could can should")
"""Auxiliaries before a bare verb of saying by which it is only supposed: "Falk might argue that"."""
SAYING_BARE = words(
    "say argue claim ask tell insist contend maintain assert suggest remark complain object wonder reply respond "
    "counter protest plead conclude add note"
)
"""Verbs of saying in the form that stands behind such an auxiliary; not "announce" or "reveal", which are promised."""
DEEDS = words(
    "reluctance refusal silence absence presence victory defeat win loss success failure behaviour behavior tone "
    "reaction popularity rise fall interview visit trip encounter exchange episode incident departure resignation"
)
"""Nouns for what somebody did, from which only the writer concludes something: "his refusal suggests that"."""
