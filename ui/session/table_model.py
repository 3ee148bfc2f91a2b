"""The table twin as plain columns: every reading that ever stood here, newest right, nothing left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from monitor import bodies
from monitor.entries import Entry
from monitor.terms import Reason
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Vitals
from ui.chart.build_marks import mark_style
from ui.chart.series import MarkStyle
from ui.text import happened
from ui.text import session_words as words
from ui.text.formats import clock, pressure, session_minute, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """One column; `reading` is what can be amended there, None for what cannot.

    `is_quiet` when nobody accepted the reading: it satisfies neither schedule nor baseline.
    """

    cells: tuple[str, ...]
    is_struck: bool = False
    is_quiet: bool = False
    reading: Reading | None = None


def table_columns(view: SessionView, is_saved: Callable[[Entry], bool]) -> tuple[TableColumn, ...]:
    """Return the columns in order of time; what was replaced or withdrawn stays, struck through."""
    placed = [(reading.at_ms, column) for reading in view.readings for column in _of(view, reading, is_saved)]
    for item in view.happened:
        if isinstance(item.body, bodies.NotObtained):
            text = happened.event(item.body) or ""
            cells = (
                happened.taken_at(item.entry),
                _minute(view, item.at_ms),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                text,
            )
            placed.append((item.at_ms, TableColumn(cells=cells)))
    return tuple(column for _, column in sorted(placed, key=lambda each: each[0]))


def _of(view: SessionView, reading: Reading, is_saved: Callable[[Entry], bool]) -> Iterator[TableColumn]:
    """A reading's columns: the original struck through when it was changed, then what stands."""
    replaced = [
        each.body
        for each in reading.amendments
        if isinstance(each.body, bodies.Amended) and each.body.vitals is not None
    ]
    if replaced:
        text = words.amended(_reason(replaced[-1].reason))
        yield _column(view, replace(reading, amendments=()), reading.original, text, is_struck=True)
    is_gone = reading.standing in {Standing.WITHDRAWN, Standing.MOVED}
    unsaved = "" if is_saved(reading.entry) else words.not_saved_yet()
    standing = ", ".join(part for part in (_standing(view, reading), unsaved) if part)
    column = _column(view, reading, reading.vitals, standing, is_struck=is_gone)
    yield TableColumn(
        cells=column.cells,
        is_struck=is_gone,
        is_quiet=reading.standing in {Standing.CAPTURED, Standing.REJECTED},
        reading=None if is_gone else reading,
    )


def _column(
    view: SessionView, reading: Reading, vitals: Vitals, standing: str, *, is_struck: bool
) -> TableColumn:
    mean = vitals.mean_pressure()
    source = "" if mean is None else words.measured() if mean.is_measured else words.calculated()
    cells = (
        happened.taken_at(reading.entry),
        _minute(view, reading.at_ms),
        pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg),
        "" if mean is None else f"{round(mean.mmhg)} {source}",
        *(
            "" if value is None else whole(value)
            for value in (vitals.rate_bpm, vitals.spo2_percent, vitals.respiratory_rate_bpm, vitals.moaa_s)
        ),
        happened.source(reading),
        standing,
    )
    return TableColumn(cells=cells, is_struck=is_struck)


def _standing(view: SessionView, reading: Reading) -> str:
    if reading.standing is Standing.MOVED:
        return words.moved()
    if reading.standing is Standing.WITHDRAWN:
        last = reading.amendments[-1].body
        return words.withdrawn(_reason(last.reason) if isinstance(last, bodies.Amended) else "")
    if reading.standing is Standing.CAPTURED:
        return words.not_accepted()
    if reading.reject_reason is not None:
        return words.rejected(happened.reject_reason(reading.reject_reason))
    is_late = mark_style(view, reading) is MarkStyle.LATE
    return words.late(clock(reading.entry.recorded_at)) if is_late else ""


def _reason(reason: Reason) -> str:
    return happened.amend_reason(reason)


def _minute(view: SessionView, at_ms: int) -> str:
    minute = view.minute(at_ms)
    return "" if minute is None else session_minute(round(minute))
