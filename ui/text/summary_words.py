"""A session in words: sentence, figures, flags and what needs someone. Only here do figures round."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor import bodies
from monitor.clock import MS_PER_MINUTE
from monitor.exposure import Coverage, Exposure
from monitor.flag_history import FlagHistory
from monitor.flags import FlagState
from monitor.needs import Need, NeedKind
from monitor.policy import Condition
from monitor.summary import BandState, Confirmation, Peak, Summary, minute_of
from monitor.view import Answer, Happened, Reading, SessionView
from monitor.vitals import Quantity
from ui.text import flag_words, happened
from ui.text.formats import clock, pressure, signed
from ui.text.words import level_word

translate = QCoreApplication.translate


def filled(text: str, *parts: str) -> str:
    """Put `parts` in the places %1, %2, … of `text`."""
    for place, part in enumerate(parts, start=1):
        text = text.replace(f"%{place}", part)
    return text


def minute(view: SessionView, at_ms: int) -> str:
    """Write a moment as a minute of the infusion, "+12"; by the clock where there was none."""
    exact = minute_of(view, at_ms)
    return clock(view.wall(at_ms)) if exact is None else signed(round(exact))


def minute_min(view: SessionView, at_ms: int) -> str:
    """Write "+12 min", or the clock where there was no infusion."""
    text = minute(view, at_ms)
    return text if view.infusion is None else filled(translate("summary", "%1 min"), text)


def one_decimal(value: Fraction) -> str:
    """Write an exact number with one decimal, without an idle zero."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def reading_pressure(reading: Reading) -> str:
    """Write a reading's pressure, "158/96"."""
    return pressure(reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)


def baseline(values: Mapping[Quantity, Fraction]) -> str:
    """Write the baseline's pressure, rounded: "124/78"; an en dash for what has none."""
    top, bottom = values.get(Quantity.SYSTOLIC), values.get(Quantity.DIASTOLIC)
    return pressure(None if top is None else round(top), None if bottom is None else round(bottom))


def limit_pair(exposure: Exposure) -> str:
    """Write a level's limits, "160/100"."""
    values = {limit.quantity: limit.value for limit in exposure.limits}
    return pressure(values.get(Quantity.SYSTOLIC), values.get(Quantity.DIASTOLIC))


def minutes_above(exposure: Exposure) -> str:
    """Write the minutes at or above, or that they cannot be told."""
    if exposure.minutes is None:
        return translate("summary", "not computed")
    return filled(translate("summary", "%1 min"), one_decimal(exposure.minutes))


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


def sentence(view: SessionView, summary: Summary) -> str:
    """Say the session in one breath: baseline, peak, minutes above, who was told, what was done, return."""
    parts = [
        filled(translate("summary", "Baseline %1."), baseline(summary.baseline))
        if summary.baseline
        else translate("summary", "No baseline."),
        _peak_sentence(view, summary),
        _exposure_sentence(summary),
        _acts_sentence(view, summary),
        _band_sentence(view, summary),
    ]
    return " ".join(part for part in parts if part)


def _peak_sentence(view: SessionView, summary: Summary) -> str:
    peak = summary.peak_systolic
    if peak is None:
        return translate("summary", "No set was charted.")
    said = filled(
        translate("summary", "Peak %1 at %2"),
        reading_pressure(peak.reading),
        minute_min(view, peak.reading.at_ms),
    )
    said = ", ".join(part for part in (said, fate(view, peak)) if part)
    if summary.higher_captured is not None:
        said += "; " + higher_captured(view, summary.higher_captured)
    return f"{said}."


def higher_captured(view: SessionView, reading: Reading) -> str:
    """Name a higher value that nobody accepted."""
    text = translate("summary", "captured, not accepted: %1 at %2")
    return filled(text, reading_pressure(reading), minute(view, reading.at_ms))


