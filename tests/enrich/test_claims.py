"""What readers of the claims ask for, each with a text written for it and what must come out."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from service.enrich.attributions import HOLDING_CONFIDENCE_MIN
from service.enrich.claims import find_claims
from service.enrich.quotes.flags import Flags
from service.records import DateMention, Finding


@dataclass(frozen=True)
class Ask:
    """A text and one claim it must hold: the pieces of its content, who is said to speak, and the kind."""

    text: str
    pieces: tuple[str, ...]
    speaker: str | None
    kind: str = "quote"
    name: str | None = None
    flags: dict[str, bool] = field(default_factory=dict)


def pieces(claim: Finding, text: str) -> tuple[str, ...]:
    return tuple(text[span.start : span.end] for span in claim.segments)


def holding(text: str, piece: str) -> Finding:
    """The claim of words that holds `piece`, or an assertion that says what was found instead."""
    claims = [c for c in find_claims(text).claims if c.kind != "figure"]
    fitting = [c for c in claims if any(piece in text[s.start : s.end] for s in c.segments)]
    found = "\n".join(f"{pieces(c, text)} <- {c.speaker and c.speaker.text}" for c in claims)
    assert len(fitting) == 1, f"{piece!r} is in {len(fitting)} claims of:\n{found}"
    return fitting[0]


LEAD = (
    "The harbour council met on Tuesday to discuss the new ferry terminal. Ada Brandt, the harbour's director, "
    "presented the plan to about fifty residents.\n\n"
)

ASKS = {
    "said, after a quotation": Ask(
        '"We will build it next year," Brandt said.', ('"We will build it next year,"',), "Brandt"
    ),
    "said, inverted": Ask(
        '"We will build it next year," said Brandt.', ('"We will build it next year,"',), "Brandt"
    ),
    "a lead-in with a colon": Ask(
        'Brandt told the council: "The terminal will be finished in spring."',
        ('"The terminal will be finished in spring."',),
        "Brandt",
    ),
    "interrupted by the cue": Ask(
        '"The terminal," Brandt said, "will be finished in spring."',
        ('"The terminal,"', '"will be finished in spring."'),
        "Brandt",
    ),
    "going on after the cue's sentence": Ask(
        '"The terminal is late," Brandt said. "It will be finished in spring."',
        ('"The terminal is late,"', '"It will be finished in spring."'),
        "Brandt",
    ),
    "over three paragraphs, marks reopened": Ask(
        "“The terminal is late,” Brandt said.\n\n“It will be finished in spring, when the ice has gone.\n\n"
        "“And it will be paid for by then.”",
        (
            "“The terminal is late,”",
            "“It will be finished in spring, when the ice has gone.",
            "“And it will be paid for by then.”",
        ),
        "Brandt",
    ),
    "straight single marks": Ask(
        "'We won't build it this year,' Brandt said.", ("'We won't build it this year,'",), "Brandt"
    ),
    "curly single marks, with a plural apostrophe": Ask(
        "‘The ferries’ owners must pay their share,’ Brandt said.",
        ("‘The ferries’ owners must pay their share,’",),
        "Brandt",
    ),
    "a quotation in a quotation": Ask(
        "\"He told me 'never again' and walked out,\" Brandt said.",
        ("\"He told me 'never again' and walked out,\"",),
        "Brandt",
    ),
    "a mark that is never closed": Ask(
        '"We will build it next year, Brandt said.\n\n"Nobody asked us," the mayor added.',
        ('"Nobody asked us,"',),
        "the mayor",
    ),
    "an apposition between name and verb": Ask(
        '"We will build it next year," Peter Lund, chairman of the port union, said.',
        ('"We will build it next year,"',),
        "Peter Lund, chairman of the port union",
        name="Peter Lund",
    ),
    "a role for a speaker": Ask(
        '"We will build it next year," the harbour director said.',
        ('"We will build it next year,"',),
        "the harbour director",
    ),
    "a pronoun": Ask('"We will build it next year," she said.', ('"We will build it next year,"',), "she"),
    "a verb other than said": Ask(
        '"We will build it next year," Brandt insisted.', ('"We will build it next year,"',), "Brandt"
    ),
    "indirect speech": Ask(
        "Brandt said that the terminal would be finished in spring.",
        ("that the terminal would be finished in spring",),
        "Brandt",
        "statement",
    ),
    "indirect speech with the cue behind": Ask(
        "The terminal will be finished in spring, Brandt said.",
        ("The terminal will be finished in spring",),
        "Brandt",
        "statement",
    ),
    "according to": Ask(
        "According to Brandt, the terminal will be finished in spring.",
        ("the terminal will be finished in spring",),
        "Brandt",
        "statement",
    ),
    "according to, behind": Ask(
        "The terminal will be finished in spring, according to the ministry.",
        ("The terminal will be finished in spring",),
        "the ministry",
        "statement",
    ),
    "a body that speaks": Ask(
        "The ministry said in a statement that it would pay half of the costs.",
        ("that it would pay half of the costs",),
        "The ministry",
        "statement",
    ),
    "partly quoted": Ask(
        'Brandt said the delay was "a great disappointment" for the town.',
        ('the delay was "a great disappointment" for the town',),
        "Brandt",
    ),
    "denied": Ask(
        "Brandt denied that the terminal was late.",
        ("that the terminal was late",),
        "Brandt",
        "statement",
        flags={"negated": True},
    ),
    "hedged": Ask(
        "Brandt said the terminal might be finished in spring.",
        ("the terminal might be finished in spring",),
        "Brandt",
        "statement",
        flags={"hedged": True, "negated": False},
    ),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
def test_a_claim_has_its_pieces_its_speaker_and_its_kind(ask: Ask) -> None:
    text = LEAD + ask.text
    claim = holding(text, ask.pieces[0])
    assert pieces(claim, text) == ask.pieces
    assert (claim.speaker and claim.speaker.text) == ask.speaker
    assert claim.kind == ask.kind
    if ask.name is not None:
        assert claim.speaker is not None
        assert claim.speaker.name == ask.name
    for flag, value in ask.flags.items():
        assert getattr(claim, flag) is value


def test_a_nickname_and_a_scare_quote_are_no_speech() -> None:
    text = LEAD + 'Paul "Skip" Lorne runs the so-called "ghost ferry" at night. The "new" terminal is old.'
    assert [c for c in find_claims(text).claims if c.kind != "figure"] == []


def test_every_quantity_stands_in_exactly_one_claim() -> None:
    text = (
        LEAD
        + 'The port moved 3 million tonnes in 2023. "We grew by 12 percent," Brandt said, adding that 40 new '
        "jobs were created. The town of 20,000 people paid $4.5 million, or 3 percent of its budget."
    )
    claims = find_claims(text).claims
    held = [(q.start, q.end) for claim in claims for q in claim.quantities]
    assert len(held) == len(set(held)) > 6
    for claim in claims:
        assert all(claim.start <= q.start < q.end <= claim.end for q in claim.quantities)
    quote = holding(text, "We grew")
    assert [(q.value, q.unit) for q in quote.quantities] == [(12.0, "percent")]


MIXED = LEAD + (
    'The port moved 3 million tonnes in 2023. "We grew by 12 percent," Brandt said, adding that 40 new jobs were '
    'created. It was said that 7 boats sank. The report said two piers had been shut. "Perhaps," he said. The "new" '
    "terminal has 2 doors and cost $4.5 million. According to some, 60 percent of the 300 residents are against it."
)


@pytest.mark.parametrize("least", [0.0, 0.2, 0.3, 0.5, 0.8])
def test_claims_that_are_not_asked_for_change_nothing_of_the_others(least: float) -> None:
    everything = find_claims(MIXED).claims
    asked = find_claims(MIXED, confidence_min=least).claims
    assert asked == tuple(claim for claim in everything if claim.confidence >= least)
    assert 0 < len(asked) <= len(everything)


def test_claims_that_are_not_asked_for_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    for least in (0.0, HOLDING_CONFIDENCE_MIN):

        def of(self: Flags, segments: object, cue: str, least: float = least) -> tuple[bool, bool]:
            asked.append(least)
            return False, False

        monkeypatch.setattr(Flags, "of", of)
        assert len(find_claims(MIXED, confidence_min=least).claims) == asked.count(least)
    assert asked.count(0.0) > asked.count(HOLDING_CONFIDENCE_MIN) > 0


def test_dates_are_resolved_against_the_day_of_publication_and_only_then() -> None:
    text = LEAD + '"We will decide on Friday," Brandt said.'
    resolved = find_claims(text, published_at="2024-01-10T08:00:00Z")
    assert [d.value for d in holding_dates(resolved.claims)] == ["2024-01-12"]
    assert [d.value for d in holding_dates(find_claims(text).claims)] == [None]


def holding_dates(claims: tuple[Finding, ...]) -> list[DateMention]:
    return [date for claim in claims if claim.kind == "quote" for date in claim.dates]


GERMAN = (
    "Die Hafenbehörde hat am Dienstag den Bau eines neuen Terminals angekündigt. „Wir werden im nächsten Jahr mit "
    "dem Bau beginnen“, sagte Direktorin Ada Brandt. Das Projekt kostet 3,2 Millionen Euro und soll bis zum Sommer "
    "fertig sein. Der „alte“ Anleger bleibt vorerst in Betrieb, wie der Rat der Stadt mitteilte."
)


def test_a_text_that_is_not_english_yields_marked_passages_and_no_speakers() -> None:
    findings = find_claims(GERMAN)
    quotes = [c for c in findings.claims if c.kind == "quote"]
    assert findings.language == "und"
    assert [c.text for c in quotes] == ["„Wir werden im nächsten Jahr mit dem Bau beginnen“"]
    assert all(c.speaker is None for c in findings.claims)
    assert [c.kind for c in findings.claims] == ["quote"]
    assert findings.dates == ()


def test_a_language_tag_decides_for_a_short_text_only() -> None:
    assert find_claims("Paris, Berlin, Roma.", language="de").language == "und"
    assert find_claims(LEAD, language="de").language == "en"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_dateline_is_no_part_of_the_speaker(dash: str) -> None:
    text = f"CORRAN, Feb 11 {dash} The harbour board of Corran said that the lock would stay shut until June."
    (claim,) = [claim for claim in find_claims(text).claims if claim.kind == "statement"]
    assert claim.speaker is not None
    assert claim.speaker.text == "The harbour board of Corran"


def test_words_between_two_cues_are_claimed_once() -> None:
    segments = [claim.segments for claim in find_claims('T,e": ","said Aa said.', language="en").claims]
    assert len(segments) == len(set(segments)) == 1
