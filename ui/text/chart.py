"""Words of the session chart."""

from PySide6.QtCore import QCoreApplication

from ui.text.formats import pressure, session_minute

translate = QCoreApplication.translate


def blood_pressure() -> str:
    """Title of the pressure pane."""
    return translate("chart", "Blood pressure")


def heart_rate() -> str:
    """Title of the rate pane."""
    return translate("chart", "Heart rate")


def oxygen() -> str:
    """Title of the saturation pane."""
    return translate("chart", "SpO\N{SUBSCRIPT TWO}")


def mmhg() -> str:
    """Unit of pressure."""
    return translate("chart", "mmHg")


def per_minute() -> str:
    """Unit of a rate."""
    return translate("chart", "/min")


def percent() -> str:
    """Unit of saturation."""
    return translate("chart", "%")


def pump() -> str:
    """Name of the pump's strip before anything runs."""
    return translate("chart", "Pump")


def ml_per_hour() -> str:
    """Unit of the pump's rate."""
    return translate("chart", "mL/h")


def effects() -> str:
    """Name of the effects strip."""
    return translate("chart", "Effects")


def events() -> str:
    """Name of the events strip."""
    return translate("chart", "Events")


def alertness() -> str:
    """Name of the alertness strip."""
    return translate("chart", "MOAA/S")


def charted() -> str:
    """Legend: a person charted it."""
    return translate("chart", "charted")


def captured() -> str:
    """Legend: from the monitor, nobody accepted it yet."""
    return translate("chart", "captured, not accepted")


def no_data() -> str:
    """Legend: the monitor sent nothing."""
    return translate("chart", "no data")


def monitor_trend() -> str:
    """Legend: live values."""
    return translate("chart", "monitor trend")


def rescaled() -> str:
    """Say that an axis left its usual range."""
    return translate("chart", "rescaled")


def more_effects(count: int) -> str:
    """Say that the strip has no room for `count` more."""
    return translate("chart", "+%1 more").replace("%1", str(count))


def chart_name() -> str:
    """Name of the chart for a screen reader."""
    return translate("chart", "Session chart")


def chart_summary(*, readings: int, peak: tuple[int, int, int] | None) -> str:
    """Say what the chart shows in one sentence; `peak` is systolic, diastolic and minute."""
    if peak is None:
        return translate("chart", "No readings yet")
    systolic, diastolic, minute = peak
    text = translate("chart", "%1 readings, peak %2 at %3 min")
    if readings == 1:
        text = translate("chart", "%1 reading, %2 at %3 min")
    parts = {"%1": str(readings), "%2": pressure(systolic, diastolic), "%3": session_minute(minute)}
    for place, part in parts.items():
        text = text.replace(place, part)
    return text


def minutes_unit() -> str:
    """Unit of the small axis, written once at its end."""
    return translate("chart", "min")
