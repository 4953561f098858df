"""Compile what threads needs before its consumer joins a group."""

from __future__ import annotations

from service.records import Claim, ClaimKind, DedupNote, Enriched, Origin, Prepared, Quantity, Span
from service.settings import ThreadsSettings
from service.sketch.claims.prepare import prepare
from service.threads.collection import Collection
from service.threads.segments import Segment


def warm_up() -> None:
    """Compile all that decides, so that no consumer does it while the broker waits for its heartbeat."""
    settings = ThreadsSettings(capacity_claims=64)
    live, rebuilt = Collection("warm-up", settings), Collection("warm-up", settings)
    for offset in range(2):
        segment = live.decide(offset, [_example(offset)])
        rebuilt.apply(Segment.unpack(segment.pack()))


def _example(number: int) -> Prepared:
    """Return an article with a statement and a figure that the next example repeats."""
    text = f"The harbour office said that storms had cracked 26 sluice gates of Merrow, case {number}."
    span = Span(0, len(text))
    quantity = Quantity(48, 63, text[48:63], 26.0, unit="sluice gates")
    claims = [
        Claim(
            kind=kind,
            text=text,
            start=0,
            end=len(text),
            segments=(span,),
            sentence=span,
            quantities=(quantity,),
            confidence=1.0,
            claim_id=f"{number:032x}",
            article_id=f"article {number}",
            cluster_id=f"article {number}",
        )
        for kind in (ClaimKind.QUOTE, ClaimKind.STATEMENT)
    ]
    return prepare(
        Enriched(
            article_id=f"article {number}",
            collection="warm-up",
            text=text,
            content_hash=f"{number:032x}",
            dedup=DedupNote("new", f"article {number}"),
            claims=tuple(claims),
            dates=(),
            origin=Origin("warm-up", 0, number),
            title="The harbour office",
        )
    )
