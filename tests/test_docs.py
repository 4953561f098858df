"""Links and commands of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("examples/*.md"),
        *ROOT.glob("service/kafka/**/*.md"),
    ]
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)?(?:#([^)]+))?\)")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text("utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def test_readme_links_every_page() -> None:
    linked = {
        (ROOT / path).resolve() for path, _ in LINK.findall((ROOT / "README.md").read_text("utf-8")) if path
    }
    pages = {page for page in PAGES if page.parent in (ROOT, ROOT / "docs") and page.name != "README.md"}
    assert pages - linked == set()


def test_files_and_folders_named_exist() -> None:
    for page in PAGES:
        if page.name == "CHANGELOG.md":
            continue
        for path in re.findall(
            r"`((?:service|tests|config|deploy|bench|docs|scripts)/[\w./-]+)`", page.read_text("utf-8")
        ):
            assert (ROOT / path).exists() or path in NOT_THERE, f"{page.name}: {path}"


NOT_THERE = {"service/core", "service/agents", "service/edge", "service/commands/NAME.py"}
"""Paths named on purpose: folders that are gone, and a placeholder."""
