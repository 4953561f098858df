"""Score figures and dates on a local evaluation kit: python bench/eval_figures.py KIT [GOLD ...] [--errors N].

KIT is a folder with claims/score_quantities.py and data/; GOLD files default to the development sets in data/. The
kit's texts stay where they are: nothing is copied, only scores are printed (and examples with --errors).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import math
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from service.enrich.dates import expressions as ex
from service.enrich.dates import find_dates
from service.enrich.dates.calendar import iso_duration
from service.enrich.dates.mentions import mark_dates
from service.enrich.dates.resolve import resolve
from service.enrich.figures import find_quantities
from service.enrich.lexer.number_tokens import Tokens
from service.records import Quantity

SETS = ("newsquant", "recognizers", "timebank")
_CENTS = {"USD": "cent", "GBP": "penny", "MYR": "sen", "EUR": "cent", "AUD": "cent", "CAD": "cent"}
_KIT_UNITS = {
    "revolution_per_minute": "rpm", "part_per_billion": "parts-per-billion", "part_per_million": "parts-per-million",
    "pound_foot": "pound-foot",
}  # fmt: skip
"""Units that the kit spells in a way of its own."""
_TEMPERATURES = ("celsius", "fahrenheit", "degree")
_TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century")


def kind_of(quantity: Quantity) -> str:
    """Return the kit's name for the kind of a quantity."""
    unit = quantity.unit or ""
    if quantity.currency:
        return "currency"
    if unit.startswith(("percent", "basis")):
        return "percentage"
    if unit.endswith("_old"):
        return "age"
    if unit in _TEMPERATURES:
        return "temperature"
    return "dimension"


def unit_of(quantity: Quantity) -> str | None:
    """Our unit in the kit's spelling: blanks for underscores; money with its rate, hundredths by their own name."""
    unit = quantity.unit
    if quantity.currency:
        name = quantity.currency if quantity.scale != 0.01 else _CENTS.get(quantity.currency, "cent")
        return f"{name} {unit.replace('_', ' ')}" if unit and unit.startswith("per_") else name
    if unit is None:
        return None
    if unit.endswith("_old"):
        return unit.replace("_old", " of age").replace("year of age", "year of age")
    return _KIT_UNITS.get(unit) or unit.replace("_", " ")


def written(quantity: Quantity) -> list[float]:
    """Return the value, or both ends, in the unit the text uses (cents stay cents)."""
    factor = 100 if quantity.currency and quantity.scale == 0.01 else 1
    values = [quantity.value] if quantity.value_high is None else [quantity.value, quantity.value_high]
    return [value * factor for value in values]


def timex_values(text: str, today: dt.datetime | None) -> list[dict[str, Any]]:
    """Return date mentions with every TIMEX3 notation of what they were read as."""
    tokens = Tokens(text)
    if not tokens.hits:
        return []
    day = today.date() if today else None
    found = []
    for mention in mark_dates(tokens).mentions:
        value = resolve(mention.expression, day)
        start, end = tokens.start[mention.first], tokens.end[mention.last - 1]
        found.append(
            {"start": start, "end": end, "kind": "date", "value": _timex(mention.expression, value, day)}
        )
    return found


