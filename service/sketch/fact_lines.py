"""Find the lines that cleaning took from a text: few, and all of the raw text that is new to read."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from service.compiled import borrowing, compiled
from service.sketch.hashing import CodePoints, code_points

ODD_LINES_MAX: Final = 64
"""Maximum number of lines out of their order that are looked for one by one; more are looked for by their hashes."""
AT_ONCE: Final = 32
"""Number of code points that are looked at without a branch between them."""
_NEWLINE: Final = ord("\n")

Starts = npt.NDArray[np.int32]


def lines_taken(raw: str, text: str, points: CodePoints) -> CodePoints:
    """Return the code points of the lines of a raw text that are not in it as they were once cleaned.

    `points`: the code points of the clean text.
    """
    taken, is_whole = few_lines_taken(code_points(raw), points)
    return taken if is_whole else code_points(_many_lines_taken(raw, text))


def _many_lines_taken(raw: str, text: str) -> str:
    among = set(text.split("\n"))
    odd = [line for line in raw.split("\n") if line not in among]
    return "\n".join([line for line in odd if " ".join(line.split()) not in among])


@compiled
def few_lines_taken(raw: CodePoints, text: CodePoints) -> tuple[CodePoints, bool]:
    """Return the lines of `raw` that `text` has neither as they are nor with single blanks, and whether these are all.

    Cleaning leaves most lines as they are, in their order: such lines are compared many at once.
    """
    taken, starts = np.empty(raw.size + 2, raw.dtype), np.empty(1, np.int32)
    at, kept, size, pieces, odd, lines = 0, 0, 0, 0, 0, 0
    while at <= raw.size:
        same = _equal(raw, at, text, kept)
        is_end = at + same == raw.size or raw[at + same] == _NEWLINE
        if is_end and _is_end_of_line(text, kept + same):
            at, kept = at + same + 1, kept + same + 1
            continue
        while same and raw[at + same - 1] != _NEWLINE:
            same -= 1
        at, kept = at + same, kept + same
        end = at
        while end < raw.size and raw[end] != _NEWLINE:
            end += 1
        put = size + (pieces > 0)  # behind a newline
        width = _put_with_single_blanks(raw[at:end], taken[put:])
        cleaned = taken[put : put + width]
        if width and _equal(cleaned, 0, text, kept) >= width and _is_end_of_line(text, kept + width):
            at, kept = end + 1, kept + width + 1
            continue
        odd += 1
        if odd > ODD_LINES_MAX:
            return taken[:0].copy(), False
        if not lines:
            starts = np.empty(text.size + 2, np.int32)
            lines = _note_lines(text, starts)
        of_text = starts[: lines + 1]
        if not _is_line(raw[at:end], text, of_text) and not _is_line(cleaned, text, of_text):
            if pieces:
                taken[size] = _NEWLINE
            for i in range(end - at):
                taken[put + i] = raw[at + i]
            size, pieces = put + end - at, pieces + 1
        at = end + 1
    return taken[:size].copy(), True


@borrowing
def _equal(a: CodePoints, i: int, b: CodePoints, j: int) -> int:
    """Return how many code points of `a` from i on are those of `b` from j on."""
    limit, same = min(a.size - i, b.size - j), 0
    while same + AT_ONCE <= limit:
        # Slices, not places: a place may be negative, and then no processor instruction takes many.
        some, others, other = a[i + same : i + same + AT_ONCE], b[j + same : j + same + AT_ONCE], np.uint32(0)
        for k in range(AT_ONCE):
            other |= np.uint32(some[k] ^ others[k])
        if other:
            break
        same += AT_ONCE
    while same < limit and a[i + same] == b[j + same]:
        same += 1
    return same


@borrowing
def _is_end_of_line(text: CodePoints, at: int) -> bool:
    return bool(at == text.size or (at < text.size and text[at] == _NEWLINE))


@borrowing
def _note_lines(text: CodePoints, starts: Starts) -> int:
    """Fill in where each line begins, and behind them where one more would; return the number of lines."""
    starts[0], count = 0, 1
    for first in range(0, text.size, AT_ONCE):
        some, newlines = text[first : first + AT_ONCE], np.uint16(0)
        if some.size == AT_ONCE:
            for k in range(AT_ONCE):
                newlines |= np.uint16(some[k] == _NEWLINE)
            if not newlines:
                continue
        for k in range(some.size):
            starts[count] = first + k + 1
            count += some[k] == _NEWLINE
    starts[count] = text.size + 1
    return count


@borrowing
def _is_line(line: CodePoints, text: CodePoints, starts: Starts) -> bool:
    """Return whether one of the lines of a text is this one."""
    for n in range(starts.size - 1):
        start = starts[n]
        if starts[n + 1] - start - 1 == line.size and _equal(line, 0, text, start) >= line.size:
            return True
    return False


@borrowing
def _put_with_single_blanks(line: CodePoints, out: CodePoints) -> int:
    """Fill in a line without blanks around it and with one space for those inside; return its length."""
    width, was_blank = 0, True
    for point in line:
        # No branch: where the next word ends, no processor can foresee.
        is_blank = _is_blank(point)
        out[width] = ord(" ") if is_blank else point
        width += not (is_blank & was_blank)
        was_blank = is_blank
    return width - (was_blank & (width > 0))


@borrowing
def _is_blank(point: int) -> bool:
    """Return whether Python's `str.split` parts words at a character."""
    if point < 0x80:
        return bool(((point >= 9) & (point <= 13)) | ((point >= 28) & (point <= 32)))
    if 0x2000 <= point < 0x2030:
        return bool(point <= 0x200A or point in (0x2028, 0x2029, 0x202F))
    return point in (0x85, 0xA0, 0x1680, 0x205F, 0x3000)
