"""`copydesk run` learns that its stages are ready by the protocol of systemd."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from service.commands.ready import ReadyListener
from service.telemetry.notify import ADDRESS, notify
from tests.kit_kafka import eventually


def say(monkeypatch: pytest.MonkeyPatch, address: str, message: str = "READY=1") -> bool:
    monkeypatch.setenv(ADDRESS, address)
    return notify(message)


async def test_all_are_ready_when_the_last_one_is_and_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    with ReadyListener(tmp_path, ["one", "two"], lambda: calls.append("ready")) as listener:
        one, two = (listener.environment(stage)[ADDRESS] for stage in ("one", "two"))
        assert say(monkeypatch, one)
        assert say(monkeypatch, one)
        assert say(monkeypatch, two, "STATUS=compiling")
        await asyncio.sleep(0.05)
        assert calls == []
        assert say(monkeypatch, two, "STATUS=ready\nREADY=1")

        async def called() -> bool:
            return calls == ["ready"]

        await eventually(called)
        assert say(monkeypatch, two)
        await asyncio.sleep(0.05)
    assert calls == ["ready"]


def test_without_a_supervisor_nothing_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(ADDRESS, raising=False)
    assert not notify("READY=1")
    assert not say(monkeypatch, str(tmp_path / "gone.sock"))
