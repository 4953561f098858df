"""Judge one line of a page by itself: furniture, perhaps furniture, or part of the story."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from service.languages import furniture
from service.languages.en.boilerplate import BETWEEN_SHARE_WORDS, CALLS, CAPTION_BOX, RULES, SHARE_WORDS
from service.languages.en.credits import BESIDE_REPORTERS, NO_CAPTION
from service.languages.timestamps import MONTHS, SMALL_WORDS, WEEKDAYS

LINE_CHARS_MAX: Final = 400
"""Maximum length of furniture, in characters; longer lines are prose with something in it."""

SHORT_CHARS_MAX: Final = 60
"""Maximum length of a line that is furniture as a whole, in characters."""

LINK_CHARS_MAX: Final = 220
"""Maximum length of a link to another story with what stands before it, in characters."""

LINES_CACHED_MAX: Final = 4_096
"""Maximum number of lines whose verdicts are remembered: texts are judged in rounds, and pages share furniture."""

HEAD_CHARS_MAX: Final = 48
"""Maximum length of what stands before the colon or bar of such a link, and of a heading, in characters."""

CREDIT_WORDS_MAX: Final = 8
"""Maximum number of words of a credit behind its colon."""

REPORTERS_WORDS_MAX: Final = 20
"""Maximum number of words that name those who reported, too."""

EDGE: Final = " \t:;.,!|-–—>»›…→*•[]()\"'"
_IMAGE_LINE: Final = re.compile(r".{0,400} - [\w .]{2,40}, \d{3,4}, \d\d\.\d\d\.\d{4}$")
_LINK: Final = re.compile(r"(?P<head>[^:|»›>–—]{2,48}?)\s*(?P<mark>[:|»›>–—])\s*(?P<rest>\S.{0,200})$")
_LINK_MARK: Final = re.compile(r"[:|»›>–—]")
_RULE_LINE: Final = re.compile(r"[_=*~-]{3,80}$")
_SENTENCE_ENDS: Final = ".!?"
_WORD: Final = re.compile(r"[\w-]+")
_MARK_WORDS: Final = tuple(mark for mark, _ in furniture.MARKS)
_DATE_PART: Final = re.compile(r"[\s,;:|/.()–—-]+")


class Verdict(IntEnum):
    """Name what is to become of a line."""

    KEEP = 0
    DOUBT = 1
    DROP = 2


def is_boilerplate(line: str) -> bool:
    """Return whether this whole line, stripped, is furniture wherever it stands."""
    return verdict_of(line) is Verdict.DROP


def verdict_of(line: str, *, is_top: bool = False, has_sign: bool = True) -> Verdict:
    """Judge one line, not empty, by itself.

    `is_top` where a byline may stand; no `has_sign` where none of `furniture.SIGNS` stands in the line.
    """
    return Verdict.KEEP if len(line) > LINE_CHARS_MAX else _judge(line, is_top, has_sign)


@lru_cache(maxsize=LINES_CACHED_MAX)
def _judge(line: str, is_top: bool, has_sign: bool) -> Verdict:
    """Judge a line that is short enough to be remembered: a thousand long ones would hold a gigabyte."""
    folded = furniture.fold_line(line)
    first = folded.partition(" ")[0]
    if len(line) <= SHORT_CHARS_MAX:
        bare = folded.strip(EDGE)
        if bare in furniture.LINES or bare in furniture.RELATED:
            return Verdict.DROP
        if bare in furniture.DOUBTFUL:
            return Verdict.DOUBT
        if is_top and (_is_byline(line) or (line[-1].isdigit() and _is_bare_date(folded))):
            return Verdict.DROP
    rule = RULES.get(first)
    if rule is not None and rule.match(line):
        return Verdict.KEEP if first in CALLS and _tells_who_spoke(folded) else Verdict.DROP
    if has_sign and (_holds_mark(folded) or _is_credited(line, folded)):
        return Verdict.DROP
    teaser = furniture.TEASERS.get(folded[0])
    if teaser is not None and teaser.match(folded):
        if folded[-1] not in _SENTENCE_ENDS:
            return Verdict.DROP
        if _tells_who_spoke(folded):
            return Verdict.KEEP
        return Verdict.DROP if any(map(folded.__contains__, furniture.PAGE_SIGNS)) else Verdict.DOUBT
    if _is_marked(line, folded) or (len(line) <= LINK_CHARS_MAX and _is_link(line, folded)):
        return Verdict.DROP
    if first in SHARE_WORDS and len(line) <= 120 and _is_share_bar(line):
        return Verdict.DROP
    doubtful = furniture.DOUBTFUL_STARTS.get(folded[0])
    return Verdict.DOUBT if doubtful is not None and doubtful.match(folded) else Verdict.KEEP


def _tells_who_spoke(folded: str) -> bool:
    """Return whether a sentence names behind a comma who said it, as a story does and a page does not."""
    spoken = folded.partition(",")[2] if folded[-1] in _SENTENCE_ENDS else ""
    return bool(spoken) and not furniture.SAID.isdisjoint(_WORD.findall(spoken))


def _holds_mark(folded: str) -> bool:
    """Return whether a line is furniture by words in its middle."""
    if not any(map(folded.__contains__, _MARK_WORDS)):
        return False
    return any(mark in folded and line.match(folded) for mark, line in furniture.MARKS)


def _is_credited(line: str, folded: str) -> bool:
    """Return whether a line is a caption with a credit behind it, or names who else reported."""
    for mark, pattern in furniture.CREDITED:
        match = pattern.match(line) if mark in folded else None
        if match is not None:
            found = match.groupdict()
            if "caption" not in found:
                return _is_credit(found["names"], REPORTERS_WORDS_MAX, BESIDE_REPORTERS)
            is_named = "names" not in found or _is_credit(found["names"])
            return is_named and not _tells_news(furniture.fold_line(found["caption"]))
    return False


def _tells_news(caption: str) -> bool:
    """Return whether a sentence says who spoke or what is to come, which captions seldom do."""
    found = _WORD.findall(caption)
    return (
        not (furniture.SAID.isdisjoint(found) and NO_CAPTION.isdisjoint(found))
        or furniture.ATTRIBUTED.match(caption) is not None
    )


def _is_marked(line: str, folded: str) -> bool:
    """Return whether a line shows by its ends that it is a caption, a row of hashtags, an image's data or a rule."""
    last = line[-1]
    if last in ")].":
        if "caption" in line and _is_caption_box(line):
            return True
        return line.rstrip(".")[-1:] in (")", "]") and furniture.CAPTION_END.search(line) is not None
    if "aption" in line or "the mediabank" in line:
        return _is_caption_box(line)
    if line[0] == "#":
        return _is_hashtags(line)
    if line[0] == "_":
        return _RULE_LINE.match(line) is not None
    return last.isdigit() and _IMAGE_LINE.match(line) is not None


