"""English patterns of notices: an article corrects, or withdraws, what was published before."""

from __future__ import annotations

import re
from typing import Final

WITHDRAWN_STATUSES: Final = frozenset(
    (
        "canceled",
        "cancelled",
        "withheld",
        "withdrawn",
        "killed",
        "retracted",
        "stat:canceled",
        "stat:withheld",
    )
)
"""Values of a feed's field of status that withdraw an article (IPTC `pubstatus`, and what feeds write instead)."""

WITHDRAWAL_TITLE: Final = re.compile(
    r"\s*(?:bulletin |advisory[ :-]{1,3}|editors[ :-]{1,3}|mandatory )?"
    r"(?:kill|withdrawn|withdrawal|retraction|retracted)\s?(?:[:!]|[-–—]|\.?$)",
    re.IGNORECASE,
)
WITHDRAWAL: Final = re.compile(
    r"\bplease (?:kill|withdraw|do not use|disregard)\b|\bkill is mandatory\b|\bmandatory kill\b|"
    r"^\W{0,3}(?:bulletin |editors[ ,:-]{1,3})?(?:KILL|WITHDRAWN|WITHDRAWAL|RETRACTION|RETRACTED)\b(?:[:.!-]|\s*$| -)|"
    r"\b(?:story|report|article|item|dispatch|photo) (?:below |above )?(?:is|was|has been|is being|has now been) "
    r"(?:hereby )?(?:withdrawn|retracted|killed)\b|"
    r"\beditors[,:] do not use\b|\bstory killed\b|\bstory to be killed\b|\bdo not use the story\b|"
    r"\b(?:withdraws|retracts) (?:this|the|its) (?:story|report|article)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Notices that withdraw a story, in its first or last lines."""

WITHDRAWAL_SIGNS: Final = ("kill", "withdr", "retract", "disregard", "do not use")
"""Parts of words in small letters, one of which stands in every such notice: most texts are told by these alone."""

CORRECTION_TITLE: Final = re.compile(
    r"\s*(?:(?:update \d{1,2}-)?(?:corrected|correction|corrects|refile|refiles|clarification|amended)\b\s*[-:(/])",
    re.IGNORECASE,
)
CORRECTION: Final = re.compile(
    r"^\W{0,3}\(?(?:corrects|refiles to correct|recasts to correct|clarifies)\b|"
    r"^\W{0,3}(?:correction|corrects|corrected|clarification)\s*(?::|[-–—] )|"
    r"\bthis (?:version|story|article|report) (?:corrects|has been corrected|was corrected|is corrected)\b|"
    r"\bupdates with corrections?\b|\bhas been (?:updated|amended|changed) to correct\b|"
    r"\ban earlier version of this (?:story|article|report|item)\b|"
    r"\ba previous version of this (?:story|article|report|item)\b|"
    r"\bthis (?:story|article|report) (?:originally|previously|incorrectly) (?:said|stated|misstated|gave|named)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Notices that correct a story, in its first or last lines."""

CORRECTION_SIGNS: Final = ("correct", "clarif", "version of this", "originally", "previously")
"""Parts of words in small letters, one of which stands in every such notice."""

NAMED: Final = re.compile(
    r"\b(?:kill|withdraw|disregard|corrects|replaces?|slugged|slug|story id|item)[ :]{1,2}([\w][\w.:/-]{0,255})",
    re.IGNORECASE,
)
"""What a notice calls the article it is about."""
