"""What sentence, figures and lists of a session share: moments, pressures, limits, a peak's fate."""

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor.exposure import Exposure
from monitor.summary import Confirmation, Peak, minute_of
from monitor.view import Reading, SessionView
from monitor.vitals import Quantity
from ui.text.formats import clock, exact, exact_pressure, pressure, signed

translate = QCoreApplication.translate


def filled(text: str, *parts: str) -> str:
    """Put `parts` in the places %1, %2, … of `text`."""
    for place, part in enumerate(parts, start=1):
        text = text.replace(f"%{place}", part)
    return text


def minute(view: SessionView, at_ms: int) -> str:
    """Write a moment as a minute of the infusion, "+12"; by the clock where there was none."""
    since_start = minute_of(view, at_ms)
    return clock(view.wall(at_ms)) if since_start is None else signed(round(since_start))


def minute_min(view: SessionView, at_ms: int) -> str:
    """Write "+12 min", or the clock where there was no infusion."""
    text = minute(view, at_ms)
    return text if view.infusion is None else filled(translate("summary", "%1 min"), text)


def reading_pressure(reading: Reading) -> str:
    """Write a reading's pressure, "158/96"."""
    return pressure(reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)


def baseline(values: Mapping[Quantity, Fraction]) -> str:
    """Write the baseline's pressure, "124/78" or "112.5/78": a mean of two sets can end in a half."""
    return exact_pressure(values.get(Quantity.SYSTOLIC), values.get(Quantity.DIASTOLIC))


def limit_pair(exposure: Exposure) -> str:
    """Write a level's limits, "160/100"."""
    values = {limit.quantity: limit.value for limit in exposure.limits}
    return pressure(values.get(Quantity.SYSTOLIC), values.get(Quantity.DIASTOLIC))


def minutes_above(exposure: Exposure) -> str:
    """Write the minutes at or above, or that they cannot be told."""
    if exposure.minutes is None:
        return translate("summary", "not computed")
    return filled(translate("summary", "%1 min"), exact(exposure.minutes))


def fate(view: SessionView, peak: Peak) -> str:
    """Say what became of a peak's repeat: "not confirmed (repeat 158/96 at +14)"."""
    word = {
        Confirmation.NOT_ASKED: "",
        Confirmation.CONFIRMED: translate("summary", "confirmed"),
        Confirmation.NOT_CONFIRMED: translate("summary", "not confirmed"),
        Confirmation.NOT_REPEATED: translate("summary", "not repeated"),
        Confirmation.WAITING: translate("summary", "repeat awaited"),
    }[peak.confirmation]
    if peak.repeat is None:
        return word
    text = translate("summary", "%1 (repeat %2 at %3)")
    return filled(text, word, reading_pressure(peak.repeat), minute(view, peak.repeat.at_ms))
