"""Boxes that open over a linked name: its full form, headlines about it and "MORE", run into the sentence.

`Sen. Ann Miller Ann Jane MillerDam holds at Northport Ferry sinks MORE (Ind.) said` -> `Sen. Ann Miller (Ind.) said`
"""

from __future__ import annotations

import re

_NAME_TWICE = re.compile(
    r"\b([A-Z][\w’'-]{1,30})(?: \(?[A-Z][\w.’'-]{0,20}\)?){1,4} \1(?=[A-Z“‘\"'])",
)
"""A surname, a full form of the name that ends in it, and at once, without a blank, the first headline."""

BOX_CHARS_MAX = 700
_END = "MORE"


def drop_link_boxes(text: str) -> str:
    """Drop boxes of links behind a name; the name stays as the author wrote it."""
    pieces, at, end = [], 0, -1
    for match in _NAME_TWICE.finditer(text):
        if end < match.end():
            end = text.find(_END, match.end())
            if end < 0:
                break
        too_far = end + len(_END) > match.end() + BOX_CHARS_MAX
        if match.start() < at or too_far or "\n" in text[match.end() : end]:
            continue
        pieces.append(text[at : match.end(1)])
        at = end + len(_END)
    pieces.append(text[at:])
    return "".join(pieces)
