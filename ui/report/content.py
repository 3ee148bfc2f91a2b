"""What the report says, as text in its places: view and figures in, words out."""

import re
from dataclasses import dataclass, replace
from datetime import date

from monitor import bodies
from monitor.clock import MS_PER_MINUTE, Instant
from monitor.entries import Entry
from monitor.policy import Level
from monitor.summary import Summary, minute_of, summarize
from monitor.terms import Arm
from monitor.view import Infusion, Reading, SessionView, Standing
from monitor.vitals import Vitals
from ui.chart.build import axis_of
from ui.chart.series import ChartModel
from ui.report.paper import Run
from ui.text import (
    figure_words,
    flag_story,
    happened,
    needs_words,
    people,
    report_words,
    summary_parts,
    summary_words,
)
from ui.text.formats import calendar_date, clock, day, pressure, signed, weekday_and_day, whole
from ui.text.words import level_marks, level_word

DOT = " \N{MIDDLE DOT} "


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One set of the readings table: a cell a row.

    `is_quiet` when nobody accepted it; `rank` orders what a sheet without room for all still prints.
    """

    cells: tuple[tuple[Run, ...], ...]
    is_quiet: bool
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the sheet says of itself: printed when, by whom, for which clinic, by which version."""

    printed_at: Instant
    printed_by: str
    clinic: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """Every word of the sheet.

    Attributes:
        name: of the patient.
        identity: second line.
        date: right of the name.
        place: right of the identity.
        dose: what ran and when.
        sentence: the session in one breath.
        figures: summary row.
        figures_note: what the figures stand on.
        columns: the sets, in order of time.
        table_notes: what was amended, who charted.
        flags: each flag with its answers.
        events: numbered as on the chart.
        needs: what still needs someone, each in a line; empty is nothing.
        signatures: title and meaning of each; the first box is the signature.
        foot_left: second check, version.
        foot_right: printed, head.
        is_simulated: whether the sheet must be striped.
    """

    name: str
    identity: tuple[Run, ...]
    date: str
    place: str
    dose: tuple[Run, ...]
    sentence: str
    figures: tuple[figure_words.Figure, ...]
    figures_note: str
    columns: tuple[Column, ...]
    table_notes: str
    flags: tuple[tuple[Run, ...], ...]
    events: tuple[tuple[Run, ...], ...]
    needs: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]
    foot_left: tuple[str, ...]
    foot_right: tuple[str, ...]
    is_simulated: bool


def report_content(view: SessionView, model: ChartModel, record_head: str, stamp: Stamp) -> ReportContent:
    """Word the report of `view`, whose record ends at `record_head`."""
    summary = summarize(view)
    patient = view.patient
    age = people.age(patient.birth_date, view.seated_at)
    identity = DOT.join(
        (
            report_words.born(born_on(patient.birth_date), age),
            report_words.number(patient.clinic_number),
            report_words.weight(happened.decimal(view.seated.weight_kg)),
        )
    )
    return ReportContent(
        name=patient.name,
        identity=(
            Run(text=identity + DOT),
            Run(text=report_words.allergies(patient.allergies), is_bold=True),
        ),
        date=weekday_and_day(view.seated_at),
        place=DOT.join((report_words.chair(view.chair), _arms(view))),
        dose=_dose(view),
        sentence=summary_words.sentence(view, summary),
        figures=figure_words.short_figures(view, summary),
        figures_note=_figures_note(view, summary),
        columns=_columns(view),
        table_notes=_table_notes(view),
        flags=_flags(view, summary),
        events=_events(view, model),
        needs=tuple(needs_words.need(view, each) for each in summary.needs),
        signatures=_signatures(view),
        foot_left=(
            report_words.provenance(stamp.version, view.policy.title, view.station, view.record_length),
            report_words.chosen_not_authenticated(),
        ),
        foot_right=(
            report_words.printed(f"{day(stamp.printed_at)} {clock(stamp.printed_at)}", stamp.printed_by),
            report_words.session(view.session),
            report_words.head(grouped(record_head)),
        ),
        is_simulated=view.is_simulated,
    )


