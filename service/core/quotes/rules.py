"""Attributions by rule alone: marks, a verb of saying and the noun phrase beside it."""

from __future__ import annotations

from collections.abc import Iterator

from service.core.lexicon import CLAUSE_OPENERS, PRONOUNS, SAYING, words
from service.core.quotes import columns as c
from service.core.quotes.found import Attribution, Offsets
from service.core.quotes.tokens import Tokens

PHRASE_TOKENS_MAX = 14
_SKIPPED = words(
    "also has had have later then once previously recently repeatedly often earlier have been is was just "
    "who publicly further again however meanwhile subsequently yesterday today"
)
_STOPS = frozenset(CLAUSE_OPENERS) | words("or is are was were be") | frozenset(".!?")
_TALKS_TO = words("told tell tells telling reminded assured informed")
_NOUNS_OF_SAYING = words(
    "statement statements remarks interview tweet letter speech testimony words message argument assertion claim "
    "allegation announcement comments warning criticism issue issues address read order orders post talk text "
    "address reading question questions query challenge report reports claims share related relay talks "
    "posts note notes voice post points point"
)
_SUBJECT_PRONOUNS = words("he she they it i we you who")


class _Reader:
    """The tokens of one text, with the few questions the rules ask of them."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text = tokens.text
        self.kinds: list[int] = tokens.attributes[:, c.KIND].tolist()
        self.starts: list[int] = tokens.starts.tolist()
        self.ends: list[int] = tokens.ends.tolist()
        self.sentences: list[int] = tokens.sentences.tolist()
        self.paragraphs: list[int] = tokens.paragraphs.tolist()
        self.words = [
            self.text[s:e].lower() if e - s < 40 else "" for s, e in zip(self.starts, self.ends, strict=True)
        ]

    def offsets(self, first: int, end: int) -> Offsets:
        return self.starts[first], self.ends[end - 1]

    def sentence(self, token: int) -> tuple[int, int]:
        first, end = token, token + 1
        while first > 0 and self.sentences[first - 1] == self.sentences[token]:
            first -= 1
        while end < len(self.words) and self.sentences[end] == self.sentences[token]:
            end += 1
        return first, end

    def is_verb_of_saying(self, token: int) -> bool:
        word = self.words[token]
        return word in SAYING and word not in _NOUNS_OF_SAYING and word != "according"

    def phrase_before(self, verb: int, first: int) -> tuple[int, int] | None:
        """The noun phrase that ends just before a verb; an apposition between commas belongs to it."""
        end = verb
        while end > first and self.words[end - 1] in _SKIPPED:
            end -= 1
        if end > first and self.words[end - 1] == ",":
            comma = next((t for t in range(end - 2, max(first, end - 20), -1) if self.words[t] == ","), None)
            if comma is None:
                return None
            head = self._phrase(comma, first)
            return (head, end - 1) if head < comma else None
        start = self._phrase(end, first)
        return (start, end) if start < end else None

    def _phrase(self, end: int, first: int) -> int:
        start = end
        while start > max(first, end - PHRASE_TOKENS_MAX):
            before = start - 1
            if self.words[before] in _STOPS or self.kinds[before] in (c.PASSAGE, c.NEWLINE):
                break
            if self.words[before] in _SUBJECT_PRONOUNS:
                return before
            start = before
        while start < end and self.kinds[start] == c.PUNCTUATION:
            start += 1
        return start

    def phrase_after(self, verb: int, end: int) -> tuple[int, int] | None:
        """The noun phrase that begins just after a verb: `said Yury Ushakov, an aide`."""
        start = verb + 1
        if start >= end or self.kinds[start] in (c.PUNCTUATION, c.PASSAGE, c.NEWLINE):
            return None
        stop = start
        while stop < min(end, start + PHRASE_TOKENS_MAX) and self.words[stop] not in _STOPS:
            if self.kinds[stop] in (c.PASSAGE, c.NEWLINE) or self.words[stop] in ("in", "on", "at", "during"):
                break
            stop += 1
        return (start, stop) if stop > start else None


def find_by_rules(tokens: Tokens) -> list[Attribution]:
    """Attributions in text order, not overlapping."""
    reader = _Reader(tokens)
    taken = bytearray(len(tokens))
    found: list[Attribution] = []
    sentences: list[tuple[int, int]] = []
    token = 0
    while token < len(tokens):
        span = reader.sentence(token)
        sentences.append(span)
        token = span[1]
    for first, end in sentences:
        for attribution, pieces in _of_sentence(reader, first, end):
            if not any(any(taken[a:b]) for a, b in pieces):
                for a, b in pieces:
                    taken[a:b] = b"\x01" * (b - a)
                found.append(attribution)
    return sorted(found, key=lambda a: a.segments)


def _of_sentence(
    reader: _Reader, first: int, end: int
) -> Iterator[tuple[Attribution, list[tuple[int, int]]]]:
    for verb in range(first, end):
        if reader.words[verb] == "according" and verb + 2 < end and reader.words[verb + 1] == "to":
            yield from _according(reader, verb, first, end)
        elif reader.is_verb_of_saying(verb):
            yield from _said(reader, verb, first, end)


def _make(
    reader: _Reader,
    pieces: list[tuple[int, int]],
    speaker: tuple[int, int] | None,
    cue: tuple[int, int],
    method: str,
) -> Attribution:
    low = reader.sentence(min(pieces[0][0], cue[0]))[0]
    high = reader.sentence(max(pieces[-1][1] - 1, cue[1] - 1))[1]
    marked = any(reader.kinds[t] == c.PASSAGE for a, b in pieces for t in range(a, b))
    return Attribution(
        segments=tuple(reader.offsets(a, b) for a, b in pieces),
        speaker=None if speaker is None else reader.offsets(*speaker),
        cue=reader.offsets(*cue),
        sentence=reader.offsets(low, high),
        marked=marked,
        speech=True,
        confidence=0.3 + 0.3 * marked + 0.2 * (speaker is not None),
        method=method,
    )


def _trimmed(reader: _Reader, first: int, end: int) -> tuple[int, int] | None:
    while first < end and reader.kinds[first] in (c.PUNCTUATION, c.NEWLINE):
        first += 1
    while end > first and reader.kinds[end - 1] in (c.PUNCTUATION, c.NEWLINE):
        end -= 1
    return (first, end) if end > first else None


def _according(
    reader: _Reader, cue: int, first: int, end: int
) -> Iterator[tuple[Attribution, list[tuple[int, int]]]]:
    speaker = reader.phrase_after(cue + 1, end)
    if speaker is None:
        return
    before = _trimmed(reader, first, cue)
    piece = before if before is not None and cue - first > 3 else _trimmed(reader, speaker[1], end)
    if piece is not None:
        yield _make(reader, [piece], speaker, (cue, cue + 2), "rule: according to"), [piece]


def _said(
    reader: _Reader, verb: int, first: int, end: int
) -> Iterator[tuple[Attribution, list[tuple[int, int]]]]:
    speaker = reader.phrase_before(verb, first)
    after = verb + 1
    pronoun = speaker is not None and reader.words[speaker[0]] in PRONOUNS
    if not pronoun and (
        speaker is None or (speaker[0] > first and reader.kinds[speaker[0] - 1] == c.PASSAGE)
    ):
        inverted = reader.phrase_after(verb, end)
        if (
            inverted is not None
            and speaker is None
            and reader.kinds[inverted[0]] in (c.CAPITAL, c.TITLE, c.CAPITALS)
        ):
            speaker, after = inverted, inverted[1]
    cue = (verb, verb + 1)
    lead = speaker[0] if speaker is not None and speaker[1] <= verb else verb
    left = _trimmed(reader, first, lead)
    right_first = after
    if reader.words[verb] in _TALKS_TO:
        while right_first < min(end, after + 8) and reader.words[right_first] not in ("that", ",", ":"):
            if reader.kinds[right_first] == c.PASSAGE:
                break
            right_first += 1
    right = _trimmed(reader, right_first, end)
    marked_left = left is not None and reader.kinds[left[1] - 1] == c.PASSAGE
    marked_right = right is not None and reader.kinds[right[0]] == c.PASSAGE
    if left is not None and marked_left:
        pieces = [(left[1] - 1, left[1])]
        pieces += [(right[0], right[0] + 1)] if right is not None and marked_right else []
        following = next((t for t in range(end, min(end + 1, len(reader.words)))), None)
        if following is not None and reader.kinds[following] == c.PASSAGE:
            pieces.append((following, following + 1))
        yield _make(reader, pieces, speaker, cue, "rule: marks"), pieces
    elif right is not None and marked_right:
        piece = (right[0], right[0] + 1)
        yield _make(reader, [piece], speaker, cue, "rule: marks"), [piece]
    elif left is not None and lead > first and reader.words[lead - 1] == "," and lead - first > 4:
        yield _make(reader, [left], speaker, cue, "rule: statement before"), [left]
    elif right is not None and speaker is not None and right[1] - right[0] > 2:
        yield _make(reader, [right], speaker, cue, "rule: statement after"), [right]
