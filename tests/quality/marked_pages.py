"""Pages with every line marked by hand as story or furniture, and how many of each cleaning tells right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from service.intake.cleaning.clean import clean
from service.sketch.normal_form import normal_form

PAGES: Final = Path(__file__).parent / "pages"
"""A file for each language: its lines begin with "+" (story) or "-" (furniture), an empty line ends a page."""

STORY, FURNITURE = "+", "-"


class Line(NamedTuple):
    """A line of a page, whether it is furniture, and whether cleaning left it in."""

    words: str
    is_furniture: bool
    is_kept: bool


class Score(NamedTuple):
    """Counts of lines over the pages of one language."""

    furniture: int
    furniture_dropped: int
    story: int
    story_dropped: int

    @property
    def recall(self) -> float:
        """Share of the furniture that goes."""
        return self.furniture_dropped / self.furniture

    @property
    def precision(self) -> float:
        """Share of furniture among the lines that go."""
        return self.furniture_dropped / (self.furniture_dropped + self.story_dropped)


def languages() -> list[str]:
    """Return the languages that have pages."""
    return sorted(file.stem for file in PAGES.glob("*.txt"))


def judged(language: str) -> Iterator[Line]:
    """Clean the pages of a language; yield each line with what became of it."""
    for page in (PAGES / f"{language}.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        marked = [(line[0], line[2:]) for line in page.split("\n")]
        left = Counter(map(normal_form, clean("\n\n".join(words for _, words in marked)).text.split("\n")))
        for mark, words in marked:
            form = normal_form(words)
            is_kept = left[form] > 0
            left[form] -= is_kept
            yield Line(words, mark == FURNITURE, is_kept)


def score(language: str) -> Score:
    """Count the lines of a language's pages by what they are and what became of them."""
    counts = Counter((line.is_furniture, line.is_kept) for line in judged(language))
    furniture, story = ((counts[kind, False] + counts[kind, True]) for kind in (True, False))
    return Score(furniture, counts[True, False], story, counts[False, False])
