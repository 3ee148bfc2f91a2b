"""The `population` command: many simulated sessions beside the published ones.

Only the patients are played: no wire, no nurse, no failed cuff. Each session is another person. What is
counted, and the published figures, stand in `population.toml`.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from itertools import count, islice
from statistics import fmean, stdev
from typing import Any, TextIO

from devices.simulator.figures import load_figures
from devices.simulator.patient import Patient
from monitor.clock import MS_PER_MINUTE
from monitor.errors import UsersError
from monitor.flags import FlagChange, FlagState
from monitor.judge import judge
from monitor.observations import Determination
from monitor.policy import Level, Policy
from monitor.policy_file import default_policy
from monitor.vitals import Vitals

FEWEST_SESSIONS = 2  # a standard deviation needs two
MOST_SESSIONS = 1_000_000
START_MS = 3_600_000  # any moment: nothing depends on it
OPENING = frozenset({FlagState.RAISED, FlagState.UNCONFIRMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When a session's readings are taken, in minutes of the infusion, and which pressures are counted."""

    baseline_minutes: tuple[int, ...]
    reading_minutes: tuple[int, ...]
    stops_at_minute: int
    judged_at_minute: int
    severe_mmhg: tuple[int, int]
    raised_mmhg: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One session: its baseline means and its readings by minute, and the flags that it opened."""

    systolic_baseline_mmhg: float
    diastolic_baseline_mmhg: float
    readings: dict[int, Vitals]
    flags: tuple[FlagChange, ...]

    def reaches(self, mmhg: tuple[int, int]) -> bool:
        """Whether any reading is at or over either pressure."""
        return any(
            (each.systolic_mmhg or 0) >= mmhg[0] or (each.diastolic_mmhg or 0) >= mmhg[1]
            for each in self.readings.values()
        )

    def rise_mmhg(self, minute: int) -> tuple[float, float]:
        """Systolic and diastolic at `minute` less the baseline."""
        reading = self.readings[minute]
        return (
            (reading.systolic_mmhg or 0) - self.systolic_baseline_mmhg,
            (reading.diastolic_mmhg or 0) - self.diastolic_baseline_mmhg,
        )


def run_population(*, sessions: int, seed: int, out: TextIO) -> int:
    """Play `sessions` sessions and print their figures as one JSON object beside the published ones.

    Raises:
        UsersError: fewer than two sessions, or more than a million.
    """
    if not FEWEST_SESSIONS <= sessions <= MOST_SESSIONS:
        raise UsersError(
            f"--sessions {sessions} is not possible. Choose from {FEWEST_SESSIONS} to {MOST_SESSIONS}."
        )
    print(json.dumps(population_figures(sessions=sessions, seed=seed), indent=2), file=out)
    return 0


def population_figures(*, sessions: int, seed: int) -> dict[str, Any]:
    """Return what `run_population` prints."""
    table = _table()
    plan = load_plan()
    policy = default_policy()
    turned_away = count()
    admitted = _admitted(seed, plan, policy, on_turned_away=lambda: next(turned_away))
    played = list(islice(admitted, sessions))
    return {
        "sessions": sessions,
        "seed": seed,
        "turned_away": next(turned_away),
        **_beside_published(played, plan, table["published"]),
        **_flag_figures(played, plan),
    }


def load_plan() -> Plan:
    """Read how sessions are played and counted."""
    table = _table()
    session = table["session"]
    return Plan(
        baseline_minutes=tuple(session["baseline_minutes"]),
        reading_minutes=tuple(session["reading_minutes"]),
        stops_at_minute=session["stops_at_minute"],
        judged_at_minute=session["judged_at_minute"],
        severe_mmhg=(table["severe"]["systolic_mmhg"], table["severe"]["diastolic_mmhg"]),
        raised_mmhg=(table["raised"]["systolic_mmhg"], table["raised"]["diastolic_mmhg"]),
    )


def _table() -> dict[str, Any]:
    file = resources.files("devices.simulator").joinpath("population.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _admitted(
    seed: int, plan: Plan, policy: Policy, *, on_turned_away: Callable[[], object]
) -> Iterable[Played]:
    """Play one session after the other for ever, leaving out whom the policy's start gate holds."""
    figures = load_figures({})
    gate = policy.start_gate
    for number in count():
        patient = Patient(figures=figures, seed=seed * MOST_SESSIONS + number)
        baseline = [_vitals(patient, minute) for minute in plan.baseline_minutes]
        systolic = fmean(each.systolic_mmhg or 0 for each in baseline)
        diastolic = fmean(each.diastolic_mmhg or 0 for each in baseline)
        if systolic >= gate.hold_systolic_from_mmhg or diastolic >= gate.hold_diastolic_from_mmhg:
            on_turned_away()
            continue
        patient.course.change(START_MS, is_running=True)
        patient.course.change(START_MS + plan.stops_at_minute * MS_PER_MINUTE, is_running=False)
        readings = {minute: _vitals(patient, minute) for minute in plan.reading_minutes}
        yield Played(
            systolic_baseline_mmhg=systolic,
            diastolic_baseline_mmhg=diastolic,
            readings=readings,
            flags=_opened(policy, baseline, readings),
        )


