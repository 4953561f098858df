"""Text -> tokens, in one compiled pass: words, numbers in digits, single symbols.

A letter run is a word, a digit run with its groups and decimals is a number, everything else but white space is a
symbol of one code point. Work is linear in the length of the text: no character is looked at more than a fixed number
of times. URLs, e-mail domains, handles and hashtags are stepped over.
"""

from __future__ import annotations

import threading
from array import array

import numpy as np
import numpy.typing as npt

from service.enrich.lexer.codes import SIZE
from service.enrich.lexer.scanner import PADDING, scan

_ROOM_CHARS = 20_000
_INTEGERS = np.arange(SIZE, dtype=object)
"""All codes as Python integers: a list of these is made in half the time of one of new integers."""


class _Room(threading.local):
    """Where a scan puts its tokens before they are copied out.

    Kept for texts up to `_ROOM_CHARS`: fresh memory for every article costs a third of the scan in page faults.
    """

    def __init__(self, chars: int = _ROOM_CHARS) -> None:
        size = chars + PADDING
        self.places = np.empty((2, size), dtype=np.int32)
        self.codes = np.empty(size, dtype=np.int32)
        self.marks = np.empty((2, size), dtype=np.uint8)
        self.hits = np.empty(size, dtype=np.int32)


_ROOM = _Room()


class Tokens:
    """The tokens of one text, as parallel sequences with `PADDING` empty tokens at the end.

    ``text[start[i]:end[i]]`` is token i; `code` is its vocabulary code; `mark` its case (LOWER, TITLE, UPPER, SYMBOL)
    or, for numbers, its shape (PLAIN, GROUPED, DECIMAL, MALFORMED); `gap` what stands before it. `hits` lists the
    tokens that can start a figure or a date, in order, and `hit_places` where they start. Nothing but these two is
    filled where there is no hit.
    """

    __slots__ = ("_sterling", "code", "count", "end", "gap", "hit_places", "hits", "mark", "start", "text")

    def __init__(self, text: str, points: npt.NDArray[np.uint32] | None = None) -> None:
        if points is None:
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        room = _ROOM if len(text) <= _ROOM_CHARS else _Room(len(text))
        places, codes, marks, hits = room.places, room.codes, room.marks, room.hits
        count, found = scan(points, places, codes, marks, hits)
        end = count + PADDING if found else 0
        self.text = text
        self._sterling: bool | None = None
        self.count: int = count
        self.hits: list[int] = hits[:found].tolist()
        self.hit_places: npt.NDArray[np.int32] = places[0, hits[:found]]
        self.code: list[int] = _INTEGERS.take(codes[:end]).tolist()
        # Few of these are ever asked for, so they stay packed: a list of a thousand integers costs 14 us to build.
        self.start = array("i", places[0, :end].tobytes())
        self.end = array("i", places[1, :end].tobytes())
        self.mark: bytes = marks[0, :end].tobytes()
        self.gap: bytes = marks[1, :end].tobytes()

    @property
    def sterling(self) -> bool:
        """Tell whether the text has a "£" anywhere. The answer is kept."""
        if self._sterling is None:
            self._sterling = "£" in self.text
        return self._sterling

    def word(self, i: int) -> str:
        """Return token `i` as it is written."""
        return self.text[self.start[i] : self.end[i]]
