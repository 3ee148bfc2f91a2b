"""One version: what a report prints is what was built."""

import tomllib
from pathlib import Path

from monitor.version import VERSION


def test_a_report_prints_the_version_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
