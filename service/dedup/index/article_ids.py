"""The ids of remembered articles, by serial number, packed into blocks that are dropped whole."""

from __future__ import annotations

from array import array
from typing import Final

BLOCK: Final = 4096


class _Block:
    """The ids of up to 4,096 consecutive serial numbers."""

    __slots__ = ("ends", "text")

    def __init__(self) -> None:
        self.text = bytearray()
        self.ends = array("I", [0])


class ArticleIds:
    """Append only, from the first serial given on; `drop_before` forgets the oldest."""

    def __init__(self) -> None:
        self._blocks: dict[int, _Block] = {}
        self._bytes = 0

    def append(self, serial: int, article_id: bytes) -> None:
        """Return the id of the next serial number."""
        block = self._blocks.get(serial // BLOCK)
        if block is None:
            block = self._blocks[serial // BLOCK] = _Block()
        while len(block.ends) <= serial % BLOCK:
            block.ends.append(len(block.text))  # serials before the first one we know
        block.text += article_id
        block.ends.append(len(block.text))
        self._bytes += len(article_id) + block.ends.itemsize

    def get(self, serial: int) -> str:
        """Return the id of a serial number. Raises KeyError or IndexError where it is forgotten or not yet known."""
        block, i = self._blocks[serial // BLOCK], serial % BLOCK
        return bytes(block.text[block.ends[i] : block.ends[i + 1]]).decode("utf-8", "surrogatepass")

    def drop_before(self, serial: int) -> None:
        """Forget whole blocks that lie before a serial number."""
        while self._blocks:
            number = next(iter(self._blocks))  # the oldest: a dict keeps its order
            if (number + 1) * BLOCK > serial:
                return
            block = self._blocks.pop(number)
            self._bytes -= len(block.text) + block.ends.itemsize * (len(block.ends) - 1)

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self._bytes
