"""The helpers of broker tests, where they do more than ask once."""

from __future__ import annotations

from typing import Any

import pytest
from aiokafka.errors import NotControllerError, TopicAuthorizationFailedError

from deploy.kafka.embedded import EmbeddedKafka
from tests.kit_kafka import ask_admin

NOT_CONTROLLER, NOT_ALLOWED = NotControllerError.errno, TopicAuthorizationFailedError.errno


class Broker:
    """Answers that are made up, on a connection that is real."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)

    async def answer(self, admin: Any) -> list[int]:
        assert await admin.describe_cluster()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [0, answer]


async def test_a_broker_that_cannot_say_yet_is_asked_again(kafka: EmbeddedKafka) -> None:
    broker = Broker(NOT_CONTROLLER, ConnectionResetError(), NotControllerError(), 0)
    assert await ask_admin(kafka.bootstrap_servers, broker.answer, list) == [0, 0]
    assert not broker.answers


async def test_what_a_broker_refuses_is_said_at_once(kafka: EmbeddedKafka) -> None:
    broker = Broker(NOT_ALLOWED, 0)
    with pytest.raises(TopicAuthorizationFailedError):
        await ask_admin(kafka.bootstrap_servers, broker.answer, list)
    assert broker.answers == [0]


async def test_it_is_not_asked_for_ever(kafka: EmbeddedKafka) -> None:
    broker = Broker(*[NOT_CONTROLLER] * 100)
    with pytest.raises(NotControllerError):
        await ask_admin(kafka.bootstrap_servers, broker.answer, list, seconds_max=1.0)
    assert 90 < len(broker.answers) < 100
