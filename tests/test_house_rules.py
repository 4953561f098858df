"""Who may import whom: stages decide and know no Kafka. It stays true because this test reads every import."""

from __future__ import annotations

import ast
import graphlib
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _parser as sre  # type: ignore[attr-defined]  # nothing public shows a pattern's parts
from typing import Any

import pytest

import service
from service.stages import STAGES
from service.topics import ALL_TOPICS

SERVICE = Path(__file__).parents[1] / "service"
FILES = sorted(SERVICE.rglob("*.py"))

SHARED = {"service.records", "service.settings", "service.compiled", "msgspec", "numpy", "numba"}
"""What pure logic may import besides its own folder."""

MAY_IMPORT: dict[str, set[str]] = {
    "sketch": {"service.sketch", "service.languages", *SHARED},
    "intake": {"service.intake", "service.sketch", "service.languages", "service.line", *SHARED},
    "dedup": {"service.dedup", "service.sketch", "service.languages", "service.line", *SHARED},
    "enrich": {"service.enrich", "service.sketch", "service.languages", "service.line", *SHARED},
    "threads": {"service.threads", "service.sketch", "service.languages", "service.line", *SHARED},
    "languages": {"service.languages", "msgspec", "numpy"},
    "line": {
        "service.line",
        "service",
        "service.exit_codes",
        "orjson",
        "structlog",
        "zstandard",
        *SHARED,
    },
    "store": {"service.store", "service.line", "sqlalchemy", "alembic", "pyarrow", *SHARED},
    "desk": {
        "service.sketch.claims.claim_words",
        "service.desk",
        "service.store",
        "service.line",
        "service.dedup.explain",
        "service.intake.notices",
        "service.marks",
        "service.spelt",
        "service",
        "aiohttp",
        "jinja2",
        "markupsafe",
        "sqlalchemy",
        *SHARED,
    },
    "observations": {"service.records"},
    "telemetry": {
        "service.telemetry",
        "service.settings",
        "service.records",
        "service",
        "service.stages",
        "service.exit_codes",
        "prometheus_client",
        "structlog",
        "aiohttp",
        "orjson",
        "opentelemetry",
    },
}
"""Folders and modules of `service/` -> what else of it, and which libraries, they may import."""

FLOORS: tuple[set[str], ...] = (
    {"__main__"},
    {"cli"},
    {"commands"},
    {"pipeline"},
    {"kafka"},
    {"telemetry", "contracts"},
    {"stages"},
    {"desk"},
    {"intake", "dedup", "enrich", "threads", "store"},
    {"line"},
    {"sketch", "observations", "topics", "marks", "spelt"},
    {"languages", "records", "settings", "compiled", "exit_codes", "reading", "samples", "__init__"},
)
"""Folders and modules of `service/`, from the top of the house to the ground: each imports lower floors only."""

EVERYWHERE = {"service.observations", "service.topics"}
ONLY_AT_THE_EDGE = {"faust", "mode", "aiokafka"}
MAY_KNOW_KAFKA = {"kafka", "commands"}
PURE = {"sketch", "intake", "dedup", "enrich", "threads", "languages"}
STAGE_FOLDERS = {"intake", "dedup", "enrich", "threads"}


def room_of(file: Path) -> str:
    parts = file.relative_to(SERVICE).parts
    return parts[0].removesuffix(".py")


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def allowed(module: str, rooms: set[str]) -> bool:
    top = module.split(".")[0]
    if top in sys.stdlib_module_names:
        return True
    return any(module == room or module.startswith(room + ".") for room in rooms if room != "service") or (
        module == "service" and "service" in rooms
    )


@pytest.mark.parametrize("file", FILES, ids=[str(f.relative_to(SERVICE)) for f in FILES])
def test_a_room_imports_only_what_it_may(file: Path) -> None:
    room = room_of(file)
    if room in MAY_IMPORT:
        may = MAY_IMPORT[room] if room == "observations" else MAY_IMPORT[room] | EVERYWHERE
        strangers = [module for module in imports_of(file) if not allowed(module, may)]
        assert not strangers, f"{file.relative_to(SERVICE)} imports {strangers}"
    if room not in MAY_KNOW_KAFKA:
        kafka = {module.split(".")[0] for module in imports_of(file)} & ONLY_AT_THE_EDGE
        assert not kafka, f"{file.relative_to(SERVICE)} knows of {kafka}"


def modules_of(files: list[Path], root: Path) -> dict[str, Path]:
    """Map the dotted names of modules to their files; a package has the name of its folder."""
    named = {".".join(file.relative_to(root).with_suffix("").parts): file for file in files}
    return {name.removesuffix(".__init__"): file for name, file in named.items()}


