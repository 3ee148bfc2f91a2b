"""Draw `docs/simulated-patient.svg`: the simulated patient's mean course with the published rises.

Run from the project's folder: `.venv/bin/python -m docs.draw_simulated_patient`. The same figures give the
same bytes, so a test holds the picture to them.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

from devices.simulator.population import Plan, Played, load_plan, play

PICTURE = Path(__file__).parent / "simulated-patient.svg"
SESSIONS = 2342
SEED = 1
LAST_MINUTE = 90
MOST_MMHG = 30
WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 24, 44, 48
SYSTOLIC, DIASTOLIC = "#0b6e8f", "#9a4f00"
PEAK_MINUTE = 40
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
    ' viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published mean rise with, where it was published, its standard deviation between sessions."""

    name: str
    minute: float
    systolic_mmhg: float
    diastolic_mmhg: float
    deviations_mmhg: tuple[float, float] | None = None


# Where a paper gives only "peak" it stands at 40 minutes, a little aside so that no point covers another.
POINTS = (
    Published(name="Yale", minute=40, systolic_mmhg=16.0, diastolic_mmhg=11.0, deviations_mmhg=(11.2, 8.45)),
    Published(name="Doherty", minute=42, systolic_mmhg=13.3, diastolic_mmhg=8.7),
    Published(name="Vankawala", minute=38, systolic_mmhg=12.61, diastolic_mmhg=8.49),
    Published(name="China", minute=35, systolic_mmhg=7.4, diastolic_mmhg=6.0),
    Published(name="Emory", minute=30, systolic_mmhg=3.28, diastolic_mmhg=3.17),
)


def picture() -> str:
    """Return the SVG."""
    plan = replace(load_plan(), reading_minutes=tuple(range(5, LAST_MINUTE + 1, 5)))
    played, _ = play(plan, sessions=SESSIONS, seed=SEED)
    title = f"Rise over baseline, mmHg: lines are {SESSIONS:,} simulated sessions, marks are published means"
    parts = [
        SVG.format(width=WIDTH, height=HEIGHT),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 20, title, anchor="start"),
        *_axes(),
        *_curve(played, plan, 0, SYSTOLIC, "systolic"),
        *_curve(played, plan, 1, DIASTOLIC, "diastolic"),
    ]
    for point in POINTS:
        parts += _marks(point)
    return "\n".join([*parts, "</svg>", ""])


def _x(minute: float) -> float:
    return round(LEFT + minute / LAST_MINUTE * (WIDTH - LEFT - RIGHT), 1)


def _y(mmhg: float) -> float:
    return round(HEIGHT - BOTTOM - mmhg / MOST_MMHG * (HEIGHT - TOP - BOTTOM), 1)


def _text(x: float, y: float, words: str, *, anchor: str, colour: str = "#222") -> str:
    look = f'text-anchor="{anchor}" fill="{colour}" stroke="#fff" stroke-width="3" paint-order="stroke"'
    return f'<text x="{x}" y="{y}" {look}>{words}</text>'


def _axes() -> list[str]:
    drug = f'<rect x="{_x(0)}" y="{TOP}" width="{_x(40) - _x(0)}" height="{_y(0) - TOP}" fill="#f1f5f7"/>'
    levels = range(0, MOST_MMHG + 1, 5)
    minutes = range(0, LAST_MINUTE + 1, 10)
    return [
        drug,
        _text(_x(1), TOP + 16, "drug runs, 0.5 mg/kg", anchor="start", colour="#666"),
        *(f'<path d="M{LEFT} {_y(mmhg)}H{WIDTH - RIGHT}" stroke="#ddd"/>' for mmhg in levels),
        *(_text(LEFT - 8, _y(mmhg) + 4, str(mmhg), anchor="end") for mmhg in levels),
        *(_text(_x(minute), HEIGHT - BOTTOM + 18, str(minute), anchor="middle") for minute in minutes),
        _text(_x(LAST_MINUTE / 2), HEIGHT - 10, "minutes", anchor="middle"),
    ]


def _curve(played: list[Played], plan: Plan, which: int, colour: str, name: str) -> list[str]:
    means = [
        (minute, fmean(each.rise_mmhg(minute)[which] for each in played)) for minute in plan.reading_minutes
    ]
    points = " ".join(f"{_x(minute)},{_y(mmhg)}" for minute, mmhg in [(0, 0.0), *means])
    end_minute, end_mmhg = means[-1]
    beside = -8 if which == 0 else 16
    return [
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
        _text(_x(end_minute), _y(end_mmhg) + beside, name, anchor="end", colour=colour),
    ]


def _marks(point: Published) -> list[str]:
    marks = []
    rises = (point.systolic_mmhg, point.diastolic_mmhg)
    for which, (mmhg, colour) in enumerate(zip(rises, (SYSTOLIC, DIASTOLIC), strict=True)):
        if point.deviations_mmhg is not None:
            half = point.deviations_mmhg[which]
            x = _x(point.minute) + 3 - 6 * which  # the two bars side by side
            marks.append(f'<path d="M{x} {_y(mmhg - half)}V{_y(mmhg + half)}" stroke="{colour}"/>')
        place = f'cx="{_x(point.minute)}" cy="{_y(mmhg)}"'
        marks.append(f'<circle {place} r="4" fill="#fff" stroke="{colour}" stroke-width="2"/>')
    is_right = point.minute >= PEAK_MINUTE
    x, anchor = (_x(point.minute) + 10, "start") if is_right else (_x(point.minute) - 8, "end")
    return [*marks, _text(x, _y(point.systolic_mmhg) + 4, point.name, anchor=anchor)]


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
