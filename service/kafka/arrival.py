"""Before a stage starts: wait for a broker that is on its way, leave at once when it refuses us; at its end ask again.

aiokafka's clients fail at the first try and hide why; a worker made with them ended with a page of traces whenever it
came up before its broker.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from service.exit_codes import ExitCode
from service.kafka.security import BrokerUnavailable, reach_broker
from service.settings import KafkaSettings

log = logging.getLogger(__name__)

WAIT_SECONDS_MAX: Final = 60.0
"""Maximum time to wait for a broker, in seconds; then the worker exits, so that an operator sees restarts."""

PAUSE_SECONDS: Final = 1.0

ANSWER_SECONDS_MAX: Final = 3.0
"""Maximum seconds that a broker may take to answer a worker which is told to stop."""


def await_broker(kafka: KafkaSettings, seconds_max: float = WAIT_SECONDS_MAX) -> None:
    """Return once a broker took us in. Ends the process with 69 and one line that says why none did.

    A refusal (certificate, login) is final: waiting would not mend it.
    """
    loop = asyncio.new_event_loop()  # of its own, for Faust takes the thread's loop as it finds it
    loop.set_exception_handler(
        lambda *_: None
    )  # a connection that was cut has nothing to add to our one line
    try:
        loop.run_until_complete(_await_broker(kafka, seconds_max))
    finally:
        loop.close()


async def _await_broker(kafka: KafkaSettings, seconds_max: float) -> None:
    deadline, said = time.monotonic() + seconds_max, ""
    while True:
        try:
            await reach_broker(kafka)
            return
        except BrokerUnavailable as why:
            if why.is_refusal or time.monotonic() > deadline:
                code = int(ExitCode.UNAVAILABLE)
                log.critical("stage_stopped", extra={"exit_code": code, "error": str(why)})
                raise SystemExit(ExitCode.UNAVAILABLE) from None
            if str(why) != said:
                said = str(why)
                log.warning("broker_awaited", extra={"error": said})
        await asyncio.sleep(PAUSE_SECONDS)


def why_unreachable(kafka: KafkaSettings, seconds_max: float = ANSWER_SECONDS_MAX) -> str:
    """Say why no broker answers within `seconds_max`, or return "". Runs in a thread that has no event loop."""
    try:
        asyncio.run(asyncio.wait_for(reach_broker(kafka, seconds_max), seconds_max))
    except BrokerUnavailable as why:
        return str(why)
    except TimeoutError:
        return f"{kafka.bootstrap_servers} did not answer within {seconds_max:.0f} s"
    except Exception:  # the files of TLS may be gone; a stop without an answer has its own limit
        return ""
    return ""
