"""Weights of the evidence for new facts, as `python -m bench.fact_weights` fitted them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

WEIGHTS: Final[npt.NDArray[np.float64]] = np.array(
    [
        -11.3641,  # E_ONE
        -0.0927,  # E_FIGURES
        -13.1848,  # E_FIGURE_SHARE
        3.0804,  # E_OFTEN_CLEAN
        -0.5067,  # E_NAMES_CLEAN
        -32.8148,  # E_NOISE
        -22.1758,  # E_MISREAD
        0.3063,  # E_RUN
        4.8540,  # E_PASSAGE
        6.3259,  # E_TITLE
        6.5318,  # E_TITLE_DOUBTFUL
        3.2863,  # E_REVERSING_CLEAN
        5.6569,  # E_NEGATIONS
        6.4182,  # E_FEWER_NEGATIONS
        1.9611,  # E_NOUNS_CLEAN
        6.7458,  # E_LENGTH
        3.1872,  # E_SENTENCES
        0.4882,  # E_SENTENCE
        0.0885,  # E_SUBJECT
        -0.9774,  # E_LEAD
        7.2315,  # E_SWAPPED_FIGURES
        5.0742,  # E_SWAPPED_WORDS
        6.5225,  # E_SWAPPED_NAMES
        0.0000,  # E_SHORT_FACTS
        0.0000,  # E_ADDED
        0.0000,  # E_NEW_SENTENCE
        0.0000,  # E_TURNED
    ]
)
"""float64[EVIDENCE]: a sum above 0 means that an article says what its match does not."""
