"""The whole pipeline on one page: topic -> room -> topics; one Faust app and one consumer group per stage.

articles.raw ──▶ intake ──▶ articles.sketched ──▶ dedup ──▶ articles.unique ──▶ enrich ──▶ articles.enriched
                                                    │  ▲                           └─────▶ claims
                                                    │  └── dedup.segments
                                                    └────▶ articles.duplicates
any stage ──▶ articles.dead
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from service.topics import (
    ARTICLES_DEAD,
    ARTICLES_DUPLICATES,
    ARTICLES_ENRICHED,
    ARTICLES_RAW,
    ARTICLES_SKETCHED,
    ARTICLES_UNIQUE,
    CLAIMS,
    DEDUP_SEGMENTS,
)


@dataclass(frozen=True, slots=True)
class Route:
    """What a stage reads and where its letters go."""

    source: str
    sinks: tuple[str, ...]


ROUTES: Final[dict[str, Route]] = {
    "intake": Route(ARTICLES_RAW, (ARTICLES_SKETCHED, ARTICLES_DEAD)),
    "dedup": Route(ARTICLES_SKETCHED, (DEDUP_SEGMENTS, ARTICLES_UNIQUE, ARTICLES_DUPLICATES, ARTICLES_DEAD)),
    "enrich": Route(ARTICLES_UNIQUE, (ARTICLES_ENRICHED, CLAIMS, ARTICLES_DEAD)),
}
STAGES: Final = tuple(ROUTES)
