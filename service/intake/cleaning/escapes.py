"""Undo what exports and mail did to the characters of a text: literal escapes, quoted-printable, percent signs."""

from __future__ import annotations

import quopri
import re
from typing import Final
from urllib.parse import unquote

import msgspec

QUOTED_MIN: Final = 2
"""Minimum number of soft line ends or of letters beyond ASCII that show a text to be quoted-printable."""

_ESCAPED: Final = re.compile(
    r"\\(?:u[0-9a-fA-F]{4}|n\\n|(?<=[.!?”\"]\\)n|r\\n|\"[^\\\"\n]{1,500}\\\"|(?<=[^\W\d_]\\)x[89a-fA-F][0-9a-fA-F]|"
    r"(?<=[^\W\d_]\\)'(?=[^\W\d_])|(?<=<\\)/[a-z])"
)
"""What stands before the backslash is asked behind it: a pattern that begins with one character is found fast."""
_UNIT: Final = r"[\da-fA-F]{4}"
_BYTE: Final = r"[89a-fA-F][\da-fA-F]"
_ESCAPE: Final = re.compile(
    rf"\\(?:(u{_UNIT}(?:\\u{_UNIT})*)|r\\n|(x{_BYTE}(?:\\x{_BYTE})*)|(?<![A-Za-z]:\\)([nrt\"'/]))", re.ASCII
)
_PLAIN: Final = {"n": "\n", "r": "\n", "t": " ", '"': '"', "'": "'", "/": "/"}
_BARE: Final = re.compile(r"(?<!\be)u(20(?:1[3489cd]|26)|00[a-f][0-9a-f])")
"""An escape whose backslash was dropped, as WordPress does with what it stores: "wasnu2019t"."""
_BARE_CERTAIN: Final = re.compile(r"(?:[a-z]{2}|[.,])u20(?:1[3489cd]|26)|(?<![^\s(])u201c[^\W\d_]")
_QUOTED: Final = re.compile(r"=(?:(?<!==)\r?\n|[C-F][0-9A-F](?:=\r?\n)?=[89AB][0-9A-F])")
_EXCEL: Final = re.compile(r"_x000[DA]_\r?\n?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\b[A-Za-z]:\t")
"""What no text holds: a path or a formula was taken for escapes."""
_BYTES: Final = re.compile(r"b(['\"])(.{20,})\1\s*", re.DOTALL)


def repair_escapes(text: str) -> str:
    """Return the text with escapes that were left in it resolved; most texts show none by one character."""
    if "\\" in text:
        if text[0] == '"' and text.rstrip()[-1] == '"' and _ESCAPED.search(text):
            text = _string_in_json(text)
        if text[:2] in ("b'", 'b"') and (match := _BYTES.fullmatch(text)):
            text = match[2]
        if _ESCAPED.search(text):
            text = _ESCAPE.sub(_unescape, text)
    if "=" in text and len(_QUOTED.findall(text)) >= QUOTED_MIN:
        text = _from_quoted_printable(text)
    if "u20" in text and _BARE_CERTAIN.search(text):
        text = _BARE.sub(lambda match: chr(int(match[1], 16)), text)
    if "_" in text and "_x000" in text:  # one character is found many times faster than five
        text = _EXCEL.sub("\n", text)
    if "%" in text and "%20" in text and " " not in text:
        text = unquote(text)
    return text


def _string_in_json(text: str) -> str:
    """Return the string that a text is in JSON, quotation marks and all; any other text as it is."""
    try:
        found = msgspec.json.decode(text, type=str)
    except (msgspec.MsgspecError, UnicodeError):
        return text
    return text if not found or found.isspace() or _CONTROL.search(found) else found


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        units = bytes.fromhex(match[0].replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    if match[2]:
        content = bytes.fromhex(match[0].replace("\\x", ""))
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace")
    return _PLAIN[match[3]] if match[3] else "\n"


def _from_quoted_printable(text: str) -> str:
    content = quopri.decodestring(text.encode("utf-8", "surrogatepass"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return text
