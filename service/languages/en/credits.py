"""Tell credits of pictures and reporters, which are names alone, from sentences of an English story."""

from __future__ import annotations

from service.languages.lists import words

BEFORE_CREDIT = r"[.!?)—–] ?"
"""What stands before a credit behind a caption."""

_ONE_SENTENCE = r"(?P<caption>[^.!?]{3,300}[.!?)] ?)"
_CAPTION = rf"(?P<caption>.{{3,300}}{BEFORE_CREDIT})"
_CREDITED = r"[^.!?,]{2,60}"
_REPORTERS = r" reporting (?:by|from) (?P<names>[^!?:]{3,120}?)\.?$"

CREDITED: tuple[tuple[str, str], ...] = (
    ("photo:", rf"{_CAPTION}photo: ?{_CREDITED}$"),
    (
        "photograph:",
        rf"{_CAPTION}photograph: ?[^\s\d.!?,:/]+(?: [^\s\d.!?,:/]+){{0,3}}(?:/[^.!?,]{{2,40}})$",
    ),
    ("pic:", rf"{_CAPTION}pic: ?{_CREDITED}$"),
    ("foto:", rf"{_CAPTION}foto: ?{_CREDITED}$"),
    ("reuters/", rf"{_CAPTION}reuters ?/ ?{_CREDITED}$"),
    ("efe/", rf"{_CAPTION}efe/{_CREDITED}$"),
    ("afp", rf"{_CAPTION}[^.!?/]{{3,40}} ?/ ?afp$"),
    ("getty images", rf"{_ONE_SENTENCE}(?P<names>[^.!?)—–]{{3,60}}/ ?getty images)$"),
    ("/reuters", rf"{_ONE_SENTENCE}(?P<names>[^.!?)—–]{{3,60}}/reuters)$"),
    ("©", rf"{_ONE_SENTENCE}© ?(?P<names>[^.!?,©/]{{2,40}}/[^.!?,©]{{2,40}})$"),
    ("additional reporting", rf"additional{_REPORTERS}"),
    ("further reporting", rf"further{_REPORTERS}"),
    ("supplementary reporting", rf"supplementary{_REPORTERS}"),
)
"""Words that credits hold, and the pattern of the whole line: with a caption before the names, or none.

A line goes only where `names`, if told, are nothing but names, and `caption` tells no news.
"""

BESIDE_REPORTERS = words("the in from")
"""Small words among the names of reporters: "Finn Quill in London and the Canal Press"."""

NO_CAPTION = words("will would must")
"""Verbs that tell news and no picture."""

ATTRIBUTED = r".*, (?:[\w'-]+ ){1,4}\w+ed\W+$"
"""How a sentence in small letters ends that names its source: "..., the court ruled."."""
