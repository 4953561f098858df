"""What `copydesk top` makes of two looks at the workers' metrics. Counters are compared worker by worker, so that one
which started anew in between (its counters too) is not taken for work undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from service.commands.aligned import columns
from service.observations import ArticlesDecided
from service.stages import STAGES, StageSpec
from service.topics import ARTICLES_ENRICHED, ARTICLES_RAW

NAME_CHARS = 20
"""Maximum characters shown of a collection's name: a line of 80 columns holds the rest beside it."""

Labels = frozenset[tuple[str, str]]
Worker = dict[tuple[str, Labels], float]


@dataclass(frozen=True, slots=True)
class Look:
    """Hold all samples of all workers at one time; None for a worker that did not answer."""

    at: float
    workers: Mapping[str, Worker | None]

    @classmethod
    def of(cls, texts: Mapping[str, str | None], at: float) -> Look:
        """Parse the texts of /metrics by address. A text that cannot be parsed counts as no answer."""
        return cls(at, {place: _samples(text) for place, text in texts.items()})

    @property
    def answered(self) -> bool:
        """Return whether any worker answered."""
        return any(worker is not None for worker in self.workers.values())

    def values(self, name: str, **labels: str) -> Iterator[tuple[dict[str, str], float]]:
        """Yield labels and value of each series, of all workers, that has these labels."""
        for worker in self.workers.values():
            for (sample, found), value in (worker or {}).items():
                if sample == name and labels.items() <= dict(found).items():
                    yield dict(found), value

    def total(self, name: str, **labels: str) -> float:
        """Sum up the series of all workers with these labels."""
        return sum(value for _, value in self.values(name, **labels))

    def most(self, name: str, **labels: str) -> float:
        """Return the largest value of the series with these labels, 0 if there are none."""
        return max((value for _, value in self.values(name, **labels)), default=0.0)


@dataclass(frozen=True, slots=True)
class StageReport:
    """Report on one stage. Rates are articles per second; lag counts records of the topic that it reads."""

    stage: str
    workers: int
    ok_per_second: float
    duplicates_per_second: float
    dead_letters_per_second: float
    redelivered_per_second: float
    lag_records: int
    lag_seconds: float
    idle_seconds: float | None  # since the last batch; None before the first
    cpu_cores: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """Report on the index of one collection."""

    collection: str
    entries: int
    capacity: int
    bytes: int
    recovering: bool


@dataclass(frozen=True, slots=True)
class StoreReport:
    """Report on `copydesk store`: records written a second, and records left to read."""

    written_per_second: float
    lag_records: int


@dataclass(frozen=True, slots=True)
class Report:
    """Report on everything between two looks."""

    stages: list[StageReport]
    in_per_second: float
    out_per_second: float
    duplicate_share: float | None  # of what dedup decided; None when it decided nothing
    claims_per_second: float
    dead_letters: dict[str, int]  # by reason, since the workers started
    index: list[IndexReport] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)  # addresses that did not answer
    store: StoreReport | None = None  # None: no store answered


def compared(before: Look, now: Look) -> Report:
    """Report what happened between two looks, and how things stand at the second."""
    stages = {spec.name: _stage(before, now, spec) for spec in STAGES.values()}
    first = [stages[spec.name] for spec in STAGES.values() if spec.source == ARTICLES_RAW]
    last = [stages[spec.name] for spec in STAGES.values() if ARTICLES_ENRICHED in spec.sinks]
    deciding = [stages[spec.name] for spec in STAGES.values() if ArticlesDecided in spec.observations]
    duplicates = sum(stage.duplicates_per_second for stage in deciding)
    decided = sum(stage.ok_per_second for stage in deciding) + duplicates
    dead = sum(stage.dead_letters_per_second for stage in stages.values())
    return Report(
        stages=list(stages.values()),
        in_per_second=sum(stage.ok_per_second + stage.dead_letters_per_second for stage in first),
        out_per_second=sum(stage.ok_per_second for stage in last) + duplicates + dead,
        duplicate_share=duplicates / decided if decided else None,
        claims_per_second=_rate(before, now, "copydesk_claims_extracted_total"),
        dead_letters=_dead_letters(now),
        index=list(_indexes(now)),
        silent=[place for place, worker in now.workers.items() if worker is None],
        store=_store(before, now),
    )


