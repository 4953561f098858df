"""The text of an article cut into pieces, each with the classes that colour it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from service.desk.article import ArticleAnswer, ClaimOfArticle
from service.marks import LAYERS, pieces


class Marked(Struct, frozen=True):
    """Hold a piece of text, its classes, and the numbers of the claims that begin in it."""

    text: str
    classes: str
    begins: tuple[int, ...]


def marked(answer: ArticleAnswer) -> list[Marked]:
    """Cut the text of an article where a mark begins or ends; joined, the pieces are the text."""
    dates = {(date["start"], date["end"]): date for claim in answer.claims for date in claim.dates}
    record = {
        "text": answer.text,
        "claims": [_claim(claim) for claim in answer.claims],
        "dates": list(dates.values()),
    }
    return [Marked(piece.text, classes(piece.layers), piece.begins) for piece in pieces(record)]


def classes(layers: Iterable[str]) -> str:
    """Return the classes of a mark; a kind of claim without a colour of its own gets that of `other`."""
    return " ".join(layer if layer in LAYERS else "other" for layer in layers)


def said(claims: Sequence[ClaimOfArticle]) -> list[ClaimOfArticle]:
    """Return the claims whose words are marked: those that are numbered."""
    return [claim for claim in claims if claim.kind != "figure"]


def _claim(claim: ClaimOfArticle) -> dict[str, Any]:
    speaker = claim.speaker
    return {
        "kind": claim.kind,
        "segments": [{"start": place.start, "end": place.end} for place in claim.segments],
        "speaker": speaker and {"start": speaker.start, "end": speaker.end},
        "cue": None,  # the store keeps its words, not its place
        "quantities": [{"start": figure.start, "end": figure.end} for figure in claim.quantities],
    }
