"""The verbs that may report are those that rules find one by one, outside of what is said already."""

from __future__ import annotations

from random import Random

import numpy as np

from service.enrich.attributions import reader
from service.enrich.quotes import columns as c
from service.enrich.quotes.checks.findings import LEADING_TOKENS
from service.enrich.quotes.checks.report_verbs import report_verbs
from service.enrich.quotes.checks.word_classes import FINDING, LISTED, REPORTS, classes_of
from service.enrich.quotes.tokens import Tokens, tokenise
from service.enrich.quotes.view import View

WORDS = sorted(LISTED[FINDING])[:20] + sorted(LISTED[REPORTS])[:20] + 9 * ["that"] + 30 * ["bridge", "."]


def one_by_one(tokens: Tokens) -> list[list[int]]:
    """What the compiled pass finds in a text of which nothing is said yet."""
    view = View(tokens)
    leading = set[int]()
    for that in range(view.count):
        if view.lows[that] == "that":
            near = range(that - 1, max(-1, that - LEADING_TOKENS), -1)
            leading |= set([at for at in near if view.lows[at] in LISTED[FINDING]][:1])
    says = {at for at in view.of_kind(c.SAYS) if view.lows[at] in LISTED[REPORTS]}
    return [[verb, verb in leading] for verb in sorted(says | leading)]


def test_verbs_are_those_found_one_by_one() -> None:
    random = Random(2)
    for _ in range(200):
        tokens = tokenise(" ".join(random.choices(WORDS, k=60)), reader().vocabulary)
        taken = np.zeros(len(tokens), np.int8)
        classes = classes_of(tokens.attributes)
        found = report_verbs(tokens.attributes, classes, taken).tolist()
        assert found == one_by_one(tokens) != []
        taken[found[0][0]] = 1
        assert report_verbs(tokens.attributes, classes, taken).tolist() == found[1:]
