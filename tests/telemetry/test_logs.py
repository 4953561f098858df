"""One object per line, whoever wrote it; nothing in it can forge a line or drive a terminal."""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

import pytest
import structlog

from service.line.working_on import working_on
from service.observations import (
    ArticlesRead,
    LagMeasured,
    LagUnknown,
    Observation,
    PartitionsAssigned,
    ProduceFailed,
    RecordSetAside,
    RecoveryDone,
    RecoveryStarted,
    SegmentsCut,
)
from service.records import Reason
from service.settings import TelemetrySettings
from service.telemetry.logs import CHATTY, NOISY, configure_logging
from service.telemetry.observation_log import SET_ASIDE_LINES_MAX, SET_ASIDE_PERIOD_SECONDS, ObservationLog
from tests.telemetry.kit import Clock

HOSTILE = 'x\n{"event":"forged"}\r\x1b[2J\x1b]0;owned\x07\u2028\u202eend\x85'


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    logging.captureWarnings(False)
    structlog.reset_defaults()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(level)
    for name in (*NOISY, *CHATTY):
        logging.getLogger(name).setLevel(logging.NOTSET)
    sys.excepthook = hook


def configured(
    log_format: Literal["auto", "json", "console"] = "json",
    level: Any = "INFO",
    stream: io.StringIO | None = None,
    **more: Any,
) -> io.StringIO:
    stream = stream or io.StringIO()
    settings = TelemetrySettings(log_level=level, log_format=log_format)
    configure_logging(settings, stage="intake", stream=stream, **more)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Every line as the object it must be."""
    text = stream.getvalue()
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def only_line(stream: io.StringIO) -> dict[str, Any]:
    found = lines(stream)
    assert len(found) == 1, found
    return found[0]


def logged(*observations: Observation, clock: Clock | None = None) -> list[dict[str, Any]]:
    stream = configured()
    log = ObservationLog(clock or Clock())
    for observation in observations:
        log.note(observation)
    return lines(stream)


def test_our_own_line_is_an_event_and_its_fields() -> None:
    stream = configured()
    structlog.stdlib.get_logger("copydesk").warning("record_set_aside", reason="no_text", offset=912)
    line = only_line(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "record_set_aside",
        "level": "warning",
        "logger": "copydesk",
        "stage": "intake",
        "reason": "no_text",
        "offset": 912,
    }


@pytest.mark.parametrize(
    "name", ["faust.worker", "mode.services", "aiokafka.consumer", "asyncio", "service.x"]
)
def test_other_peoples_lines_look_like_ours(name: str) -> None:
    stream = configured()
    logging.getLogger(name).warning("group %s has %d members\nnow", "g", 2)
    line = only_line(stream)
    assert line["event"] == "group g has 2 members\nnow"
    assert (line["logger"], line["level"], line["stage"]) == (name, "warning", "intake")


def test_fields_of_our_standard_loggers_are_kept_and_other_peoples_are_not() -> None:
    stream = configured()
    logging.getLogger("service.kafka.worker").critical("shutdown_overdue", extra={"seconds": 20.0})
    logging.getLogger("faust.app").critical("crashed", extra={"data": {"body": "an article"}})
    ours, theirs = lines(stream)
    assert ours["seconds"] == 20.0
    assert "data" not in theirs
    assert "an article" not in stream.getvalue()


def test_a_traceback_stays_on_its_line_and_shows_no_variables() -> None:
    stream = configured()
    body = "The minister said nothing."
    try:
        raise RuntimeError(f"broken after {len(body)}")
    except RuntimeError:
        logging.getLogger("faust.agents").exception("agent failed")
        structlog.stdlib.get_logger("copydesk").exception("stage_failed")
    for line in lines(stream):
        assert "RuntimeError: broken after 26" in line["exception"]
        assert "minister" not in line["exception"]


def test_warnings_of_python_are_lines_too() -> None:
    stream = configured()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        configured(stream=stream)
        warnings.warn("old way", DeprecationWarning, stacklevel=1)
    assert "DeprecationWarning: old way" in only_line(stream)["event"]


def test_what_nobody_caught_is_a_line_too() -> None:
    stream = configured()
    error = ValueError("boom")
    sys.excepthook(ValueError, error, None)
    line = only_line(stream)
    assert (line["event"], line["level"]) == ("process_failed", "critical")
    assert "ValueError: boom" in line["exception"]


def test_noisy_loggers_speak_from_warning_on() -> None:
    stream = configured(level="DEBUG")
    for name in ("aiokafka.cluster", "faust.tables.recovery", "mode.timers"):
        logging.getLogger(name).info("again")
    assert lines(stream) == []
    logging.getLogger("aiokafka.cluster").warning("no brokers")
    assert only_line(stream)["event"] == "no brokers"


def test_parts_of_faust_speak_of_their_starts_only_when_asked_to() -> None:
    for level, heard in (("INFO", 0), ("DEBUG", 3)):
        stream = configured(level=level)
        for name in ("faust.worker", "mode.services", "service.kafka.patches.transport"):
            logging.getLogger(name).info("[^-App]: Starting...")
        assert len(lines(stream)) == heard


def test_less_than_the_wanted_level_is_not_written() -> None:
    stream = configured(level="WARNING")
    structlog.stdlib.get_logger("copydesk").info("partitions_assigned")
    logging.getLogger("faust").info("ready")
    assert lines(stream) == []


def test_lines_are_counted_by_level() -> None:
    counted: list[str] = []
    configured(count={level: lambda level=level: counted.append(level) for level in ("info", "warning")})
    structlog.stdlib.get_logger("copydesk").warning("one")
    logging.getLogger("service").info("two")
    logging.getLogger("service").debug("three")
    assert counted == ["warning", "info"]


def test_configuring_twice_writes_each_line_once() -> None:
    configured()
    stream = configured()
    logging.getLogger("faust").warning("once")
    assert only_line(stream)["event"] == "once"


def test_a_hostile_value_cannot_forge_a_line_of_json() -> None:
    stream = configured()
    structlog.stdlib.get_logger("copydesk").warning("record_set_aside", article_id=HOSTILE)
    logging.getLogger("aiokafka").error("topic %s", HOSTILE)
    ours, theirs = lines(stream)
    assert ours["article_id"] == HOSTILE
    assert theirs["event"].endswith(HOSTILE)
    assert stream.getvalue().isascii()
    assert "\x1b" not in stream.getvalue()


def test_a_hostile_value_cannot_drive_a_terminal() -> None:
    stream = configured("console")
    structlog.stdlib.get_logger("copydesk").warning("record_set_aside", article_id=HOSTILE, odd=["\x1b[2J"])
    logging.getLogger("aiokafka").error("topic %s", HOSTILE)
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        logging.getLogger("faust").exception("failed")
    text = stream.getvalue()
    assert not set("\x1b\x07\r\x85\u2028\u202e") & set(text)
    assert sum(line.startswith("{") for line in text.splitlines()) == 1  # in the traceback, told as one
    assert "\\x1b[2J" in text


def test_a_terminal_gets_lines_for_eyes_and_a_pipe_gets_json() -> None:
    for stream, is_json in ((Terminal(), False), (io.StringIO(), True)):
        configured("auto", stream=stream)
        structlog.stdlib.get_logger("copydesk").warning("record_set_aside")
        assert stream.getvalue().startswith("{") is is_json
        assert "record_set_aside" in stream.getvalue()


def test_everything_logged_while_working_on_a_record_says_which() -> None:
    stream = configured()
    with working_on("articles.sketched", 2, 77, article_id="a-1"):
        logging.getLogger("service.sketch").warning("odd")
        structlog.stdlib.get_logger("copydesk").warning("odder")
    logging.getLogger("service.sketch").warning("after")
    odd, odder, after = lines(stream)
    for line in (odd, odder):
        assert (line["record"], line["article_id"]) == ("articles.sketched/2@77", "a-1")
    assert "record" not in after


def test_a_record_set_aside_is_a_warning_with_reason_and_origin() -> None:
    observation = RecordSetAside("intake", Reason.NO_TEXT, "body is empty", "articles.raw", 3, 912, "a-7")
    [line] = logged(observation)
    assert line["level"] == "warning"
    assert line["event"] == "record_set_aside"
    assert (line["reason"], line["origin"], line["article_id"]) == ("no_text", "articles.raw/3@912", "a-7")


@pytest.mark.parametrize("stage", ["dedup", "threads"])
def test_a_log_of_segments_that_begins_too_late_is_an_error_that_says_what_to_do(stage: str) -> None:
    [line] = logged(SegmentsCut("sports", f"{stage}.segments"))
    assert (line["level"], line["event"], line["collection"]) == ("error", "segments_cut", "sports")
    assert f"reset the group of {stage}" in line["detail"]


def test_a_bug_is_an_error() -> None:
    [line] = logged(RecordSetAside("intake", Reason.BUG, "IndexError", "articles.raw", 3, 912))
    assert line["level"] == "error"
    assert "article_id" not in line


def test_a_long_detail_is_cut() -> None:
    [line] = logged(RecordSetAside("intake", Reason.SCHEMA, "x" * 5_000, "articles.raw", 3, 912))
    assert len(line["detail"]) == 300


def test_a_feed_gone_bad_does_not_fill_the_disk_with_log() -> None:
    clock = Clock()
    bad = [RecordSetAside("intake", Reason.SCHEMA, "", "articles.raw", 0, n) for n in range(1_000)]
    stream = configured()
    log = ObservationLog(clock)
    for observation in bad:
        log.note(observation)
    log.note(RecordSetAside("intake", Reason.BUG, "", "articles.raw", 0, 1_001))
    assert len(lines(stream)) == SET_ASIDE_LINES_MAX + 1  # another reason has its own allowance
    clock.seconds += SET_ASIDE_PERIOD_SECONDS
    log.note(bad[0])
    assert lines(stream)[-1]["lines_left_out"] == 1_000 - SET_ASIDE_LINES_MAX


def test_a_failed_delivery_is_an_error() -> None:
    [line] = logged(ProduceFailed("articles.dead", "MessageSizeTooLarge"))
    assert (line["event"], line["level"], line["topic"]) == ("produce_failed", "error", "articles.dead")


def test_assignment_and_recovery_are_told() -> None:
    assigned, started, done = logged(
        PartitionsAssigned("dedup", (("articles.sketched", 1), ("articles.sketched", 0))),
        RecoveryStarted("default", 90),
        RecoveryDone("default", 90, 9_000, 1.23456),
    )
    assert assigned["partitions"] == ["articles.sketched/0", "articles.sketched/1"]
    assert (started["event"], started["segments"]) == ("recovery_started", 90)
    assert (done["event"], done["articles"], done["seconds"]) == ("recovery_done", 9_000, 1.235)


def test_a_silent_broker_is_logged_once_and_so_is_its_return() -> None:
    found = logged(
        LagUnknown("timeout"), LagUnknown("timeout"), LagMeasured(()), LagMeasured(()), LagUnknown("again")
    )
    assert [line["event"] for line in found] == [
        "lag_measuring_failed",
        "lag_measured_again",
        "lag_measuring_failed",
    ]


def test_what_happens_to_every_article_is_not_logged() -> None:
    assert logged(ArticlesRead([5_000])) == []


def test_what_aiokafka_repeats_while_a_broker_is_away_is_written_once_in_ten_seconds() -> None:
    clock, stream = Clock(), io.StringIO()
    configure_logging(TelemetrySettings(log_format="json"), stream=stream, now=clock)
    for second in range(21):
        clock.seconds += 1
        for node in range(20):
            logging.getLogger("aiokafka").error("Unable connect to node with id %s", node)
        logging.getLogger("aiokafka.consumer.fetcher").error("Failed fetch messages from %s: %s", 1, second)
        logging.getLogger("service.kafka").error("ours")
    events = Counter(line["event"][:12] for line in lines(stream))
    assert events == {"Unable conne": 3, "Failed fetch": 3, "ours": 21}
