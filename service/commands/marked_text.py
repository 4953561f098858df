"""An enriched record with its claims marked in place, for a terminal: in colours, or with numbers in brackets."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from rich.text import Text

from service.commands.render import has_colours, notes_of, on_terminal, summary
from service.commands.shared import printable
from service.marks import CUE, DATE, FIGURE, LAYERS, SPEAKER, pieces, said
from service.records import ClaimKind

STYLES: Final[dict[str, str]] = {
    ClaimKind.QUOTE: "blue",
    ClaimKind.STATEMENT: "magenta",
    SPEAKER: "bold underline",
    CUE: "italic",
    FIGURE: "bold cyan",
    DATE: "green",
}
STYLE_OF_OTHERS: Final = "yellow"
NAMES: Final[dict[str, str]] = {ClaimKind.QUOTE: "quotation"}
"""Names of layers that are not called what they are in the record."""


def name_of(layer: str) -> str:
    """Return what a reader sees a layer called."""
    return NAMES.get(layer, layer)


def page(value: bytes) -> str:
    """Render an enriched record for stdout."""
    record: dict[str, Any] = msgspec.json.decode(value)
    text = marked(record, colours=has_colours())
    return on_terminal(Text("\n").join([*summary(record), Text(""), text, Text("")]))


def marked(record: dict[str, Any], *, colours: bool) -> Text:
    """Mark in the text what was found in it, then list the claims with the numbers used there."""
    out = Text()
    for piece in pieces(record):
        style = " ".join(STYLES.get(layer, STYLE_OF_OTHERS) for layer in piece.layers) if colours else ""
        out.append("".join(f"[{number}: " for number in piece.begins), "dim")
        out.append(_lines(piece.text), style)
        out.append("".join(" ]" for _ in piece.ends), "dim")
    out.append("\n")
    for number, claim in enumerate(said(record), start=1):
        out.append_text(_line(number, claim, colours=colours))
    return out


def legend() -> Text:
    """Explain the colours."""
    line = Text("marked: ")
    for layer in LAYERS:
        line.append(name_of(layer), STYLES.get(layer, STYLE_OF_OTHERS)).append("  ")
    return line.append("[1: ... ] the first claim").append("\n")


def _line(number: int, claim: dict[str, Any], *, colours: bool) -> Text:
    line = Text(f"\n[{number}] ", "dim" if colours else "")
    line.append(claim["kind"], STYLES.get(claim["kind"], STYLE_OF_OTHERS) if colours else "")
    speaker = claim["speaker"]
    if speaker is not None:
        line.append("  ").append(printable(speaker["name"] or speaker["text"]), "bold" if colours else "")
        if speaker["role"]:
            line.append(f", {printable(speaker['role'])}")
    else:
        line.append("  nobody named", "dim" if colours else "")
    return line.append("  " + " · ".join(notes_of(claim)), "dim" if colours else "")


def _lines(text: str) -> str:
    """Make a text printable, and keep its line ends."""
    return "\n".join(printable(line) for line in text.split("\n"))