def imports_within(files: list[Path], root: Path) -> dict[str, set[str]]:
    """Map each module to those of the files that it imports: at the top, in functions, or for type checks only."""
    modules = modules_of(files, root)
    found: dict[str, set[str]] = {}
    for module, file in modules.items():
        seen: set[str] = set()
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                seen.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                seen.update(name if name in modules else node.module for name in names)
        found[module] = {name for name in seen if name in modules and name != module}
    return found


def circle_of(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules of an import circle; nothing if there is none."""
    try:
        list(graphlib.TopologicalSorter(imports).static_order())
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle_of(imports_within(FILES, SERVICE.parent)) == []


def test_an_import_in_a_function_or_for_type_checks_closes_a_circle_too(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from b import late\n")
    (tmp_path / "b.py").write_text("def late():\n    from c import Kind\n")
    (tmp_path / "c.py").write_text("Kind = int\n")
    files = sorted(tmp_path.glob("*.py"))
    assert circle_of(imports_within(files, tmp_path)) == []
    (tmp_path / "c.py").write_text("if TYPE_CHECKING:\n    import a\n")
    assert set(circle_of(imports_within(files, tmp_path))) == {"a", "b", "c"}


def test_no_import_runs_up_or_along_a_floor() -> None:
    floor_of = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    modules = modules_of(FILES, SERVICE.parent)
    rooms = {module: room_of(file) for module, file in modules.items()}
    assert floor_of.keys() == set(rooms.values())
    wrong = [
        f"{one} imports {other}"
        for one, others in imports_within(FILES, SERVICE.parent).items()
        for other in others
        if rooms[one] != rooms[other] and floor_of[rooms[one]] >= floor_of[rooms[other]]
    ]
    assert not wrong, wrong


SAME_THING = {
    "stage.py": "what a stage must do, and the three stages",
    "outbox.py": "an interface, and the one on Kafka",
    "segment_log.py": "an interface, and the one on Kafka",
    "topics.py": "topics, and the command that creates them",
    "worker.py": "a worker, and the command that runs it",
    "explain.py": "an explanation, and the command that prints it",
    "article.py": "an article, as intake reads it and as a page shows it",
    "command.py": "the command of a folder",
    "collection.py": "what a stage remembers of a collection, and decides on it",
    "segments.py": "what a stage writes to its log of segments",
    "outputs.py": "what follows from the verdicts of a stage",
    "export.py": "an export, and the command that writes it",
}
"""Names of files that stand in several folders -> what all of them are about.

In `languages/` a file may also have the name of the file that reads its words, and every language has the same files.
"""
LINES_MAX = 300
"""Maximum length of a file, in lines."""


def test_no_file_is_long() -> None:
    long = {str(file.relative_to(SERVICE)): file.read_text().count("\n") for file in FILES}
    assert {name: lines for name, lines in long.items() if lines > LINES_MAX} == {}


def test_no_two_files_have_one_name_for_different_things() -> None:
    places: dict[str, list[Path]] = {}
    for file in FILES:
        if "languages" not in file.parts and file.name != "__init__.py" and file.name not in SAME_THING:
            places.setdefault(file.name, []).append(file.relative_to(SERVICE))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_only_the_worker_and_its_patches_know_faust() -> None:
    knowing = {f.name for f in FILES if "faust" in {m.split(".")[0] for m in imports_of(f)}}
    assert knowing == {"worker.py", "transport.py", "faust_worker.py"}


PATCHED = {"faust", "mode", "aiokafka", "numba"}


def private_names_of_libraries(file: Path) -> Iterator[str]:
    """Yield classes derived from those of patched libraries, and private names of other objects, in a module."""
    tree = ast.parse(file.read_text())
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (node.module or "" if isinstance(node, ast.ImportFrom) else alias.name).split(".")[0] in PATCHED
    }
    if not imported:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            names = {part.id for base in node.bases for part in ast.walk(base) if isinstance(part, ast.Name)}
            yield from (f"class {node.name}({name})" for name in names & imported)
        elif isinstance(node, ast.Attribute) and re.match(r"_(?!_)", node.attr):
            owner = ast.unparse(node.value)
            if owner not in ("self", "cls"):
                yield f"{owner}.{node.attr}"


def test_private_names_of_libraries_are_used_in_the_folder_of_patches_only() -> None:
    patches = SERVICE / "kafka" / "patches"
    assert list(private_names_of_libraries(patches / "transport.py"))
    for file in FILES:
        if patches not in file.parents:
            assert list(private_names_of_libraries(file)) == [], file.relative_to(SERVICE)


def test_nothing_reads_pickles() -> None:
    for file in FILES:
        assert not {"pickle", "shelve", "marshal", "dill"} & set(imports_of(file)), file
        assert "allow_pickle=True" not in file.read_text(), file


def test_pure_logic_asks_no_clock() -> None:
    for file in FILES:
        if room_of(file) in PURE and file.name != "stage.py":  # a stage says how long its rebuild took
            assert "time" not in set(imports_of(file)), f"{file} asks the time"
            assert ".now(" not in file.read_text(), f"{file} asks the time"


def test_every_topic_has_its_place_on_the_page() -> None:
    named = {topic for spec in STAGES.values() for topic in (spec.source, *spec.sinks)}
    assert named == set(ALL_TOPICS)


def endless_repeats(parsed: Any, *, inside: bool = False) -> bool:
    """Whether a repeat without end stands inside another one, which can take exponential time to fail."""
    for operation, argument in parsed:
        endless = str(operation) in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] is sre.MAXREPEAT
        if endless and inside:
            return True
        parts = argument if isinstance(argument, tuple | list) else (argument,)
        for part in parts:
            branches = part if isinstance(part, list) else [part]
            for branch in branches:
                if isinstance(branch, sre.SubPattern) and endless_repeats(branch, inside=inside or endless):
                    return True
    return False


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    for module in pkgutil.walk_packages(service.__path__, "service."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{module.name}.{name}", value


def test_no_pattern_repeats_without_end_inside_a_repeat_without_end() -> None:
    assert endless_repeats(sre.parse(r"(?:a+b?)*c"))
    assert endless_repeats(sre.parse(r"(x|(?:y*z)+)"))
    assert not endless_repeats(sre.parse(r"(?:a{1,8}b?)*c+"))
    found = dict(patterns())
    assert len(found) > 10
    assert [name for name, one in found.items() if endless_repeats(sre.parse(one.pattern, one.flags))] == []


WORDS_OUTSIDE_LANGUAGES_MAX = 6
"""Maximum number of words of a language in one literal outside `languages/`; more of them are a word list."""
NO_LANGUAGE = {
    "intake/cleaning/markup.py": "names of HTML tags",
    "intake/cleaning/code_pages.py": "names of code pages",
    "intake/cleaning/lines.py": "names of shortcodes",
    "intake/urls.py": "parameters of links",
    "intake/prose.py": "names of fields",
    "intake/shapes/blocks.py": "names of fields and types of blocks",
    "intake/shapes/versions.py": "names of fields",
    "intake/shapes/paths.py": "names of fields",
    "intake/shapes/values.py": "names of fields",
    "intake/shapes/deletions.py": "names of fields",
    "intake/shapes/wrappers.py": "names of fields",
    "intake/written_dates.py": "names of groups in patterns",
    "intake/zones.py": "abbreviations of time zones",
    "intake/shapes/keywords.py": "tags and names of languages, statuses of publication",
    "enrich/quotes/proposals.py": "names of columns",
    "enrich/dates/lengths.py": "codes of units of time",
}
"""Files of stages whose long literals hold names that belong to no language -> what they hold."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def word_lists(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Yield line and words of every word list among the constants of a module.

    A word list is one string, or one set, list, tuple or dict of strings, with more than
    WORDS_OUTSIDE_LANGUAGES_MAX words. Strings inside functions are messages and samples; where an assignment gives
    every word a name of its own, the words are no list.
    """
    for statement in tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if isinstance(statement.value, ast.Subscript) or ast.unparse(targets[0]) == "__all__":
            continue  # Literal["up", "down"] and __all__ are names of values and definitions
        named = max(len(target.elts) if isinstance(target, ast.Tuple) else 1 for target in targets)
        for node in ast.walk(statement.value):
            if isinstance(node, ast.Constant):
                strings = [node.value]
            elif isinstance(node, ast.Set | ast.List | ast.Tuple):
                strings = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            elif isinstance(node, ast.Dict):
                strings = [one.value for one in node.keys if isinstance(one, ast.Constant)]
            else:
                continue
            words = [word for one in strings if isinstance(one, str) for word in _WORD.findall(one)]
            if len(words) > max(WORDS_OUTSIDE_LANGUAGES_MAX, named):
                yield node.lineno, words


def test_nothing_outside_languages_holds_a_word_list() -> None:
    assert [*word_lists(ast.parse('A = f("one two three four five six seven")'))]
    assert [*word_lists(ast.parse('A = {"one two", "three four", "five six seven"}'))]
    assert not [*word_lists(ast.parse('A = f("one two three four five six : ; s")'))]
    for file in FILES:
        if room_of(file) in PURE - {"languages"} and str(file.relative_to(SERVICE)) not in NO_LANGUAGE:
            found = list(word_lists(ast.parse(file.read_text())))
            assert not found, (
                f"{file.relative_to(SERVICE)}:{found[0][0]} holds a list of words: {found[0][1]}"
            )
