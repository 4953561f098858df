"""Forged envelopes end as outputs or dead letters, and what they leave in memory can be rebuilt."""

from __future__ import annotations

import random

from service.line.envelopes import unpack_sketched
from service.topics import ARTICLES_SKETCHED
from tests.fuzz.forged import attacked, forged, sound_envelopes

STEPS = 400


async def test_no_forged_envelope_ends_a_stage() -> None:
    for stage in await attacked(seed=5):
        for _ in range(STEPS):
            await stage.step()
        assert stage.ends["taken"] > STEPS / 10
        assert stage.ends["schema"] > STEPS / 20


async def test_what_is_forged_differs_in_few_places() -> None:
    (sound, *_) = (await sound_envelopes())[ARTICLES_SKETCHED]
    dice = random.Random(1)
    made = [forged(sound, dice) for _ in range(40)]
    assert len(set(made)) > 20
    readable = 0
    for envelope in made:
        try:
            unpack_sketched(envelope)
            readable += 1
        except ValueError:
            pass
    assert 10 < readable < 40