def grouped(record_head: str) -> str:
    """Write a hash in groups of four."""
    return " ".join(re.findall(".{1,4}", record_head))


def born_on(birth_date: str) -> str:
    """Write a birth date by the named month; one that is no date stays as it was typed."""
    try:
        return calendar_date(date.fromisoformat(birth_date))
    except ValueError:
        return birth_date


def _arms(view: SessionView) -> str:
    sides = {Arm.LEFT: report_words.left_arm(), Arm.RIGHT: report_words.right_arm()}
    return report_words.arms(sides[view.seated.cuff_arm], sides[view.seated.iv_arm])


def _dose(view: SessionView) -> tuple[Run, ...]:
    plan = report_words.planned(view.seated.dose_text, view.seated.planned_minutes)
    infusion = view.infusion
    if infusion is None:
        return (Run(text=report_words.not_infused(), is_bold=True), Run(text=DOT + plan))
    body = infusion.body
    name = f"{body.drug[:1].upper()}{body.drug[1:]} {happened.decimal(body.dose_mg)} mg"
    end = None if infusion.stopped_ms is None else clock(view.wall(infusion.stopped_ms))
    parts = [report_words.from_to(clock(view.wall(infusion.started_ms)), end), *_pump(view, infusion), plan]
    if body.aware:
        parts.append(report_words.aware(body.aware))
    if body.override is not None:
        parts.append(report_words.override(body.override.by, body.override.reason))
    return (Run(text=name, is_bold=True), Run(text=DOT + DOT.join(parts)))


def _pump(view: SessionView, infusion: Infusion) -> list[str]:
    said = []
    for span in infusion.spans:
        since = clock(view.wall(span.from_ms))
        if span.rate_ml_per_h is None:
            until = None if span.until_ms is None else clock(view.wall(span.until_ms))
            said.append(report_words.paused(since, until))
        else:
            said.append(report_words.rate_from(happened.decimal(span.rate_ml_per_h), since))
    return said


def _figures_note(view: SessionView, summary: Summary) -> str:
    said = figure_words.coverage(summary.coverage, view.policy.summary.longest_interval_s) + "."
    waiting = [
        f"{summary_parts.reading_pressure(each)} {happened.taken_at(each.entry)}" for each in view.waiting
    ]
    if waiting:
        said += " " + report_words.left_waiting(", ".join(waiting))
    if summary.higher_captured is None and summary.peak_systolic is not None:
        said += " " + report_words.no_higher_capture()
    return said


def _columns(view: SessionView) -> tuple[Column, ...]:
    """Write every reading; those of baseline, peak and end rank first, then what was flagged or amended."""
    charted = view.charted
    highest = max(charted, key=lambda each: each.vitals.systolic_mmhg or 0, default=None)
    ends = (*charted[: view.policy.baseline.sets], *charted[-1:], highest)
    first = {each.key for each in ends if each is not None}
    flagged = {each.change.key for each in view.flags if not each.change.state.closes}

    def rank(reading: Reading) -> int:
        if reading.key in first:
            return 0
        return 1 if reading.key in flagged or reading.amendments else 2

    return tuple(replace(column_of(view, each), rank=rank(each)) for each in view.readings)


def column_of(view: SessionView, reading: Reading) -> Column:
    """Write one reading as a column of the table."""
    exact = minute_of(view, reading.at_ms)
    is_gone = reading.standing in {Standing.WITHDRAWN, Standing.MOVED}
    return Column(
        cells=(
            (Run(text=happened.taken_at(reading.entry)),),
            (Run(text="" if exact is None else signed(round(exact))),),
            *_value_cells(reading, is_gone=is_gone),
            (Run(text=_source(reading)),),
        ),
        is_quiet=reading.standing in {Standing.CAPTURED, Standing.REJECTED},
    )


