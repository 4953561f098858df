"""The flow as it passes: lines that scroll, and on a terminal a counter below them."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.text import Text

from service.commands.demo.printing import answer_line
from service.commands.demo.tally import ANSWERS, Answer, Place, Published, Tally
from service.commands.shared import json_line, out
from service.samples import Sample
from service.topics import CLAIMS

UNKNOWN = Sample("?", "not one of the samples", b"")


class Flow:
    """Count every record and show it; with `as_json` print the records themselves, one per line."""

    def __init__(self, console: Console, *, as_json: bool = False, keep: bool = False) -> None:
        self.tally = Tally()
        self.published: list[Published] = []  # with `keep`
        self._keep = keep
        self.samples: dict[Place, Sample] = {}
        self._console = console
        self._as_json = as_json
        live = console.is_terminal and not as_json
        self._live = Live(console=console, refresh_per_second=8, transient=True) if live else None

    def __enter__(self) -> Flow:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def fed(self, place: Place) -> None:
        """Show a raw record that the broker has."""
        self.tally.note_fed(place)
        self._count()

    def came_out(self, record: Published) -> None:
        """Show a record of an output topic."""
        noted = self.tally.note(record)
        if self._keep:
            self.published.append(record)
        if self._as_json:
            _print_json(record)
        elif noted is not None:
            place, answer = noted
            self._print(self.samples.get(place, UNKNOWN), answer)
        self._count()

    def _print(self, sample: Sample, answer: Answer) -> None:
        self._console.print(answer_line(sample, answer), no_wrap=True, overflow="ellipsis", crop=True)

    def _count(self) -> None:
        if self._live is not None:
            outs = "  ".join(f"{name} {self.tally.count(topic)}" for topic, name in ANSWERS.items())
            line = f"\nin {len(self.tally.fed)}  {outs}  claims {self.tally.count(CLAIMS)}"
            self._live.update(Text(line, "bold"))


def _print_json(record: Published) -> None:
    from service.line.records_out import Letter
    from service.line.show import shown

    out(json_line(shown(Letter(record.topic, record.key, record.value, list(record.headers)))))
