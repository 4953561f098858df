"""Text -> attributions with resolved speakers, and the sentences of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.enrich.quotes import columns as c
from service.enrich.quotes.candidates import find_candidates
from service.enrich.quotes.cast.resolver import Resolver
from service.enrich.quotes.cast.spoken_of import unless_spoken_of
from service.enrich.quotes.checks import check
from service.enrich.quotes.checks.labels import METHOD as LABEL_METHOD
from service.enrich.quotes.checks.labels import read_labels
from service.enrich.quotes.checks.plain import add_plain_reports
from service.enrich.quotes.codepoints import points_of
from service.enrich.quotes.confidence import least_estimate, whole_confidence
from service.enrich.quotes.drafts import Draft
from service.enrich.quotes.edges import apply_rules
from service.enrich.quotes.excess import excess_of_drafts, excess_of_windows
from service.enrich.quotes.found import ROUNDING_MAX, Attribution, Said
from service.enrich.quotes.identify import identify
from service.enrich.quotes.model import Model
from service.enrich.quotes.read import Read, first_pass, read
from service.enrich.quotes.tokens import Tokens, tokenise
from service.enrich.quotes.view import Offsets, Sentences, View
from service.languages.en import ENGLISH
from service.records import Speaker

FOREIGN_WORDS_MIN = 5
"""Minimum words of a passage in a text that is not English: shorter ones are titles as often as speech."""
FOREIGN_CONFIDENCE = 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a text: attributions in text order with their speakers, and the sentences."""

    attributions: list[Said]
    sentences: Sentences
    english: bool


class Finder:
    """Reads texts with one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.vocabulary = model.words.vocabulary()

    def read(self, text: str, language: str | None = None, *, beliefs: bool = False) -> Reading:
        """Find all attributions of `text`; speakers only if it is English.

        With `beliefs`, what someone is said to think, want or plan comes too, marked `speech=False`.
        """
        points = points_of(text)
        tokens = tokenise(text, self.vocabulary, points)
        english = identify(points, self.vocabulary, language).tag == ENGLISH.tag
        asked = [(tokens, Sentences.of(tokens), english, None)]
        return self.read_all(asked, beliefs=beliefs)[0]

    def read_within(self, tokens: Tokens, chars_max: int) -> tuple[int, Read | None]:
        """Read a text as far as both passes go; where it is too dear, return the first token that may not be read.

        That token is -1 where all may be read.
        """
        (first,) = first_pass(self._model.first, [tokens])
        candidates = find_candidates(first.posteriors, tokens.sentences, tokens.paragraphs)
        excess = excess_of_windows(candidates, chars_max)
        if excess >= 0:
            return excess, None
        (one,) = read(self._model, [tokens], [first])
        return excess_of_drafts(one.drafts, chars_max), one

    def read_all(
        self,
        asked: Sequence[tuple[Tokens, Sentences, bool, Read | None]],
        *,
        beliefs: bool = False,
        confidence_min: float = 0.0,
    ) -> list[Reading]:
        """Read many texts at less cost for each: its sentences, whether it is English, what was read of it already.

        What is told as less sure than `confidence_min` may be left out.
        """
        readings = [Reading([], sentences, english) for _, sentences, english, _ in asked]
        chosen = [
            (tokens, known, reading)
            for (tokens, _, _, known), reading in zip(asked, readings, strict=True)
            if reading.english
        ]
        self._read_english(chosen, beliefs, confidence_min)
        for (tokens, *_), reading in zip(asked, readings, strict=True):
            if not reading.english:
                reading.attributions.extend(Said(found) for found in _marked_only(tokens, reading))
        return readings

    def _read_english(
        self, chosen: list[tuple[Tokens, Read | None, Reading]], beliefs: bool, confidence_min: float
    ) -> None:
        found = iter(read(self._model, [tokens for tokens, known, _ in chosen if known is None]))
        least = confidence_min - ROUNDING_MAX
        least_estimates = least_estimate(least, marked=False), least_estimate(least, marked=True)
        for tokens, known, reading in chosen:
            one = known or next(found)
            view = View(tokens)
            drafts = apply_rules(view, one.first, _drafts(view, one), one.taken)
            speech = [_is_speech(view, draft) for draft in drafts]
            attributions = [
                _attribution(view, draft, said)
                for draft, said in zip(drafts, speech, strict=True)
                if said or beliefs
            ]
            if not attributions:
                continue
            spans = [one.speaker for one in attributions if one.speaker is not None]
            spans += [carrier for one in attributions if one.via for carrier in one.via]
            speakers = Resolver(view).resolve(spans)
            for attribution in attributions:
                if attribution.confidence < least_estimates[attribution.marked]:
                    continue
                said = _said(view.text, attribution, speakers)
                if attribution.confidence >= least:
                    reading.attributions.append(said)


def _drafts(view: View, read: Read) -> list[Draft]:
    """Check what the model read, and add what only rules find."""
    drafts = read_labels(view, check(view, read.drafts), read.taken)
    return add_plain_reports(view, drafts, read.taken, read.classes)


def _attribution(view: View, draft: Draft, speech: bool) -> Attribution:
    pieces, offsets = draft.content, view.offsets
    if len(pieces) > 1:
        pieces.sort()
    segments = [offsets(piece) for piece in pieces]
    speaker = None if draft.source is None else offsets(draft.source)
    cue = None if draft.cue is None else offsets(draft.cue)
    via = tuple([offsets(carrier) for carrier in draft.via]) if draft.via else ()
    if draft.label is not None:
        begin, end, content = draft.label
        speaker, cue = (begin, end), (end, end + 1)
        segments[0] = (content, segments[0][1])
    return Attribution(  # by position: by name it takes several times as long
        tuple(segments),
        speaker,
        cue,
        draft.only_passages or view.holds(c.PASSAGE, pieces),
        speech,
        draft.confidence if speaker is None else draft.confidence * draft.speaker_confidence,
        draft.method,
        via,
    )


def _is_speech(view: View, draft: Draft) -> bool:
    """Tell whether somebody said it, rather than thought, wanted or planned it."""
    if draft.only_passages or draft.told or draft.method == LABEL_METHOD:
        return True
    cue = draft.cue
    return cue is not None and c.SAYS in view.kinds[cue[0] : cue[1]]


def _said(text: str, attribution: Attribution, speakers: Mapping[Offsets, Speaker]) -> Said:
    speaker = None if attribution.speaker is None else speakers[attribution.speaker]
    if speaker is not None:
        speaker = unless_spoken_of(text, attribution, speaker)
    via: tuple[Speaker, ...] = ()
    if attribution.via:
        via = tuple([one for carrier in attribution.via if not _is_same(one := speakers[carrier], speaker)])
    attribution.confidence = whole_confidence(attribution, speaker, len(text))
    return Said(attribution, speaker, via)


def _is_same(carrier: Speaker, speaker: Speaker | None) -> bool:
    """Tell whether the one who passes it on is who said it: `Falk said the pumps failed, the mayor told reporters`."""
    return speaker is not None and carrier.name is not None and carrier.name == speaker.name


def _marked_only(tokens: Tokens, reading: Reading) -> list[Attribution]:
    return [
        Attribution(
            segments=((start, end),),
            speaker=None,
            cue=None,
            marked=True,
            speech=True,
            confidence=FOREIGN_CONFIDENCE,
            method="marks",
        )
        for start, end, closed in tokens.passages.tolist()
        if closed and tokens.text.count(" ", start, end) + 1 >= FOREIGN_WORDS_MIN
    ]
