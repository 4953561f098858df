"""How far a feed has come, and what a person is told about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from service.commands.shared import CommandFailed, printable, say
from service.reading import SourceRecord, Unreadable

if TYPE_CHECKING:
    from service.kafka.delivery import Tally

LISTED_MAX: Final = 20
"""Maximum number of troubles named one by one for a person; --json names all."""


@dataclass(slots=True)
class Course:
    """How far a feed has come: filled in while it runs, so that an interrupted one can report too."""

    topic: str
    unread: list[Unreadable] = field(default_factory=list)
    skipped: list[Unreadable] = field(default_factory=list)  # files of folders
    tally: Tally | None = None
    bytes_total: int | None = None  # of the files of this run; None where only reading can tell
    read: int = 0  # records of these files, those among them that an earlier run sent
    read_until: int = 0  # bytes of these files
    read_to_end: bool = False  # what was read ahead may still wait to be sent
    read_all: bool = False  # and all of it was handed on
    files_before: int = 0  # records of files that an earlier run read to their ends
    sent_before: int = 0  # records that earlier runs sent

    def note(self, record: SourceRecord) -> None:
        """Count a record that was read."""
        self.read += 1
        self.read_until = record.read_until

    def records_total(self) -> tuple[int | None, bool]:
        """Return how many records there are, and whether that is counted; else it is told from the bytes read."""
        if self.read_all:
            return self.files_before + self.read, True
        if self.bytes_total is None or not self.read_until:
            return None, False
        return self.files_before + round(self.read * self.bytes_total / self.read_until), False

    def summary(self) -> str:
        """Say how many records of how many were delivered."""
        if self.tally is None:
            return "nothing was sent"
        total, is_counted = self.records_total()
        delivered = self.sent_before + self.tally.delivered
        if is_counted or total is None:
            total = self.sent_before + self.tally.sent if total is None else total
            return f"{delivered} of {total} records delivered to {self.topic}"
        return f"{delivered} of about {max(total, delivered)} records delivered to {self.topic}"

    def name_troubles(self) -> None:
        """Name on stderr what was skipped, not read or not delivered."""
        _list([f"skipped {one}" for one in self.skipped])
        troubles = [str(trouble) for trouble in self.unread]
        if self.tally is not None:
            troubles += [f"{record.place}: {record.why}" for record in self.tally.undelivered]
        _list(troubles)

    def as_record(self) -> dict[str, Any]:
        """Return all that is known, for --json."""
        tally = self.tally
        return {
            "topic": self.topic,
            "sent": tally.sent if tally else 0,
            "delivered": tally.delivered if tally else 0,
            "sent_before": self.sent_before,
            "undelivered": [
                {"place": printable(record.place), "why": record.why}
                for record in (tally.undelivered if tally else ())
            ],
            "unread": [_as_object(trouble) for trouble in self.unread],
            "skipped": [_as_object(one) for one in self.skipped],
        }

    def raise_if_not_all(self) -> None:
        """Raise `CommandFailed` where something was not read or not delivered."""
        lost = len(self.tally.undelivered) if self.tally else 0
        parts = [f"{len(self.unread)} not read"] if self.unread else []
        parts += [f"{lost} not delivered"] if lost else []
        if parts:
            raise CommandFailed(", ".join(parts))


def _list(lines: list[str]) -> None:
    say(*lines[:LISTED_MAX])
    if len(lines) > LISTED_MAX:
        say(f"... and {len(lines) - LISTED_MAX} more; --json names all")


def _as_object(one: Unreadable) -> dict[str, Any]:
    return {"source": printable(one.source_name), "line": one.line, "why": one.why}
