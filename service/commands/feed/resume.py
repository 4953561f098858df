"""Where a feed of files stopped: a small file that outlives the process, so that the next run can go on there.

The file names a place before which every record is delivered, or was refused for what it is. What was sent behind that
place may be sent a second time (at least once): dedup knows an article that comes again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from service.commands.feed.course import Course
from service.commands.shared import CommandFailed, say
from service.reading import STDIN, Fetched, Source, SourceRecord
from service.settings import Settings

SAVE_EVERY_SECONDS: Final = 1.0
"""Time between two writings of the file, in seconds; what is sent within it may be sent twice after a kill."""


class Stop(msgspec.Struct, frozen=True):
    """The place where a feed stopped: behind so many records of a file, the last of which had this hash."""

    topic: str
    paths: list[str]
    file: str
    records: int
    last: str
    files_before: str  # a hash of the names, sizes and times of the files that were read to their ends
    records_before: int  # records of those files


class _Sent(NamedTuple):
    number: int  # in this run, from 1
    record: SourceRecord
    records: int  # of its file, with this one
    before: int  # of the files before its own


class State:
    """The file of one command: the same topic, paths and way to read them."""

    def __init__(self, path: Path, topic: str, paths: Sequence[str]) -> None:
        self.path = path
        self._topic = topic
        self._paths = list(paths)
        self._files: list[str] = []
        self._sent: deque[_Sent] = deque()
        self._number = 0
        self._file = ""
        self._records = 0
        self._before = 0
        self._is_kept = True

    def stopped(self) -> Stop | None:
        """Return where an earlier run stopped, None where none did or its file cannot be read."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Stop)
        except (OSError, msgspec.MsgspecError):
            return None

    def begin(self, files: Sequence[Source]) -> None:
        """Begin a run that reads these files from the first on."""
        self._files = [str(file) for file in files]
        self.path.unlink(missing_ok=True)

    def go_on(
        self,
        files: Sequence[Source],
        read: Callable[[Sequence[Source]], Iterator[SourceRecord]],
        course: Course,
    ) -> Iterator[SourceRecord]:
        """Return the records behind the place where an earlier run stopped.

        Raises: CommandFailed, where no run stopped, or its files are no longer what they were.
        """
        stop = self.stopped()
        if stop is None:
            raise CommandFailed("--resume: no earlier run of this command stopped before its end")
        self._files = [str(file) for file in files]
        at = self._files.index(stop.file) if stop.file in self._files else -1
        if at < 0 or stop.files_before != _fingerprint(self._files[:at]):
            raise CommandFailed(
                f"--resume: files up to {stop.file} were added, removed or changed since; feed without --resume"
            )
        self._file, self._records, self._before = stop.file, stop.records, stop.records_before
        course.files_before = stop.records_before
        course.sent_before = stop.records_before + stop.records
        course.bytes_total = bytes_of(files[at:])
        return _behind(read(files[at:]), stop, course)

    def note(self, record: SourceRecord) -> None:
        """Note that a record is sent."""
        if record.source_name != self._file:
            self._before += self._records
            self._file, self._records = record.source_name, 0
        self._records += 1
        self._number += 1
        self._sent.append(_Sent(self._number, record, self._records, self._before))

    def save(self, settled: int) -> None:
        """Write down the place behind the first `settled` records of this run."""
        last = None
        while self._sent and self._sent[0].number <= settled:
            last = self._sent.popleft()
        if last is None or not self._is_kept:
            return
        name = last.record.source_name
        stop = Stop(
            topic=self._topic,
            paths=self._paths,
            file=name,
            records=last.records,
            last=_hash(last.record.value),
            files_before=_fingerprint(self._files[: self._files.index(name)]),
            records_before=last.before,
        )
        try:
            _write(self.path, msgspec.json.encode(stop))
        except OSError as error:
            self._is_kept = False
            say(f"{self.path}: {error.strerror}; --resume will not know where this run stops")

    def end(self) -> None:
        """Forget the place: all was sent."""
        self.path.unlink(missing_ok=True)


def state_for(settings: Settings, topic: str, paths: Sequence[str], *, raw: bool) -> State:
    """Return the state of a command; commands that read otherwise, or feed another topic, have others."""
    absolute = [str(Path(path).absolute()) for path in paths]
    name = _hash(msgspec.json.encode([settings.kafka.bootstrap_servers, topic, absolute, raw]))
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return State(folder / "copydesk" / f"feed-{name}.json", topic, absolute)


def bytes_of(files: Sequence[Source]) -> int | None:
    """Return how many bytes there are to read, None where only reading can tell."""
    if any(file == STDIN or isinstance(file, Fetched) for file in files):
        return None
    return sum(Path(str(file)).stat().st_size for file in files)


def _behind(records: Iterator[SourceRecord], stop: Stop, course: Course) -> Iterator[SourceRecord]:
    """Yield the records behind a place, once the one before it has turned out to be the same as it was."""
    for number, record in enumerate(records, 1):
        if number > stop.records:
            yield record
            continue
        course.note(record)
        if number == stop.records and (record.source_name != stop.file or _hash(record.value) != stop.last):
            raise CommandFailed(f"--resume: {stop.file} was changed since; feed without --resume")


def _fingerprint(files: Sequence[str]) -> str:
    """Return a hash of files that changes with their names, their sizes and the times of their last changes."""
    stats = [(file, (stat := Path(file).stat()).st_size, stat.st_mtime_ns) for file in files]
    return _hash(msgspec.json.encode(stats))


def _hash(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Replace a file as a whole: whoever reads it after a crash finds the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
