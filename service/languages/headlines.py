"""Words that agencies and pages put around headlines, in the languages that Copydesk knows."""

from __future__ import annotations

from typing import Final

from service.languages.lists import words

SERIES: Final = words(
    "update wrapup refile corrected factbox timeline exclusive analysis preview poll snapshot insight instantview"
)
"""Words behind which an agency counts the versions of a story, in capitals: "UPDATE 1-"."""

OUTLETS: Final = words(
    "times post news herald tribune journal gazette online radio tv press telegraph chronicle broadcasting mail",
    "zeitung nachrichten tagblatt tageblatt rundschau anzeiger kurier rundfunk presse noticias diario jornal giornale",
    "gazzetta notizie info gazetesi haber haberler haberleri новости вести газета ведомости com net org",
)
"""Words in which names of papers, stations and sites end, without accents."""
