"""The coarse normal form of a text, and its hash: what stands for "the same words in the same order"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b

from service.core.guards import cap_non_starters, distinct_beyond_ascii, non_starters

LONG_EXPANSION_CHARS = 4
"""NFKC turns one U+FDFA into 18 characters; characters that grow beyond this count as separators."""

_REPLACEMENTS_MAX = 80
_DISTINCT_MAX = 8_000
_WORD = re.compile(r"[^\W_]+")
_SPARE = bytes((*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F))
"""Control characters: they stand in for letters beyond ASCII while the rest of what is not ASCII becomes blank."""
_LOWER = bytes(
    byte + 32 if 65 <= byte <= 90 else byte if 97 <= byte <= 122 or 48 <= byte <= 57 or byte in _SPARE else 32
    for byte in range(256)
)
_SPARE_TO_BLANK = bytes(32 if byte in _SPARE else byte for byte in range(256))
_LOWER_BEYOND = _LOWER[:128] + bytes(range(128, 256))

_ALONE = re.compile(
    "[\x80-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\u3130"
    "\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff9d]*"
)
"""Characters that never combine with the one before them: Latin, Greek, Cyrillic, CJK, punctuation, symbols."""


def normal_form(text: str) -> str:
    """The words of a text: guarded, NFKC, lower-case, letters and digits only, one blank between words.

    >>> normal_form("“Well…”, said  Ms. ﬁn-de-siècle.")
    'well said ms fin de siècle'
    """
    return normal_bytes(text).decode("utf-8", "replace")


def normal_bytes(text: str) -> bytes:
    """The normal form in UTF-8. Linear in the length of the text, whatever it holds."""
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded.translate(None, _SPARE)) != len(encoded):
        encoded = encoded.translate(_SPARE_TO_BLANK)
    if len(encoded) == len(text):
        return b" ".join(encoded.translate(_LOWER).split())
    beyond = distinct_beyond_ascii(encoded)
    if len(beyond) > _DISTINCT_MAX or _ALONE.fullmatch("".join(beyond)) is None:
        return _whole(text, beyond)
    letters = {char: folded for char in beyond if not (folded := _folded(char)).isspace()}
    if len(letters) > len(_SPARE) or not all(map(str.isalnum, letters.values())):
        return _one_by_one(text, beyond)
    spared = [(bytes((spare,)), char) for spare, char in zip(_SPARE, letters, strict=False)]
    for spare, char in spared:
        encoded = encoded.replace(char.encode(), spare)
    normal = b" ".join(encoded.translate(_LOWER).split())
    for spare, char in spared:
        normal = normal.replace(spare, letters[char].encode())
    return normal


@lru_cache(maxsize=65_536)
def _folded(char: str) -> str:
    """What stands for one character: its letters and digits, a blank for anything else."""
    compatible = unicodedata.normalize("NFKC", char)
    if len(compatible) > LONG_EXPANSION_CHARS:
        return " "
    return "".join(part if part.isalnum() else " " for part in compatible.casefold())


@cache
def _growing() -> frozenset[str]:
    planes = map(chr, range(0x80, 0x20000))
    return frozenset(
        char for char in planes if len(unicodedata.normalize("NFKC", char)) > LONG_EXPANSION_CHARS
    )


def _one_by_one(text: str, beyond: frozenset[str]) -> bytes:
    """The same for texts with many letters beyond ASCII: only those that change are replaced."""
    changed = {char: folded for char in beyond if (folded := _folded(char)) != char}
    if len(changed) > _REPLACEMENTS_MAX:
        return _whole(text, beyond)
    for char, folded in changed.items():
        text = text.replace(char, folded)
    return b" ".join(text.encode().translate(_LOWER_BEYOND).translate(_SPARE_TO_BLANK).split())


def _whole(text: str, beyond: frozenset[str]) -> bytes:
    """The same for texts whose characters combine: slower, still linear."""
    for char in beyond & _growing():
        text = text.replace(char, " ")
    if not beyond.isdisjoint(non_starters()):
        text = cap_non_starters(text)
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded)).encode("utf-8", "replace")


def content_hash(text: str) -> str:
    """32 hex digits (BLAKE2b-128) over the normal form: equal for texts with the same words in the same order."""
    return hash_of(normal_bytes(text))


def hash_of(normal: bytes) -> str:
    """32 hex digits over a normal form."""
    return blake2b(normal, digest_size=16).hexdigest()
