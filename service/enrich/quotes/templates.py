"""Templates: which columns of a token and its neighbours make one feature, and the features of whole texts.

Features are worked out template by template, over all tokens at once: each column lies in one piece of memory, so the
processor's vector units hash many tokens in one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.enrich.quotes.codepoints import Int32s, Points

UInt64s = npt.NDArray[np.uint64]
Int64s = npt.NDArray[np.int64]

FEATURE_BITS = 30
"""Number of bits of its hash that a feature keeps."""
PARTS_MAX = 4
REACH = 3
"""Maximum number of tokens to either side that a template looks at."""
OUTSIDE = -7
"""Value of every column before the first and after the last token of a sequence."""

_MIX = 0xD6E8FEB86659FD93

Part = tuple[int, int]
"""A column, and the offset of the token it is read from."""
Template = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates as arrays.

    `columns`, `offsets` [templates, PARTS_MAX]: where each part is read; `factors`: an odd multiplier each, 0 for a
    part that is not there; `owns` [templates]: the template's own constant; `reads`: every column that is read.
    """

    columns: Int64s
    offsets: Int64s
    factors: UInt64s
    owns: UInt64s
    reads: Int64s

    def __len__(self) -> int:
        return len(self.owns)

    @property
    def arrays(self) -> TemplateArrays:
        """Return the arrays as compiled code takes them."""
        return self.columns, self.offsets, self.factors, self.owns, self.reads


TemplateArrays = tuple[Int64s, Int64s, UInt64s, UInt64s, Int64s]


def columns_read(spec: Sequence[Template]) -> tuple[int, ...]:
    """Return the columns that any template reads, in order."""
    return tuple(sorted({column for template in spec for column, _ in template}))


def templates_of(spec: Sequence[Template]) -> Templates:
    """Build arrays of templates; the hash of a template depends on its parts, not on its place in the list."""
    columns = np.zeros((len(spec), PARTS_MAX), np.int64)
    offsets = np.zeros((len(spec), PARTS_MAX), np.int64)
    factors = np.zeros((len(spec), PARTS_MAX), np.uint64)
    owns = np.zeros(len(spec), np.uint64)
    for row, template in enumerate(spec):
        seed = 0
        for column, offset in template:
            seed = _splitmix(seed ^ ((column + 1) << 8 | (offset + REACH + 1)))
        for part, (column, offset) in enumerate(template):
            seed = _splitmix(seed)
            columns[row, part], offsets[row, part], factors[row, part] = column, offset, seed | 1
        owns[row] = _splitmix(seed)
    return Templates(columns, offsets, factors, owns, np.array(columns_read(spec), np.int64))


def _splitmix(seed: int) -> int:
    """Take one step of SplitMix64 (Steele, Lea, Flood 2014)."""
    mask = (1 << 64) - 1
    z = (seed + 0x9E3779B97F4A7C15) & mask
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
    return z ^ (z >> 31)


@compiled
def lay_out(attributes: Int32s, lows: Int32s, highs: Int32s, reads: Int64s) -> Points:
    """Lay out the sequences attributes[low:high] one behind the other. Returns laid: uint32[columns, places].

    REACH places of OUTSIDE stand before, between and after them, so that no template sees from one into another.
    Columns that no template reads are left as they come.
    """
    total = REACH
    for s in range(len(lows)):
        total += highs[s] - lows[s] + REACH
    laid = np.empty((attributes.shape[1], total), np.uint32)
    columns = attributes.T
    for column in reads:
        _lay_column(columns[column], lows, highs, laid[column])
    return laid


@borrowing
def _lay_column(source: Int32s, lows: Int32s, highs: Int32s, target: Points) -> None:
    outside = np.uint32(OUTSIDE & 0xFFFFFFFF)
    target[:REACH] = outside
    at = REACH
    for s in range(len(lows)):
        one = source[
            lows[s] : highs[s]
        ]  # slices: an index that is a sum is tested for its sign at every step
        there = target[at : at + len(one)]
        for i in range(len(one)):
            there[i] = np.uint32(one[i])
        at += len(one)
        target[at : at + REACH] = outside
        at += REACH


@compiled
def hash_places(laid: Points, templates: TemplateArrays, t: int, found: Points) -> None:
    """Hash the feature of template `t` at every place but the outer ones: found[i] belongs to place i + REACH."""
    columns, offsets, factors, owns, _ = templates
    a = laid[columns[t, 0], REACH + offsets[t, 0] :]
    b = laid[columns[t, 1], REACH + offsets[t, 1] :]
    c = laid[columns[t, 2], REACH + offsets[t, 2] :]
    d = laid[columns[t, 3], REACH + offsets[t, 3] :]
    own, fa, fb, fc, fd = owns[t], factors[t, 0], factors[t, 1], factors[t, 2], factors[t, 3]
    mix, half, shift = np.uint64(_MIX), np.uint64(31), np.uint64(64 - FEATURE_BITS)
    if fb == 0:  # a loop each: what is not there need not be multiplied
        for i in range(len(found)):
            h = own + np.uint64(a[i]) * fa
            found[i] = np.uint32(((h ^ (h >> half)) * mix) >> shift)
    elif fc == 0:
        for i in range(len(found)):
            h = own + np.uint64(a[i]) * fa + np.uint64(b[i]) * fb
            found[i] = np.uint32(((h ^ (h >> half)) * mix) >> shift)
    elif fd == 0:
        for i in range(len(found)):
            h = own + np.uint64(a[i]) * fa + np.uint64(b[i]) * fb + np.uint64(c[i]) * fc
            found[i] = np.uint32(((h ^ (h >> half)) * mix) >> shift)
    else:
        for i in range(len(found)):
            h = (
                own
                + np.uint64(a[i]) * fa
                + np.uint64(b[i]) * fb
                + np.uint64(c[i]) * fc
                + np.uint64(d[i]) * fd
            )
            found[i] = np.uint32(((h ^ (h >> half)) * mix) >> shift)


@compiled
def feature_ids(attributes: Int32s, lows: Int32s, highs: Int32s, templates: TemplateArrays) -> Int32s:
    """Compute the feature of every template at every token of the sequences: training counts and weighs them.

    [tokens, templates]; -1 for tokens in no sequence.
    """
    count = len(templates[3])
    features = np.full((len(attributes), count), -1, np.int32)
    laid = lay_out(attributes, lows, highs, templates[4])
    found = np.empty(laid.shape[1] - 2 * REACH, np.uint32)
    for t in range(count):
        hash_places(laid, templates, t, found)
        at = 0
        for s in range(len(lows)):
            for token in range(lows[s], highs[s]):
                features[token, t] = np.int32(found[at])
                at += 1
            at += REACH
    return features
