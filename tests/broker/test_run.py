"""`copydesk run`: three stages on one machine, restarted when one crashes, stopped together."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp

from service.stages import STAGES
from tests.broker.house import House, stream
from tests.broker.processes import WorkerProcess, ending
from tests.kit_kafka import Sent, eventually


def stages_of(supervisor: WorkerProcess) -> dict[str, int]:
    """Stage -> pid of the supervisor's children."""
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
    found = {}
    for child in children:
        words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        found.update({stage: int(child) for stage in STAGES if stage in words})
    return found


def children_with(supervisor: WorkerProcess, verb: str) -> list[int]:
    """Return the supervisor's children that run a verb other than `worker`."""
    children = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
    lines = {
        int(child): Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0") for child in children
    }
    return [pid for pid, words in lines.items() if words[3:4] == [verb]]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def supervisor_of(house: House, *arguments: str, **env: str) -> WorkerProcess:
    return WorkerProcess(["-m", "service", "run", *arguments], {**house.env, **env}, "run")


async def test_a_crashed_stage_is_started_again_and_all_stop_together(house: House) -> None:
    await house.feed(list(stream(40)))
    with ending(supervisor_of(house)) as (supervisor,):
        await house.all_out(40)
        assert supervisor.output.count("ready: feed ") == 1
        assert f"ready: feed {house.env['COPYDESK_KAFKA__TOPIC_PREFIX']}articles.raw on " in supervisor.output
        before = stages_of(supervisor)
        assert set(before) == set(STAGES)
        os.kill(before["dedup"], signal.SIGKILL)

        async def back() -> bool:
            now = stages_of(supervisor)
            return now.get("dedup", before["dedup"]) != before["dedup"] and len(now) == len(STAGES)

        await eventually(back)
        assert "dedup ended with -9; it starts again in 1 s" in supervisor.output
        await house.feed([Sent(s.value, s.key) for s in list(stream(60))[40:]])
        await house.all_out(60)
        crew = stages_of(supervisor)
        assert supervisor.stop() == 0
    assert not [pid for pid in crew.values() if alive(pid)]


async def test_a_stage_that_cannot_be_helped_stops_the_house(house: House) -> None:
    await house.feed([Sent(b"not an article", partition=0)] * 60)
    with ending(supervisor_of(house, "--set", "dead_letters.in_a_row_max=50")) as (supervisor,):
        assert supervisor.wait(120) == 65
        assert "intake ended with 65, which a restart would only repeat" in supervisor.output


async def test_store_and_desk_run_beside_the_stages_on_request(house: House, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    await house.feed(list(stream(20)))
    beside = ("--store", "--desk", "--set", f"store.url={store}", "--set", "desk.port=0")
    with ending(supervisor_of(house, *beside)) as (supervisor,):
        await house.all_out(20)

        async def all_shown() -> bool:
            found = re.search(r"ready: (http://\S+)", supervisor.output)
            if found is None:
                return False
            async with (
                aiohttp.ClientSession() as asking,
                asking.get(f"{found[1]}/line", headers={"Accept": "application/json"}) as answer,
            ):
                return bool((await answer.json())["fed"] == 20)

        await eventually(all_shown)
        (storing,) = children_with(supervisor, "store")
        os.kill(storing, signal.SIGKILL)

        async def back() -> bool:
            return children_with(supervisor, "store") not in ([], [storing])

        await eventually(back)
        crew = [
            *stages_of(supervisor).values(),
            *children_with(supervisor, "store"),
            *children_with(supervisor, "desk"),
        ]
        assert len(crew) == len(STAGES) + 2
        assert supervisor.stop() == 0
    assert not [pid for pid in crew if alive(pid)]


async def test_stages_end_with_a_supervisor_that_was_killed(house: House) -> None:
    await house.feed(list(stream(10)))
    with ending(supervisor_of(house)) as (supervisor,):
        await house.all_out(10)
        crew = stages_of(supervisor)
        supervisor.kill()

        async def gone() -> bool:
            return not [pid for pid in crew.values() if alive(pid)]

        await eventually(gone)


async def test_settings_that_cannot_be_right_are_refused_before_anything_starts() -> None:
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "service", "run", "--set", "intake.batch_articles=-1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 78
    assert "intake.batch_articles" in done.stderr
