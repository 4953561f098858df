"""What intake makes of a batch besides articles: facts about records that were sent back."""

from __future__ import annotations

from typing import Literal

import pytest

from service.core.records import RawRecord
from service.edge.intake_stage import IntakeStage
from service.edge.memory import raw_record
from service.facts import DeadLetterReplayed
from service.settings import load_settings


@pytest.mark.parametrize(
    ("value", "result"), [(b'{"body": "The ferry sails again."}', "ok"), (b"still no article", "dead_letter")]
)
def test_a_record_that_was_sent_back_is_told_with_what_became_of_it(
    value: bytes, result: Literal["ok", "dead_letter"]
) -> None:
    def told(record: RawRecord) -> list[object]:
        facts = IntakeStage(load_settings(env={})).decide([record]).facts
        return [fact for fact in facts if isinstance(fact, DeadLetterReplayed)]

    assert told(raw_record(1, value, headers=(("copydesk.dlq.replays", b"2"),))) == [
        DeadLetterReplayed(result)
    ]
    assert told(raw_record(2, value)) == []
