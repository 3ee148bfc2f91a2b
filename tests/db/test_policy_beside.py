"""The clinic's own limits are used when they can be read; otherwise the shipped ones, and it is said why."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest

from db.policy_beside import FILE_NAME, policy_beside
from monitor.policy_file import default_policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHIPPED = (resources.files("monitor") / "policies" / "default.toml").read_text(encoding="utf-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def test_without_a_file_the_shipped_limits_hold(tmp_path: Path) -> None:
    assert policy_beside(tmp_path / "vigil.db") == (default_policy(), ())


def test_the_clinics_own_limits_are_used(tmp_path: Path, file: Path) -> None:
    name = default_policy().name
    file.write_text(SHIPPED.replace(f'"{name}"', '"möwe"', 1), encoding="utf-8")
    policy, notices = policy_beside(tmp_path / "vigil.db")
    assert (policy.name, notices) == ("möwe", ())


def spoil_version(text: str) -> str:
    return text.replace('\nversion = "1"', "\nversion = ", 1)


def spoil_order(text: str) -> str:
    return text.replace("highest = 300", "highest = 10", 1)


def spoil_encoding(text: str) -> str:
    return text.replace("# Whole", "# Möwe: whole", 1)


MALFORMED = [
    (spoil_version, "utf-8", "not readable as TOML"),
    (spoil_order, "utf-8", "highest must be above lowest"),
    (spoil_encoding, "latin-1", "not UTF-8 text"),
]


@pytest.mark.parametrize(("spoil", "encoding", "reason"), MALFORMED)
def test_a_file_that_cannot_be_used_is_named_with_line_and_reason(
    file: Path, spoil: Callable[[str], str], encoding: str, reason: str
) -> None:
    spoiled = spoil(SHIPPED)
    both = zip(SHIPPED.splitlines(), spoiled.splitlines(), strict=True)
    line = next(number for number, (was, now) in enumerate(both, start=1) if was != now)
    file.write_text(spoiled, encoding=encoding)
    policy, (notice,) = policy_beside(file.with_name("vigil.db"))
    assert policy == default_policy()
    assert notice.startswith(f"{file}, line {line}: ")
    assert reason in notice
    assert notice.endswith(f"Until then new sessions run under the shipped limits, {policy.title}.")


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path, file: Path) -> None:
    file.mkdir()  # root may read any file, but nobody a folder
    policy, (notice,) = policy_beside(tmp_path / "vigil.db")
    assert policy == default_policy()
    assert notice.startswith(f"The policy {file} cannot be read (")
    assert "Until then new sessions run under the shipped limits" in notice
