"""The ids of remembered articles, by serial number, packed into blocks that are dropped whole."""

from __future__ import annotations

from array import array
from typing import Final

BLOCK: Final = 1024
SHORT_MAX: Final = 0xFFFF
"""Maximum place within a block that two bytes can hold; four are taken where ids are longer than 64 bytes."""


class _Block:
    """The ids of up to BLOCK consecutive serial numbers."""

    __slots__ = ("ends", "text")

    def __init__(self) -> None:
        self.text: bytearray | bytes = bytearray()
        self.ends = array("H", [0])

    def append(self, article_id: bytes) -> None:
        """Add the id of the next serial number; what grew with room to spare is cut when the block is full."""
        self.text += article_id
        if len(self.text) > SHORT_MAX and self.ends.typecode == "H":
            self.ends = array("I", self.ends)
        self.ends.append(len(self.text))
        if len(self.ends) > BLOCK:
            self.text = bytes(self.text)

    @property
    def size(self) -> int:
        """Return the bytes in use."""
        return len(self.text) + self.ends.itemsize * (len(self.ends) - 1)


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
        self._bytes -= block.size
        while len(block.ends) <= serial % BLOCK:
            block.append(b"")  # serials before the first one we know
        block.append(article_id)
        self._bytes += block.size

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
            self._bytes -= block.size

    @property
    def bytes(self) -> int:
        """Return memory in use."""
        return self._bytes
