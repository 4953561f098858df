"""What every test may ask for: a real broker, and topic names that no other test uses."""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

# Each test of the whole line has memories of full size, and touches little of them: a page of 2 MiB for each touch
# made a run of the suite as large as the machine. numpy reads this once, as it is imported.
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from deploy.kafka.embedded import EmbeddedKafka
from service.compiled import drop_stale_once
from service.store.database import open_store, with_driver
from tests.store import postgres

# Shared machines are slow now and then; how long an example takes is no property of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

drop_stale_once()  # tests call compiled functions without warming up a stage

# A shell that starts us in the background has us ignore Ctrl-C, and so would every process that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

BROKERS = {"kafka", "own_kafka", "secure_kafka"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for a broker or start one, and run them after those that do not."""
    for item in items:
        if item.path.parent.name == "broker" or BROKERS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.broker)
    items.sort(key=lambda item: item.get_closest_marker("broker") is not None)


@pytest.fixture(autouse=True, scope="session")
def _state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what commands remember between two runs out of the home of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedKafka]:
    """Provide the one broker of the whole run. Use `own_kafka` to stop or kill one."""
    yield from _broker(tmp_path_factory.mktemp("kafka"))


@pytest.fixture(scope="session")
def secure_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedKafka]:
    """Provide a second broker that also listens on TLS and on SASL over TLS; its only user is `desk`."""
    yield from _broker(tmp_path_factory.mktemp("secure_kafka"), secure=True)


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[EmbeddedKafka]:
    """Provide a broker of the test's own, to stop, kill and restart; costs some seconds."""
    yield from _broker(tmp_path / "kafka")


@pytest.fixture
def topic_prefix(request: pytest.FixtureRequest) -> str:
    """`second-copy-is-dropped-1f3a.`: put it before every topic and group, so that tests share one broker in peace."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.removeprefix("test_").lower()).strip("-")
    return f"{name[:60]}-{uuid.uuid4().hex[:8]}."


def _broker(home: Path, *, secure: bool = False) -> Iterator[EmbeddedKafka]:
    with EmbeddedKafka(home, secure=secure, users={"desk": "a-good-password"}) as broker:
        yield broker
    shutil.rmtree(broker.data)  # its log stays, to be read after a failure


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Provide the one PostgreSQL server of the whole run.

    Not below pytest's own folder: another run of pytest that starts meanwhile closes that to all users but its own.
    """
    with (
        tempfile.TemporaryDirectory(prefix="copydesk-postgres-") as folder,
        postgres.running(Path(folder) / "server") as url,
    ):
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Provide an empty store, in SQLite and then in PostgreSQL."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/store.db"
    else:
        url = request.getfixturevalue("postgres_server")
        fresh = create_engine(with_driver(make_url(url)))
        with fresh.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        fresh.dispose()
    made = open_store(url)
    yield made
    made.dispose()
