"""A kind of claim is added by a finder alone, and a text is scanned once for all finders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, cast

import msgspec
import pytest

from service.commands import marked_html
from service.commands.marked_text import marked
from service.enrich import finders, reading_end
from service.enrich.claims import find_all_claims, find_claims
from service.enrich.doc import Asked, Doc
from service.enrich.finders import FINDERS, ClaimFinder
from service.enrich.lexer import number_tokens as lexer
from service.enrich.quotes import tokens as words
from service.enrich.stage import EnrichStage
from service.line.records_out import Letter
from service.observations import ArticlesEnriched
from service.records import ClaimKind, Finding, Span
from service.settings import load_settings
from service.telemetry.metrics import Metrics
from service.topics import ARTICLES_ENRICHED, CLAIMS
from tests.enrich.test_stage import an_envelope
from tests.telemetry.kit import after

RAIN = "It rained."
TEXTS = [
    f'The pier of Lower Aske lost {number} boats in 2021. "We will rebuild," Ida Quill said on Monday. {RAIN}'
    for number in range(5)
]


class Weather(StrEnum):
    """A kind of claim that only this test knows."""

    WEATHER = "weather"


KIND = cast(ClaimKind, Weather.WEATHER)


def find_weather(docs: Sequence[Doc], found: Sequence[list[Finding]]) -> list[list[Finding]]:
    """Find RAIN in each text."""
    claims: list[list[Finding]] = []
    for doc in docs:
        at = doc.text.find(RAIN)
        place = Span(at, at + len(RAIN))
        finding = Finding(KIND, RAIN, place.start, place.end, (place,), place, confidence=0.9, method="rain")
        claims.append([finding] if at >= 0 else [])
    return claims


def test_a_finder_alone_adds_a_kind_of_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finders, "FINDERS", (*FINDERS, ClaimFinder((KIND,), find_weather)))
    outcome = EnrichStage(load_settings(env={})).decide([an_envelope(TEXTS)])

    (observation,) = outcome.observations
    assert isinstance(observation, ArticlesEnriched)
    assert sum((Counter(counts) for counts in observation.claims), Counter())[KIND] == len(TEXTS)
    scraped = after(Metrics("enrich"), [observation])
    assert scraped.value("claims_extracted_total", kind="weather") == len(TEXTS)
    assert scraped.value("claims_per_article_count", kind="weather") == len(TEXTS)

    records = [
        one.value or b""
        for one in outcome.letters
        if isinstance(one, Letter) and one.topic == ARTICLES_ENRICHED
    ]
    assert len(records) == len(TEXTS)
    assert any(letter.topic == CLAIMS for letter in outcome.letters)
    record: dict[str, Any] = msgspec.json.decode(records[0])
    kinds = [claim["kind"] for claim in record["claims"]]
    assert kinds == ["figure", "quote", "weather"]
    assert "weather" in marked(record, colours=False).plain.split("[2] ")[1]
    page = marked_html.part(ARTICLES_ENRICHED, records[0], ())
    assert f'<span class="other weather">{RAIN}</span>' in page


def test_every_kind_has_a_finder_and_no_finder_yields_another() -> None:
    assert {kind for finder in FINDERS for kind in finder.kinds} == set(ClaimKind)
    for text in TEXTS:
        kinds = [claim.kind for claim in find_claims(text).claims]
        assert kinds
        assert set(kinds) <= {kind for finder in FINDERS for kind in finder.kinds}


def test_a_figure_that_was_said_belongs_to_what_was_said_alone() -> None:
    findings = find_claims('"We lost 40 boats," Ida Quill said. The pier has 12 lamps.')
    assert [(claim.kind, [q.text for q in claim.quantities]) for claim in findings.claims] == [
        (ClaimKind.QUOTE, ["40 boats"]),
        (ClaimKind.FIGURE, ["12 lamps"]),
    ]


class Calls:
    """Counts the calls of functions."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.count: Counter[str] = Counter()

    def watch(self, owner: Any, name: str) -> None:
        """Count the calls of a function where it is looked up."""
        function = getattr(owner, name)

        def counted(*arguments: Any) -> Any:
            self.count[name] += 1
            return function(*arguments)

        self._monkeypatch.setattr(owner, name, counted)


def test_a_text_is_scanned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch)
    calls.watch(reading_end, "points_of")
    calls.watch(words, "points_of")
    calls.watch(words, "find_passages")
    calls.watch(words, "cut")
    calls.watch(lexer, "scan")
    find_all_claims([Asked(text, "2024-01-10T00:00:00Z") for text in TEXTS])
    foreign = ["„Wir bauen den Hafen im nächsten Jahr neu auf“, sagte die Leiterin gestern Abend im Rathaus."]
    find_all_claims([Asked(text, None, "de") for text in foreign])
    scans = len(TEXTS) + len(foreign)
    assert calls.count == {"points_of": scans, "find_passages": scans, "cut": scans, "scan": scans}
