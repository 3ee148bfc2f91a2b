"""What a sheet without room for everything leaves out, in which order, and how it says so with a count.

The chart shows every set and event whatever happens, and the record holds all. Nothing is left out silently.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ui.report.content import Column, ReportContent
from ui.report.paper import Run
from ui.text import report_words

Items = tuple[tuple[Run, ...], ...]
Counted = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How many of each list a sheet may print; None is all."""

    listed: int | None = None
    columns: int | None = None


# First the lists grow shorter, then the table; the last still holds the sets that tell the most.
ALLOWANCES = (
    Allowance(),
    *(Allowance(listed=count) for count in (24, 16, 12, 8, 6)),
    *(Allowance(listed=5, columns=count) for count in (36, 24)),
    *(Allowance(listed=count, columns=12) for count in (5, 3)),
)


def shortened(content: ReportContent, allowed: Allowance) -> ReportContent:
    """Return `content` with at most that many flags, events, needs and sets, and a count of what is missing.

    Flags come most serious first where not all are printed; events keep the numbers of the chart.
    """
    if allowed.listed is None:
        return content
    needs = content.needs
    if len(needs) > allowed.listed:
        needs = (*needs[: allowed.listed], report_words.more_needs(len(needs) - allowed.listed))
    columns = content.columns
    notes = content.table_notes
    if allowed.columns is not None and len(columns) > allowed.columns:
        columns = _telling(columns, allowed.columns)
        notes = f"{report_words.fewer_sets(len(columns), len(content.columns))} {notes}"
    return replace(
        content,
        flags=_cut(_by_level(content, allowed.listed), allowed.listed, report_words.more_flags),
        events=_cut(content.events, allowed.listed, report_words.more_events),
        columns=columns,
        needs=needs,
        table_notes=notes,
    )


def _by_level(content: ReportContent, most: int) -> Items:
    """Order flags by how serious they are, unless all are printed: then they stay in order of time."""
    if len(content.flags) <= most:
        return content.flags
    return tuple(sorted(content.flags, key=lambda flag: -flag[0].text.count("!")))


def _cut(items: Items, most: int, more: Counted) -> Items:
    if len(items) <= most:
        return items
    return (*items[:most], (Run(text=more(len(items) - most), is_bold=True),))


def _telling(columns: tuple[Column, ...], most: int) -> tuple[Column, ...]:
    """Choose the sets that tell most, then the earliest, and keep them in order of time."""
    order = sorted(range(len(columns)), key=lambda at: (columns[at].rank, at))
    return tuple(columns[at] for at in sorted(order[:most]))
