"""How far each number of a scenario may go.

These are the sanity ranges of a tool, no clinical limits: wide enough for the worst patient that a teacher
may want to show, and narrow enough that a slip of the hand is said at once.
"""

from collections.abc import Mapping
from types import MappingProxyType

from devices.simulator.written import Kind, MeanAndDeviation, Whole

# A minute of the infusion. A fault may outlast every session that can be played.
MINUTE = Whole(0, 600)
LASTS_MINUTES = Whole(1, 600)

# What the shipped policy lets a nurse plan: beyond it a rehearsal's nurse could not seat anybody.
INFUSION_MINUTES = Whole(10, 240)

# With pauses and lower rates. A rehearsal is given up after six hours, recovery included.
PUMP_ENDS_BY_MINUTE = 270

# Up to tenfold: the errors at a pump that are worth showing are slips of a digit.
RATE_PERCENT = Whole(1, 1000)
DOSE_UG_PER_KG = Whole(1, 5000)

AGE_YEARS = Whole(1, 120)

# What a simulated monitor can measure, whatever its patient's figures add up to: no wire has words for more.
MEASURED_MMHG = Whole(1, 300)
MEASURED_BPM = Whole(1, 300)

# What happens on the wire. A clock may be a year off; one message in 1 is each.
ONE_IN = Whole(1, 100_000)
CLOCK_OFF_BY_S = Whole(-31_536_000, 31_536_000)

LEFTOVER = MappingProxyType(
    {
        "systolic_mmhg": Whole(30, 300),
        "diastolic_mmhg": Whole(10, 250),
        "mean_mmhg": Whole(10, 300),
        "age_s": Whole(0, 86_400),
    }
)

# What the drug, an event or an illness adds to somebody's numbers, and may take away.
_PRESSURE_CHANGE = Whole(-150, 150)
_RATE_CHANGE = Whole(-150, 150)
_SPO2_CHANGE = Whole(-100, 100)
_BREATHS_CHANGE = Whole(-60, 60)

SURGE = MappingProxyType(
    {
        "begins_minute": MINUTE,
        "rises_minutes": LASTS_MINUTES,
        "holds_minutes": MINUTE,
        "falls_minutes": LASTS_MINUTES,
        "systolic_mmhg": _PRESSURE_CHANGE,
        "diastolic_mmhg": _PRESSURE_CHANGE,
        "rate_bpm": _RATE_CHANGE,
    }
)

_PERCENT = Whole(0, 100)
_SPREAD = Whole(0, 50)  # of anything, from one patient or reading to the next
_COMES_OR_GOES_S = Whole(0, 3600)
_CYCLE_S = Whole(30, 7200)  # more often, a cuff could not let go between two

_SHIFT = MappingProxyType(
    {
        "baseline_systolic_mmhg": _PRESSURE_CHANGE,
        "baseline_diastolic_mmhg": _PRESSURE_CHANGE,
        "baseline_rate_bpm": _RATE_CHANGE,
        "rise_systolic_mmhg": _PRESSURE_CHANGE,
        "rise_diastolic_mmhg": _PRESSURE_CHANGE,
        "rise_rate_bpm": _RATE_CHANGE,
        "rise_percent": Whole(0, 300),
    }
)
_EVENT = MappingProxyType(
    {
        "systolic_mmhg": _PRESSURE_CHANGE,
        "diastolic_mmhg": _PRESSURE_CHANGE,
        "rate_bpm": _RATE_CHANGE,
        "spo2_percent": _SPO2_CHANGE,
        "respiratory_rate_bpm": _BREATHS_CHANGE,
        "comes_s": _COMES_OR_GOES_S,
        "goes_s": _COMES_OR_GOES_S,
    }
)

FIGURES: Mapping[str, Mapping[str, Kind[object]]] = MappingProxyType(
    {
        "people": {
            "age_years": MeanAndDeviation(AGE_YEARS, _SPREAD),
            "youngest_years": AGE_YEARS,
            "oldest_years": AGE_YEARS,
            "female_percent": _PERCENT,
            "hypertension_percent": _PERCENT,
            "hypertension_percent_per_decade": _PERCENT,
            "beta_blocker_percent": _PERCENT,
            "beta_blocker_percent_with_hypertension": _PERCENT,
        },
        "baseline": {
            "systolic_mmhg": MeanAndDeviation(Whole(60, 220), _SPREAD),
            "diastolic_mmhg": MeanAndDeviation(Whole(30, 140), _SPREAD),
            "rate_bpm": MeanAndDeviation(Whole(30, 200), _SPREAD),
            "spo2_percent": MeanAndDeviation(Whole(50, 100), _SPREAD),
            "respiratory_rate_bpm": MeanAndDeviation(Whole(4, 60), _SPREAD),
            "pressure_correlation_percent": _PERCENT,
        },
        "rise": {
            "systolic_mmhg": MeanAndDeviation(_PRESSURE_CHANGE, _SPREAD),
            "diastolic_mmhg": MeanAndDeviation(_PRESSURE_CHANGE, _SPREAD),
            "rate_bpm": MeanAndDeviation(_RATE_CHANGE, _SPREAD),
            "spo2_percent": MeanAndDeviation(_SPO2_CHANGE, _SPREAD),
            "respiratory_rate_bpm": MeanAndDeviation(_BREATHS_CHANGE, _SPREAD),
            "pressure_correlation_percent": _PERCENT,
        },
        "per_decade_over_45": _SHIFT,
        "female": _SHIFT,
        "hypertension": _SHIFT,
        "beta_blocker": _SHIFT,
        "course": {
            "rises_in_minutes": LASTS_MINUTES,
            "is_full_at_minutes": LASTS_MINUTES,
            "falls_in_minutes": LASTS_MINUTES,
            "dose_ug_per_kg": DOSE_UG_PER_KG,
            "surge_ends_below_percent": RATE_PERCENT,
        },
        "noise": {
            "systolic_mmhg": _SPREAD,
            "diastolic_mmhg": _SPREAD,
            "rate_bpm": _SPREAD,
            "spo2_percent": _SPREAD,
            "respiratory_rate_bpm": _SPREAD,
        },
        "cough": _EVENT,
        "arm_moved": _EVENT,
        "syncope": _EVENT,
        "desaturation": _EVENT,
        "cuff": {
            "inflates_least_s": Whole(1, 300),
            "inflates_most_s": Whole(1, 300),
            "fails_one_in": Whole(0, 100_000),
            "mean_above_diastolic_percent": _PERCENT,
            "interval_s": _CYCLE_S,
            "interval_before_s": _CYCLE_S,
            "first_after_s": Whole(1, 7200),
        },
    }
)
