"""Where the fuzzer starts: small hostile records, and self-written news of every kind the readers know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.check import RECORD, TEXT
from tests.hostile import hostile_records

SEED_BYTES_MAX = 4_096

TEXTS = (
    'NORTHPORT, March 3 (Wire) - "The dam will hold," said Ada Lorne, the port\'s chief engineer. '
    '"We have checked it," she added on Tuesday, "twice."',
    "Profits rose 12.5 percent to $218.2bn in the year to 31 December 2025, the Velt Group said; over 1,200 jobs went.",
    "“It’s over … [the talks] ended,” he told reporters. According to Dov Marrish, €3 to €4 million is missing.",
    "said.The presidents met.Photo: Quill/Wire Related posts Go to the mediabank #news Asia-Pacifi RegionWhen he left",
    "The mill didn't close, Brice Tamm denied last week. It may reopen in two weeks' time, at 10:30 on 03/04/2021.",
    "<p>The dam &amp; the <b>river</b>.</p><script>x()</script><table><tr><td>1</td></tr></table>",
    "L’usine « ne fermera pas », a déclaré Mme Tamm. „Nein“, sagte er. 「はい」と述べた。",
    "One half of 2,500 to 3,000 square kilometres, three quarters of a million tonnes, minus 40 degrees, No. 7.",
)


def seeds() -> Iterator[bytes]:
    """Yield inputs as `tests.fuzz.check.check` takes them."""
    for hostile in hostile_records():
        if hostile.value is not None and len(hostile.value) <= SEED_BYTES_MAX:
            yield bytes([RECORD]) + hostile.value
    for text in (*TEXTS, " ".join(TEXTS), "\n\n".join(TEXTS)):
        yield bytes([TEXT]) + b"Dam holds\x00" + text.encode()


def write_seeds(folder: Path) -> None:
    """One file each, as libFuzzer wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number:03d}").write_bytes(seed)
