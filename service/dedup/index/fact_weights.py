"""Weights of the evidence for new facts: a logistic regression, its threshold moved by hand.

Fitted by `python -m bench.fact_weights` to the development streams before the rules about figures (fact_store.py) and
the test for misread copies (verdict.py) existed. E_ONE is the fitted one less .6: fewer copies go on, and more changed
articles are left to those rules. What the script fits today differs. E_NOTE and the three E_SHORT weigh nothing: the
streams have no such pairs.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

WEIGHTS: Final[npt.NDArray[np.float64]] = np.array(
    [
        -13.7471,  # E_ONE
        0.4604,  # E_FIGURES
        2.4420,  # E_FIGURES_CLEAN
        2.4461,  # E_FIGURE_SHARE
        1.2770,  # E_OFTEN
        4.3894,  # E_OFTEN_CLEAN
        -0.4643,  # E_NAMES_CLEAN
        -0.8724,  # E_NAME_SHARE
        -19.6628,  # E_NOISE
        0.1516,  # E_RUN
        0.1243,  # E_RUN_CLEAN
        0.0000,  # E_NOTE
        3.3652,  # E_TITLE
        0.3756,  # E_TITLE_NOUN
        1.2612,  # E_REVERSING
        2.0027,  # E_REVERSING_CLEAN
        1.8806,  # E_NEGATIONS
        2.6229,  # E_FEWER_NEGATIONS
        2.6307,  # E_BROKEN
        3.8959,  # E_NOUNS_CLEAN
        -0.3530,  # E_NOUNS
        10.5895,  # E_LENGTH
        1.3919,  # E_QUOTED_CLEAN
        1.5461,  # E_SENTENCES
        -0.0041,  # E_SENTENCES_CLEAN
        0.3562,  # E_SENTENCE
        -1.0927,  # E_SUBJECT
        0.8733,  # E_TITLE_NAME
        -0.6954,  # E_LEAD
        0.0000,  # E_SHORT
        0.0000,  # E_SHORT_FACTS
        0.0000,  # E_SHORT_RUNS
        1.7991,  # E_LEAD_FIGURES
        0.2170,  # E_TITLE_DOUBTFUL
        0.5586,  # E_PURE
        0.2701,  # E_PURE_WORDS
        -4.0309,  # E_QUOTED_SENTENCE
    ]
)
"""float64[EVIDENCE]: a sum above 0 means that an article says what its match does not."""
