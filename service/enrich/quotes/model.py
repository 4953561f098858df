"""The model file: numbers over hashed features and hashed words, in a plain .npz without pickles."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from service.enrich.quotes import columns as c
from service.enrich.quotes import features as f
from service.enrich.quotes.codepoints import Int32s
from service.enrich.quotes.crf import Crf, Weights
from service.enrich.quotes.inference import Floats
from service.enrich.quotes.proposals import EVIDENCE_WIDTH, Doubles
from service.enrich.quotes.vocabulary import Vocabulary
from service.languages.en import ENGLISH
from service.languages.language import Language


class ModelMismatchError(Exception):
    """The model file was trained for other templates than the code has."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """Hashed words of the model: cue words, and word classes [words, 3] of `class_words`."""

    cues: Int32s
    class_words: Int32s
    classes: Int32s

    def vocabulary(self, language: Language = ENGLISH) -> Vocabulary:
        """Build the table in which tokens are looked up."""
        rows = zip(self.class_words.tolist(), self.classes.tolist(), strict=True)
        return Vocabulary(self.cues.tolist(), {word: (a, b, d) for word, (a, b, d) in rows}, language)


@dataclass(frozen=True, slots=True)
class Model:
    """All that is trained. Weights of evidence have the constant last: [EVIDENCE_WIDTH + 1]."""

    words: WordLists
    first: Crf
    second: Crf
    confidence: Doubles
    speaker_confidence: Doubles


def fingerprint() -> int:
    """Compute a number that changes with the templates, the columns they name, and the evidence."""
    return zlib.crc32(repr((f.FIRST, f.SECOND, c.COLUMNS, EVIDENCE_WIDTH)).encode())


def first_crf(weights: Weights, transitions: Floats) -> Crf:
    """Make the CRF of the first pass: cues, sources and contents of a paragraph."""
    return Crf(f.FIRST, weights, transitions)


def second_crf(weights: Weights, transitions: Floats) -> Crf:
    """Make the CRF of the second pass: source and content of one cue."""
    return Crf(f.SECOND, weights, transitions)


def save(model: Model, path: Path) -> None:
    """Write the model; the same model gives the same bytes."""
    arrays: dict[str, Any] = {
        "fingerprint": np.int64(fingerprint()),
        "cues": model.words.cues,
        "class_words": model.words.class_words,
        "classes": model.words.classes.astype(np.int16),
        "confidence": model.confidence,
        "speaker_confidence": model.speaker_confidence,
    }
    np.savez_compressed(path, **arrays, **_arrays("first", model.first), **_arrays("second", model.second))


def _arrays(name: str, crf: Crf) -> dict[str, Any]:
    return {
        f"{name}_slots": crf.weights.slots.view(np.uint8).reshape(-1, 8).T.copy(),  # planes compress better
        f"{name}_scale": np.float64(crf.weights.scale),
        f"{name}_transitions": crf.transitions,
    }


def load(path: Path = ENGLISH.model_file) -> Model:
    """Read a model; raises ModelMismatchError if it does not belong to this code."""
    with np.load(path, allow_pickle=False) as arrays:
        if int(arrays["fingerprint"]) != fingerprint():
            raise ModelMismatchError(
                f"{path.name} was trained for other templates; train it again (make train)"
            )
        return Model(
            WordLists(arrays["cues"], arrays["class_words"], arrays["classes"].astype(np.int32)),
            first_crf(*_packed("first", arrays)),
            second_crf(*_packed("second", arrays)),
            arrays["confidence"],
            arrays["speaker_confidence"],
        )


def _packed(name: str, arrays: Any) -> tuple[Weights, Floats]:
    slots = np.ascontiguousarray(arrays[f"{name}_slots"].T).view(np.uint64).ravel()
    return Weights(slots, float(arrays[f"{name}_scale"])), arrays[f"{name}_transitions"]
