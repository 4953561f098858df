"""HTML in a text that should be plain: tags and entities go, the words and their paragraphs stay."""

from __future__ import annotations

import html
import re
from itertools import groupby

_FREQUENT_ENTITIES = {
    "&quot;": '"',
    "&#39;": "'",
    "&apos;": "'",
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&nbsp": " ",
    "&quot": '"',
}
_ENTITY = re.compile(r"&(?:(?:quot|nbsp);?|(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp;)+")
ENTITIES_MAX = 20_000
"""Maximum number of ampersands of a text whose entities are all resolved; beyond it, only the frequent ones are."""


def _one_of(names: str) -> str:
    """Return a pattern of one of these names, grouped by first letters: most tags fail at that."""
    groups = groupby(sorted(names.split("|")), key=lambda name: name[0])
    return "|".join(f"{first}(?:{'|'.join(name[1:] for name in group)})" for first, group in groups)


_KNOWN = _one_of(
    "a|abbr|article|aside|b|blockquote|body|br|button|caption|center|cite|code|div|em|figcaption|figure|font|footer|"
    "form|h[1-6]|head|header|hr|html|i|iframe|img|input|li|link|main|meta|nav|ol|p|picture|pre|s|script|section|small|"
    "source|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|time|title|tr|u|ul|video"
)
_KNOWN_TAG = re.compile(rf"</?(?:{_KNOWN})(?=[\s/>])", re.IGNORECASE)
_CERTAIN_TAG = re.compile(r"</[a-z]|<(?:br|p|img|div|hr)(?=[\s/>])", re.IGNORECASE)
_LONE_BREAK = re.compile(r"[.!?”\"’)] ?<(?:br|p|hr) ?/?>", re.IGNORECASE)
_PARAGRAPH_OPENS = re.compile(r"<p[\s>]", re.IGNORECASE)
_LONE_LINE_END = re.compile(r"\n(?<=[^\s>]\n)[ \t]{0,40}(?=[^\s<])")
_PARAGRAPHS = _one_of(
    "p|div|address|article|aside|blockquote|body|center|dl|fieldset|figcaption|figure|footer|form|h[1-6]|head|header|hr|"
    r"html|main|nav|ol|pre|section|table|ul|video|body\.\w{1,8}|hedline|hl[12]|byline|byttl|dateline|block"
)
_PARAGRAPH_TAG = re.compile(rf"</?(?:{_PARAGRAPHS})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"</?(?:br|caption|dd|dt|li|option|tr)(?=[\s/>])[^<>]*>", re.IGNORECASE)
_CELL = re.compile(r"</?t[dh](?=[\s/>])", re.IGNORECASE)
_CELL_TAG = re.compile(r"\s{0,20}</?t[dh](?=[\s/>])[^<>]*>\s{0,20}", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>")
_EVERY_TAG = re.compile(r"<[^<>]*>")
_QUOTED_BRACKET = re.compile(r'="[^"<>=]*[<>][^"=]*"')

_WORDLESS = _one_of(
    "button|figcaption|form|head|iframe|nav|noscript|object|script|select|style|svg|template|textarea|"
    "title|video"
)
_WORDLESS_OPENS = re.compile(rf"<({_WORDLESS})(?=[\s>])[^<>]*>|<!--", re.IGNORECASE)
_WORDLESS_ENDS = re.compile(rf"</({_WORDLESS})\s*>", re.IGNORECASE)
_COMMENT, _COMMENT_ENDS = "--", "-->"

TAGS_MAX = 30_000
"""Maximum number of tags of a page; beyond it, tags are dropped without a look at their meaning."""


def is_plainly_html(text: str) -> bool:
    """Tell whether a text has a line break behind a sentence, or two or more known tags.

    One of the two has to end an element or to break a line.
    """
    tags = text.count("<")
    if tags == 1:
        return _LONE_BREAK.search(text) is not None
    if tags < 2 or tags > TAGS_MAX:
        return tags > TAGS_MAX and text.count(">") > TAGS_MAX
    first = _KNOWN_TAG.search(text)
    return (
        first is not None
        and _KNOWN_TAG.search(text, first.end()) is not None
        and _CERTAIN_TAG.search(text) is not None
    )


def repair_html(text: str) -> str:
    """Remove markup. What only looks like markup ("x < y", one stray tag) stays as it is."""
    if "<![CDATA[" in text:
        text = text.replace("]]]]><![CDATA[>", "")  # the end of a section inside another
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    if is_plainly_html(text):
        text = strip_tags(text)
    if "&" in text:
        text = unescape(text)
        if is_plainly_html(text):  # feeds escape whole pages: "&lt;p&gt;"
            text = unescape(strip_tags(text))
    return text


def unescape(text: str) -> str:
    """Resolve entities that end in a semicolon, escaped twice or more often ("&amp;quot;") too."""
    if text.count("&") <= ENTITIES_MAX:
        if "&amp;" in text:
            text = _ESCAPED_AMPERSAND.sub("&", text)
        return _ENTITY.sub(_character, text)
    for entity, char in _FREQUENT_ENTITIES.items():
        text = text.replace(entity, char)
    return text


def _character(match: re.Match[str]) -> str:
    entity = match.group()
    return _FREQUENT_ENTITIES.get(entity) or html.unescape(entity)


def strip_tags(text: str) -> str:
    """Replace tags by the white space they stand for; drop elements that hold no prose. Linear time."""
    if text.count("<") > TAGS_MAX:
        return _EVERY_TAG.sub("\n", text)
    text = _QUOTED_BRACKET.sub('=""', text)
    text = drop_wordless(text)
    if "\n" in text and "<pre" not in text and "<PRE" not in text and _PARAGRAPH_OPENS.search(text):
        text = _LONE_LINE_END.sub(
            " ", text
        )  # where paragraphs are marked a line end of the source is a blank
    text = _PARAGRAPH_TAG.sub("\n\n", text)
    if _CELL.search(
        text
    ):  # few pages have a table, and a pattern that begins with white space is tried at every blank
        text = _CELL_TAG.sub(" ", text)
    return _ANY_TAG.sub("", _LINE_TAG.sub("\n", text))


def drop_wordless(text: str) -> str:
    """Drop comments and elements such as <script>. Of an element that is never closed only the tag goes."""
    last_end = {_name(end): end.start() for end in _WORDLESS_ENDS.finditer(text)}
    if "!" in text and (comment_end := text.rfind(_COMMENT_ENDS)) >= 0:
        last_end[_COMMENT] = comment_end
    if not last_end:
        return text
    kept, at = [], 0
    for begin in _WORDLESS_OPENS.finditer(text, 0, max(last_end.values())):
        name = _name(begin)
        if begin.start() >= at and begin.end() <= last_end.get(name, -1):
            kept.append(text[at : begin.start()])
            at = _end_of(name, text, begin.end())
    kept.append(text[at:])
    return " ".join(kept)


def _name(match: re.Match[str]) -> str:
    return (match.group(1) or _COMMENT).lower()


def _end_of(name: str, text: str, at: int) -> int:
    """Index after the end of the element; the caller knows that there is one."""
    if name == _COMMENT:
        return text.index(_COMMENT_ENDS, at) + len(_COMMENT_ENDS)
    closing = _WORDLESS_ENDS.search(text, at)
    while closing is not None and _name(closing) != name:
        closing = _WORDLESS_ENDS.search(text, closing.end())
    return len(text) if closing is None else closing.end()
