"""Made-up articles of any length, and the faults that scrapers add to them."""

from __future__ import annotations

import random
import re

_ADJECTIVES = (
    "northern,southern,old,new,broken,empty,quiet,wooden,narrow,crowded,frozen,distant,public,private,costly,modern,"
    "hidden,famous,rusty,bright,heavy,careful,angry,tired,young,retired,local,foreign,official,secret,sudden,steady"
).split(",")
_NOUNS = (
    "gate,ferry,harbour,lighthouse,dam,barrier,market,tunnel,survey,boat,pier,council,engineer,diver,fisherman,master,"
    "school,bridge,road,storm,river,tide,budget,timetable,alarm,warehouse,captain,minister,witness,report,meadow,tower,"
    "garden,factory,airport,museum,library,orchard,railway,village"
).split(",")
_VERBS = (
    "warned,found,denied,repaired,reported,measured,closed,inspected,praised,questioned,followed,crossed,rebuilt,sold,"
    "painted,guarded,ignored,copied,visited,defended,replaced,searched,flooded,financed,opened,blamed,counted,moved"
).split(",")
_PLACES = "near,behind,below,beyond,above,beside,inside,outside,against,around,towards,without".split(",")


def a_story(words: int, seed: int = 1) -> str:
    """Return paragraphs of about so many words; hardly any four in a row occur again, with any seed."""
    rng = random.Random(seed)

    def thing() -> str:
        return f"the {rng.choice(_ADJECTIVES)} {rng.choice(_NOUNS)}"

    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < words:
        main = f"{thing()} {rng.choice(_VERBS)} {thing()} {rng.choice(_PLACES)} {thing()}"
        sentence = f"{main} and {rng.choice(_VERBS)} {rng.randint(2, 9_999)} of {thing()}."
        sentences.append(sentence[0].upper() + sentence[1:])
    groups = [sentences[at : at + 3] for at in range(0, len(sentences), 3)]
    return "\n\n".join(" ".join(group) for group in groups)


def glued(text: str) -> str:
    """Return the text with a fault: no blank after a full stop, no line breaks."""
    return re.sub(r"\.\s+", ".", text)


def sentences_of(text: str) -> list[str]:
    return re.split(r"(?<=\.)\s+", text)
