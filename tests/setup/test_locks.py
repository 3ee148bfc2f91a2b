"""The locks name exact versions and hashes; no file names a registry or a path of a build machine."""

from __future__ import annotations

import os
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Written so that this file does not name what it looks for.
FOREIGN = re.compile(
    r"py" + r"pi\.(org|io)|python" + r"hosted|npm" + r"js\.(org|com)|deb\.deb" + r"ian|snapshot\.deb" + r"ian"
    r"|(?<![\w.])/(home|Users|work|root)" + r"/[a-z]"
)


def requirements(lock: str) -> list[str]:
    """Give the lock's requirements, each with its continued lines joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def pins(lock: str) -> dict[str, str]:
    """Give name (and marker) to exact version."""
    found = [re.match(r"([a-z0-9-]+)==(\S+)([^-]*(?:;[^-]*)?)", line) for line in requirements(lock)]
    return {match[1] + match[3].strip(): match[2] for match in found if match}


def canonical(requirement: str) -> str:
    """Give the distribution's name as a lock writes it."""
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_one_exact_version_with_its_hashes(lock: str) -> None:
    lines = requirements(lock)
    assert lines
    for line in lines:
        assert re.match(r"[a-z0-9-]+==\S+ ( *; [^#]+?)? *--hash=sha256:[0-9a-f]{64}\b", line), line
        assert not line.lstrip().startswith("--")  # an index or find-links line would name a host


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_every_dependency_is_locked(lock: str, wanted: list[str]) -> None:
    locked = {canonical(line) for line in requirements(lock)}
    assert {canonical(requirement) for requirement in wanted} <= locked


def test_the_tests_run_on_the_very_versions_that_vigil_runs_on() -> None:
    run, check = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run
    assert {name: check.get(name) for name in run} == run


def repository_files() -> list[Path]:
    """Give every file of the checkout that `.gitignore` does not leave out; works without git."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [
            name for name in folders if name != ".git" and not any(fnmatch(name, i) for i in ignored)
        ]
        found += [Path(folder, name) for name in names if not any(fnmatch(name, i) for i in ignored)]
    return found


def test_no_file_names_a_registry_or_a_path_of_the_machine_it_was_written_on() -> None:
    files = repository_files()
    assert ROOT / "bootstrap.py" in files
    naming = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files
        if (found := FOREIGN.search(path.read_bytes().decode("utf-8", errors="replace")))
    }
    assert not naming


@pytest.mark.parametrize(
    "text",
    [
        "https://py" + "pi.org/simple",
        "see /home" + "/anna/vigil",
        "files.python" + "hosted.org",
        "'/work" + "/x'",
    ],
)
def test_a_registry_or_a_path_would_be_found(text: str) -> None:
    assert FOREIGN.search(text)