def _exposure_sentence(summary: Summary) -> str:
    text = translate("summary", "%1 at or above %2")
    parts = [
        filled(text, minutes_above(each), limit_pair(each))
        for each in summary.exposures
        if each.minutes is not None
    ]
    return f"{', '.join(parts)}." if parts else ""


def _acts_sentence(view: SessionView, summary: Summary) -> str:
    acts = sorted((*summary.told, *summary.done), key=lambda item: (item.at_ms, item.entry.sequence))
    if not acts:
        return ""
    said = "; ".join(act(view, item) for item in acts)
    return f"{said[:1].upper()}{said[1:]}."


def act(view: SessionView, item: Happened) -> str:
    """Write one thing that was done, with its minute: "told Dr Lindqvist +13"."""
    body = item.body
    match body:
        case bodies.ClinicianTold():
            text = filled(translate("summary", "told %1"), body.who)
        case bodies.InfusionPaused():
            text = translate("summary", "paused")
        case bodies.RateChanged():
            text = filled(translate("summary", "rate %1 mL/h"), happened.decimal(body.rate_ml_per_h))
        case bodies.FlagAnswered():
            text = happened.action(body.action).lower()
        case _:
            text = happened.event(body) or ""
    return f"{text} {minute(view, item.at_ms)}"


