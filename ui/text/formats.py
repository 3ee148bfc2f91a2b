"""Numbers, ages and times as the screen writes them.

Times are 24 h and dates dd-MMM-yyyy: 03/04/25 means two different days to two readers.
"""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from monitor.clock import MS_PER_S, Instant

translate = QCoreApplication.translate

MINUS = "\N{MINUS SIGN}"
SECONDS_ARE_SHOWN_UNDER_S = 60
MINUTES_ARE_SHOWN_UNDER_S = 2 * 3600


def pressure(systolic_mmhg: int | None, diastolic_mmhg: int | None) -> str:
    """Write a cuff pressure, "128/82"; a missing half is an en dash, never a zero."""
    return f"{whole(systolic_mmhg)}/{whole(diastolic_mmhg)}"


def whole(value: int | None) -> str:
    """Write a measured integer, or an en dash where none was measured."""
    return "\N{EN DASH}" if value is None else str(value)


def signed(value: int) -> str:
    """Write a change: "+22", "0", or with a real minus sign."""
    if value == 0:
        return "0"
    return f"+{value}" if value > 0 else f"{MINUS}{-value}"


def exact(value: Fraction) -> str:
    """Write an exact number: "124", "112.5"; what one decimal cannot hold is rounded to it."""
    if value < 0:
        return f"{MINUS}{exact(-value)}"
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def exact_pressure(systolic_mmhg: Fraction | None, diastolic_mmhg: Fraction | None) -> str:
    """Write a mean pressure, "112.5/78"; a missing half is an en dash."""
    halves = (systolic_mmhg, diastolic_mmhg)
    return "/".join("\N{EN DASH}" if each is None else exact(each) for each in halves)


def signed_exact(value: Fraction) -> str:
    """Write an exact change: "+59.5", "0", or with a real minus sign."""
    return f"+{exact(value)}" if value > 0 else exact(value)


def session_minute(minute: int, *, is_started: bool = True) -> str:
    """Write a minute of the session's axis: "start" at zero once there was one, else signed."""
    return translate("formats", "start") if is_started and minute == 0 else signed(minute)


def age(seconds: float) -> str:
    """Write how old a value is: "40 s ago", "1 min ago", "3 h 5 min ago". Rounded down; never negative."""
    return translate("formats", "%1 ago").replace("%1", span(seconds))


def span(seconds: float) -> str:
    """Write a length of time in its largest sensible unit, rounded down: "40 s", "12 min", "3 h 5 min"."""
    whole_s = max(0, int(seconds))
    if whole_s < SECONDS_ARE_SHOWN_UNDER_S:
        return translate("formats", "%1 s").replace("%1", str(whole_s))
    if whole_s < MINUTES_ARE_SHOWN_UNDER_S:
        return translate("formats", "%1 min").replace("%1", str(whole_s // 60))
    hours, rest_s = divmod(whole_s, 3600)
    return translate("formats", "%1 h %2 min").replace("%1", str(hours)).replace("%2", str(rest_s // 60))


def countdown(seconds: float) -> str:
    """Write time left as "1:10"; "0:00" once it is over. Rounded up, so that 0:00 means now."""
    left_s = max(0, -int(-seconds // 1))
    return f"{left_s // 60}:{left_s % 60:02d}"


def clock(at: Instant) -> str:
    """Write a moment's local wall time, "10:27"."""
    return f"{local(at):%H:%M}"


def clock_s(at: Instant) -> str:
    """Write a moment's local wall time with seconds, "10:27:10"."""
    return f"{local(at):%H:%M:%S}"


def day(at: Instant) -> str:
    """Write a moment's local date, "18-Nov-2025"."""
    return calendar_date(local(at).date())


def weekday_and_day(at: Instant) -> str:
    """Write a moment's local date with its weekday, "Tuesday 18-Nov-2025"."""
    when = local(at).date()
    name = QLocale().dayName(when.isoweekday(), QLocale.FormatType.LongFormat)
    return f"{name} {calendar_date(when)}"


def calendar_date(when: date) -> str:
    """Write a date as day, named month and four-digit year, in the user's language."""
    return QLocale().toString(QDate(when.year, when.month, when.day), "dd-MMM-yyyy")


def local(at: Instant) -> datetime:
    """Return the wall time at the offset that was in force then, whatever the offset is today."""
    zone = timezone(timedelta(minutes=at.offset_minutes))
    return datetime.fromtimestamp(at.utc_ms / MS_PER_S, zone)


def filled(text: str, *parts: object) -> str:
    """Put `parts` where a translated text has %1, %2 and so on."""
    for place, part in enumerate(parts, start=1):
        text = text.replace(f"%{place}", str(part))
    return text
