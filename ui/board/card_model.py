"""What one card says, as values made from the session's view. No limit is compared here."""

from dataclasses import dataclass
from enum import Enum

from monitor.checks import gate_now
from monitor.clock import MS_PER_MINUTE, MS_PER_S, Instant
from monitor.policy import Level
from monitor.schedule import Ask, Lateness, Prompt, prompt
from monitor.standing import StandingFlag, standing_flags
from monitor.terms import Phase
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quantity
from monitor.waiting import doubtful
from ui.flag_rows import (
    PRESSURES,
    RATES,
    SATURATION,
    flag_value,
    is_about,
    is_newest,
    level_beside,
    value_and_marks,
)
from ui.text import board_words, flag_words, formats, happened


class LineLook(Enum):
    """How a state line is drawn: plain, filled with its flag's ink, tinted once answered, or violet."""

    PLAIN = "plain"
    FLAG = "flag"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    OVERDUE_LARGE = "overdue_large"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """The card's last line: what this chair asks for now.

    Attributes:
        look: how it is drawn.
        level: of the flag, None without one.
        lead: the first words, in the line's strongest ink.
        text: what follows them.
        short: the same where there is no room for that, "" when nothing shorter says it.
        count: a countdown, "" without one.
        right: quiet words at the right end.
    """

    look: LineLook
    lead: str
    level: Level | None = None
    text: str = ""
    short: str = ""
    count: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How the pressure stands to the baseline; `is_rise` None when neither up nor down."""

    text: str
    remark: str
    is_rise: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A flagged value that is none of the card's large numbers: captured and not charted, live, or older."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardModel:
    """Everything a card shows but its small chart and its link.

    Attributes:
        name: short name.
        phase: where the session stands.
        pressure: of the last charted set, "" before the first.
        is_old: whether the next set is overdue, so that these values are old.
        rate: of that set.
        spo2: of that set.
        pressure_level: of the flag that stands on this pressure, None without one.
        rate_level: of the flag that stands on this rate.
        spo2_level: of the flag that stands on this saturation.
        elsewhere: what is flagged and is none of these numbers, None when nothing is.
        change: against the baseline.
        age: of that set.
        line: what is asked for.
        level: worst open flag.
        is_overdue: whether the set is late enough for violet.
        is_simulated: whether nothing here is a real patient's.
    """

    name: str
    phase: str
    pressure: str
    is_old: bool
    rate: str
    spo2: str
    pressure_level: Level | None
    rate_level: Level | None
    spo2_level: Level | None
    elsewhere: Elsewhere | None
    change: Change
    age: str
    line: StateLine
    level: Level | None
    is_overdue: bool
    is_simulated: bool


def card_model(view: SessionView, name: str, now: Instant) -> CardModel:
    """Say what the card of this session shows at `now`."""
    now_ms = view.clock_ms(now)
    asked = prompt(view, now_ms)
    flags = standing_flags(view, now_ms)
    last = view.charted[-1] if view.charted else None
    return CardModel(
        name=name,
        phase=phase_text(view, now_ms),
        pressure="" if last is None else pressure_of(last),
        is_old=asked.is_last_old,
        rate="" if last is None else formats.whole(last.vitals.rate_bpm),
        spo2="" if last is None else formats.whole(last.vitals.spo2_percent),
        pressure_level=level_beside(view, flags, PRESSURES, last),
        rate_level=level_beside(view, flags, RATES, last),
        spo2_level=level_beside(view, flags, SATURATION, last),
        elsewhere=_elsewhere(view, flags, last),
        change=_change(view, last),
        age="" if last is None else formats.age((now_ms - last.at_ms) / MS_PER_S),
        line=_line(view, asked, flags, now),
        level=flags[0].level if flags else None,
        is_overdue=asked.lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE},
        is_simulated=view.is_simulated,
    )


def pressure_of(reading: Reading) -> str:
    """Write a reading's pressure."""
    return formats.pressure(reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)


def phase_text(view: SessionView, now_ms: int) -> str:
    """Say where a session stands, with its minutes."""
    infusion = view.infusion
    since_ms = view.phase_since_ms
    planned, end = 0, ""
    if view.phase is Phase.INFUSING and infusion is not None:
        since_ms = infusion.started_ms
        planned = infusion.body.planned_minutes
        end_ms = infusion.expected_end_ms
        planned_end_ms = infusion.started_ms + planned * MS_PER_MINUTE
        if end_ms is not None and abs(end_ms - planned_end_ms) >= MS_PER_MINUTE:
            end = formats.clock(view.wall(end_ms))
    minutes = max(0, now_ms - since_ms) // MS_PER_MINUTE
    return board_words.phase_line(view.phase, minutes, planned, end)


def _change(view: SessionView, last: Reading | None) -> Change:
    base = [view.baseline_values.get(each) for each in (Quantity.SYSTOLIC, Quantity.DIASTOLIC)]
    systolic, diastolic = base
    if last is None:
        return Change(text="", remark="", is_rise=None)
    if systolic is None or diastolic is None:
        done = board_words.set_of(view.baseline.sets, view.policy.baseline.sets)
        return Change(text=done, remark=board_words.no_baseline(), is_rise=None)
    remark = board_words.from_baseline(formats.exact_pressure(systolic, diastolic))
    if last.vitals.systolic_mmhg is None or last.vitals.diastolic_mmhg is None:
        return Change(text="", remark=remark, is_rise=None)
    up = last.vitals.systolic_mmhg - systolic
    down = last.vitals.diastolic_mmhg - diastolic
    if up * down >= 0:
        return Change(
            text=formats.exact_pressure(abs(up), abs(down)),
            remark=remark,
            is_rise=None if up == down == 0 else up + down > 0,
        )
    return Change(
        text=f"{formats.signed_exact(up)}/{formats.signed_exact(down)}", remark=remark, is_rise=None
    )


