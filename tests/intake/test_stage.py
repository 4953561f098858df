"""What intake makes of a batch besides articles: observations about records that were sent back."""

from __future__ import annotations

import json
import random
from typing import Literal

import pytest

from service.intake.stage import IntakeStage
from service.line.envelopes import unpack_sketched
from service.line.partition import partition_of
from service.line.records_out import FRAME_BYTES
from service.observations import DeadLetterReplayed
from service.pipeline.in_memory import raw_record
from service.records import RawRecord
from service.settings import load_settings


@pytest.mark.parametrize(
    ("value", "result"), [(b'{"body": "The ferry sails again."}', "ok"), (b"still no article", "dead_letter")]
)
def test_a_record_that_was_sent_back_is_told_with_what_became_of_it(
    value: bytes, result: Literal["ok", "dead_letter"]
) -> None:
    def told(record: RawRecord) -> list[object]:
        observations = IntakeStage(load_settings(env={})).decide([record]).observations
        return [observation for observation in observations if isinstance(observation, DeadLetterReplayed)]

    assert told(raw_record(1, value, headers=(("copydesk.dlq.replays", b"2"),))) == [
        DeadLetterReplayed(result)
    ]
    assert told(raw_record(2, value)) == []


def test_what_does_not_compress_is_cut_until_the_topic_takes_it() -> None:
    """Random ideographs: three bytes each, and zstd gets them to little less than two."""
    any_ideograph = random.Random(1)
    texts = ["".join(chr(any_ideograph.randrange(0x4E00, 0x9FFF)) for _ in range(20_000)) for _ in range(9)]
    settings = load_settings(
        env={
            "COPYDESK_TOPICS__OUTPUT_BYTES_MAX": "250000",
            "COPYDESK_TOPICS__RAW_BYTES_MAX": "100000",
            "COPYDESK_INTAKE__TEXT_BYTES_MAX": "60000",
        }
    )
    records = [raw_record(n, json.dumps({"body": text}).encode()) for n, text in enumerate(texts)]
    letters = IntakeStage(settings).decide(records).letters
    assert max(len(letter.value or b"") for letter in letters) <= 250_000 - FRAME_BYTES
    told = [one.article.origin.offset for letter in letters for one in unpack_sketched(letter.value).sketched]
    assert told == list(range(9))
    assert len(letters) < 9


@pytest.mark.parametrize("partitions", [1, 4, 6])
def test_texts_lie_together_by_the_partition_that_dedup_will_send_them_to(partitions: int) -> None:
    settings = load_settings(env={"COPYDESK_TOPICS__PARTITIONS": str(partitions)})
    values = [json.dumps({"id": f"a{n}", "body": f"Ferry {n} sails again."}).encode() for n in range(50)]
    (letter,) = IntakeStage(settings).decide([raw_record(*record) for record in enumerate(values)]).letters
    arrived = unpack_sketched(letter.value)
    frames: dict[int, list[int]] = {}
    for number, sketched in enumerate(arrived.sketched):
        partition = partition_of(sketched.article.article_id.encode(), partitions)
        frames.setdefault(partition, []).append(number)
    handed_on = {arrived.texts_of(numbers).frame for numbers in frames.values()}
    assert (handed_on, len(handed_on)) == (set(arrived._frames), partitions)
