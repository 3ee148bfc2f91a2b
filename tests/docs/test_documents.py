"""The documents are part of the product: what they name exists, and what exists is named."""

from __future__ import annotations

import argparse
import re
import runpy
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

import main
from devices.profiles import PROFILES
from docs.pictured_scenes import scenes
from monitor.bodies import Body
from monitor.policy import Policy
from monitor.settings import ThemeName
from monitor.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES_OF_PICTURES = 6_000_000
ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:monitor|devices|db|ui|tests|docs|bench)/[\w./-]*\w/?)`")
# In two halves, so that this file does not name one itself.
REGISTRIES = tuple(
    f"{host}.{end}" for host, end in (("pypi", "org"), ("python" + "hosted", "org"), ("npmjs", "com"))
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def heading(name: str, page: str) -> str:
    """What stands under a second-level heading."""
    return page.split(f"\n## {name}\n")[1].split("\n## ", maxsplit=1)[0]


def first_cells(table: str) -> Iterator[str]:
    for line in table.splitlines():
        if line.startswith("| ") and not line.startswith("|---"):
            yield line.split("|")[1].strip()


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command."""
    actions = main._parser()._actions
    (known,) = (action for action in actions if isinstance(action, argparse._SubParsersAction))
    return dict(known.choices)


def is_there(path: str) -> bool:
    """A module may be named without its ending."""
    return (ROOT / path).exists() or (ROOT / f"{path}.py").exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text("utf-8")) if "://" not in target]
    broken = [target for target in targets if not (document.parent / target.partition("#")[0]).exists()]
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_that_are_named_exist(document: Path) -> None:
    named = PATH.findall(document.read_text("utf-8"))
    assert [path for path in named if not is_there(path)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_registry(document: Path) -> None:
    assert not [host for host in REGISTRIES if host in document.read_text("utf-8")]


def test_the_readme_lists_exactly_the_commands_there_are() -> None:
    listed = list(first_cells(heading("What else it can do", text_of("README.md"))))
    assert listed == ["command", *(f"`{command}`" for command in commands())]


def test_the_readme_names_every_option_of_each_command() -> None:
    rows = {
        row.split("`")[1]: row
        for row in text_of("README.md").splitlines()
        if row.startswith("| `") and "--" in row
    }
    for command, parser in commands().items():
        options = [option for option in parser._option_string_actions if option.startswith("--")]
        assert [name for name in options if name != "--help" and name not in rows[command]] == []


def test_the_readme_names_every_scenario() -> None:
    scenarios = [path.stem for path in (ROOT / "devices/simulator/scenarios").glob("*.toml")]
    assert scenarios
    assert [name for name in scenarios if f"`{name}`" not in text_of("README.md")] == []


def test_every_kind_of_monitor_is_listed_and_has_its_page() -> None:
    table = heading("Chairs and monitors", text_of("docs/technicians.md"))
    pages = dict(re.findall(r"\| (`.+`) \| .+ \| \[[\w-]+\]\((protocols/[\w-]+\.md)\) \|", table))
    listed = {name: page for names, page in pages.items() for name in re.findall(r"[\w-]+", names)}
    assert listed.keys() == PROFILES.keys()
    assert set(listed.values()) == {f"protocols/{path.name}" for path in ROOT.glob("docs/protocols/*.md")}
    assert [name for name, page in listed.items() if f"`{name}`" not in text_of(f"docs/{page}")] == []


def test_every_table_of_the_policy_is_explained() -> None:
    page = heading("Limits: the policy file", text_of("docs/technicians.md"))
    explained = set(re.findall(r"\w+", " ".join(first_cells(page))))
    assert explained >= {field.name for field in fields(Policy)}


def test_every_kind_of_entry_is_documented_as_the_program_has_it() -> None:
    page = text_of("docs/record-format.md")
    assert runpy.run_path(str(ROOT / "docs/kinds.py"))["page_with_table"](page) == page
    assert [kind.KIND for kind in get_args(Body) if f"| `{kind.KIND}` |" not in page] == []


def test_every_refusal_that_is_explained_is_one_the_program_makes() -> None:
    program = "".join(
        path.read_text("utf-8")
        for folder in ("db", "devices", "monitor", "ui")
        for path in ROOT.glob(f"{folder}/**/*.py")
    )
    _, *sentences = first_cells(heading("What each refusal means", text_of("docs/technicians.md")))
    assert sentences
    assert [sentence for sentence in sentences if sentence not in program] == []


def test_every_invariant_names_a_module_and_a_guard() -> None:
    section = heading("Invariants", text_of("ARCHITECTURE.md"))
    invariants = section.strip().split("\n- ")
    assert len(invariants) > 10
    assert [
        each
        for each in invariants
        if "**" not in each or not re.search(r"Guard: `tests/|import-linter", each)
    ] == []


def test_every_rule_names_a_module_and_a_test() -> None:
    rows = [
        row
        for row in heading("Any rule in a minute", text_of("ARCHITECTURE.md")).splitlines()
        if ".py`" in row
    ]
    assert len(rows) > 20
    assert [
        row for row in rows if "`tests/" not in row.rpartition(" | ")[2] or len(PATH.findall(row)) < 2
    ] == []


@pytest.mark.parametrize("folder", ["monitor", "devices", "db"])
def test_every_module_is_on_the_map(folder: str) -> None:
    page = heading("Code map", text_of("ARCHITECTURE.md"))
    row = next(line for line in page.splitlines() if line.startswith(f"| `{folder}/`"))
    words = set(re.findall(r"\w+", row))
    modules = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}
    assert [name for name in sorted(modules) if name not in words and not name.startswith("judge")] == []


def test_every_screen_is_pictured_in_three_themes() -> None:
    names = [*(scene.name for scene in scenes()), "entry-states"]
    wanted = {f"{name}-{theme.value}.png" for name in names for theme in ThemeName} | {"report-printed.png"}
    pictures = list((ROOT / "docs/screenshots").iterdir())
    assert {picture.name for picture in pictures} == wanted
    assert sum(picture.stat().st_size for picture in pictures) < MOST_BYTES_OF_PICTURES


def test_the_verifier_that_stands_alone_is_told_of() -> None:
    for page in ("README.md", "docs/technicians.md", "docs/record-format.md"):
        assert "verify_dump.py" in text_of(page)


def test_the_changelog_has_the_version_in_use_or_what_comes_next() -> None:
    assert "## [Unreleased]" in text_of("CHANGELOG.md") or f"## [{VERSION}]" in text_of("CHANGELOG.md")


def test_the_documents_say_what_vigil_is_not() -> None:
    for page in ("README.md", "docs/nurses.md"):
        assert re.search(r"bedside monitor\s+(stays|is)\s+the\s+alarm", text_of(page))
    readme = " ".join(text_of("README.md").split())
    for claim in ("chosen, not authenticated", "not encrypted", "not a medical device"):
        assert claim in readme
