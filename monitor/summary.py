"""A session in figures: what review and report say first. Exact; only words round.

Everything is of charted values. A higher value that was captured and never accepted is named beside the peak.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from monitor.bodies import (
    ClinicianTold,
    CuffFailed,
    DrugGiven,
    FlagAnswered,
    InfusionPaused,
    NotObtained,
    RateChanged,
)
from monitor.clock import MS_PER_MINUTE
from monitor.exposure import Coverage, Exposure, coverage, exposure
from monitor.flag_history import FlagHistory, flag_histories
from monitor.flags import FlagState
from monitor.needs import Need, needs_someone
from monitor.policy import Condition, Level
from monitor.schedule import is_recovered
from monitor.terms import FlagAction
from monitor.view import Happened, Reading, SessionView, Standing
from monitor.vitals import Quantity


class Confirmation(Enum):
    """What became of the repeat that a peak asked for."""

    NOT_ASKED = "not_asked"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOT_REPEATED = "not_repeated"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The charted set with the highest value of a quantity, the first of equals.

    Attributes:
        reading: the set.
        value: mmHg.
        confirmation: of its flag.
        repeat: the reading that decided it, None when none did.
    """

    reading: Reading
    value: int
    confirmation: Confirmation
    repeat: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme:
    """The highest or lowest charted value of a quantity, in its unit, and its set."""

    reading: Reading
    value: Fraction


class BandState(Enum):
    """How the session stands to the policy's recovery band."""

    UNKNOWN = "unknown"
    NEVER_LEFT = "never_left"
    BACK = "back"
    STILL_OUT = "still_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandReturn:
    """How the charted sets since the start stand to the band, and what nobody charted beside them.

    Attributes:
        state: of the charted sets alone.
        since: the first set of their last unbroken run inside the band, only when BACK.
        captured_out: readings outside the band that were captured and not accepted, in order.
    """

    state: BandState
    since: Reading | None = None
    captured_out: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of each: charted sets, monitor readings undecided or rejected, failed attempts, entries."""

    charted: int
    captured: int
    rejected: int
    amended: int
    not_obtained: int
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One session summed up.

    Attributes:
        baseline: exact means.
        peak_systolic: None without a charted set.
        peak_diastolic: likewise.
        higher_captured: the highest captured reading above either peak, not accepted.
        peak_map: mmHg, measured or computed.
        peak_rate: beats a minute, ECG or pulse.
        lowest_spo2: percent.
        exposures: minutes at or above watch, then notify.
        coverage: what those minutes stand on.
        told: when a clinician was told, in order.
        done: pauses, rate changes, drugs and the other answers, in order.
        band: return to the recovery band.
        last: the last charted set.
        counts: of what the record holds.
        flags: each flag with its answers.
        needs: what still needs someone; empty is nothing.
    """

    baseline: Mapping[Quantity, Fraction]
    peak_systolic: Peak | None
    peak_diastolic: Peak | None
    higher_captured: Reading | None
    peak_map: Extreme | None
    peak_rate: Extreme | None
    lowest_spo2: Extreme | None
    exposures: tuple[Exposure, ...]
    coverage: Coverage
    told: tuple[Happened, ...]
    done: tuple[Happened, ...]
    band: BandReturn
    last: Reading | None
    counts: Counts
    flags: tuple[FlagHistory, ...]
    needs: tuple[Need, ...]


def summarize(view: SessionView) -> Summary:
    """Sum `view` up, finished or not."""
    flags = flag_histories(view)
    acts = sorted(view.happened, key=lambda item: (item.at_ms, item.entry.sequence))
    return Summary(
        baseline=view.baseline_values,
        peak_systolic=_peak(view, Quantity.SYSTOLIC),
        peak_diastolic=_peak(view, Quantity.DIASTOLIC),
        higher_captured=_higher_captured(view),
        peak_map=_extreme(view, Quantity.MAP, is_highest=True),
        peak_rate=_extreme(view, Quantity.HEART_RATE, Quantity.PULSE_RATE, is_highest=True),
        lowest_spo2=_extreme(view, Quantity.SPO2, is_highest=False),
        exposures=tuple(exposure(view.charted, view.policy, level) for level in (Level.WATCH, Level.NOTIFY)),
        coverage=coverage(view.charted, view.policy),
        told=tuple(item for item in acts if _is_telling(item)),
        done=tuple(item for item in acts if _is_deed(item)),
        band=_band(view),
        last=view.charted[-1] if view.charted else None,
        counts=_counts(view),
        flags=flags,
        needs=needs_someone(view, flags),
    )


def minute_of(view: SessionView, at_ms: int) -> Fraction | None:
    """Exact minutes from the start of the infusion, None before there is one."""
    return None if view.infusion is None else Fraction(at_ms - view.infusion.started_ms, MS_PER_MINUTE)


