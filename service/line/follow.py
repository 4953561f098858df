"""Tell of each step of one article, or of all of them at log level DEBUG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.observations import ArticleStep
from service.records import Article, Enriched
from service.settings import TelemetrySettings


class Follow:
    """Choose the articles whose steps are told: the one that `telemetry.follow` names, all at DEBUG."""

    def __init__(self, stage: str, settings: TelemetrySettings) -> None:
        self._stage = stage
        self._article_id = settings.follow
        self._all = settings.log_level == "DEBUG"
        self.anyone = bool(settings.follow) or self._all

    def steps(
        self, step: str, articles: Iterable[tuple[Article | Enriched, Mapping[str, Any]]]
    ) -> Iterator[ArticleStep]:
        """Make the observations of a step, with what is to be said of each article."""
        for article, details in articles:
            if self._all or article.article_id == self._article_id:
                yield ArticleStep(self._stage, article.article_id, step, article.origin, details)
