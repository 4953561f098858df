"""Characters that scraping broke: controls, invisible marks, odd spaces, ligatures, mojibake."""

from __future__ import annotations

import re
import unicodedata

from service.intake.cleaning.code_pages import read_anew
from service.sketch.unicode_guard import DISTINCT_MAX, cap_non_starters, non_starters, normalise

_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - {0x0A}))
_BLANK = {ord("\t"): " ", ord("\v"): "\n", ord("\f"): "\n", ord("\r"): "\n"}
_CONTROL_TABLE = {code: _BLANK.get(code, "") for code in _CONTROLS}

SPACES = frozenset("\xa0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
LINE_BREAKS = {"\u2028": "\n", "\u2029": "\n\n"}
INVISIBLE = frozenset("\xad\u180e\u200b\u200e\u200f\ufeff\ufff9\ufffa\ufffb\ufffe\uffff").union(
    map(chr, range(0x202A, 0x202F)), map(chr, range(0x2060, 0x2070))
)
"""Soft hyphen, zero-width space, byte order mark, bidi controls (CVE-2021-42574)."""

C1_CONTROLS = {chr(code): bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Never meant: a page in Windows-1252 that was read as Latin-1 ("\\x93" for "“"), as browsers read it too."""

LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
LIGATURES["\ufb06"] = "st"
_JOINERS = frozenset("\u200c\u200d")
_STRAY_JOINER = re.compile(
    r"(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])|(?<=[\u200c\u200d])[\u200c\u200d]+"
)

_REPLACED = {
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys(INVISIBLE, ""),
    **LINE_BREAKS,
    **LIGATURES,
    **C1_CONTROLS,
}
_UNFIT = re.compile("[\ud800-\udfff\U000e0000-\U000e007f]")
"""Lone surrogates, and tag characters (invisible text)."""
_FINE = frozenset(map(chr, range(0xA1, 0x300))).difference("\xad").union("‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€™−")
"""Nothing to do about these, and they are all that most texts hold."""

_CP1252 = {chr(byte): byte for byte in range(0x80, 0x100)} | {
    char: ord(control) for control, char in C1_CONTROLS.items() if char
}
"""The byte behind a character, whether the page was read as Latin-1 or as Windows-1252."""
_TRAIL = "".join(re.escape(char) for char, byte in _CP1252.items() if byte < 0xC0)
_MOJIBAKE = re.compile(f"[Â-ß][{_TRAIL}]|[à-ï][{_TRAIL}]{{2}}|[ð-ô][{_TRAIL}]{{3}}")
_MISREAD_MARK = "ï»¿"
_MISREAD_BLANK = re.compile(r"(?<=[a-z.,;:!?0-9”’)])Â(?=\s)")
"""What is left of a misread no-break blank where its second half was taken for a blank."""
_CUT_QUOTE = re.compile(f"â€(?![{_TRAIL}])")
"""A closing quotation mark whose last byte has no character in Windows-1252."""
_APART_MAX = 300
_PIECES_MAX = 64
"""Maximum number of different characters or sequences that are replaced one by one."""
MOJIBAKE_SIGNS = frozenset("ÂÃâðïàÅÄÐÑ")
MISREAD_TIMES_MAX = 3
"""Maximum number of times that a text is taken to have been misread, once on top of the other."""
SCRIPT_SIGNS = frozenset("ÎÏ×ØÙÚÛ")
"""First characters of Greek, Hebrew and Arabic letters that were misread; Danish and Norwegian have one of them."""


def repair_controls(text: str) -> str:
    """Drop ASCII control characters; white space becomes a blank or a line feed."""
    return text.replace("\r\n", "\n").translate(_CONTROL_TABLE)


def repair_unicode(text: str, beyond: frozenset[str]) -> str:
    """Replace odd spaces and ligatures by plain ones, drop invisible marks, and compose characters (NFC).

    `beyond` holds the characters of the text that are not ASCII.
    """
    if len(beyond) > DISTINCT_MAX:
        return _any_unicode(text)
    odd = beyond - _FINE
    if not odd:
        return text
    for char in odd & _REPLACED.keys():
        text = text.replace(char, _REPLACED[char])
    if odd & _JOINERS:
        text = _STRAY_JOINER.sub("", text)
    if max(odd) >= "\ud800":
        text = _UNFIT.sub(_fit, text)
    if any(char >= "\u0300" for char in odd):
        text = _composed(text, odd)
    return text


def _composed(text: str, odd: frozenset[str]) -> str:
    """Compose characters (NFC), those that are always taken apart first: `normalize` is slow for many of them."""
    if not odd.isdisjoint(non_starters()):
        text = cap_non_starters(text)
    apart = {char: whole for char in odd if (whole := unicodedata.normalize("NFC", char)) != char}
    if not apart or len(apart) > _APART_MAX:
        return normalise("NFC", text)
    for char, whole in apart.items():
        text = text.replace(char, whole)
    return normalise("NFC", text)


def _any_unicode(text: str) -> str:
    """Apply all repairs of `repair_unicode` to the whole text at once, for texts of many different characters."""
    for char, other in _REPLACED.items():
        text = text.replace(char, other)
    text = _UNFIT.sub(_fit, _STRAY_JOINER.sub("", text))
    return normalise("NFC", cap_non_starters(text))


def _fit(match: re.Match[str]) -> str:
    return "\ufffd" if match.group() < "\ue000" else ""


def repair_mojibake(text: str, beyond: frozenset[str]) -> str:
    """Undo UTF-8 that was read as Windows-1252 ("â€™" for "’"), where that is the only reading.

    A lone "Ã©" may be meant; a sequence that begins "â€", or three sequences in a text, are not.
    """
    if text[:3] == _MISREAD_MARK:
        text = text[3:]
    for _ in range(MISREAD_TIMES_MAX):
        if len(beyond) > DISTINCT_MAX or (anew := read_anew(text, beyond)) == text:
            break
        text, beyond = anew, frozenset(char for char in anew if char > "\x7f")
    if "Â" in beyond:
        text = _MISREAD_BLANK.sub("", text)
    if "€" in beyond:
        text = _CUT_QUOTE.sub("”", text)
    is_latin = len(beyond) > DISTINCT_MAX or beyond & MOJIBAKE_SIGNS
    if not is_latin and not beyond & SCRIPT_SIGNS:
        return text
    found = _MOJIBAKE.findall(text)
    if len(found) < 3 and not any(map(_is_certain, found)) and not _is_all_there_is(text, found):
        return text
    if not is_latin and 2 * sum(map(len, found)) < sum(char > "\x7f" for char in text):
        return text
    pieces = set(found)
    if len(pieces) > _PIECES_MAX:
        return _MOJIBAKE.sub(lambda match: _reread(match.group()), text)
    for piece in pieces:
        text = text.replace(piece, _reread(piece))
    return text


def _is_certain(piece: str) -> bool:
    """Return whether a piece is misread wherever it stands: a quotation mark, or "Â" before a sign."""
    return piece.startswith(("â€", "â\x80", "ðŸ", "ð\x9f")) or (
        piece[0] == "Â" and not piece[1].isalnum() and piece[1] != "\xa0"
    )


def _is_all_there_is(text: str, found: list[str]) -> bool:
    """Return whether two pieces or one behind a small letter are all that a text has beyond ASCII."""
    if not found or sum(map(len, found)) < len(text) - sum(char <= "\x7f" for char in text):
        return False
    return len(found) > 1 or (found[0][0] in "ÂÃ" and text[: text.index(found[0])][-1:].islower())


def _reread(piece: str) -> str:
    try:
        return bytes(_CP1252[char] for char in piece).decode("utf-8")
    except UnicodeDecodeError:
        return piece
