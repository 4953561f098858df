"""A connection is opened with the certificates that lie there then."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka.certificates import make_certificates
from service.kafka.newest_context import NewestContext
from service.settings import SettingsError


class Maker:
    """Make contexts, and count them; fail where told to."""

    def __init__(self) -> None:
        self.made: list[ssl.SSLContext] = []
        self.error: Exception | None = None

    def __call__(self) -> ssl.SSLContext:
        if self.error is not None:
            raise self.error
        self.made.append(ssl.create_default_context())
        return self.made[-1]


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "client.pem"
    made.write_text("one")
    return made


@pytest.fixture
def context(maker: Maker, file: Path) -> NewestContext:
    return NewestContext(maker, [str(file)])


def used(context: NewestContext) -> ssl.SSLContext:
    """Return the context that a connection opened now goes by."""
    return context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost").context


def changes(file: Path) -> Iterator[None]:
    """Change a file in one way after the other."""
    file.write_text("longer")
    yield
    os.utime(file, ns=(1, 1))
    yield
    other = file.with_name("other")
    other.write_text("longer")
    os.utime(other, ns=(1, 1))
    other.rename(file)
    yield


def test_connections_share_a_context_while_the_files_are_as_they_were(
    context: NewestContext, maker: Maker
) -> None:
    assert used(context) is used(context) is maker.made[0]
    assert len(maker.made) == 1


def test_each_change_of_a_file_is_seen_by_the_next_connection(
    context: NewestContext, maker: Maker, file: Path
) -> None:
    for number, _ in enumerate(changes(file), 1):
        assert used(context) is maker.made[number]
    assert used(context) is maker.made[-1]


@pytest.mark.parametrize("error", [SettingsError("they must belong together"), FileNotFoundError("gone")])
def test_files_that_cannot_be_used_leave_what_was_until_they_can(
    context: NewestContext, maker: Maker, file: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    maker.error = error
    file.unlink()
    assert used(context) is used(context) is maker.made[0]
    assert [line.message for line in caplog.records] == ["certificates_not_renewed"]
    maker.error = None
    file.write_text("new")
    assert used(context) is maker.made[1]


@pytest.mark.parametrize(("days", "said"), [(0, ["certificate_expired"]), (1, [])])
def test_a_certificate_of_ours_that_has_expired_is_told_of_once(
    maker: Maker, tmp_path: Path, caplog: pytest.LogCaptureFixture, days: int, said: list[str]
) -> None:
    make_certificates(tmp_path, days=days)
    own = str(tmp_path / "client.pem")
    for _ in range(2):
        used(NewestContext(maker, [own], own))
    assert [line.message for line in caplog.records] == said


def test_certificates_that_cannot_be_used_at_the_start_are_an_error(maker: Maker, file: Path) -> None:
    maker.error = SettingsError("no certificate")
    with pytest.raises(SettingsError):
        NewestContext(maker, [str(file)])


def test_what_is_made_checks_certificates_and_names(context: NewestContext) -> None:
    assert used(context).check_hostname
    assert used(context).verify_mode is ssl.CERT_REQUIRED
