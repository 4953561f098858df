"""Words that agencies and pages put around headlines, in the languages that Copydesk knows."""

from __future__ import annotations

from typing import Final

from service.languages.lists import words

SERIES: Final = words(
    "update wrapup refile corrected factbox timeline exclusive analysis preview poll snapshot insight instantview"
)
"""Words behind which an agency counts the versions of a story, in capitals: "UPDATE 1-"."""
