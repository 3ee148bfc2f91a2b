"""The time of what a question records: now, unless typed as `@hhmm` or shifted by the arrows. Values only."""

import re
from enum import Enum

from monitor.clock import MS_PER_MINUTE, Instant
from monitor.entry_line import TimeOfDay
from ui.text import bedside_words as words
from ui.text.formats import local

_TIME = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9])")
_TIME_AT_END = re.compile(r"\s*@([01][0-9]|2[0-3])([0-5][0-9])\s*$")
_TIME_DIGITS = 4


class Typed(Enum):
    """What a digit of a time came to."""

    UNFINISHED = "unfinished"
    CHOSEN = "chosen"
    NO_TIME = "no_time"


class ChosenTime:
    """A time of day, and the digits of one that is being typed."""

    def __init__(self) -> None:
        self._digits: str | None = None
        self.value: TimeOfDay | None = None

    @property
    def is_typing(self) -> bool:
        """Whether digits belong to a time."""
        return self._digits is not None

    @property
    def text(self) -> str:
        """What to show of it; "" for now."""
        if self._digits is not None:
            return f"@{self._digits}  {words.digits_wanted()}"
        return "" if self.value is None else words.at(f"{self.value.hour:02d}:{self.value.minute:02d}")

    def begin(self) -> None:
        """An `@` was typed."""
        self._digits = ""

    def type(self, digit: str) -> Typed:
        """Take a digit; anything else erases the newest."""
        digits = self._digits or ""
        self._digits = digits + digit if digit.isdecimal() else digits[:-1]
        if len(self._digits) < _TIME_DIGITS:
            return Typed.UNFINISHED
        match = _TIME.fullmatch(self._digits)
        self._digits, self.value = None, _time_of(match)
        return Typed.NO_TIME if match is None else Typed.CHOSEN

    def shift(self, minutes: int, now: Instant) -> None:
        """Move it from the time chosen, or from `now`."""
        base = local(now)
        if self.value is not None:
            base = base.replace(hour=self.value.hour, minute=self.value.minute)
        moved_ms = round(base.timestamp()) * 1000 + minutes * MS_PER_MINUTE
        moved = local(Instant(utc_ms=moved_ms, offset_minutes=now.offset_minutes))
        self.value = TimeOfDay(hour=moved.hour, minute=moved.minute)

    def cut_from(self, text: str) -> str:
        """Return `text` without a time at its end; that time is chosen."""
        match = _TIME_AT_END.search(text)
        if match is None:
            return text
        self.value = _time_of(match)
        return text[: match.start()]


def _time_of(match: re.Match[str] | None) -> TimeOfDay | None:
    return None if match is None else TimeOfDay(hour=int(match[1]), minute=int(match[2]))
