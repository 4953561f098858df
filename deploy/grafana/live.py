"""Does every panel's query answer with data? A real broker, three workers, a real Prometheus: about a minute.

    python -m deploy.grafana.live [--keep FILE]     needs `prometheus` (Debian's package) and a set-up project

Articles are fed that become everything an article can become, a dead letter and a duplicate included. Then each
query of each dashboard is asked as Grafana would ask it, and articles in must be articles out. `--keep` writes the
answers of the overview to a file; deploy/grafana/preview.py draws it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from aiokafka import AIOKafkaProducer

from deploy.kafka.embedded import EmbeddedKafka
from service.stages import STAGES

HERE: Final = Path(__file__).parent
PROJECT: Final = HERE.parents[1]
RULES: Final = HERE.parent / "prometheus" / "rules.yaml"
SCRAPE_SECONDS: Final = 1
FEED_SECONDS: Final = 25
READY_SECONDS_MAX: Final = 240
STANDS_FOR: Final = {"$__rate_interval": "15s", "$__range": "5m", "$job": ".*", "$instance": ".*"}

ONLY_AFTER_TROUBLE: Final = frozenset({"Rebalances, from revocation to assignment"})
"""Panels that are rightly empty in a run in which nothing went wrong."""

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def get(url: str) -> Any:
    """Return the JSON at `url`."""
    with _opener.open(url, timeout=10) as answer:
        return json.load(answer)


def articles(count: int) -> Iterator[bytes]:
    """Yield invented articles: new ones with claims, every third a copy, every tenth no article at all."""
    for number in range(count):
        if number % 10 == 9:
            yield b'{"title": "no text"}'
            continue
        story = number // 3 * 3 if number % 3 == 2 else number
        body = " ".join(
            f'"Line {part} of plant {story} will open by {part + 2} May," said Ada Marlow, head of Norrfeld '
            f"Works. It costs ${story + part + 1} million and employs {story * 7 + part} people in ward {part}."
            for part in range(6)
        )
        yield json.dumps({"id": f"a-{number}", "title": f"Plant {story}", "body": body}).encode()


async def feed(servers: str, seconds: float) -> None:
    """Some articles a second for so long."""
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    await producer.start()
    try:
        until = time.monotonic() + seconds
        for value in articles(10_000):
            if time.monotonic() > until:
                return
            await producer.send("articles.raw", value)
            await asyncio.sleep(0.05)
    finally:
        await producer.stop()


@contextmanager
def running(home: Path, name: str, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process for as long as the block lasts; its output goes to a file of that name."""
    with (home / f"{name}.log").open("wb") as log:
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def desk(home: Path, servers: str, first_port: int) -> Iterator[None]:
    """Run all workers and the store, and wait until each worker is ready."""
    common = [f"kafka.bootstrap_servers={servers}", "telemetry.log_format=json"]
    python = [sys.executable, "-m", "service"]
    options = [word for one in common for word in ("--set", one)]
    made = [*python, "topics", "create", *options]
    subprocess.run(made, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)  # noqa: S603
    ports = [f"telemetry.port={first_port + at}" for at in range(len(STAGES))]
    workers = [
        running(home, stage, *python, "worker", stage, *options, "--set", port)
        for stage, port in zip(STAGES, ports, strict=True)
    ]
    port = f"telemetry.port={first_port + len(STAGES)}"
    store = running(home, "store", *python, "store", *options, "--set", port)
    with ExitStack() as crew:
        crew.enter_context(store)
        processes = [crew.enter_context(worker) for worker in workers]
        for at, (stage, process) in enumerate(zip(STAGES, processes, strict=True)):
            wait_for(f"http://127.0.0.1:{first_port + at}/readyz", process, home / f"{stage}.log")
        yield


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers 200. RuntimeError with the end of its log when its process ends, or after some minutes."""
    until = time.monotonic() + READY_SECONDS_MAX
    while time.monotonic() < until and process.poll() is None:
        try:
            with _opener.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"{url} never became well; its log ends: {log.read_text('utf-8', 'replace')[-1500:]}")


@contextmanager
def prometheus(home: Path, port: int, first_worker_port: int) -> Iterator[str]:
    """Provide the address of a Prometheus that scrapes the workers and has the project's rules."""
    targets = [f"127.0.0.1:{first_worker_port + at}" for at in range(len(STAGES) + 1)]  # the store's behind
    config = {
        "global": {"scrape_interval": f"{SCRAPE_SECONDS}s", "evaluation_interval": f"{SCRAPE_SECONDS}s"},
        "rule_files": [str(RULES)],
        "scrape_configs": [{"job_name": "copydesk", "static_configs": [{"targets": targets}]}],
    }
    (home / "prometheus.json").write_text(json.dumps(config), encoding="utf-8")
    command = (
        "prometheus",
        f"--config.file={home / 'prometheus.json'}",
        f"--storage.tsdb.path={home / 'tsdb'}",
        f"--web.listen-address=127.0.0.1:{port}",
    )
    with running(home, "prometheus", *command) as process:
        wait_for(f"http://127.0.0.1:{port}/-/ready", process, home / "prometheus.log")
        yield f"http://127.0.0.1:{port}"


