"""One real Apache Kafka broker for tests, the demo and a laptop: no Docker, only Java and Maven.

As a command:  python deploy/kafka/embedded.py start|stop|status|run|jars [--home DIR] [--port N] [--secure]
As a module:   with EmbeddedKafka(Path("var/kafka/mine")) as kafka: kafka.bootstrap_servers

Standard library only, so that it runs before any package is installed.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

if not __package__:  # run as a command, from wherever
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from deploy.kafka.broker import HOST, EmbeddedKafka
from deploy.kafka.certificates import make_certificates
from deploy.kafka.java import HERE, VAR, KafkaError, resolve_jars
from deploy.kafka.processes import end_process, running_pid
from deploy.kafka.wire import answers

__all__ = [
    "HERE",
    "HOST",
    "VAR",
    "EmbeddedKafka",
    "KafkaError",
    "answers",
    "make_certificates",
    "running_pid",
]


def _command_start(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    kafka.start() if pid is None else kafka.load_ports()
    _say(f"a broker (pid {pid or kafka.pid}) answers; its log: {kafka.log_file}")
    print(kafka.bootstrap_servers)
    return 0


def _command_run(kafka: EmbeddedKafka) -> int:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with contextlib.suppress(KeyboardInterrupt), kafka:
        _say(f"the broker (pid {kafka.pid}) answers; Ctrl-C stops it; its log: {kafka.log_file}")
        print(kafka.bootstrap_servers, flush=True)
        while kafka.is_running:
            time.sleep(0.5)
        _say("the broker has stopped by itself")
        return 1
    return 0


def _command_stop(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    if pid is None:
        _say(f"no broker runs in {kafka.home}")
        return 0
    end_process(pid, lambda: running_pid(kafka.home) is None, seconds_max=20.0)
    (kafka.home / "broker.pid").unlink(missing_ok=True)
    _say(f"the broker (pid {pid}) has stopped")
    return 0


def _command_status(kafka: EmbeddedKafka) -> int:
    pid = running_pid(kafka.home)
    if pid is not None:
        kafka.load_ports()
        if answers(HOST, kafka.port):
            _say(f"a broker (pid {pid}) answers")
            print(kafka.bootstrap_servers)
            return 0
        _say(f"a broker (pid {pid}) runs but does not answer on {kafka.bootstrap_servers}")
        return 4
    _say(f"no broker runs in {kafka.home}")
    return 3


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: it failed; `status`: 3 not running, 4 running but mute."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["start", "stop", "status", "run", "jars"])
    parser.add_argument("--home", type=Path, default=VAR / "broker", help="its folder (%(default)s)")
    parser.add_argument("--port", type=int, default=9092, help="0 picks a free one (%(default)s)")
    parser.add_argument("--secure", action="store_true", help="listen on TLS and SASL over TLS too")
    options = parser.parse_args(arguments)
    kafka = EmbeddedKafka(
        options.home,
        options.port,
        secure=options.secure,
        heap="1g",
        fast_start=False,
        detached=options.command == "start",
    )
    try:
        match options.command:
            case "start":
                return _command_start(kafka)
            case "run":
                return _command_run(kafka)
            case "stop":
                return _command_stop(kafka)
            case "status":
                return _command_status(kafka)
            case _:
                print(resolve_jars())
                return 0
    except KafkaError as error:
        _say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