def _vitals(patient: Patient, minute: int) -> Vitals:
    """A reading; its number, which draws its noise, is its minute."""
    at_ms = START_MS + minute * MS_PER_MINUTE
    pressures = patient.pressures_at(at_ms, index=minute)
    return Vitals(
        systolic_mmhg=pressures.systolic_mmhg,
        diastolic_mmhg=pressures.diastolic_mmhg,
        map_mmhg=pressures.mean_mmhg,
        pulse_rate_bpm=patient.pulse_at(at_ms),
        spo2_percent=patient.spo2_at(at_ms),
    )


def _opened(policy: Policy, baseline: list[Vitals], readings: dict[int, Vitals]) -> tuple[FlagChange, ...]:
    """The flags that the readings open; nobody repeats a reading, so what asks for it stays unconfirmed."""
    before = [each.by_quantity() for each in baseline]
    means = {
        quantity: sum((each[quantity] for each in before), start=Fraction(0)) / len(before)
        for quantity in before[0]
    }
    seen = [
        Determination(
            key=key,
            at_ms=minute * MS_PER_MINUTE,
            begun_ms=minute * MS_PER_MINUTE,
            values=reading.by_quantity(),
        )
        for key, (minute, reading) in enumerate(readings.items())
    ]
    changes = judge(policy, means, seen, (), seen[-1].at_ms)
    return tuple(change for change in changes if change.state in OPENING)


def _beside_published(played: list[Played], plan: Plan, published: dict[str, Any]) -> dict[str, Any]:
    rises = [each.rise_mmhg(plan.judged_at_minute) for each in played]
    means = {minute: fmean(each.rise_mmhg(minute)[0] for each in played) for minute in plan.reading_minutes}
    severe = _percent(each.reaches(plan.severe_mmhg) for each in played)
    return {
        "source": published["source"],
        "systolic_rise_mmhg": _spread(rises, 0, published["systolic_rise_mmhg"]),
        "diastolic_rise_mmhg": _spread(rises, 1, published["diastolic_rise_mmhg"]),
        "peak_minute": {
            "ours": max(means, key=lambda minute: means[minute]),
            "published": published["peak_minute"],
        },
        "severe_percent": {
            "ours": severe,
            "published": published["severe_percent"],
            "our_definition": "any 10-minute reading at or over {} or {}".format(*plan.severe_mmhg),
        },
    }


def _spread(rises: list[tuple[float, float]], which: int, published: list[float]) -> dict[str, Any]:
    ours = [rise[which] for rise in rises]
    return {
        "ours": {"mean": round(fmean(ours), 2), "sd": round(stdev(ours), 2)},
        "published": {"mean": published[0], "sd": published[1]},
    }


def _flag_figures(played: list[Played], plan: Plan) -> dict[str, Any]:
    opened = Counter((flag.level, flag.condition) for each in played for flag in each.flags)
    return {
        "raised_percent": {
            "ours": _percent(each.reaches(plan.raised_mmhg) for each in played),
            "our_definition": "any 10-minute reading at or over {} or {}".format(*plan.raised_mmhg),
        },
        "flags_per_session": {
            level.value: round(sum(n for (at, _), n in opened.items() if at is level) / len(played), 3)
            for level in Level
        },
        "flags_per_1000_sessions": {
            f"{condition.value} {level.value}": round(1000 * n / len(played))
            for (level, condition), n in sorted(opened.items(), key=lambda item: -item[1])
        },
        "sessions_without_a_flag_percent": _percent(not each.flags for each in played),
    }


def _percent(which: Iterable[bool]) -> float:
    each = list(which)
    return round(100 * sum(each) / len(each), 2)
