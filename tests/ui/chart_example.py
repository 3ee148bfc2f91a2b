"""One invented session as a chart model: 23 minutes into an infusion, with everything a chart can show."""

from __future__ import annotations

import math

from monitor.policy import Level
from ui.chart.series import (
    Alertness,
    ChartModel,
    Effect,
    EventMark,
    Gap,
    Join,
    Limit,
    MarkStyle,
    Moment,
    Pause,
    Plan,
    Point,
    PressureMark,
    RateSegment,
    SeverityStep,
    TimeMark,
    Trend,
)

SETS = (
    (-8, 126, 80, 71, 98, 5),
    (-5, 122, 76, 69, 98, 5),
    (5, 138, 86, 76, 98, 5),
    (12, 184, 108, 92, 96, 4),
    (14, 158, 96, 88, 97, 4),
    (19, 140, 88, 80, 98, 4),
)


def systolic_limits() -> tuple[Limit, ...]:
    return (
        Limit(level=Level.WATCH, value=160, is_high=True, text="160 watch"),
        Limit(level=Level.NOTIFY, value=180, is_high=True, text="180 notify"),
        Limit(level=Level.ACT_NOW, value=200, is_high=True, text="200 act now"),
    )


def diastolic_limits() -> tuple[Limit, ...]:
    return (
        Limit(level=Level.WATCH, value=100, is_high=True, text="dia 100 !"),
        Limit(level=Level.NOTIFY, value=110, is_high=True, text="dia 110 !!"),
        Limit(level=Level.ACT_NOW, value=120, is_high=True, text="dia 120 !!!"),
    )


def rate_limits() -> tuple[Limit, ...]:
    return (
        Limit(level=Level.WATCH, value=111, is_high=True),
        Limit(level=Level.NOTIFY, value=121, is_high=True, has_line=False),
        Limit(level=Level.WATCH, value=50, is_high=False),
        Limit(level=Level.NOTIFY, value=45, is_high=False, has_line=False),
    )


def saturation_limits() -> tuple[Limit, ...]:
    return (
        Limit(level=Level.WATCH, value=95, is_high=False),
        Limit(level=Level.NOTIFY, value=92, is_high=False, has_line=False),
        Limit(level=Level.ACT_NOW, value=90, is_high=False),
    )


def pressures() -> tuple[PressureMark, ...]:
    titles = {12: ("!! 184/108", "not confirmed"), 14: ("", "repeat 158/96")}
    charted = [
        PressureMark(
            minute=minute,
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            title=titles.get(minute, ("", ""))[0],
            note=titles.get(minute, ("", ""))[1],
        )
        for minute, systolic, diastolic, *_ in SETS
    ]
    captured = PressureMark(minute=16, systolic_mmhg=148, diastolic_mmhg=92, style=MarkStyle.CAPTURED)
    return tuple(sorted([*charted, captured], key=lambda mark: mark.minute))


def trend(base: float, swing: float) -> Trend:
    """A live trend with the cable out from minute 6 to 9."""
    minutes = tuple(-9 + at / 6 for at in range(32 * 6 + 1))
    values = tuple(
        math.nan if 6 <= m <= 9 else round(base + swing * math.sin(m / 4) + swing / 3 * math.sin(m * 2.1))
        for m in minutes
    )
    return Trend(minutes=minutes, values=tuple(float(value) for value in values))


def example_model() -> ChartModel:
    return ChartModel(
        pressures=pressures(),
        rates=tuple(Point(minute=one[0], value=one[3]) for one in SETS),
        saturations=tuple(Point(minute=one[0], value=one[4]) for one in SETS),
        rate_trend=trend(79, 8),
        saturation_trend=trend(97.4, 0.9),
        joins=(Join(first=3, repeat=4),),
        gaps=(Gap(start_minute=6, end_minute=9, text="Cable out 10:10 to 10:13"),),
        drug_name="Ketamine",
        segments=(
            RateSegment(start_minute=0, end_minute=18, rate_ml_per_h=75, text="75"),
            RateSegment(start_minute=18, end_minute=None, rate_ml_per_h=60, text="60"),
        ),
        pauses=(Pause(start_minute=13, end_minute=16),),
        plan=Plan(rate_ml_per_h=60, text="planned at 60", end_text="ends about 10:53"),
        effects=(
            Effect(
                steps=(SeverityStep(minute=9, severity=1), SeverityStep(minute=14, severity=2)),
                end_minute=None,
                text="Dissociation, moderate, open",
            ),
            Effect(
                steps=(SeverityStep(minute=14.5, severity=1),),
                end_minute=21,
                text="Nausea, mild, ended 10:25",
            ),
        ),
        events=(
            EventMark(minute=4, text="Cuff moved"),
            EventMark(minute=13, text="Told Dr Lindqvist"),
            EventMark(minute=15.5, text="Ondansetron 4 mg IV"),
        ),
        alertness=tuple(Alertness(minute=one[0], moaa_s=one[5]) for one in SETS),
        pressure_limits=systolic_limits(),
        diastolic_limits=diastolic_limits(),
        rate_limits=rate_limits(),
        saturation_limits=saturation_limits(),
        moments=tuple(
            Moment(minute=one[0], readout=f"{one[1]}/{one[2]}, {one[3]}, {one[4]}") for one in SETS
        ),
        now=TimeMark(minute=23.2, text="10:27"),
        expected_end=TimeMark(minute=49, text="10:53"),
        due=TimeMark(minute=24, text="due 10:28"),
    )
