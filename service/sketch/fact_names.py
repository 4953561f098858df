"""Tell which capitalised words may be names."""

from __future__ import annotations

from service.compiled import borrowing
from service.sketch.fact_columns import GAP, GAP_NONE, KIND, NAME, WORD, Numbers
from service.sketch.fact_words import AGENCY, COMMON, STOP


@borrowing
def may_be_name(kind: int, bits: int) -> bool:
    """Return whether a capitalised word may be a name."""
    return not bits & (STOP | AGENCY) and (kind == NAME or not bits & COMMON)


@borrowing
def leads_name(tokens: Numbers, i: int) -> bool:
    """Return whether a capitalised word stands before a name, as a given name that is a common word does."""
    return bool(
        tokens[i, KIND] != WORD
        and i + 1 < tokens.shape[0]
        and tokens[i + 1, KIND] == NAME
        and tokens[i + 1, GAP] == GAP_NONE
    )
