"""Two desks on the same topics: in one group they share the work; in two, all is done twice and told the same."""

from __future__ import annotations

from collections import defaultdict

import pytest

from service.exit_codes import ExitCode
from service.stages import STAGES
from tests.broker.house import COUNTED, OUTPUTS, House, stream
from tests.broker.processes import ending
from tests.faults.evidence import places_of

COUNT = 160


@pytest.mark.parametrize("group", ["copydesk-", "second-"])
async def test_two_desks_on_one_prefix_end_each_record_once_and_in_one_form(house: House, group: str) -> None:
    records = list(stream(COUNT))
    crew = [house.worker(stage) for stage in STAGES]
    crew += [house.worker(stage, COPYDESK_KAFKA__GROUP_PREFIX=group) for stage in STAGES]
    with ending(*crew):
        for start in range(0, COUNT, 20):
            await house.feed(records[start : start + 20])
        await house.all_out(COUNT)
        await house.quiet()
        assert all(worker.alive for worker in crew)
    forms, ends = defaultdict(set), defaultdict(set)
    for logical in OUTPUTS:
        for record in await house.read(logical):
            forms[logical, record.header("ce_id")].add((record.key, record.value, record.headers))
            if logical in COUNTED:
                ends[places_of(logical, record)[0]].add(logical)
    assert {len(found) for found in forms.values()} == {1}
    assert {len(found) for found in ends.values()} == {1}
    assert len(ends) == COUNT


async def test_a_second_desk_with_other_settings_stops_and_says_which(house: House) -> None:
    other = {"COPYDESK_KAFKA__GROUP_PREFIX": "second-", "COPYDESK_DEDUP__WINDOW_DAYS": "3"}
    crew = [house.worker(stage) for stage in STAGES]
    with ending(*crew) as everyone:
        await house.feed(list(stream(40)))
        await house.all_out(40)
        await house.quiet()
        second = [house.worker(stage, **other) for stage in ("dedup", "threads")]
        everyone += second
        for worker in second:
            assert worker.wait() == ExitCode.CONFIGURATION
            [line] = [line for line in worker.output.splitlines() if "stage_stopped" in line]
            assert (
                "kafka.group_prefix 'copydesk-', whose settings of [dedup] are not these of 'second-'" in line
            )
        await house.feed(list(stream(80))[40:])
        await house.all_out(80)
        assert all(worker.alive for worker in crew)
