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
    r"(?:kill|withdrawn|withdrawal|retraction|retracted)\s?(?:[:!]|[-–—](?!(?-i:[a-z]))|\.?$)|"
    r".{0,250} (?:[-–—] |\()story (?:killed|withdrawn)\W{0,2}$",
    re.IGNORECASE,
)
WITHDRAWAL: Final = re.compile(
    r"\b(?:please (?:kill|withdraw|disregard)|kill is mandatory|mandatory kill(?![ -]switch)|"
    r"please do not use (?:it|(?:the|this|our) (?:\w{1,20} ){0,3}(?:story|report|article|item|dispatch|photo))|"
    r"(?:(?:this|following|previous) (?:story|report|article|item|dispatch|photo)|"
    r"(?:story|report|article|item|dispatch|photo) (?:below|above)|story|dispatch) "
    r"(?:is|was|has been|is being|has now been) (?:hereby )?(?:withdrawn|retracted|killed)(?! from| by| after)|"
    r"story headlined .{1,200} (?:is|has been) withdrawn|"
    r"(?:story|dispatch) should be eliminated(?! from| by)|there will be no substitute story|"
    r"this (?:story|article|report) has been removed from (?:our|the|this) (?:web ?)?site|"
    r"editors[,:] do not use|story to be killed|do not use the story|"
    r"withdraws (?:this (?:story|report|article)|(?:the|its) story)|retracts this (?:story|report|article))\b|"
    r"^\W{0,3}(?:bulletin |editors[ ,:-]{1,3})?(?:kill|story killed|withdrawn|withdrawal|retraction|retracted)\b"
    r"(?:[:.!]|-(?!\w)|\s*$| -)",
    re.MULTILINE,
)
"""Notices that withdraw a story, in its first lines, for a text in small letters, which is searched far faster."""

WITHDRAWAL_SIGNS: Final = (
    "kill",
    "withdr",
    "retract",
    "disregard",
    "do not use",
    "eliminated",
    "removed from",
)
"""Parts of words in small letters, one of which stands in every such notice: most texts are told by these alone."""

CORRECTION_TITLE: Final = re.compile(
    r"\s*(?:update \d{1,2}-)?(?:corrected|correction|corrects|refile|refiles|clarification|amended)\b\s*[-:(/]|"
    r".{3,250} (?:[-–—] (?:corrected|correction)|\((?:corrected|correction)\)|\[(?:corrected|correction)\])$",
    re.IGNORECASE,
)
CORRECTION: Final = re.compile(
    r"^\W{0,3}(?:(?:\(the story )?(?:corrects|refiles to correct|recasts to correct|clarifies)\b|"
    r"(?:correction|corrects|corrected|clarification)\s*(?::|[-–—] ))|"
    r"\b(?:this (?:[a-z]{3,9}\.? \d{1,2} )?(?:version|story|article|report) "
    r"(?:corrects|has been corrected|was corrected|is corrected)|"
    r"updates with corrections?|this (?:story|article|report|post|item|headline|caption) "
    r"(?:has been|was|is) (?:updated|amended|changed|edited|revised) to (?:correct|fix)|"
    r"(?:the|our) (?:story|article|headline) has been (?:updated|amended|changed) to correct|"
    r"this (?:story|article|report) was amended on (?:[a-z]{3,9},? ){0,2}\d{1,2}|"
    r"(?:an earlier|a previous) version of this (?:story|article|report|item)|"
    r"this (?:story|article|report) (?:originally|previously|incorrectly) (?:said|stated|misstated|gave|named))\b",
    re.MULTILINE,
)
"""Notices that correct a story, in its first or last lines, for a text in small letters."""

CORRECTION_SIGNS: Final = (
    "correct",
    "clarif",
    "version of this",
    "originally",
    "previously",
    "amended",
    "to fix",
)
"""Parts of words in small letters, one of which stands in every such notice."""

NAMED: Final = re.compile(
    r"\b(?:kill|withdraw|disregard|corrects|replaces?|slugged|slug|story id|item)[ :]{1,2}([\w][\w.:/-]{0,255})",
    re.IGNORECASE,
)
"""What a notice calls the article it is about."""
