"""The coverage-guided fuzzer: `make fuzz SECONDS=60`, or `python -m tests.fuzz CRASH_FILE` to see one input again.

Keeps what it learns in var/fuzz/corpus and what broke in var/fuzz/found; takes libFuzzer's own flags.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

HOME = Path("var/fuzz")
SERVICE = Path(__file__).resolve().parents[2] / "service"


def compiled_modules() -> list[str]:
    """Modules whose functions become machine code: numba reads their bytecode, so it must stay as it is."""
    return [
        ".".join(file.relative_to(SERVICE.parent).with_suffix("").parts)
        for file in sorted(SERVICE.rglob("*.py"))
        if "compiled" in file.read_text() or "njit" in file.read_text()
    ]


with atheris.instrument_imports(include=["service"], exclude=compiled_modules()):
    from tests.fuzz.check import check

from tests.fuzz.seeds import write_seeds  # noqa: E402 - what is to be watched must come first


def check_and_keep(data: bytes) -> None:
    """Atheris does not always hand libFuzzer the input that raised: keep it ourselves."""
    try:
        check(data)
    except BaseException:
        kept = HOME / "found" / f"broke-{hashlib.sha256(data).hexdigest()[:16]}"
        kept.write_bytes(data)
        print(f"kept as {kept}: scripts/fuzz {kept}", file=sys.stderr, flush=True)
        raise


def compile_first(seeds: Path) -> None:
    """Check each seed before libFuzzer counts the seconds of an input: in a new environment the first ones compile."""
    for file in sorted(seeds.iterdir()):
        check(file.read_bytes())


def main() -> None:
    """Until the flags say stop, or an input breaks a promise."""
    (HOME / "found").mkdir(parents=True, exist_ok=True)
    arguments = sys.argv[1:]
    if not any(not argument.startswith("-") for argument in arguments):
        write_seeds(HOME / "seeds")
        compile_first(HOME / "seeds")
        (HOME / "corpus").mkdir(exist_ok=True)
        arguments = [str(HOME / "corpus"), str(HOME / "seeds"), *arguments]
    flags = ["-max_len=6000", "-timeout=10", "-rss_limit_mb=4096", f"-artifact_prefix={HOME}/found/"]
    atheris.Setup([sys.argv[0], *flags, *arguments], check_and_keep)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
