"""What is missing and what is repeated when a stage is killed with -9 at random while articles flow.

    python -m bench.kills [--articles 5000] [--kills 5] [--seed 1]

One run a stage: all three workers, a real broker, `--kills` kills of one stage at random moments; then counted from
the topics by `ce_id`. Repeated records must be equal byte for byte to their first delivery.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import defaultdict
from pathlib import Path

from deploy.kafka.embedded import EmbeddedKafka
from service.pipeline.app import warm_up
from service.stages import STAGES
from tests.broker.house import COUNTED, OUTPUTS, House, stream
from tests.broker.processes import ending


async def run(kafka: EmbeddedKafka, stage: str, count: int, kills: int, seed: int) -> str:
    """Return one line of the table."""
    dice = random.Random(f"{seed} {stage}")  # noqa: S311
    house = House(kafka, f"kills-{stage}-{seed}.")
    await house.open()
    crew = {name: house.worker(name) for name in STAGES}
    with ending(*crew.values()) as everyone:
        await house.feed(list(stream(count)))
        for kill in range(kills):
            moment = (kill + dice.random()) * 0.8 * count / kills
            while await house.out() < moment:  # noqa: ASYNC110 - the broker is what we wait for
                await asyncio.sleep(0.02)
            crew[stage].kill()
            crew[stage] = house.worker(stage)
            everyone.append(crew[stage])
        await house.all_out(count)
        await house.quiet()
    forms: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    answered: set[str] = set()
    for topic in OUTPUTS:
        for record in await house.read(topic):
            event = record.header("ce_id") or ""
            forms[topic + event].append((record.key, record.value, record.headers))
            if topic in COUNTED:
                answered.add(event)
    repeated = sum(len(form) - 1 for form in forms.values())
    changed = sum(len(set(form)) > 1 for form in forms.values())
    return (
        f"{stage:7s} killed {kills} times in {count} articles: missing {count - len(answered)}, "
        f"output records repeated {repeated} of {len(forms)}, of these changed {changed}"
    )


def main() -> None:
    """Run for each stage and print a line each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    for stage in STAGES:
        warm_up(stage)
    with tempfile.TemporaryDirectory(prefix="copydesk-kills-") as home, EmbeddedKafka(Path(home)) as kafka:
        for stage in STAGES:
            print(asyncio.run(run(kafka, stage, chosen.articles, chosen.kills, chosen.seed)), flush=True)


if __name__ == "__main__":
    main()
