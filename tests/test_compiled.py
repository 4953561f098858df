"""Machine code that outlived the source it was made of would decide by old rules."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest

from service.compiled import BAKED, SERVICE, drop_stale, fetch_baked, kernels, sources_of
from service.stages import STAGES

KERNELS = kernels(SERVICE)


def module_of(source: Path) -> ModuleType:
    return importlib.import_module(".".join(source.relative_to(SERVICE.parent).with_suffix("").parts))


def test_every_module_that_compiles_something_is_a_kernel() -> None:
    here = {
        file
        for file in SERVICE.rglob("*.py")
        if "\n@compiled" in file.read_text() or "\n@borrowing" in file.read_text()
    }
    assert here == set(KERNELS) - {SERVICE / "compiled.py"}


def test_no_function_that_borrows_arrays_returns_one() -> None:
    borrowers = [
        function
        for source in KERNELS
        for function in vars(module_of(source)).values()
        if getattr(function, "targetoptions", {}).get("_nrt") is False
    ]
    assert borrowers
    for function in borrowers:
        assert "ndarray" not in str(get_type_hints(function.py_func)["return"]), function.__name__


def test_sources_of_a_kernel_are_what_it_imports_and_what_that_imports() -> None:
    lookup = sources_of(SERVICE / "dedup" / "index" / "lookup.py", SERVICE)
    names = {source.relative_to(SERVICE).as_posix() for source in lookup}
    assert {"dedup/index/lookup.py", "dedup/index/buckets.py", "sketch/hashing.py", "compiled.py"} <= names
    assert not any(name.startswith("enrich/") for name in names)
    features = sources_of(SERVICE / "enrich" / "quotes" / "features.py", SERVICE)
    assert SERVICE / "enrich" / "quotes" / "columns.py" in features  # imported as a name of its package


def test_kept_code_older_than_a_source_of_it_is_dropped_and_other_code_is_not(tmp_path: Path) -> None:
    for source in SERVICE.rglob("*.py"):
        copy = tmp_path / source.relative_to(SERVICE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        os.utime(copy, (1_000, 1_000))
    kept = tmp_path / "dedup" / "index" / "__pycache__" / "lookup.look_up-71.py311.nbi"
    unrelated = tmp_path / "enrich" / "quotes" / "__pycache__" / "crf._tag-129.py311.nbi"
    no_kernel = kept.parent / "quotes.words-1.py311.nbi"
    for file, moment in ((kept, 2_000), (unrelated, 2_000), (no_kernel, 10)):
        file.parent.mkdir(exist_ok=True)
        file.touch()
        os.utime(file, (moment, moment))

    assert drop_stale(tmp_path) == 0
    os.utime(tmp_path / "dedup" / "index" / "buckets.py", (3_000, 3_000))  # imported by the compiled module
    assert drop_stale(tmp_path) == 1
    assert not kept.exists()
    assert unrelated.exists()
    assert no_kernel.exists()


ONE_KERNEL = """
from service.compiled import kernel_counts
from service.sketch.hashing import mix
import numpy
mix(numpy.uint64(7))
print(kernel_counts().compiled)
"""


def compiled_by_a_process(**variables: str) -> int:
    """Run a process that calls one kernel; return how many it compiled itself."""
    environment = {**os.environ, "NUMBA_CPU_NAME": "generic", **variables}
    ran = subprocess.run([sys.executable, "-c", ONE_KERNEL], env=environment, capture_output=True, check=True)
    return int(ran.stdout)


def test_code_baked_for_a_generic_processor_is_loaded_from_a_read_only_image(tmp_path: Path) -> None:
    baked = tmp_path / "image"
    assert compiled_by_a_process(NUMBA_CACHE_DIR=str(baked)) == 1
    for folder, _, files in os.walk(baked):
        for name in [".", *files]:
            (Path(folder) / name).chmod(0o555)
    for started in ("first", "second"):
        kept = tmp_path / started
        assert compiled_by_a_process(**{BAKED: str(baked), "NUMBA_CACHE_DIR": str(kept)}) == 0
    assert compiled_by_a_process(**{BAKED: str(baked), "NUMBA_CACHE_DIR": str(kept)}) == 0


def test_baked_code_never_replaces_a_folder_that_exists(tmp_path: Path) -> None:
    (tmp_path / "baked").mkdir()
    (tmp_path / "kept").mkdir()
    assert not fetch_baked({BAKED: str(tmp_path / "baked"), "NUMBA_CACHE_DIR": str(tmp_path / "kept")})
    assert not fetch_baked({"NUMBA_CACHE_DIR": str(tmp_path / "other")})
    assert not (tmp_path / "other").exists()


def test_nothing_is_deleted_when_the_module_is_imported() -> None:
    program = (
        "import pathlib; pathlib.Path.rglob = lambda *_: print('searched') or [];"
        "import service.compiled; print('imported'); service.compiled.drop_stale_once()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["imported", "searched"]


@pytest.mark.parametrize("start", ["service.pipeline.app.warm_up('intake')", "MemoryPipeline(Settings())"])
def test_whatever_starts_the_stages_drops_stale_code_first(start: str) -> None:
    program = (
        "import service.compiled as c, service.pipeline.app; from service.settings import Settings;"
        "from service.pipeline.in_memory import MemoryPipeline; c.drop_stale = lambda _: 1 / 0;" + start
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "ZeroDivisionError" in done.stderr


COMPILED_LATE = """
import asyncio, json, sys
from msgspec import msgpack
from service.compiled import _KERNELS
from service.line.records_out import Letter
from service.pipeline.app import warm_up
from service.pipeline.in_memory import MemoryPipeline, raw_record
from service.settings import Settings
from service.stages import STAGES

spec, path = STAGES[sys.argv[1]], sys.argv[2]
warm_up(spec.name)
forms = {kernel: len(kernel.signatures) for kernel in _KERNELS}
story = "The lock at Merrin stays shut, Ada Brandt said on Friday. \\"It cost 3 million euros,\\" she said. "
texts = ["Storms", "said", "...", "12", "No.", "two words"]
texts += [story * 3, story * 3, story * 2 + "It opens in May.", story * 900]
raw = [raw_record(at, json.dumps({"id": str(at), "body": text}).encode()) for at, text in enumerate(texts)]
pipeline = MemoryPipeline(Settings())
if spec.name != "intake":
    pipeline.outbox.topics = msgpack.decode(open(path, "rb").read(), type=dict[str, list[Letter]])
    assert pipeline.outbox.topics[spec.source]
line = pipeline._line(spec)
for records in pipeline._batches(spec, raw):
    asyncio.run(line.handle(records))
open(path, "wb").write(msgpack.encode(pipeline.outbox.topics))
print(*(kernel.py_func.__qualname__ for kernel, count in forms.items() if len(kernel.signatures) > count))
"""


def test_no_article_has_to_wait_until_something_is_compiled(tmp_path: Path) -> None:
    for (
        stage
    ) in STAGES:  # each in a process of its own, as in production: none leans on the warm-up of another
        program = [sys.executable, "-c", COMPILED_LATE, stage, str(tmp_path / "letters")]
        ran = subprocess.run(program, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        assert (stage, ran.stdout.split()) == (stage, [])
