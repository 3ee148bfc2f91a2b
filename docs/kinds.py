"""Write the table of entry kinds in record-format.md from the program itself, so that it stays true.

    .venv/bin/python docs/kinds.py

A test compares the page with `kinds_table()`.
"""

import sys
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "record-format.md"
BEGIN, END = "<!-- kinds: written by docs/kinds.py -->", "<!-- end of kinds -->"
_PLAIN = {"str": "text", "int": "whole number", "bool": "true or false", "Decimal": "decimal as text"}
_PLAIN |= {"Fraction": "exact number as text", "Mapping": "object"}


def kinds_table() -> str:
    """Every kind of entry, what it means and its payload, as a table; then the objects and words inside."""
    from monitor.bodies import Body

    seen: dict[str, type] = {}
    lines = ["| kind | means | payload |", "|---|---|---|"]
    for kind in get_args(Body):
        meaning = (kind.__doc__ or "").split("\n")[0]
        lines.append(f"| `{kind.KIND}` | {meaning} | {_payload(kind, seen) or 'empty'} |")
    objects, words = ["| object | fields |", "|---|---|"], ["| word of | one of |", "|---|---|"]
    named: set[str] = set()
    while set(seen) - named:
        for name in sorted(set(seen) - named):
            named.add(name)
            found = seen[name]
            if is_dataclass(found):
                objects.append(f"| {name} | {_payload(found, seen)} |")
            elif issubclass(found, Enum):
                words.append(f"| {name} | {', '.join(f'`{each.value}`' for each in found)} |")
    return "\n".join([*lines, "", *objects, "", *words])


def _payload(kind: type, seen: dict[str, type]) -> str:
    hints = get_type_hints(kind)
    return ", ".join(f"`{each.name}` {_type_text(hints[each.name], seen)}" for each in fields(kind))


def _type_text(hint: Any, seen: dict[str, type]) -> str:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = next(option for option in get_args(hint) if option is not type(None))
        return f"{_type_text(inner, seen)} or null"
    if origin is tuple:
        return f"list of {_type_text(get_args(hint)[0], seen)}"
    plain = _PLAIN.get((origin or hint).__name__)
    if plain is not None:
        return plain
    seen[hint.__name__] = hint
    return str(hint.__name__)


def page_with_table(page: str) -> str:
    """The page with what stands between its two marks written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{kinds_table()}\n\n{END}{after}"


def main() -> int:
    """Write the page."""
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(page_with_table(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
