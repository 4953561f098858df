"""Services of Faust's that sleep."""

from __future__ import annotations

import asyncio

import pytest
from mode import Service

from service.kafka.patches.light_sleep import sleep_lightly


class Sleeper(Service):
    """Sleeps as often as it is asked to."""


@pytest.fixture
def sleeper(monkeypatch: pytest.MonkeyPatch) -> Sleeper:
    monkeypatch.setattr(Service, "sleep", Service.sleep)  # put back afterwards
    sleep_lightly()
    return Sleeper()


async def test_it_sleeps_for_the_time_and_leaves_nothing_behind(sleeper: Sleeper) -> None:
    loop, tasks = asyncio.get_running_loop(), len(asyncio.all_tasks())
    started = loop.time()
    sleeping = asyncio.ensure_future(sleeper.sleep(0.05))
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == tasks + 1  # the one we made
    await sleeping
    assert loop.time() - started >= 0.05
    assert not sleeper._stopped._waiters


async def test_a_stop_ends_all_sleep_at_once(sleeper: Sleeper) -> None:
    asleep = [asyncio.ensure_future(sleeper.sleep(3_600)) for _ in range(3)]
    await asyncio.sleep(0)
    sleeper._stopped.set()
    await asyncio.wait_for(asyncio.gather(*asleep), 10)
    await asyncio.wait_for(sleeper.sleep(3_600), 10)  # nor does it fall asleep again
    assert not sleeper._stopped._waiters


async def test_whoever_is_cancelled_wakes(sleeper: Sleeper) -> None:
    asleep = asyncio.ensure_future(sleeper.sleep(3_600))
    await asyncio.sleep(0)
    asleep.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asleep
    assert not sleeper._stopped._waiters


async def test_a_sleep_of_no_time_lets_others_go_first(sleeper: Sleeper) -> None:
    order: list[str] = []
    asyncio.get_running_loop().call_soon(order.append, "other")
    await sleeper.sleep(0)
    assert order == ["other"]


async def test_a_timer_of_the_service_turns_until_the_stop(sleeper: Sleeper) -> None:
    turns = 0
    async for _ in sleeper.itertimer(0.001):
        turns += 1
        if turns == 3:
            sleeper._stopped.set()
    assert turns == 3
