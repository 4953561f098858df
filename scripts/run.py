"""A broker on this machine and all three stages on it, until Ctrl-C: `python scripts/run.py [PORT]`.

The stages stop first, then the broker, so that whatever they hold is written and acknowledged.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))  # where `deploy` is; the installed package is only `service`

from deploy.kafka.embedded import VAR, EmbeddedKafka, KafkaError  # noqa: E402


def main(port: int) -> int:
    """Return the exit code of `copydesk run`."""
    try:
        with EmbeddedKafka(VAR / "broker", port, heap="1g", fast_start=False) as kafka:
            print(f"broker on {kafka.bootstrap_servers}, its log: {kafka.log_file}", file=sys.stderr)
            os.environ["COPYDESK_KAFKA__BOOTSTRAP_SERVERS"] = kafka.bootstrap_servers
            created = subprocess.run([sys.executable, "-m", "service", "topics", "create"], check=False)
            return created.returncode or run_stages()
    except KafkaError as error:
        print(error, file=sys.stderr)
        return 1


def run_stages() -> int:
    """Run them in the foreground; Ctrl-C reaches them by itself, SIGTERM is passed on."""
    stages = subprocess.Popen([sys.executable, "-m", "service", "run"])
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: stages.terminate())
    return stages.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9092))