def _timex(expression: ex.Expression, value: str | None, today: dt.date | None) -> list[str]:
    """Return every TIMEX3 notation of what a mention was read as."""
    match expression:
        case ex.Length(count=count, unit=unit, toward=toward):
            letter = {"TM": "M", "TH": "H"}.get(unit, unit)
            if count is None:
                return [f"PX{letter}", *{-1: ["PAST_REF"], 1: ["FUTURE_REF"]}.get(toward, [])]
            own = f"P{'T' if unit in ('TM', 'TH', 'S') else ''}{count:g}{letter}"
            return [v for v in (iso_duration(count, unit), own) if v]
        case ex.Repeated(period=period, weekday=weekday):
            own = {"P3M": "P1Q"}.get(period, period)
            return [f"XXXX-WXX-{weekday}"] if weekday else [period, own, "XXXX-XX-XX"]
        case ex.Years(first=year, count=count):
            return [str(year // 10), f"{year // 10}X"] if count == 10 else [f"{year // 100}XX"]
        case ex.Part(kind=kind, number=number):
            half = [f"{value[:4]}-H1"] if value and (kind, number) == ("N", 6) else []
            return [_timex_part(kind, number, value), *half] if value else []
        case ex.Fiscal(year=year):
            return [str(year), f"FY{year}"]
        case ex.Period(unit="E") if value:
            return [value[:3], value]
        case ex.Period(unit="WE") if value:
            year, week, _ = dt.date.fromisoformat(value[:10]).isocalendar()
            return [f"{year}-W{week:02d}-WE", "P2D", value]
        case ex.Period(unit="Q"):
            return [f"{value[:4]}-Q{(int(value[5:7]) + 2) // 3}"] if value else []
        case ex.DayPart(part=part):
            return [f"{value}T{part}", value] if value else []
        case ex.Clock(hour=hour, minute=minute, day=None) if today:
            return [f"{today.isoformat()}T{hour:02d}:{minute:02d}"]
    return [value] if value else []


def _timex_part(kind: str, number: int, value: str) -> str:
    if kind == "N":
        return f"P{number}M"
    return f"{value[:4]}-{('SP', 'SU', 'FA', 'WI')[number - 21] if kind == 'S' else kind + str(number)}"


def predict(gold: dict[str, Any]) -> dict[str, Any]:
    """Map one document of the kit to a prediction line."""
    text, name = gold["text"], gold["id"].split("/")[0]
    if name == "timebank":
        return {"id": gold["id"], "quantities": timex_values(text, _reference(gold))}
    entries = []
    for quantity in find_quantities(text):
        values = written(quantity)
        entries.append(
            {
                "start": quantity.start,
                "end": quantity.end,
                "kind": kind_of(quantity) if name == "recognizers" else "quantity",
                "value": values if len(values) > 1 else values[0],
                "unit": unit_of(quantity),
            }
        )
    return {"id": gold["id"], "quantities": entries}


def _reference(gold: dict[str, Any]) -> dt.datetime | None:
    written_time = gold.get("reference_time")
    return dt.datetime.fromisoformat(written_time) if written_time else None


def load_scorer(kit: Path) -> ModuleType:
    """Run the kit's own scorer unchanged."""
    spec = importlib.util.spec_from_file_location("score_quantities", kit / "claims" / "score_quantities.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{kit} holds no claims/score_quantities.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def broken_spans(documents: Iterable[dict[str, Any]]) -> int:
    """Return mentions whose span is not their text, or whose value is not finite: must be 0."""
    broken = 0
    for document in documents:
        text = document["text"]
        for quantity in find_quantities(text):
            broken += text[quantity.start : quantity.end] != quantity.text or not math.isfinite(
                quantity.value
            )
        for date in find_dates(text, _reference(document)):
            broken += text[date.start : date.end] != date.text
    return broken


def show_errors(
    scorer: ModuleType, gold: list[dict[str, Any]], predictions: dict[str, Any], limit: int
) -> None:
    """Documents where the numbers (or the date spans) differ, missed and invented apart."""
    shown = 0
    for document in gold:
        mine = predictions[document["id"]]["quantities"]
        if document["id"].startswith("timebank"):
            spans = {(e["start"], e["end"]) for e in mine}
            wanted = {(e["start"], e["end"]) for e in document["quantities"]}
        elif document["id"].startswith("newsquant"):
            spans = {(v, str(e.get("unit"))) for e in mine for v in scorer.numbers(e["value"])}
            wanted = {
                (v, str(e.get("unit"))) for e in document["quantities"] for v in scorer.numbers(e["value"])
            }
            if sorted(v for v, _ in spans) == sorted(v for v, _ in wanted):
                continue
        else:
            continue
        if spans == wanted or shown >= limit:
            continue
        shown += 1
        text = document["text"]
        if document["id"].startswith("timebank"):
            missed, invented = ([text[a:b] for a, b in sorted(s)] for s in (wanted - spans, spans - wanted))
            print("missed", missed, "invented", invented)
        else:
            print("missed", sorted(wanted - spans), "invented", sorted(spans - wanted), "\n   ", text[:300])


def main() -> int:
    """Print the tables; 1 where a span is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kit", type=Path)
    parser.add_argument("gold", type=Path, nargs="*")
    parser.add_argument("--errors", type=int, default=0, help="print so many documents that differ")
    args = parser.parse_args()
    scorer = load_scorer(args.kit)
    broken = 0
    for path in args.gold or [args.kit / "data" / f"{name}-dev.jsonl.gz" for name in SETS]:
        gold = scorer.load(path)
        started = time.process_time()
        predictions = [predict(document) for document in gold]
        seconds = time.process_time() - started
        scorer.show(scorer.report(gold, predictions))
        broken += broken_spans(gold)
        print(f"{path.name}: {len(gold)} documents, {len(gold) / seconds:,.0f} a second\n")
        show_errors(scorer, gold, {p["id"]: p for p in predictions}, args.errors)
    print(f"broken spans or values: {broken}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