def page(report: Report) -> list[str]:
    """Write the report as lines for a person."""
    share = "-" if report.duplicate_share is None else f"{report.duplicate_share:.0%}"
    lines = [
        f"articles in {report.in_per_second:.1f}/s   out {report.out_per_second:.1f}/s   "
        f"duplicates {share}   claims {report.claims_per_second:.1f}/s",
        "",
        *columns(
            ["stage", "workers", "ok/s", "duplicate/s", "dead/s", "again/s"],
            [_rates(stage) for stage in report.stages],
        ),
        "",
        *columns(
            ["stage", "waiting", "oldest", "idle", "cpu", "memory"],
            [_condition(stage) for stage in report.stages],
        ),
    ]
    if report.index:
        header = ["collection", "remembered", "of", "fill", "memory", ""]
        lines += ["", *columns(header, [_index_row(index) for index in report.index])]
    if report.store is not None:
        left, written = report.store.lag_records, report.store.written_per_second
        lines += ["", f"store writes {written:.1f} records/s, {left} left to read"]
    if report.dead_letters:
        rows = sorted(report.dead_letters.items(), key=lambda item: -item[1])
        lines += ["", *columns(["dead letters", "since start"], rows)]
    if report.silent:
        lines += ["", *(f"no answer from {place}" for place in report.silent)]
    return lines


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as `--json` prints it."""
    return asdict(report)


def _samples(text: str | None) -> Worker | None:
    if text is None:
        return None
    try:
        families = list(text_string_to_metric_families(text))
    except ValueError:
        return None
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def _rate(before: Look, now: Look, name: str, **labels: str) -> float:
    """Sum up the increase per second of the workers that answered both times."""
    seconds = now.at - before.at
    gained = 0.0
    for place, worker in now.workers.items():
        earlier = before.workers.get(place)
        if worker is None or earlier is None:
            continue
        for (sample, found), value in worker.items():
            if sample == name and labels.items() <= dict(found).items():
                was = earlier.get((sample, found), 0.0)
                gained += value - was if value >= was else value
    return gained / seconds if seconds > 0 else 0.0


def _stage(before: Look, now: Look, spec: StageSpec) -> StageReport:
    stage = spec.name

    def per_second(outcome: str) -> float:
        return _rate(before, now, "copydesk_records_processed_total", stage=stage, outcome=outcome)

    theirs = _only(now, stage)
    last = now.most("copydesk_last_processed_timestamp_seconds", stage=stage)
    return StageReport(
        stage=stage,
        workers=len(theirs.workers),
        ok_per_second=per_second("ok"),
        duplicates_per_second=per_second("duplicate"),
        dead_letters_per_second=per_second("dead_letter"),
        redelivered_per_second=per_second("redelivered"),
        lag_records=int(theirs.total("copydesk_consumer_lag_records", topic=spec.source)),
        lag_seconds=theirs.most("copydesk_consumer_lag_seconds", topic=spec.source),
        idle_seconds=max(now.at - last, 0.0) if last else None,
        cpu_cores=_rate(before, theirs, "process_cpu_seconds_total"),
        memory_bytes=int(theirs.total("process_resident_memory_bytes")),
    )


def _store(before: Look, now: Look) -> StoreReport | None:
    if not any(True for _ in now.values("copydesk_store_lag_records")):
        return None
    written = _rate(before, now, "copydesk_store_records_total")
    return StoreReport(written, int(now.total("copydesk_store_lag_records")))


def _only(look: Look, stage: str) -> Look:
    """Select the workers of one stage: each shows only the outcomes of its own."""
    sign = ("copydesk_records_processed_total", frozenset({("stage", stage), ("outcome", "ok")}))
    return Look(
        look.at, {place: worker for place, worker in look.workers.items() if worker and sign in worker}
    )


def _dead_letters(now: Look) -> dict[str, int]:
    reasons: dict[str, int] = {}
    for labels, value in now.values("copydesk_dead_letters_total"):
        if value:
            reasons[labels["reason"]] = reasons.get(labels["reason"], 0) + int(value)
    return reasons


def _indexes(now: Look) -> Iterator[IndexReport]:
    found = sorted({labels["collection"] for labels, _ in now.values("copydesk_dedup_index_entries")})
    for collection in found:

        def most(name: str, collection: str = collection) -> int:
            return int(now.most(f"copydesk_{name}", collection=collection))

        yield IndexReport(
            collection,
            most("dedup_index_entries"),
            most("dedup_index_capacity_entries"),
            most("dedup_index_bytes"),
            most("recovery_in_progress") == 1,
        )


def _rates(stage: StageReport) -> list[object]:
    return [
        stage.stage,
        stage.workers,
        f"{stage.ok_per_second:.1f}",
        f"{stage.duplicates_per_second:.1f}",
        f"{stage.dead_letters_per_second:.1f}",
        f"{stage.redelivered_per_second:.1f}",
    ]


def _condition(stage: StageReport) -> list[object]:
    return [
        stage.stage,
        stage.lag_records,
        _duration(stage.lag_seconds),
        "-" if stage.idle_seconds is None else _duration(stage.idle_seconds),
        f"{stage.cpu_cores:.0%}",
        _megabytes(stage.memory_bytes),
    ]


def _index_row(index: IndexReport) -> list[object]:
    fill = f"{index.entries / index.capacity:.0%}" if index.capacity else "-"
    note = "rebuilding" if index.recovering else ""
    return [_cut(index.collection), index.entries, index.capacity, fill, _megabytes(index.bytes), note]


def _cut(name: str) -> str:
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1] + "…"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
