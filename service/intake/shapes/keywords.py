"""Read language tags and publication statuses as sources write them."""

from __future__ import annotations

import re
from typing import Final, Literal

Status = Literal["usable", "withheld", "canceled"]

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
"""The shape of a BCP 47 tag; whether its parts are registered is not looked up."""

_QCODE: Final = re.compile("[:/]")
"""What stands before the code in a qcode or in the address of a NewsCode."""

_LANGUAGES: Final = """
ar ara arabic | bg bul bulgarian | bn ben bengali bangla | ca cat catalan | cs ces cze czech | da dan danish
de deu ger german deutsch | el ell gre greek | en eng english | es spa spanish español castellano
et est estonian | eu eus baq basque | fa fas per persian farsi | fi fin finnish | fr fra fre french français
ga gle irish | gu guj gujarati | he heb hebrew | hi hin hindi | hr hrv croatian | hu hun hungarian
hy hye arm armenian | id ind indonesian | is isl ice icelandic | it ita italian italiano | ja jpn japanese
ka kat geo georgian | kk kaz kazakh | ko kor korean | lt lit lithuanian | lv lav latvian | mk mkd macedonian
ml mal malayalam | mr mar marathi | ms msa may malay | nl nld dut dutch nederlands | no nor norwegian | pa pan punjabi
pl pol polish | pt por portuguese português | ro ron rum romanian | ru rus russian русский | sk slk slo slovak
sl slv slovenian slovene | sq sqi alb albanian | sr srp serbian | sv swe swedish | sw swa swahili | ta tam tamil
te tel telugu | th tha thai | tr tur turkish türkçe | uk ukr ukrainian | ur urd urdu | uz uzb uzbek
vi vie vietnamese | zh zho chi chinese
"""
_TAG_OF: Final = {
    name: group.split()[0]
    for row in _LANGUAGES.split("\n")
    for group in row.split("|")
    for name in group.split()
}

_STATUSES: Final[dict[str, Status]] = {
    **dict.fromkeys("usable published publish corrected live public online updated".split(), "usable"),
    **dict.fromkeys(
        "withheld embargoed embargo draft pending private scheduled spiked unpublished future".split(),
        "withheld",
    ),
    **dict.fromkeys(
        "canceled cancelled killed kill recalled withdrawn retracted deleted trash removed".split(),
        "canceled",
    ),
}
"""Statuses of ninjs, NewsML-G2, Superdesk, WordPress and Ghost -> what they mean for a reader."""


TAKEN_BACK: Final = frozenset(("withheld", "canceled"))
"""Statuses of an article that is not, or no longer, to be published."""


def language_tag(text: str) -> str | None:
    """Return a BCP 47 tag for a tag, a three-letter code or an English name of a language; None for anything else.

    >>> language_tag("Spanish"), language_tag("pt_BR"), language_tag("eng_Latn"), language_tag("two words")
    ('es', 'pt-BR', 'en-Latn', None)
    """
    text = text.strip()
    known = _TAG_OF.get(text[:32].lower())
    if known is not None:
        return known
    if not _TAG.fullmatch(text):
        return None
    first, dash, rest = text.replace("_", "-").partition("-")
    return f"{_TAG_OF.get(first, first)}{dash}{rest}"


def publication_status(text: str) -> Status | None:
    """Return the status that a word stands for, or a code of NewsML such as `stat:usable`; None for anything else."""
    return _STATUSES.get(_QCODE.split(text[-40:].strip().lower())[-1])
