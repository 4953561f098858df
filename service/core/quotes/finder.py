"""Text -> attributions with resolved speakers, and the sentences of the text."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from service.core.lexicon import SAYING
from service.core.quotes import columns as c
from service.core.quotes.codepoints import classes, points_of
from service.core.quotes.drafts import Draft, Range
from service.core.quotes.edges import apply_rules
from service.core.quotes.found import Attribution, Offsets
from service.core.quotes.language import is_english
from service.core.quotes.marks import find_passages
from service.core.quotes.model import Model
from service.core.quotes.read import read
from service.core.quotes.rules import find_by_rules
from service.core.quotes.speakers import Resolver
from service.core.quotes.tokens import Tokens, tokenise
from service.core.quotes.vocabulary import Vocabulary
from service.core.records import Speaker

FOREIGN_WORDS_MIN = 5
"""In a text that is not English, shorter passages are titles and scare quotes as often as speech."""
FOREIGN_CONFIDENCE = 0.4
UNRESOLVED_PRONOUN = 0.9
"""What a pronoun without an antecedent leaves of the confidence."""

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a text: attributions in text order with their speakers, and the sentences."""

    attributions: list[tuple[Attribution, Speaker | None]]
    sentences: list[Offsets]
    english: bool

    def sentence_at(self, offset: int) -> Offsets:
        """The sentence that holds `offset`; the one before it, if it stands between two."""
        place = bisect.bisect_right(self.sentences, (offset, 1 << 62)) - 1
        return self.sentences[max(place, 0)]


class Finder:
    """Reads texts with one model. Not for two threads at once: the model keeps what it knows of words."""

    def __init__(self, model: Model | None) -> None:
        self._model = model
        self._vocabulary = model.words.vocabulary() if model is not None else Vocabulary()

    def read(self, text: str, language: str | None = None, *, beliefs: bool = False) -> Reading:
        """All attributions of `text`; speakers only where it is English.

        With `beliefs`, what someone is said to think, want or plan comes too, marked `speech=False`.
        """
        tokens = tokenise(text, self._vocabulary)
        sentences = sentence_offsets(tokens)
        reading = Reading([], sentences, is_english(text, language))
        if not reading.english:
            found = [(attribution, None) for attribution in _marked_only(text, reading)]
            return Reading([*found], sentences, False)
        if self._model is None:
            attributions = find_by_rules(tokens)
        else:
            attributions = [_attribution(tokens, reading, draft) for draft in self.drafts(tokens)]
        resolver = Resolver(tokens)
        resolved = [(a, resolver.resolve(a)) for a in attributions if beliefs or a.speech]
        return Reading([_doubted(a, speaker) for a, speaker in resolved], sentences, True)

    def drafts(self, tokens: Tokens) -> list[Draft]:
        """What the model believes, with edges set by rule."""
        assert self._model is not None
        drafts, first, taken = read(self._model, tokens)
        return apply_rules(tokens, first, drafts, taken)


def sentence_offsets(tokens: Tokens) -> list[Offsets]:
    """Start and end of every sentence that is not a mere line break, in order."""
    starts, ends = tokens.starts.tolist(), tokens.ends.tolist()
    breaks = ((tokens.flags & c.BREAKS) != 0).tolist()
    found: list[Offsets] = []
    number = -1
    for token, sentence in enumerate(tokens.sentences.tolist()):
        if breaks[token]:
            continue
        if sentence != number:
            number = sentence
            found.append((starts[token], ends[token]))
        else:
            found[-1] = (found[-1][0], ends[token])
    return found


def _attribution(tokens: Tokens, reading: Reading, draft: Draft) -> Attribution:
    segments = [_offsets(tokens, piece) for piece in sorted(draft.content)]
    speaker = None if draft.source is None else _offsets(tokens, draft.source)
    cue = None if draft.cue is None else _offsets(tokens, draft.cue)
    if draft.label is not None:
        begin, end, content = draft.label
        speaker, cue = (begin, end), (end, end + 1)
        segments[0] = (content, segments[0][1])
    low = min(segments[0][0], cue[0] if cue is not None else segments[0][0])
    high = max(segments[-1][1], cue[1] if cue is not None else 0)
    kinds = tokens.attributes[:, c.KIND]
    return Attribution(
        segments=tuple(segments),
        speaker=speaker,
        cue=cue,
        sentence=(reading.sentence_at(low)[0], max(high, reading.sentence_at(high - 1)[1])),
        marked=any(bool((kinds[first:end] == c.PASSAGE).any()) for first, end in draft.content),
        speech=draft.only_passages or (cue is not None and _says(tokens.text[slice(*cue)])),
        confidence=draft.confidence * (draft.speaker_confidence if speaker is not None else 1.0),
        method=draft.method,
    )


def _offsets(tokens: Tokens, piece: Range) -> Offsets:
    return int(tokens.starts[piece[0]]), int(tokens.ends[piece[1] - 1])


def _says(cue: str) -> bool:
    return not SAYING.isdisjoint(_WORD.findall(cue.lower()))


def _doubted(attribution: Attribution, speaker: Speaker | None) -> tuple[Attribution, Speaker | None]:
    if speaker is None or speaker.name is not None or speaker.text.lower() not in ("he", "she"):
        return attribution, speaker
    return attribution.with_confidence(attribution.confidence * UNRESOLVED_PRONOUN), speaker


def _marked_only(text: str, reading: Reading) -> list[Attribution]:
    return [
        Attribution(
            segments=((start, end),),
            speaker=None,
            cue=None,
            sentence=reading.sentence_at(start),
            marked=True,
            speech=True,
            confidence=FOREIGN_CONFIDENCE,
            method="marks",
        )
        for start, end, closed in find_passages(points_of(text), classes()).tolist()
        if closed and text.count(" ", start, end) + 1 >= FOREIGN_WORDS_MIN
    ]
