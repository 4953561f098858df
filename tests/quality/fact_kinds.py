"""What may become of a report: changed facts, or the same facts in another dress.

Kinds that change one thing in a few hundred words, and kinds that change nothing a reader would call news. The
mutations work on any article.
"""

from __future__ import annotations

import random
import re
import textwrap
from dataclasses import replace

from tests.quality.fact_reports import (
    FIRST,
    LAST,
    NUMBERS,
    PERSON,
    PLACES,
    Article,
    Mutation,
    known_facts,
    with_one,
)
from tests.quality.hidden_kinds import HIDDEN, credit

LEADS = (
    "{one} has asked {other} for a full account of what {figure} inspectors saw at the yard in spring.",
    "Shares in the owner of the yard fell after {one} and {other} spoke of {figure} more claims.",
    "The timber yard is to be pulled down, {one} told a packed meeting in which {other} took part.",
)
"""First sentences whose names and figures a report has already."""
REVERSED = dict(
    pair.split("=")
    for pair in "rejected=approved backed=opposed won=lost praised=condemned opened=closed closed=opened".split()
)
SYNONYMS = dict(
    pair.split("=")
    for pair in "near=beside old=aged narrow=tight empty=vacant costly=expensive road=street dam=weir boat=vessel "
    "gate=entrance survey=study tired=weary quiet=calm repaired=mended copied=traced searched=combed".split()
)
_VERBS = "won|lost|beat|rejected|approved|accused|defeated|sued|backed|praised|condemned|supported|opposed|bought|sold"


def _name_told_once(article: Article, rng: random.Random) -> Article | None:
    names = re.finditer(rf"(?<=[a-z] ){PERSON}\b", article.body)
    whole = f"{article.title} {article.body}"
    once = [name for name in names if len(re.findall(rf"\b{name[0]}\b", whole)) == 1]
    return with_one(
        article, once, rng, rng.choice([n for n in (*LAST, *PLACES) if n not in whole] or ["Umber"])
    )


def _order_swapped(article: Article, rng: random.Random) -> Article | None:
    pairs = re.finditer(rf"\b(?P<a>{PERSON}) (?P<verb>{_VERBS}) (?P<b>{PERSON})\b", article.body)
    found = [pair for pair in pairs if pair["a"] != pair["b"]]
    if not found:
        return None
    one = rng.choice(found)
    return with_one(article, [one], rng, f"{one['b']} {one['verb']} {one['a']}")


def _negation_added(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"\b(was|were|will|is|has|had)(?= [a-z]{4,}\b(?<!not))", article.body))
    if not found:
        return None
    one = rng.choice(found)
    return with_one(article, [one], rng, f"{one[0]} not")


def _negation_dropped(article: Article, rng: random.Random) -> Article | None:
    return with_one(article, list(re.finditer(r"(?<=[a-z]) not(?= [a-z])", article.body)), rng, "")


def _figure_changed(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"(?<![\d.,/-])\b[1-9]\d{0,3}\b(?![\d.,:%/-])", article.body))
    return with_one(article, found, rng, str(rng.randint(101, 9_999)))


def _figure_of_the_text(article: Article, rng: random.Random) -> Article | None:
    found = list(re.finditer(r"(?<![\d.,/-])\b[1-9]\d{0,3}\b(?![\d.,:%/-])", article.body))
    figures = [one[0] for one in found]
    if len(set(figures)) < 2:
        return None
    one = rng.choice(found)
    return with_one(article, [one], rng, rng.choice([figure for figure in figures if figure != one[0]]))


def _lead_of_known_facts(article: Article, rng: random.Random) -> Article | None:
    known = known_facts(article, rng)
    if known is None:
        return None
    one, other, figure = known
    lead = rng.choice(LEADS).format(one=one, other=other, figure=figure)
    return replace(article, body=f"{lead}\n\n{article.body}")


def _sentence_of_known_facts(article: Article, rng: random.Random) -> Article | None:
    known, parts = known_facts(article, rng), article.body.split("\n\n")
    if known is None:
        return None
    one, other, _ = known
    at = rng.randrange(1, len(parts))
    parts[at] += f" {one} later met {other} to talk about money for the families of the workers."
    return replace(article, body="\n\n".join(parts))


def _quotation_at_the_end(article: Article, rng: random.Random) -> Article | None:
    known = known_facts(article, rng)
    if known is None:
        return None
    said = f'"It will take months before anybody can work here again," {known[0]} told reporters at the gate.'
    return replace(article, body=f"{article.body}{rng.choice((' ', chr(10) * 2))}{said}")


