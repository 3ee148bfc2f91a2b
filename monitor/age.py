"""Whole years between a birth date and a moment of the local calendar."""

from datetime import UTC, date, datetime, timedelta

from monitor.clock import MS_PER_S, Instant


def local_date(at: Instant) -> date:
    """The calendar day at the station at `at`."""
    moment = datetime.fromtimestamp(at.utc_ms // MS_PER_S, UTC) + timedelta(minutes=at.offset_minutes)
    return moment.date()


def age_years(birth_date: str, at: Instant) -> int | None:
    """Age in whole years, None when `birth_date` is no YYYY-MM-DD or lies ahead."""
    try:
        born = date.fromisoformat(birth_date)
    except ValueError:
        return None
    today = local_date(at)
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years if years >= 0 else None
