"""A session's figures: each with its name, value, minute and what it stands on."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor.clock import MS_PER_MINUTE
from monitor.exposure import Coverage
from monitor.summary import Confirmation, Peak, Summary
from monitor.view import SessionView
from monitor.vitals import Quantity
from ui.text.formats import exact, signed_exact
from ui.text.summary_parts import baseline, filled, limit_pair, minute_min, minutes_above, reading_pressure

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A row of figures: name, value, when, and a remark."""

    name: str
    value: str
    when: str = ""
    remark: str = ""


def figures(view: SessionView, summary: Summary) -> tuple[Figure, ...]:
    """Every figure of a session, in the order in which they are read."""
    found = [
        Figure(
            name=translate("summary", "Baseline"),
            value=baseline(summary.baseline),
            remark=filled(translate("summary", "mean of %1 sets"), str(view.policy.baseline.sets))
            if summary.baseline
            else translate("summary", "too few sets"),
        )
    ]
    named = (
        (translate("summary", "Peak systolic"), Quantity.SYSTOLIC, summary.peak_systolic),
        (translate("summary", "Peak diastolic"), Quantity.DIASTOLIC, summary.peak_diastolic),
    )
    for name, quantity, peak in named:
        if peak is not None:
            parts = (_from_baseline(summary, quantity, Fraction(peak.value)), _fate_word(peak))
            when = minute_min(view, peak.reading.at_ms)
            remark = ", ".join(part for part in parts if part)
            found.append(Figure(name=name, value=str(peak.value), when=when, remark=remark))
    return (*found, *_extremes(view, summary), *_exposures(summary), *_last(view, summary))


def short_figures(view: SessionView, summary: Summary) -> tuple[Figure, ...]:
    """The figures that fit one line of boxes: the peak as a pressure, beside its repeat."""
    found = [Figure(name=translate("summary", "Baseline"), value=baseline(summary.baseline))]
    peak = summary.peak_systolic
    if peak is not None:
        when, value = minute_min(view, peak.reading.at_ms), reading_pressure(peak.reading)
        found.append(Figure(name=translate("summary", "Peak"), value=value, when=when))
        if peak.repeat is not None:
            value = reading_pressure(peak.repeat)
            found.append(Figure(name=translate("summary", "its repeat"), value=value))
    found += [Figure(name=each.name, value=each.value) for each in _exposures(summary)]
    found += [Figure(name=each.name, value=each.value) for each in _extremes(view, summary)[1:]]
    return (
        *found,
        *(Figure(name=each.name, value=each.value, when=each.when) for each in _last(view, summary)),
    )


def _fate_word(peak: Peak) -> str:
    return {
        Confirmation.CONFIRMED: translate("summary", "confirmed"),
        Confirmation.NOT_CONFIRMED: translate("summary", "not confirmed"),
        Confirmation.NOT_REPEATED: translate("summary", "not repeated"),
    }.get(peak.confirmation, "")


def _from_baseline(summary: Summary, quantity: Quantity, value: Fraction) -> str:
    base = summary.baseline.get(quantity)
    return "" if base is None else signed_exact(value - base)


def _extremes(view: SessionView, summary: Summary) -> list[Figure]:
    rows = (
        (translate("summary", "Peak MAP"), Quantity.MAP, summary.peak_map),
        (translate("summary", "Peak rate"), Quantity.PULSE_RATE, summary.peak_rate),
        (translate("summary", "Lowest SpO\N{SUBSCRIPT TWO}"), Quantity.SPO2, summary.lowest_spo2),
    )
    found = []
    for name, quantity, extreme in rows:
        if extreme is None:
            continue
        remark = _from_baseline(summary, quantity, extreme.value)
        if quantity is Quantity.MAP:
            mean = extreme.reading.vitals.mean_pressure()
            is_measured = mean is not None and mean.is_measured
            remark = translate("summary", "measured") if is_measured else translate("summary", "calculated")
        when = minute_min(view, extreme.reading.at_ms)
        found.append(Figure(name=name, value=str(round(extreme.value)), when=when, remark=remark))
    return found


def _exposures(summary: Summary) -> list[Figure]:
    name = translate("summary", "At or above %1")
    return [
        Figure(
            name=filled(name, limit_pair(each)),
            value=minutes_above(each),
            remark=translate("summary", "between sets, linear"),
        )
        for each in summary.exposures
    ]


def _last(view: SessionView, summary: Summary) -> list[Figure]:
    if summary.last is None:
        return []
    vitals, name = summary.last.vitals, translate("summary", "Last set")
    changes = [
        _from_baseline(summary, quantity, Fraction(value))
        for quantity, value in (
            (Quantity.SYSTOLIC, vitals.systolic_mmhg),
            (Quantity.DIASTOLIC, vitals.diastolic_mmhg),
        )
        if value is not None
    ]
    remark = filled(translate("summary", "%1 from baseline"), "/".join(changes)) if summary.baseline else ""
    when = minute_min(view, summary.last.at_ms)
    return [Figure(name=name, value=reading_pressure(summary.last), when=when, remark=remark)]


def coverage(found: Coverage, longest_allowed_s: int) -> str:
    """Say what the figures stand on: "12 charted sets, longest interval 16 min"."""
    text = translate("summary", "%1 charted sets, longest interval %2 min")
    said = filled(text, str(found.sets), exact(Fraction(found.longest_ms, MS_PER_MINUTE)))
    if not found.left_out:
        return said
    text = translate("summary", "%1; %2 over %3 min left out of the minutes above (%4 min in all)")
    return filled(
        text,
        said,
        str(found.left_out),
        str(longest_allowed_s // 60),
        exact(Fraction(found.left_out_ms, MS_PER_MINUTE)),
    )