def _name_corrected(article: Article, rng: random.Random) -> Article | None:
    names = [name for name in LAST if len(re.findall(rf"\b{name}\b", article.body)) >= 2]
    others = [name for name in LAST if name not in article.body]
    if not names:
        return None
    old, new = rng.choice(names), rng.choice(others)
    return Article(*(re.sub(rf"\b{old}\b", new, text) for text in (article.title, article.body)))


def _turned_round(article: Article, rng: random.Random) -> Article | None:
    found = [one for one in re.finditer(r"\b[a-z]+\b", article.body) if one[0] in REVERSED]
    if not found:
        return None
    one = rng.choice(found)
    return with_one(article, [one], rng, REVERSED[one[0]])


def _rewritten_by_a_wire(article: Article, rng: random.Random) -> Article | None:
    """Return what a small outlet does at once: cut, reword, retype, a dateline, another headline."""
    parts = article.body.split("\n\n")
    del parts[rng.randrange(1, len(parts) - 1)]
    body = re.sub(
        r"\b[a-z]+\b", lambda m: SYNONYMS.get(m[0], m[0]) if rng.random() < 0.5 else m[0], "\n\n".join(parts)
    )
    body = re.sub(r'"([^"]*)"', r"“\1”", body)
    title = " ".join(article.body.split()[: rng.randint(6, 9)])
    return Article(title, f"{rng.choice(PLACES).upper()}, May {rng.randint(2, 28)} (AP) - {body}")


def _paragraphs_dropped(article: Article, rng: random.Random) -> Article | None:
    parts = article.body.split("\n\n")
    gone = set(rng.sample(range(len(parts)), len(parts) // 4))
    return replace(article, body="\n\n".join(part for at, part in enumerate(parts) if at not in gone))


def _paragraphs_moved(article: Article, rng: random.Random) -> Article | None:
    parts = article.body.split("\n\n")
    return replace(article, body="\n\n".join(rng.sample(parts, len(parts))))


def _numbers_spelt_out(article: Article, rng: random.Random) -> Article | None:
    body = re.sub(r"(?<=\d),(?=\d{3}\b)", "", article.body)
    small = r"(?<![\d.,$/-])\b([2-9]|1[0-2])\b(?![\d.,:%/-])"
    return replace(article, body=re.sub(small, lambda m: NUMBERS[int(m[1]) - 2], body))


def _wrapped(article: Article, rng: random.Random) -> Article | None:
    width = rng.randint(60, 80)
    parts = ("\n".join(textwrap.wrap(part, width)) for part in article.body.split("\n"))
    return replace(article, body="\n".join(parts))


def _headline_on_top(article: Article, rng: random.Random) -> Article | None:
    return replace(article, body=f"{article.title}\n\n{article.body}")


def _headline_in_capitals(article: Article, rng: random.Random) -> Article | None:
    return replace(article, title=article.title.upper())


def _dateline_and_credit(article: Article, rng: random.Random) -> Article | None:
    body = f"{rng.choice(PLACES).upper()}, May {rng.randint(2, 28)} (AP) - {article.body}"
    return replace(article, body=f"{body}\n\nReporting by {rng.choice(FIRST)} {rng.choice(LAST)}")


def _speaker_moved(article: Article, rng: random.Random) -> Article | None:
    """Write 'said Oda Venn' for 'Oda Venn said', as another desk does."""
    return replace(article, body=re.sub(rf"({PERSON} {PERSON}) said\.", r"said \1.", article.body))


CHANGED: dict[str, Mutation] = {
    "a name told once": _name_told_once,
    "names swapped": _order_swapped,
    "a negation added": _negation_added,
    "a negation dropped": _negation_dropped,
    "a figure": _figure_changed,
    "a figure of the text": _figure_of_the_text,
    "a name corrected": _name_corrected,
    "a word turned round": _turned_round,
    "a quotation at the end": _quotation_at_the_end,
    "a lead of known facts": _lead_of_known_facts,
    "a sentence of known facts": _sentence_of_known_facts,
    **HIDDEN,
}
SAME: dict[str, Mutation] = {
    "numbers spelt out": _numbers_spelt_out,
    "lines wrapped": _wrapped,
    "headline on top": _headline_on_top,
    "headline in capitals": _headline_in_capitals,
    "dateline and credit": _dateline_and_credit,
    "a credit": credit,
    "speaker moved": _speaker_moved,
    "paragraphs dropped": _paragraphs_dropped,
    "paragraphs moved": _paragraphs_moved,
    "rewritten by a wire": _rewritten_by_a_wire,
}