def _is_link(line: str, folded: str) -> bool:
    """Return whether a line is a link to another story, a credit or a date of publication, by what it begins with."""
    if folded.partition(" ")[0].rstrip(":,") in furniture.UPDATED_FIRST and _is_publication_date(folded):
        return True
    match = _LINK.match(line) if _LINK_MARK.search(line, 0, HEAD_CHARS_MAX + 2) else None
    if match is None:
        return False
    head, rest = furniture.fold_line(match["head"]).strip(EDGE), match["rest"]
    if head in furniture.STARTS and not rest[0].islower():
        return " " in head or match["mark"] in "|»" or rest[-1] not in ".!?"
    return match["mark"] == ":" and head in furniture.CREDITS and _is_credit(rest)


def _is_credit(rest: str, words_max: int = CREDIT_WORDS_MAX, beside: frozenset[str] = frozenset()) -> bool:
    """Return whether words, as behind "Photo:", name people and agencies only: no sentence, few small words."""
    names = rest.replace("/", " / ").split()
    if len(names) > words_max or rest[-1] in "!?":
        return False
    return all(
        not name[0].islower() or name in ("via", "by", "dpa", "of", "de", "von", "and") or name in beside
        for name in names
    )


def _is_publication_date(folded: str) -> bool:
    """Return whether a line is "Updated", "Published on" or the like, and a date with nothing behind it."""
    parts = [part for part in _DATE_PART.split(folded) if part]
    for size in range(min(furniture.UPDATED_WORDS_MAX, len(parts) - 1), 0, -1):
        if " ".join(parts[:size]) in furniture.UPDATED:
            rest = parts[size:]
            return any(part[0].isdigit() for part in rest) and all(map(_is_date_part, rest))
    return False


def _is_bare_date(folded: str) -> bool:
    """Return whether a line is a date with the name of its month or a time of day, and nothing else."""
    parts = [part for part in _DATE_PART.split(folded) if part]
    has_year = any(len(part) == 4 and part.isdigit() for part in parts)
    is_named = ":" in folded or not MONTHS.keys().isdisjoint(parts)
    return has_year and is_named and len(parts) > 3 and all(map(_is_date_part, parts))


def _is_date_part(part: str) -> bool:
    return (
        part[0].isdigit()
        or part in MONTHS
        or part in WEEKDAYS
        or part in SMALL_WORDS
        or bool(furniture.ZONE.fullmatch(part))
    )


def _is_byline(line: str) -> bool:
    match = furniture.BYLINE.match(line)
    return match is not None and all(furniture.NAME_WORD.fullmatch(word) for word in match["names"].split())


def _is_caption_box(line: str) -> bool:
    return "the mediabank" in line or ("aption" in line and CAPTION_BOX.search(line) is not None)


def _is_share_bar(line: str) -> bool:
    parts = [part.strip(EDGE) for part in line.lower().replace("|", " ").split()]
    others = [part for part in parts if part and part not in SHARE_WORDS]
    return len(parts) - len(others) >= 2 and all(
        part in BETWEEN_SHARE_WORDS or part.isdigit() for part in others
    )


def _is_hashtags(line: str) -> bool:
    return all(tag[0] == "#" and len(tag) > 1 and not tag[1:].isdigit() for tag in line.split())
