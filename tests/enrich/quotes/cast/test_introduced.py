"""What someone without a name was called when the text brought them in."""

from __future__ import annotations

import pytest

from tests.enrich.quotes.cast.test_mentions import spoken

SAW = "{A former port official who saw it} said no. "


@pytest.mark.parametrize(
    ("marked", "role"),
    [
        (SAW + "{The official} said so.", "former port official who saw it"),
        (SAW + "{The former official} said so.", "former port official who saw it"),
        (
            SAW + "{The official} said so. {The official} left, {the official} said.",
            "former port official who saw it",
        ),
        (SAW + "{A second aide} said no. {The official} said so.", "former port official who saw it"),
        # nothing more is told, or somebody else is meant
        ("{A spokesman} said no. {The spokesman} said so.", None),
        (SAW + "{The official who left} said so.", None),
        (SAW + "{The harbour official} said so.", None),
        (SAW + "{His official} said so.", None),
        (SAW + "{The officials} said so.", None),
        (SAW + "It rained. " * 22 + "{The official} said so.", None),
    ],
)
def test_someone_unnamed_is_told_by_how_they_came_in(marked: str, role: str | None) -> None:
    speaker = spoken(marked)[-1]
    assert (speaker.name, speaker.role) == (None, role)