def _band_sentence(view: SessionView, summary: Summary) -> str:
    percent = str(view.policy.recovery.within_baseline_percent)
    if summary.band.state is BandState.BACK and summary.band.since is not None:
        text = translate("summary", "Within %1% of baseline from %2.")
        since = minute_min(view, summary.band.since.at_ms)
        return text.replace("%1", percent).replace("%2", since)
    text = {
        BandState.NEVER_LEFT: translate("summary", "Always within %1% of baseline."),
        BandState.STILL_OUT: translate("summary", "Not back within %1% of baseline."),
    }.get(summary.band.state, "")
    return text.replace("%1", percent)


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
    return "" if base is None else signed(round(value - base))


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
    said = filled(text, str(found.sets), one_decimal(Fraction(found.longest_ms, MS_PER_MINUTE)))
    if not found.left_out:
        return said
    text = translate("summary", "%1; %2 over %3 min left out of the minutes above (%4 min in all)")
    return filled(
        text,
        said,
        str(found.left_out),
        str(longest_allowed_s // 60),
        one_decimal(Fraction(found.left_out_ms, MS_PER_MINUTE)),
    )


def condition(value: Condition) -> str:
    """Name what was flagged."""
    return {
        Condition.PRESSURE_HIGH: translate("summary", "Pressure high"),
        Condition.PRESSURE_RISE: translate("summary", "Rise over baseline"),
        Condition.PRESSURE_LOW: translate("summary", "Pressure low"),
        Condition.HEART_RATE_HIGH: translate("summary", "Rate high"),
        Condition.HEART_RATE_LOW: translate("summary", "Rate low"),
        Condition.SPO2_LOW: translate("summary", "SpO\N{SUBSCRIPT TWO} low"),
        Condition.RESPIRATORY_RATE_HIGH: translate("summary", "Breathing fast"),
        Condition.RESPIRATORY_RATE_LOW: translate("summary", "Breathing slow"),
        Condition.SEDATION_DEEP: translate("summary", "Sedation deep"),
        Condition.SYMPTOM: translate("summary", "Symptom"),
        Condition.NOT_OBTAINED: translate("summary", "Sets not obtained"),
    }[value]


def flag_title(view: SessionView, flag: FlagHistory) -> str:
    """Say what was flagged, at what value and when: "Pressure high 184/108 at 10:16"."""
    opened = flag.opened.change
    value = flag_value(view, flag)
    text = translate("summary", "%1 %2 at %3") if value else translate("summary", "%1 at %3")
    return filled(text, condition(flag.condition), value, clock(view.wall(opened.at_ms)))


def flag_value(view: SessionView, flag: FlagHistory) -> str:
    """Write the value that opened a flag: the whole pressure, or the quantity with its name."""
    opened = flag.opened.change
    reading = next((each for each in view.readings if each.key == opened.key), None)
    if reading is not None and opened.quantity in {Quantity.SYSTOLIC, Quantity.DIASTOLIC}:
        return reading_pressure(reading)
    return flag_words.value_text(opened.quantity, opened.value)


def flag_fate(view: SessionView, flag: FlagHistory) -> str:
    """Say each later step of a flag: "repeat 158/96 at 10:18: not confirmed"."""
    steps = []
    for flagged in flag.changes[1:]:
        change = flagged.change
        state = {
            FlagState.RAISED: level_word(change.level).lower(),
            FlagState.UNCONFIRMED: translate("summary", "unconfirmed"),
            FlagState.CONFIRMED: translate("summary", "confirmed"),
            FlagState.NOT_CONFIRMED: translate("summary", "not confirmed"),
            FlagState.NOT_REPEATED: translate("summary", "not repeated in time"),
            FlagState.REMINDED: translate("summary", "reminded"),
            FlagState.CLEARED: translate("summary", "cleared"),
            FlagState.WITHDRAWN: translate("summary", "entered in error"),
        }[change.state]
        reading = next((each for each in view.readings if each.key == change.key), None)
        at = clock(view.wall(change.at_ms))
        decides = change.state in {FlagState.CONFIRMED, FlagState.NOT_CONFIRMED, FlagState.RAISED}
        if decides and reading is not None and reading.vitals.has_pressure:
            text = translate("summary", "repeat %1 at %2: %3")
            steps.append(filled(text, reading_pressure(reading), at, state))
        else:
            steps.append(f"{state} {at}")
    if flag.is_open:
        steps.append(translate("summary", "still open"))
    return ", ".join(steps)


def flag_answers(view: SessionView, answers: tuple[Answer, ...]) -> str:
    """Say what was answered, when and by whom."""
    if not answers:
        return translate("summary", "Not answered")
    said = [
        f"{clock(view.wall(each.at_ms))} {happened.action(each.action).lower()}, {each.entry.author.name}"
        for each in answers
    ]
    return filled(translate("summary", "Answered %1"), "; ".join(said))


def flags_remark(summary: Summary) -> str:
    """Count flags: "2 raised, both closed"."""
    if not summary.flags:
        return translate("summary", "none raised")
    still_open = sum(flag.is_open for flag in summary.flags)
    text = translate("summary", "%1 raised, %2 open")
    if not still_open:
        text = translate("summary", "%1 raised, all closed")
    return filled(text, str(len(summary.flags)), str(still_open))


def need(view: SessionView, found: Need) -> str:
    """Say what needs someone, in a line."""
    begun, until = clock(view.wall(found.from_ms)), clock(view.wall(found.until_ms))
    flag = "" if found.flag is None else flag_title(view, found.flag)
    value = "" if found.reading is None else reading_pressure(found.reading)
    effect = "" if found.effect is None else happened.effect(found.effect.effect)
    return {
        NeedKind.NOT_SIGNED: translate("summary", "Record not signed"),
        NeedKind.FLAG_OPEN: filled(translate("summary", "Flag still open: %1"), flag),
        NeedKind.FLAG_UNANSWERED: filled(translate("summary", "Flag never answered: %1"), flag),
        NeedKind.CAPTURED: filled(translate("summary", "Captured %1 at %2, not accepted"), value, begun),
        NeedKind.SET_LATE: filled(translate("summary", "Set due %1 taken %2, no reason given"), begun, until),
        NeedKind.SET_MISSED: filled(translate("summary", "Set due %1 not taken by %2"), begun, until),
        NeedKind.EFFECT_OPEN: filled(translate("summary", "%1 since %2, not ended"), effect, begun),
    }[found.kind]


def needs_title() -> str:
    """Head the list of what needs someone."""
    return translate("summary", "Needs someone")


def nothing() -> str:
    """Say that nobody is needed."""
    return translate("summary", "nothing")
