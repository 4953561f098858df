"""The floor that the claim model is held against: quotation marks, a verb of saying, a capitalised name. No model."""

from __future__ import annotations

import re
from typing import Any

_VERB = r"(?:said|says|told \w+|added|wrote|tweeted|noted|argued|explained|asked|replied|insisted|warned)"
_NAME = r"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}|[Hh]e|[Ss]he|[Tt]hey)"
_QUOTED = re.compile(r"“[^”\n]{2,2000}”|\"[^\"\n]{2,2000}\"")
_AFTER = re.compile(rf"\s*,?\s*(?:(?P<name>{_NAME}) (?P<verb>{_VERB})|(?P<verb2>{_VERB}) (?P<name2>{_NAME}))")
_BEFORE = re.compile(rf"(?P<name>{_NAME}) (?P<verb>{_VERB})[,:]?\s*$")
_THAT = re.compile(rf"(?P<name>{_NAME}) (?P<verb>{_VERB}) that (?P<content>[^\n“\"]{{10,400}}?[.;])")
_LOOK_BACK = 80


def _mention(text: str, span: tuple[int, int]) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": text[span[0] : span[1]]}


def floor_quotes(text: str) -> list[dict[str, Any]]:
    """Return quotations in the form of the evaluation kit."""
    found: list[dict[str, Any]] = []
    for quoted in _QUOTED.finditer(text):
        after = _AFTER.match(text, quoted.end())
        before = _BEFORE.search(text, max(0, quoted.start() - _LOOK_BACK), quoted.start())
        who = after or before
        if who is None and " " not in quoted.group():
            continue
        found.append(_quote(text, quoted.span(), who))
    found += [_quote(text, said.span("content"), said) for said in _THAT.finditer(text)]
    return sorted(found, key=lambda quote: int(quote["start"]))


def _quote(text: str, span: tuple[int, int], who: re.Match[str] | None) -> dict[str, Any]:
    speaker = cue = None
    if who is not None:
        other = "name2" in who.groupdict() and who.group("name") is None
        speaker = _mention(text, who.span("name2" if other else "name"))
        cue = _mention(text, who.span("verb2" if other else "verb"))
    start, end = span
    return {
        "start": start,
        "end": end,
        "segments": [[start, end]],
        "speaker": speaker,
        "cue": cue,
        "speech": True,
    }