def _peak(view: SessionView, quantity: Quantity) -> Peak | None:
    found = _extreme(view, quantity, is_highest=True)
    if found is None:
        return None
    confirmation, repeat = _decision(view, found.reading)
    return Peak(reading=found.reading, value=int(found.value), confirmation=confirmation, repeat=repeat)


def _decision(view: SessionView, reading: Reading) -> tuple[Confirmation, Reading | None]:
    """What the flag on `reading` came to, and the reading that decided it, as corrected by now."""
    standing = {each.key: each for each in view.readings if each.counts or each.waits}
    changes = [
        each.change
        for each in view.flags
        if each.change.condition is Condition.PRESSURE_HIGH and each.change.key in standing
    ]
    state = Confirmation.NOT_ASKED
    for change in changes:
        if change.key == reading.key and change.state is FlagState.CONFIRMED:
            return Confirmation.CONFIRMED, None
        if change.key == reading.key and change.state is FlagState.UNCONFIRMED:
            state = Confirmation.WAITING
        elif state is not Confirmation.NOT_ASKED and change.state is FlagState.NOT_REPEATED:
            state = Confirmation.NOT_REPEATED
        elif state is not Confirmation.NOT_ASKED and change.state in _DECIDES:
            return _DECIDES[change.state], standing[change.key]
        elif state is not Confirmation.NOT_ASKED and change.state.closes:
            break
    return state, None


# A repeat in the act-now band raises the flag: it confirms more than it was asked for.
_DECIDES: Mapping[FlagState, Confirmation] = {
    FlagState.CONFIRMED: Confirmation.CONFIRMED,
    FlagState.RAISED: Confirmation.CONFIRMED,
    FlagState.NOT_CONFIRMED: Confirmation.NOT_CONFIRMED,
}


def _extreme(view: SessionView, *quantities: Quantity, is_highest: bool) -> Extreme | None:
    found = [
        Extreme(reading=reading, value=value)
        for reading in view.charted
        for quantity, value in reading.vitals.by_quantity().items()
        if quantity in quantities
    ]
    choose = max if is_highest else min
    return choose(found, key=lambda each: each.value) if found else None


def _higher_captured(view: SessionView) -> Reading | None:
    """The captured reading furthest above the charted peak of either pressure."""
    peaks = {
        quantity: max((each.vitals.by_quantity()[quantity] for each in view.charted), default=Fraction(0))
        for quantity in (Quantity.SYSTOLIC, Quantity.DIASTOLIC)
    }

    def above(reading: Reading) -> Fraction:
        values = reading.vitals.by_quantity()
        return max(values[quantity] - peak for quantity, peak in peaks.items())

    highest = max(view.waiting, key=above, default=None)
    return highest if highest is not None and above(highest) > 0 else None


def _is_telling(item: Happened) -> bool:
    body = item.body
    is_answer = isinstance(body, FlagAnswered) and body.action is FlagAction.CLINICIAN_TOLD
    return is_answer or isinstance(body, ClinicianTold)


def _is_deed(item: Happened) -> bool:
    is_act = isinstance(item.body, InfusionPaused | RateChanged | DrugGiven | FlagAnswered)
    return is_act and not _is_telling(item)


def _band(view: SessionView) -> BandReturn:
    """Where the last unbroken run of recovered sets began, of those since the start of the infusion."""
    start_ms = view.seated_ms if view.infusion is None else view.infusion.started_ms
    sets = [each for each in view.charted if each.at_ms >= start_ms]
    if not sets or not view.baseline_values:
        return BandReturn(state=BandState.UNKNOWN)  # within what, nobody could say
    out = [place for place, each in enumerate(sets) if not is_recovered(view, each)]
    captured_out = tuple(
        each for each in view.waiting if each.at_ms >= start_ms and not is_recovered(view, each)
    )
    if not out:
        return BandReturn(state=BandState.NEVER_LEFT, captured_out=captured_out)
    if out[-1] == len(sets) - 1:
        return BandReturn(state=BandState.STILL_OUT, captured_out=captured_out)
    return BandReturn(state=BandState.BACK, since=sets[out[-1] + 1], captured_out=captured_out)


def _counts(view: SessionView) -> Counts:
    standings = [each.standing for each in view.readings]
    return Counts(
        charted=len(view.charted),
        captured=standings.count(Standing.CAPTURED),
        rejected=standings.count(Standing.REJECTED),
        amended=sum(1 for each in view.readings if each.amendments),
        not_obtained=sum(isinstance(item.body, NotObtained | CuffFailed) for item in view.happened),
        entries=view.record_length,
    )
