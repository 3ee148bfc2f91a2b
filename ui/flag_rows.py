"""One line a chair of what is flagged there, as values: what the banner shows on every page."""

from dataclasses import dataclass

from monitor.bodies import SymptomReported
from monitor.clock import MS_PER_S, Instant
from monitor.policy import Condition, Level
from monitor.standing import StandingFlag, standing_flags, urgency
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quality, Quantity
from ui.controller import ClinicController
from ui.text import flag_words, formats, happened, words
from ui.text.names import short_names

PRESSURES = frozenset({Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.MAP})
RATES = frozenset({Quantity.HEART_RATE, Quantity.PULSE_RATE})
SATURATION = frozenset({Quantity.SPO2})


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """The most urgent flag of one chair, worded.

    Attributes:
        chair: whose.
        flag: names the recorded change: session and sequence.
        level: of the flag.
        word: its badge's word.
        who: chair and short name.
        value: newest value of what is flagged, large.
        step: what to do, or what was done.
        detail: the time and age of the value, and what else is flagged there.
        countdown: what is left to repeat in, "" when no repeat is waited for.
        is_answered: whether somebody said what was done.
    """

    chair: int
    flag: tuple[str, int]
    level: Level
    word: str
    who: str
    value: str
    step: str
    detail: str
    countdown: str
    is_answered: bool

    @property
    def spoken(self) -> str:
        """The row in one line for a screen reader; ages are left out so that it stays the same."""
        return f"{self.word}. {self.who}. {self.value}"

    @property
    def sentence(self) -> str:
        """What to do, then the rest: the whole of what may be cut where there is no room."""
        return f"{self.step} {self.detail}"


def names_in_chairs(controller: ClinicController) -> dict[int, str]:
    """Short names of everyone seated, told apart."""
    return short_names({each.view.chair: each.view.patient for each in controller.clinic.sessions()})


def flag_rows(controller: ClinicController) -> tuple[FlagRow, ...]:
    """Every chair with an open notify or act now: the higher level first, then unanswered, then the older."""
    names = names_in_chairs(controller)
    now = controller.now()
    found = []
    for session in controller.clinic.sessions():
        view = session.view
        loud = [flag for flag in standing_flags(view, view.clock_ms(now)) if flag.is_loud]
        if loud:
            found.append((urgency(loud[0]), _row(view, loud, names[view.chair], now)))
    return tuple(row for _, row in sorted(found, key=lambda each: (each[0], each[1].chair)))


def flag_value(view: SessionView, flag: StandingFlag) -> tuple[str, Reading | None]:
    """Write the newest value of what is flagged, with the reading it stands in when there is one."""
    change = flag.flagged.change
    if change.condition is Condition.SYMPTOM:
        return _symptom(view, change.key), None
    if change.quantity is None:
        return flag_words.value_text(None, change.value), None
    reading = _newest(view, change.quantity)
    is_live = view.stood(change.key) is not None
    if reading is None or (is_live and reading.at_ms <= change.at_ms):
        return flag_words.value_text(change.quantity, change.value), None
    return _of_reading(reading, change.quantity), reading


def level_beside(
    view: SessionView,
    flags: tuple[StandingFlag, ...],
    quantities: frozenset[Quantity],
    shown: Reading | None,
) -> Level | None:
    """The highest level that stands on one of `quantities` of the reading `shown`: marked beside it."""
    levels = [
        flag.level
        for flag in flags
        if flag.flagged.change.quantity in quantities and is_about(view, flag, shown)
    ]
    return max(levels, key=lambda level: level.rank, default=None)


def is_about(view: SessionView, flag: StandingFlag, shown: Reading | None) -> bool:
    """Whether the reading `shown` raised the flag or is the newest of its quantity: not a later, live one."""
    return shown is not None and (flag.flagged.change.key == shown.key or is_newest(view, flag, shown))


def is_newest(view: SessionView, flag: StandingFlag, shown: Reading) -> bool:
    """Whether the newest value of what is flagged stands in the reading `shown`."""
    _, reading = flag_value(view, flag)
    return reading is not None and reading.sequence == shown.sequence


def _row(view: SessionView, loud: list[StandingFlag], name: str, now: Instant) -> FlagRow:
    first = loud[0]
    value, reading = flag_value(view, first)
    left_ms = first.repeat_left_ms
    return FlagRow(
        chair=view.chair,
        flag=(view.session, first.flagged.entry.sequence),
        level=first.level,
        word=flag_words.flag_word(first.level, first.state),
        who=flag_words.chair_and_name(view.chair, name),
        value=value,
        step=what_next(first),
        detail=_detail(view, loud, reading, now),
        countdown="" if left_ms is None else formats.countdown(left_ms / MS_PER_S),
        is_answered=first.answer is not None,
    )


def _detail(view: SessionView, loud: list[StandingFlag], reading: Reading | None, now: Instant) -> str:
    first = loud[0]
    at_ms = first.flagged.change.at_ms if reading is None else reading.at_ms
    at = formats.clock(view.wall(at_ms)) if reading is None else happened.taken_at(reading.entry)
    age = formats.age((view.clock_ms(now) - at_ms) / MS_PER_S)
    parts = [flag_words.taken(at, age)]
    stood = view.stood(first.flagged.change.key)
    if reading is None and stood is not None:
        parts.append(flag_words.stood(stood.stood_s))
    before = _before(view, first, reading)
    if before:
        parts.append(flag_words.was(before))
    if first.flagged.is_late:
        parts.append(flag_words.late())
    lead = ", ".join(parts) + "."
    more = [value_and_marks(view, flag) for flag in loud[1:]]
    also = f" {flag_words.also(', '.join(more))}." if more else ""
    return f"{lead}{also}"


def what_next(flag: StandingFlag) -> str:
    """Say what was done about a flag, or what to do."""
    if flag.answer is None:
        return flag_words.next_step(flag.flagged.change.condition, flag.state)
    return answered_text(flag)


def answered_text(flag: StandingFlag) -> str:
    """Say what was done about a flag and when; "" while nobody did."""
    if flag.answer is None:
        return ""
    at = happened.taken_at(flag.answer.entry)
    return flag_words.answered(happened.action(flag.answer.action), at)


def value_and_marks(view: SessionView, flag: StandingFlag) -> str:
    """Write what is flagged with its marks behind it: "SpO2 89 % !!"."""
    return f"{flag_value(view, flag)[0]} {words.level_marks(flag.level)}"


def _before(view: SessionView, flag: StandingFlag, reading: Reading | None) -> str:
    """Write the value that raised the flag when a newer one stands in the row."""
    change = flag.flagged.change
    raised_by = next((each for each in view.readings if each.key == change.key), None)
    if reading is None or raised_by is None or change.quantity is None or raised_by.key == reading.key:
        return ""
    return _of_reading(raised_by, change.quantity)


def _newest(view: SessionView, quantity: Quantity) -> Reading | None:
    judged = (
        each
        for each in reversed(view.readings)
        if each.quality is Quality.GOOD and each.standing in {Standing.CHARTED, Standing.CAPTURED}
    )
    return next((each for each in judged if quantity in each.vitals.by_quantity()), None)


def _of_reading(reading: Reading, quantity: Quantity) -> str:
    vitals = reading.vitals
    if quantity in PRESSURES:
        return formats.pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg)
    return flag_words.value_text(quantity, vitals.by_quantity()[quantity])


def _symptom(view: SessionView, key: int) -> str:
    found = (each.body for each in view.happened if each.entry.sequence == key)
    body = next(found, None)
    return happened.symptom(body.symptom) if isinstance(body, SymptomReported) else ""
