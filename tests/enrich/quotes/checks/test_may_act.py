"""No condition of a check says no where the check acts: asked of made-up drafts in made-up texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from random import Random

import numpy as np
import pytest

from service.enrich.attributions import reader
from service.enrich.claims import find_claims
from service.enrich.quotes import believing, checks
from service.enrich.quotes import columns as c
from service.enrich.quotes.candidates import Candidates
from service.enrich.quotes.checks import may_act as m
from service.enrich.quotes.checks import word_classes
from service.enrich.quotes.checks.passive import set_agents
from service.enrich.quotes.checks.unsaid import is_topic, is_unsaid
from service.enrich.quotes.checks.word_classes import classes_of
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.edges import trimmed
from service.enrich.quotes.proposals import PIECES_MAX, Proposals
from service.enrich.quotes.tokens import Tokens, tokenise
from service.enrich.quotes.view import Range, View
from service.enrich.quotes.vocabulary import word_hashes

TEXTS, DRAFTS, PHRASES = 900, 10, 12
"""Number of made-up texts, and of drafts and phrases of each."""
LISTED = sorted(set().union(*word_classes.LISTED.values()))
NAMES = [
    "Falk",
    "Roth",
    "Ida Moss",
    "the mayor",
    "police",
    "He",
    "they",
    "officials",
    "Gen. Orr",
    "29",
    "the U.S.",
]
SPEAKS = [
    "said",
    "told",
    "claimed",
    "says",
    "reported",
    "warned",
    "accused",
    "ruled",
    "quoted",
    "called",
    "asked",
]
OTHERS = [
    "bridge",
    "shut",
    "closed",
    "was",
    "is",
    "quickly",
    "Sunday",
    "taxes",
    "'s",
    "that",
    "to",
    "and",
    "who",
]
MARKS = [
    ",",
    ",",
    ",",
    ".",
    "-",
    "(",
    ")",
    ":",
    '"',
    '"It was shut."',
    '"no comment"',
    '"Go,"',
    "\n",
    "according to",
]
SAYINGS = """
Falk was quoted by the Courier as saying that the mine would close .
The Courier reported , citing two officials , that Falk would resign .
The plan , said Falk , would work .
The senator , said his aide Lee Orr , had lost .
The chairman , Tom Ellis , the regulator said , had lied .
The plan , Falk insisted , would work .
The strike begins on Friday , the Courier reported .
Ida Brandt , a former minister , said fees would rise .
Officials called it "a farce" .
"It is lost," Ida Hall , 29 , said .
According to state media , Lund said the dam was safe .
According to Radio Tarrow , which saw the letter , the bank will close .
The dam was safe , Vera Lund testified , according to the Courier .
The dam was safe , said Lund , an aide told reporters .
Residents , who say they were never asked , plan to sue .
A man who said he was innocent was released .
The court ruled on Tuesday that the law was void .
The report found that few trust him .
Falk urged the court to free them and slammed its silence .
Benn , accused of arson , left .
Roth was told by two doctors that he would never walk .
Neither Falk nor Roth said the dam was safe .
Falk declined to say whether the dam was safe .
He asked if the dam was safe .
Falk discussed the budget .
Harbour radio quoted Nora Falk as saying that the quay was lost .
When Roth said the dam was safe , the council voted .
In May of 2014 , the ministry said it would rise .
Falk and Moss both said on a call with analysts that margins would widen .
Rep. Ida Roth ( D-Aske ) , who was out when the alarm rang , said it was late .
Prices will fall , says a Harbour Bank chief .
Another harbour service , Falk Towage , said it was late .
The fire began at two , fire chief Paul Stern said .
Two officials familiar with the talks said fees would rise and Orr said they would not .
"We knew," said Falk . Roth left the room after the vote .
He praised Tom Lund .
Lund spoke to reporters , conceding shortly before midnight that he had lost .
""".strip().splitlines()


def state_of(draft: Draft) -> tuple[object, ...]:
    """What a check may change of a draft."""
    return (
        draft.source, draft.cue, list(draft.content), draft.only_passages, draft.confidence,
        draft.speaker_confidence, draft.told, list(draft.via),
    )  # fmt: skip


def corrects(correct: Callable[[View, Draft], object]) -> Callable[[View, Draft], bool]:
    """Make of a check that corrects one that tells whether it did."""

    def acts(view: View, draft: Draft) -> bool:
        before = state_of(draft)
        return correct(view, draft) is False or state_of(draft) != before

    return acts


ACTS: Mapping[int, Callable[[View, Draft], bool]] = {
    **{bit: corrects(correct) for bit, correct in checks.CORRECTING},
    m.TOPIC: is_topic,
    m.PASSIVE: corrects(set_agents),
    m.UNSAID: is_unsaid,
    m.TRIM: lambda view, draft: draft.source is not None and trimmed(view, draft.source) != draft.source,
    m.SPLIT: lambda view, draft: view.holds(c.PASSAGE, draft.content),
}


def made_up(random: Random) -> str:
    """A text in which checks find what they look for oftener than in an article: sentences with words put in or out."""
    words: list[str] = []
    for _ in range(PHRASES):
        phrase = random.choice(SAYINGS).split(" ")
        for _ in range(random.choice((0, 0, 0, 1, 2, 4))):
            at = random.randrange(len(phrase))
            word = random.choice(random.choice((LISTED, LISTED, NAMES, SPEAKS, OTHERS, MARKS)))
            phrase[at : at + random.choice((0, 1))] = [word]
        words += phrase
    return " ".join(words)


def drafts_of(view: View, random: Random) -> Iterator[Draft]:
    """Drafts around words of saying, as no model would read them."""
    for _ in range(DRAFTS):
        cue = random.choice([*view.of_kind(c.SAYS), random.randrange(view.count)])
        first, end = (
            max(0, cue - random.choice((0, 0, 1, 2))),
            min(view.count, cue + random.choice((1, 1, 2))),
        )
        gap, length = random.choice((0, 0, 0, 1, 1, 2)), random.choice((1, 1, 2, 3, 5))
        after = random.random() < 0.3
        source = (end + gap, end + gap + length) if after else (first - gap - length, first - gap)
        is_there = source[0] >= 0 and source[1] <= view.count and random.random() < 0.9
        inside = min(first, source[0]) if is_there else first, max(end, source[1]) if is_there else end
        pieces = list(pieces_of(view, inside, random))
        if pieces and first < end:
            only = all(view.kinds[token] == c.PASSAGE for piece in pieces for token in range(*piece))
            sure = random.choice((0.55, 0.6, 0.9))
            yield Draft(pieces, source if is_there else None, (first, end), only, sure, 0.8)


def pieces_of(view: View, inside: Range, random: Random) -> Iterator[Range]:
    """One or two pieces before and behind the speaker and the cue, which are at `inside`, or a little over them."""
    gap, length = random.choice((0, 0, 1, 1, 2)), random.choice((1, 2, 3, 5, 8, 20, 50))
    before = (max(0, inside[0] - gap - length), inside[0] - gap)
    behind = (
        max(1, inside[1] + gap - random.choice((0, 0, 0, 1, 2))),
        min(view.count, inside[1] + gap + length),
    )
    for piece, share in ((before, 0.5), (behind, 0.7)):
        if piece[0] < piece[1] and random.random() < share:
            yield piece


def read_by_model(tokens: Tokens) -> list[Draft]:
    """Drafts as the model reads them."""
    _, found = reader().read_within(tokens, len(tokens.text) + 100_000)
    assert found is not None
    return found.drafts


def asked(tokens: Tokens, drafts: list[Draft]) -> list[int]:
    """Which checks may act on each draft."""
    if not drafts:
        return []
    count = len(drafts)
    pieces: Int32s = np.zeros((count, PIECES_MAX, 2), np.int32)
    for number, draft in enumerate(drafts):
        pieces[number, : len(draft.content)] = draft.content
    found = Proposals(
        pieces,
        np.array([len(draft.content) for draft in drafts], np.int32),
        np.array([draft.source or (-1, -1) for draft in drafts], np.int32),
        np.zeros((count, 1)),
        np.array([draft.only_passages for draft in drafts], np.int8),
    )
    cues = np.array([draft.cue for draft in drafts], np.int32)
    candidates = Candidates(*np.ascontiguousarray(cues.T), *np.zeros((3, count + 1), np.int32))
    confidence = np.array([draft.confidence for draft in drafts])
    return [
        int(bits)
        for bits in m.may_act(
            tokens, classes_of(tokens.attributes), found, confidence, candidates, np.arange(count)
        )
    ]


def test_a_check_that_acts_was_asked() -> None:
    random, acted = Random(11), Counter[int]()
    for _ in range(TEXTS):
        tokens = tokenise(made_up(random), reader().vocabulary)
        view = View(tokens)
        drafts = [*drafts_of(view, random), *read_by_model(tokens)]
        for draft, bits in zip(drafts, asked(tokens, drafts), strict=True):
            for bit, acts in ACTS.items():
                if acts(view, deepcopy(draft)):
                    acted[bit] += 1
                    assert bits & bit, (bit, view.text, draft)
    assert min(acted[bit] for bit in ACTS) > 10, acted


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said on Monday that the bridge was shut. Falk, the builder, told reporters it was safe.",
        'Residents were warned that the dam could fail. "It held," Roth said, according to the Courier.',
        "According to Ida Moss, who saw it, the quay is lost, a spokesman said, and Falk declined to comment.",
    ],
)
def test_what_is_published_does_not_depend_on_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published = find_claims(text)
    monkeypatch.setattr(believing, "is_spelt_unlike", lambda text: True)
    assert find_claims(text) == published != find_claims("")


def test_a_letter_that_hashes_otherwise_has_every_check_asked() -> None:
    tokens = tokenise("İn Aske he said it was shut", reader().vocabulary)
    assert asked(tokens, [Draft([(4, 7)], (2, 3), (3, 4), False, 0.9, 0.9)]) == [m.EVERYTHING]


def test_every_listed_word_has_its_class() -> None:
    for bit, words in word_classes.LISTED.items():
        hashes = sorted(word_hashes(words))
        attributes: Int32s = np.zeros((len(hashes) + 1, c.COLUMNS), np.int32)
        attributes[:-1, c.WORD], attributes[-1, c.WORD] = hashes, 1
        classes = classes_of(attributes)
        assert (classes[:-1] & bit != 0).all()
        assert classes[-1] == 0