def asked(address: str, promql: str, started: float) -> list[Any]:
    """Return the series of a query, as Grafana asks for a graph, without those that are no number throughout."""
    for variable, value in STANDS_FOR.items():
        promql = promql.replace(variable, value)
    arguments = {"query": promql, "start": started, "end": time.time(), "step": SCRAPE_SECONDS}
    answer = get(f"{address}/api/v1/query_range?{urllib.parse.urlencode(arguments)}")
    return [s for s in answer["data"]["result"] if any(value != "NaN" for _, value in s["values"])]


def balance(address: str) -> tuple[int, int]:
    """Return articles in, and articles out in one way or another, as counted now."""

    def total(selector: str) -> int:
        query = urllib.parse.urlencode({"query": f"sum(copydesk_records_processed_total{{{selector}}})"})
        [found] = get(f"{address}/api/v1/query?{query}")["data"]["result"]
        return int(found["value"][1])

    taken = total('stage="intake",outcome=~"ok|dead_letter"')
    given = (
        total('stage="enrich",outcome="ok"') + total('outcome="duplicate"') + total('outcome="dead_letter"')
    )
    return taken, given


def board_answers(address: str, name: str, started: float) -> dict[str, list[Any]]:
    """Map panel and query to its series."""
    board = json.loads((HERE / "dashboards" / f"{name}.json").read_text(encoding="utf-8"))
    return {
        f"{panel['title']} [{target['refId']}]": asked(address, target["expr"], started)
        for panel in board["panels"]
        for target in panel.get("targets") or []
    }


def main() -> int:
    """0 when every query has data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="write the overview's answers here")
    parser.add_argument(
        "--port", type=int, default=29_500, help="first of the free ports: one a stage, one more"
    )
    arguments = parser.parse_args()
    if shutil.which("prometheus") is None:
        print("prometheus is missing: sudo apt-get install prometheus", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with (
            EmbeddedKafka(home / "kafka") as kafka,
            desk(home, kafka.bootstrap_servers, arguments.port),
            prometheus(home, arguments.port + len(STAGES), arguments.port) as address,
        ):
            started = time.time()
            asyncio.run(feed(kafka.bootstrap_servers, FEED_SECONDS))
            time.sleep(12)  # the lag's own timer, and one more look
            answers = {name: board_answers(address, name, started) for name in ("overview", "debug")}
            taken, given = balance(address)
            unhealthy = [r for r in get(f"{address}/api/v1/rules")["data"]["groups"] for r in r["rules"]]
    if arguments.keep:
        arguments.keep.write_text(json.dumps(answers["overview"]), encoding="utf-8")
    problems = [
        f"{name}: {query} has no data"
        for name, found in answers.items()
        for query, series in found.items()
        if not series and query.rpartition(" [")[0] not in ONLY_AFTER_TROUBLE
    ]
    problems += [f"rule {rule['name']}: {rule['lastError']}" for rule in unhealthy if rule["health"] == "err"]
    if taken != given:
        problems.append(f"{taken} articles in, {given} out")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(
        f"{sum(map(len, answers.values()))} queries asked, {taken} articles in, {given} out, {len(problems)} problems"
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
