"""English words by which a speaker is left open: pronouns, "those who", "the report", "a White House official"."""

from __future__ import annotations

from service.languages.lists import words

NOBODY_NAMED = words("he she they it we i these this that him her them us me")
"""Pronouns that leave open who speaks unless they are resolved."""
NOBODY_KNOWN = words("those you any who which everyone everybody anyone anybody someone")
"""Words that begin a speaker whom nobody could name: "those who argue"."""
UNNAMED_SOURCE = words(
    "a an some several many most few two three four five six seven ten dozens hundreds one multiple various"
)
"""Words that begin a source that the writer leaves unnamed on purpose: "a Labour Party spokesperson"."""
POINTS_ELSEWHERE = words(
    "the this that these those his her its their our my your he she it they we i you who which what another "
    "other others such both once everyone anyone any each all source sources mr mrs ms mr. mrs. ms. "
    "someone anybody everybody us me him them"
)
"""Words that begin a speaker whose name or body stands elsewhere, or nowhere: "the report", "his adviser", "others"."""
