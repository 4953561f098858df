"""A worker does not start with libraries that its patches were not written for."""

from __future__ import annotations

import importlib
import subprocess
import sys
from types import CodeType, FunctionType
from typing import Any

import pytest

from service.exit_codes import ExitCode
from service.kafka.patches import gate
from service.kafka.patches.gate import TARGETS, VERSIONS, Has, LibrariesDiffer, Method, Use, check


def owner_of(target: Method | Has | Use) -> Any:
    module, _, name = target.owner.partition(":")
    found = importlib.import_module(module)
    return getattr(found, name) if name else found


def holder_of(owner: Any, name: str) -> Any:
    """Find the class, among an owner and its bases, that has a name of its own; a module has all of its names."""
    classes = getattr(owner, "__mro__", (owner,))
    return next(one for one in classes if name in vars(one))


def renamed(code: CodeType, name: str) -> CodeType:
    """Copy the code of a function, with another word wherever it uses `name`."""

    def other(used: Any) -> Any:
        if isinstance(used, CodeType):
            return renamed(used, name)
        return used + "_renamed" if used == name else used

    return code.replace(
        co_names=tuple(map(other, code.co_names)), co_consts=tuple(map(other, code.co_consts))
    )


def ident(target: Method | Has | Use) -> str:
    return f"{target.owner}.{target.method if isinstance(target, Use) else target.name}"


def test_the_installed_libraries_are_those_that_are_patched() -> None:
    check()
    assert list(gate.differences()) == []


@pytest.mark.parametrize("distribution", VERSIONS)
def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, distribution: str) -> None:
    monkeypatch.setitem(VERSIONS, distribution, "0.0.1")
    with pytest.raises(LibrariesDiffer, match=rf"{distribution} is .*, not 0\.0\.1"):
        check()


@pytest.mark.parametrize("target", [t for t in TARGETS if not isinstance(t, Use)], ids=ident)
def test_a_renamed_target_is_refused(monkeypatch: pytest.MonkeyPatch, target: Method | Has) -> None:
    owner = owner_of(target)
    while hasattr(owner, target.name):  # an override further up would hide that it is gone
        holder = holder_of(owner, target.name)
        monkeypatch.setattr(holder, f"{target.name}_renamed", getattr(owner, target.name), raising=False)
        monkeypatch.delattr(holder, target.name)
    with pytest.raises(LibrariesDiffer, match=target.name):
        check()


@pytest.mark.parametrize("target", [t for t in TARGETS if isinstance(t, Method)], ids=ident)
def test_another_signature_is_refused(monkeypatch: pytest.MonkeyPatch, target: Method) -> None:
    monkeypatch.setattr(owner_of(target), target.name, lambda self, one, more, *rest: None)
    with pytest.raises(LibrariesDiffer, match=target.name):
        check()


@pytest.mark.parametrize(
    ("target", "name"),
    [(target, name) for target in TARGETS if isinstance(target, Use) for name in target.names],
    ids=str,
)
def test_a_name_that_is_no_longer_used_is_refused(
    monkeypatch: pytest.MonkeyPatch, target: Use, name: str
) -> None:
    owner = owner_of(target)
    function = getattr(owner, target.method)
    code = renamed(function.__code__, name)
    other = FunctionType(code, {}, target.method, closure=function.__closure__)
    monkeypatch.setattr(owner, target.method, other)
    with pytest.raises(LibrariesDiffer, match=rf"{target.method} no longer uses {name}"):
        check()


def test_a_worker_with_other_libraries_ends_with_one_sentence() -> None:
    program = (
        "from service.kafka.patches import gate; gate.VERSIONS['aiokafka'] = '9.9.9';"
        "import sys; sys.argv = ['copydesk', 'worker', 'intake'];"
        "from service.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == ExitCode.CONFIGURATION
    assert done.stdout == ""
    [sentence] = done.stderr.strip().splitlines()
    assert "aiokafka is 0.14.0, not 9.9.9" in sentence
