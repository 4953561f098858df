"""Which Java runs the broker, and the jars that it runs: resolved by Maven once per version of pom.xml."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
VAR: Final = HERE.parents[1] / "var" / "kafka"


class KafkaError(Exception):
    """The broker, or what it needs, is not there; the message says what to do."""


def find_java() -> str:
    """Return the `java` to run the broker with: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME", "")
    candidates = [str(Path(home) / "bin" / "java")] if home else []
    for candidate in (*candidates, "java"):
        if found := shutil.which(candidate):
            return found
    raise KafkaError(
        "no Java found; the broker needs Java 17 or later (`make setup` installs it or says how)"
    )


def resolve_jars() -> Path:
    """Return the folder with the broker's jars; asks Maven for them once per version of pom.xml."""
    pom = HERE / "pom.xml"
    jars = VAR / f"jars-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if jars.is_dir():
        return jars
    maven = shutil.which("mvn")
    if maven is None:
        raise KafkaError("no Maven found to fetch the broker's jars (`make setup` installs it or says how)")
    VAR.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="jars-", dir=VAR))
    try:
        command = [maven, "--batch-mode", "--quiet", "--file", str(pom), "dependency:copy-dependencies"]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={fresh}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise KafkaError(f"Maven could not fetch the broker's jars:\n{done.stdout}{done.stderr}")
        fresh.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was quicker
            fresh.rename(jars)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return jars


def class_archive(jars: Path) -> Path:
    """Where the classes of the broker are kept, parsed, for this Java: a start then costs a third less CPU.

    Made by the first broker that ends in peace (https://openjdk.org/jeps/350).
    """
    java = Path(find_java()).resolve()
    return jars / f"classes-{hashlib.sha256(f'{java} {java.stat().st_mtime}'.encode()).hexdigest()[:12]}.jsa"