def _value_cells(reading: Reading, *, is_gone: bool) -> tuple[tuple[Run, ...], ...]:
    """Write each value; what an amendment changed stands struck through before what it became."""
    old, new = _values(reading.original), _values(reading.vitals)
    cells: list[tuple[Run, ...]] = []
    for place, (before, after) in enumerate(zip(old, new, strict=True)):
        is_bold = place == 0 and reading.counts
        if is_gone:
            cells.append((Run(text=after, is_struck=bool(after)),))
        elif before == after:
            cells.append((Run(text=after, is_bold=is_bold),))
        else:
            cells.append((Run(text=before, is_struck=True), Run(text=f" {after}", is_bold=is_bold)))
    return tuple(cells)


def _values(vitals: Vitals) -> tuple[str, ...]:
    top = pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg) if vitals.has_pressure else ""
    others = (vitals.rate_bpm, vitals.spo2_percent, vitals.respiratory_rate_bpm, vitals.moaa_s)
    return (top, *("" if value is None else whole(value) for value in others))


def _source(reading: Reading) -> str:
    named = {
        Standing.CAPTURED: report_words.captured(),
        Standing.REJECTED: report_words.rejected(),
        Standing.WITHDRAWN: report_words.withdrawn(),
        Standing.MOVED: report_words.moved(),
    }
    usual = report_words.from_monitor() if reading.is_monitor else report_words.typed()
    return named.get(reading.standing, usual)


def _table_notes(view: SessionView) -> str:
    said = [report_words.table_note()]
    said += [f"{_amendment(each, entry)}." for each in view.readings for entry in each.amendments]
    names = list(dict.fromkeys(each.by for each in view.charted))
    if names:
        said.append(report_words.charted_by(", ".join(names)))
    return " ".join(said)


def _amendment(reading: Reading, entry: Entry) -> str:
    body = entry.body
    at, old = happened.taken_at(reading.entry), happened.vitals(reading.original)
    by, when = entry.author.name, happened.taken_at(entry)
    if not isinstance(body, bodies.Amended) or body.vitals is None:
        reason = happened.amend_reason(body.reason) if isinstance(body, bodies.Amended) else ""
        return report_words.withdrawn_because(at, old, reason, by, when)
    new, reason = happened.vitals(body.vitals), happened.amend_reason(body.reason)
    return report_words.amended(at, old, new, reason, by, when)


def _flags(view: SessionView, summary: Summary) -> tuple[tuple[Run, ...], ...]:
    said = []
    for flag in summary.flags:
        marks = f"{level_marks(flag.level)} {level_word(flag.level)} "
        story = (flag_story.flag_title(view, flag), flag_story.flag_fate(view, flag))
        text = [", ".join(part for part in story if part)]
        if flag.answers or flag.level is not Level.WATCH:
            text.append(flag_story.flag_answers(view, flag.answers))
        said.append((Run(text=marks, is_bold=True), Run(text=". ".join(text) + ".")))
    return tuple(said) or ((Run(text=report_words.none()),),)


def event_lines(view: SessionView, model: ChartModel) -> tuple[str, ...]:
    """Write each event of the chart with its time, in the order of the chart's numbers."""
    zero_ms = axis_of(view, None).zero_ms
    return tuple(
        f"{clock(view.wall(zero_ms + round(event.minute * MS_PER_MINUTE)))} {event.text}"
        for event in model.events
    )


def _events(view: SessionView, model: ChartModel) -> tuple[tuple[Run, ...], ...]:
    said = [
        (Run(text=f"{number} ", is_bold=True), Run(text=line))
        for number, line in enumerate(event_lines(view, model), start=1)
    ]
    return tuple(said) or ((Run(text=report_words.none()),),)


def _signatures(view: SessionView) -> tuple[tuple[str, str], ...]:
    signed_by = [
        (
            report_words.signed(
                item.entry.author.name, f"{day(item.entry.recorded_at)} {clock(item.entry.recorded_at)}"
            ),
            item.body.meaning,
        )
        for item in view.happened
        if isinstance(item.body, bodies.Signed)
    ]
    missing = [(report_words.not_signed(), ""), (report_words.second_not_signed(), "")]
    return (*signed_by, *missing[len(signed_by) :])
