"""The `population` command: many simulated sessions beside the published ones.

Only the patients are played: no wire, no nurse, no failed cuff. Each session is another person. What is
counted, and the published figures, stand in `population.toml`.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from statistics import fmean, stdev
from typing import Any, TextIO

from devices.simulator.figures import load_figures
from devices.simulator.patient import Patient, Pressures
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
    """One session: the patient, the means of their baseline, and their pressures by minute."""

    patient: Patient
    systolic_baseline_mmhg: float
    diastolic_baseline_mmhg: float
    pressures: dict[int, Pressures]

    def reaches(self, mmhg: tuple[int, int]) -> bool:
        """Whether any reading is at or over either pressure."""
        return any(
            each.systolic_mmhg >= mmhg[0] or each.diastolic_mmhg >= mmhg[1]
            for each in self.pressures.values()
        )

    def rise_mmhg(self, minute: int) -> tuple[float, float]:
        """Systolic and diastolic at `minute` less the baseline."""
        found = self.pressures[minute]
        return (
            found.systolic_mmhg - self.systolic_baseline_mmhg,
            found.diastolic_mmhg - self.diastolic_baseline_mmhg,
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
    plan = load_plan()
    played, turned_away = play(plan, sessions=sessions, seed=seed)
    return {
        "sessions": sessions,
        "seed": seed,
        "turned_away": turned_away,
        **beside_published(played, plan),
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


def play(plan: Plan, *, sessions: int, seed: int) -> tuple[list[Played], int]:
    """Play sessions until `sessions` were let in by the default policy's start gate.

    Returns:
        Those, and how many were turned away for the pressure they came with.
    """
    figures = load_figures({})
    gate = default_policy().start_gate
    played: list[Played] = []
    turned_away = 0
    while len(played) < sessions:
        number = len(played) + turned_away
        one = _play_one(Patient(figures=figures, seed=seed * MOST_SESSIONS + number), plan)
        is_held = (
            one.systolic_baseline_mmhg >= gate.hold_systolic_from_mmhg
            or one.diastolic_baseline_mmhg >= gate.hold_diastolic_from_mmhg
        )
        if is_held:
            turned_away += 1
        else:
            played.append(one)
    return played, turned_away


def _play_one(patient: Patient, plan: Plan) -> Played:
    patient.course.change(START_MS, is_running=True)
    patient.course.change(_at_ms(plan.stops_at_minute), is_running=False)
    baseline = [_pressures(patient, minute) for minute in plan.baseline_minutes]
    return Played(
        patient=patient,
        systolic_baseline_mmhg=fmean(each.systolic_mmhg for each in baseline),
        diastolic_baseline_mmhg=fmean(each.diastolic_mmhg for each in baseline),
        pressures={minute: _pressures(patient, minute) for minute in plan.reading_minutes},
    )


def _at_ms(minute: int) -> int:
    return START_MS + minute * MS_PER_MINUTE


def _pressures(patient: Patient, minute: int) -> Pressures:
    """A reading; its number, which draws its noise, is its minute."""
    return patient.pressures_at(_at_ms(minute), index=minute)


def _vitals(patient: Patient, minute: int) -> Vitals:
    pressures = _pressures(patient, minute)
    return Vitals(
        systolic_mmhg=pressures.systolic_mmhg,
        diastolic_mmhg=pressures.diastolic_mmhg,
        map_mmhg=pressures.mean_mmhg,
        pulse_rate_bpm=patient.pulse_at(_at_ms(minute)),
        spo2_percent=patient.spo2_at(_at_ms(minute)),
    )


def _opened(patient: Patient, plan: Plan, policy: Policy) -> tuple[FlagChange, ...]:
    """The flags that the readings open; nobody repeats a reading, so what asks for it stays unconfirmed."""
    before = [_vitals(patient, minute).by_quantity() for minute in plan.baseline_minutes]
    means = {
        quantity: sum((each[quantity] for each in before), start=Fraction(0)) / len(before)
        for quantity in before[0]
    }
    seen = [
        Determination(
            key=minute,
            at_ms=_at_ms(minute),
            begun_ms=_at_ms(minute),
            values=_vitals(patient, minute).by_quantity(),
        )
        for minute in plan.reading_minutes
    ]
    changes = judge(policy, means, seen, (), seen[-1].at_ms)
    return tuple(change for change in changes if change.state in OPENING)


def beside_published(played: list[Played], plan: Plan) -> dict[str, Any]:
    """Return our figures of the rise, each with the published one."""
    published = _table()["published"]
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
    policy = default_policy()
    flags = [_opened(each.patient, plan, policy) for each in played]
    opened = Counter((flag.level, flag.condition) for each in flags for flag in each)
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
        "sessions_without_a_flag_percent": _percent(not each for each in flags),
    }


def _percent(which: Iterable[bool]) -> float:
    each = list(which)
    return round(100 * sum(each) / len(each), 2)
