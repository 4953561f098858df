"""What the image must do so that its containers find the code that was compiled into it."""

from __future__ import annotations

from pathlib import Path

DOCKERFILE = (Path(__file__).parents[2] / "Dockerfile").read_text()


def test_the_installed_package_is_compiled_and_not_the_sources_beside_it() -> None:
    assert "python -P -m service.pipeline.bake" in DOCKERFILE


def test_sources_have_times_of_whole_seconds_before_they_are_compiled() -> None:
    times, compiling = DOCKERFILE.find("-exec touch --date=@"), DOCKERFILE.find("service.pipeline.bake")
    assert 0 < times < compiling