def _elsewhere(view: SessionView, flags: tuple[StandingFlag, ...], last: Reading | None) -> Elsewhere | None:
    numbers = PRESSURES | RATES | SATURATION
    worst: dict[str, StandingFlag] = {}
    for flag in flags:
        if flag.flagged.change.quantity in numbers and not is_about(view, flag, last):
            worst.setdefault(flag_value(view, flag)[0], flag)
    if not worst:
        return None
    first, *more = worst.values()
    value, reading = flag_value(view, first)
    if reading is not None and reading.standing is Standing.CAPTURED:
        value = board_words.captured_value(value)
    others = [value_and_marks(view, flag) for flag in more]
    return Elsewhere(level=first.level, text=", ".join((value, *others)))


def _line(view: SessionView, asked: Prompt, flags: tuple[StandingFlag, ...], now: Instant) -> StateLine:
    loud = [flag for flag in flags if flag.is_loud]
    if loud and loud[0].answer is None:
        return _flag_line(view, loud[0])
    if asked.lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE} and asked.due_ms is not None:
        is_large = asked.lateness is Lateness.VERY_OVERDUE
        return StateLine(
            look=LineLook.OVERDUE_LARGE if is_large else LineLook.OVERDUE,
            lead=board_words.overdue_by(formats.span(asked.late_by_ms / MS_PER_S)),
            text=_captured(view, now),
            right=board_words.was_due(formats.clock(view.wall(asked.due_ms))),
        )
    if loud:
        return StateLine(
            look=LineLook.ANSWERED,
            lead=flag_words.flag_word(loud[0].level, loud[0].state),
            level=loud[0].level,
            text=_answered(view, loud[0]),
            right=due_text(view, asked),
        )
    return _plain_line(view, asked, now)


def _answered(view: SessionView, flag: StandingFlag) -> str:
    if flag.answer is None:
        return ""
    return _with_value(view, flag, flag_words.answered_short(happened.action(flag.answer.action)))


def _flag_line(view: SessionView, flag: StandingFlag) -> StateLine:
    left_ms = flag.repeat_left_ms
    is_waiting = left_ms is not None
    since = flag_words.since(formats.clock(view.wall(flag.flagged.change.at_ms)))
    text = flag_words.repeat_to_confirm() if is_waiting else flag_words.not_answered()
    return StateLine(
        look=LineLook.FLAG,
        lead=flag_words.flag_word(flag.level, flag.state),
        level=flag.level,
        text=_with_value(view, flag, text),
        short=_with_value(view, flag, flag_words.repeat() if is_waiting else ""),
        count="" if left_ms is None else formats.countdown(left_ms / MS_PER_S),
        right=flag_words.left() if is_waiting else since,
    )


def _with_value(view: SessionView, flag: StandingFlag, text: str) -> str:
    """Put a flagged value that the card does not show large before `text`."""
    value, _ = flag_value(view, flag)
    if not value or (view.charted and is_newest(view, flag, view.charted[-1])):
        return text
    return f"{value}, {text[:1].lower()}{text[1:]}" if text else value


def _plain_line(view: SessionView, asked: Prompt, now: Instant) -> StateLine:
    if asked.ask is Ask.ACCEPT and asked.accept is not None:
        return StateLine(
            look=LineLook.PLAIN,
            lead=board_words.accept_of(happened.taken_at(asked.accept.entry)),
            right=board_words.captured_value(pressure_of(asked.accept)),
        )
    if asked.ask is Ask.SET and asked.due_ms is not None:
        left_ms = asked.due_ms - view.clock_ms(now)
        span = board_words.due_in(formats.span(left_ms / MS_PER_S)) if left_ms > 0 else board_words.due_now()
        lead = board_words.due(formats.clock(view.wall(asked.due_ms)))
        return StateLine(look=LineLook.PLAIN, lead=lead, text=span, right=_captured(view, now))
    if asked.ask is Ask.START:
        lead, text = board_words.start(gate_now(view, now))
        return StateLine(look=LineLook.PLAIN, lead=lead, text=text)
    return StateLine(
        look=LineLook.PLAIN,
        lead=board_words.ask(asked.ask),
        right=due_text(view, asked) or _doubtful(view, now),
    )


def _captured(view: SessionView, now: Instant) -> str:
    """Say that captured readings wait which are no answer to the set that is due, or that one is doubtful."""
    times = tuple(happened.taken_at(each.entry) for each in view.waiting)
    return board_words.waiting(times) if times else _doubtful(view, now)


def _doubtful(view: SessionView, now: Instant) -> str:
    """Say that the newest reading must be repeated; "" where it need not."""
    newest = doubtful(view, view.clock_ms(now))
    return "" if newest is None else board_words.doubtful(happened.taken_at(newest.entry))


def due_text(view: SessionView, asked: Prompt) -> str:
    """Say when the next set is due, or which captured reading would be it, or nothing."""
    if asked.ask is Ask.ACCEPT and asked.accept is not None:
        return board_words.accept_of(happened.taken_at(asked.accept.entry))
    return "" if asked.due_ms is None else board_words.due(formats.clock(view.wall(asked.due_ms)))
