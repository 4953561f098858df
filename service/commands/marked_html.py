"""Enriched records as one page to read in a browser: quotations, speakers and figures marked in the text.

The page needs nothing from elsewhere, runs no script, and holds nothing of an article that is not escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Any, Final

import msgspec

from service.commands.marked_text import name_of
from service.commands.render import notes_of
from service.commands.shared import printable
from service.marks import LAYERS, Piece, pieces, said
from service.topics import ARTICLES_DEAD, ARTICLES_DUPLICATES, ARTICLES_ENRICHED

_STYLE: Final = (
    files("service.desk").joinpath("static/marks.css").read_text("utf-8")
    + """
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 52rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.65 Georgia, "Times New Roman", serif }
h1 { font-size: 1.4rem } h2 { font-size: 1.2rem; margin: 0 0 .2rem; overflow-wrap: anywhere }
.meta, .legend, table { font: .85rem/1.5 system-ui, sans-serif } .meta, .none { color: var(--faint) }
article { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: 1rem 1.2rem;
  margin: 1.2rem 0; break-inside: avoid-page }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .8rem 0 }
.legend span { display: inline-block; padding: .1rem .35rem; margin-right: .5rem }
td:nth-child(2) { min-width: 9rem }
sup { font: .65rem system-ui, sans-serif; color: var(--faint) }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top;
  padding: .25rem .6rem .25rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere }
@media (max-width: 40rem) { td, th { display: block; border: 0; padding: 0 } tr { display: block;
  border-top: 1px solid var(--line); padding: .4rem 0 } thead { display: none } }
@media print { body { background: none } article { border: 0; padding: 0 } }
"""
)
EXCERPT_CHARS: Final = 200


def head(title: str) -> str:
    """Write the page up to its first article."""
    marks = "".join(f'<span class="{layer}">{name_of(layer)}</span>' for layer in LAYERS)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{_plain(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_plain(title)}</h1>\n"
        f'<p class="legend">{marks} <sup>1</sup> number of the claim</p>\n'
    )


def tail(summary: str) -> str:
    """Write the end of the page, with a last line."""
    return f'<p class="meta">{_plain(summary)}</p>\n</body>\n</html>\n'


def part(topic: str, value: bytes, headers: Iterable[tuple[str, bytes]]) -> str:
    """Write one published record; nothing for a claim, which its article shows."""
    if topic == ARTICLES_ENRICHED:
        return _article(msgspec.json.decode(value))
    if topic == ARTICLES_DUPLICATES:
        return _duplicate(msgspec.json.decode(value))
    return _dead(dict(headers)) if topic == ARTICLES_DEAD else ""


def _article(record: dict[str, Any]) -> str:
    note = record["dedup"]
    status = f"revision {note['revision']}" if note["status"] == "revision" else note["status"]
    about = [status, *(f"{other['relation']} {other['article_id']}" for other in note["related"])]
    about += [record[key] for key in ("source", "published_at") if record[key]]
    body = "".join(map(_piece, pieces(record)))
    return (
        f'<article id="{_plain(record["article_id"])}">\n<h2>{_plain(record["title"] or record["article_id"])}</h2>\n'
        f'<div class="meta">{_plain(" · ".join([record["article_id"], *about]))}</div>\n'
        f'<div class="text">{body}</div>\n{_claims(record)}</article>\n'
    )


def _piece(piece: Piece) -> str:
    text = "\n".join(_plain(line) for line in piece.text.split("\n"))
    if piece.layers:
        text = f'<span class="{_classes(piece.layers)}">{text}</span>'
    return "".join(f"<sup>{number}</sup>" for number in piece.begins) + text


def _classes(layers: Iterable[str]) -> str:
    """Return the classes of a mark; a kind of claim without a colour of its own gets that of `other`."""
    return _plain(" ".join(layer if layer in LAYERS else f"other {layer}" for layer in layers))


def _claims(record: dict[str, Any]) -> str:
    rows = [_row(number, claim) for number, claim in enumerate(said(record), start=1)]
    if not rows:
        return ""
    head = "<thead><tr><th></th><th>who</th><th>said</th><th>figures, dates</th></tr></thead>"
    return f"<table>{head}<tbody>\n{''.join(rows)}</tbody></table>\n"


def _row(number: int, claim: dict[str, Any]) -> str:
    speaker = claim["speaker"]
    if speaker is None:
        who = '<span class="none">nobody named</span>'
    else:
        role = f"<br>{_plain(speaker['role'])}" if speaker["role"] else ""
        who = f"<b>{_plain(speaker['name'] or speaker['text'])}</b>{role}"
    words = claim["text"] if len(claim["text"]) <= EXCERPT_CHARS else claim["text"][:EXCERPT_CHARS] + " …"
    said = f'<span class="{_classes([claim["kind"]])}">{_plain(words)}</span>'
    return (
        f"<tr><td><sup>{number}</sup></td><td>{who}</td><td>{said}</td>"
        f"<td>{_plain(' · '.join(notes_of(claim)))}</td></tr>\n"
    )


def _duplicate(record: dict[str, Any]) -> str:
    shares = f"{record['containment']:.0%} of it stands there, {record['novelty']:.0%} is new"
    name, original = _plain(record["article_id"]), _plain(record["duplicate_of"])
    return (
        f"<article>\n<h2>{_plain(record['title'] or record['article_id'])}</h2>\n"
        f'<div class="meta">{name} is {_plain(record["relation"].replace("_", " "))} of '
        f'<a href="#{original}">{original}</a>: {shares}</div>\n</article>\n'
    )


def _dead(headers: dict[str, bytes]) -> str:
    reason, why = (
        headers.get(name, b"").decode("utf-8", "replace")
        for name in ("copydesk.dlq.reason", "__streams.errors.message")
    )
    return f'<article>\n<h2>set aside: {_plain(reason)}</h2>\n<div class="meta">{_plain(why)}</div>\n</article>\n'


def _plain(text: str) -> str:
    """Escape a text, and show invisible characters in it."""
    return escape(printable(text))
