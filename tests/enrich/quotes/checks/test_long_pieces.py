"""Behind what is said, only a few other speakers are looked at, however many a text names."""

from __future__ import annotations

import pytest

from service.enrich.attributions import reader
from service.enrich.quotes.checks import long_pieces
from service.enrich.quotes.checks.long_pieces import OTHERS_MAX, before_another
from service.enrich.quotes.grammar import is_clause
from service.enrich.quotes.tokens import tokenise
from service.enrich.quotes.view import Range, View

TEXT = "Falk, Lund, Moss, Orr said "
CHARS = 65_536


def tokens_asked(text: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tokens stand before each other speaker of whom it is asked whether they end what is said."""
    asked: list[int] = []

    def counted(view: View, content: Range) -> bool:
        asked.append(content[1] - content[0])
        return is_clause(view, content)

    with monkeypatch.context() as patched:
        patched.setattr(long_pieces, "is_clause", counted)
        view = View(tokenise(text, reader().vocabulary))
        assert before_another(view, (0, view.count), 1) == view.count
    return asked


def test_only_the_first_other_speakers_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (TEXT * (CHARS // len(TEXT) + 1))[:CHARS]
    asked = tokens_asked(text, monkeypatch)
    assert len(asked) == OTHERS_MAX
    assert sum(asked) < 100
    monkeypatch.setattr(long_pieces, "OTHERS_MAX", 10 * OTHERS_MAX)
    assert len(tokens_asked(text, monkeypatch)) == 10 * OTHERS_MAX  # the bound is what ends it
