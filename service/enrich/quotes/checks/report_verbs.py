"""Which verbs of a text may report what no draft has, found in one compiled pass."""

from __future__ import annotations

import numpy as np

from service.compiled import borrowing, compiled
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks import word_classes as w
from service.enrich.quotes.checks.findings import LEADING_TOKENS
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.inference import Labels

VERB, LEADS = range(2)


@borrowing
def _leads_to_that(classes: w.Classes, verb: int) -> bool:
    """Tell whether a word is the last verb of ruling, finding or showing before a "that" not far behind it."""
    for token in range(verb + 1, min(len(classes), verb + LEADING_TOKENS)):
        if classes[token] & (w.THAT | w.FINDING):
            return bool(classes[token] & w.THAT)
    return False


@compiled
def report_verbs(attributes: Int32s, classes: w.Classes, taken: Labels) -> Int32s:
    """List words of saying that may report, and verbs of finding before "that", outside of what is said.

    Returns int32[verbs, 2]: the token, and 1 for a verb of finding before "that".
    """
    found = np.empty((len(classes), 2), np.int32)
    count = 0
    for token in range(len(classes)):
        leads = classes[token] & w.FINDING != 0 and _leads_to_that(classes, token)
        says = attributes[token, c.KIND] == c.SAYS and classes[token] & w.REPORTS != 0
        if (leads or says) and not taken[token]:
            found[count, VERB], found[count, LEADS] = token, leads
            count += 1
    return found[:count].copy()
