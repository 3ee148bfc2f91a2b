"""A clinic's limits, intervals and ranges as one frozen value.

Nothing here holds a clinical number: they stand in `policies/*.toml`, each table with its source, and are
read by `policy_file`. All numbers are whole; shares are whole percents; times are whole seconds.
"""

from dataclasses import dataclass
from enum import Enum

from monitor.vitals import Quantity


class Level(Enum):
    """How much a flag asks for, mildest first."""

    WATCH = "watch"
    NOTIFY = "notify"
    ACT_NOW = "act_now"

    @property
    def rank(self) -> int:
        """1 watch, 2 notify, 3 act now: to compare by, and the number of marks on a screen."""
        return list(Level).index(self) + 1


class Condition(Enum):
    """What can be flagged, in the order in which changes of one set are listed."""

    PRESSURE_HIGH = "pressure_high"
    PRESSURE_RISE = "pressure_rise"
    PRESSURE_LOW = "pressure_low"
    HEART_RATE_HIGH = "heart_rate_high"
    HEART_RATE_LOW = "heart_rate_low"
    SPO2_LOW = "spo2_low"
    RESPIRATORY_RATE_HIGH = "respiratory_rate_high"
    RESPIRATORY_RATE_LOW = "respiratory_rate_low"
    SEDATION_DEEP = "sedation_deep"
    SYMPTOM = "symptom"
    NOT_OBTAINED = "not_obtained"


class Side(Enum):
    """On which side of a limit a value crosses it, and whether the limit itself does."""

    AT_OR_ABOVE = "at_or_above"
    RISE = "rise"
    BELOW = "below"
    AT_OR_BELOW = "at_or_below"

    @property
    def is_high(self) -> bool:
        """Whether larger is worse."""
        return self in (Side.AT_OR_ABOVE, Side.RISE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One cell of the table of limits.

    Attributes:
        condition: the flag it opens.
        quantity: the value it judges.
        level: how much the flag then asks for.
        side: RISE counts `value` up from the baseline; the others are absolute.
        value: in the quantity's unit.
        percent: with RISE, an alternative rise over the baseline, whichever is less; with BELOW, a share
            under the baseline that must be passed as well.
        baseline_at_least: the limit holds only for a patient whose baseline is this or more.
        needs_repeat: whether a notify opens unconfirmed and asks for a repeat.
        source: where the number comes from, or "clinic to approve".
    """

    condition: Condition
    quantity: Quantity
    level: Level
    side: Side
    value: int
    percent: int | None = None
    baseline_at_least: int | None = None
    needs_repeat: bool = False
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRange:
    """What can be charted of one quantity (both ends included), and the two distances it is judged by.

    Attributes:
        quantity: which.
        lowest: anything below is blocked when typed.
        highest: anything above is blocked when typed.
        asked_change: a difference from the last set of this much or more is asked about; None: never.
        clear_margin: how far inside a limit a value must lie to count towards clearing.
        three_digits_after: first digits of a value that has three digits when typed without a separator;
            None with the next: always typed with one.
        two_digits_after: likewise for two digits.
        source: where the numbers come from.
    """

    quantity: Quantity
    lowest: int
    highest: int
    asked_change: int | None = None
    clear_margin: int
    three_digits_after: str | None = None
    two_digits_after: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlikely:
    """Pressures that are asked about: below or above these numbers, which themselves pass unasked."""

    pulse_pressure_below_mmhg: int
    pulse_pressure_above_mmhg: int
    systolic_below_mmhg: int
    systolic_above_mmhg: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How an unconfirmed flag is decided: a repeat begun `min_gap_s` after, wanted within `window_s`."""

    window_s: int
    min_gap_s: int
    not_confirmed_window_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """When an answered flag comes back: after this long in its band, or this much worse in pressure."""

    after_s: int
    worse_by_mmhg: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Persistence:
    """How long a monitor's continuous value must stand beyond a level's limit before it is judged.

    Attributes:
        quantity: of the live value.
        level: whose limit it stands beyond.
        stands_s: without a break.
        below: holds only for values under this number; None: for all.
        source: where the numbers come from.
    """

    quantity: Quantity
    level: Level
    stands_s: int
    below: int | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A reading older than this is marked late."""

    after_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotObtained:
    """Attempts without a pressure: when the next is due, and how many in a row while infusing notify."""

    again_after_s: int
    in_a_row: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRule:
    """How many sets make a baseline, how far apart, and what difference asks for one more."""

    sets: int
    min_gap_s: int
    third_over_mmhg: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartGateRule:
    """What stands between a baseline and the start: "over" and "under" exclude the number."""

    aware_systolic_over_mmhg: int
    aware_diastolic_over_mmhg: int
    older_from_years: int
    older_aware_systolic_over_mmhg: int
    older_aware_diastolic_over_mmhg: int
    hold_systolic_from_mmhg: int
    hold_diastolic_from_mmhg: int
    hold_systolic_under_mmhg: int
    hold_rate_under_bpm: int
    hold_rate_over_bpm: int
    hold_spo2_under_percent: int
    clinician_systolic_from_mmhg: int
    clinician_diastolic_from_mmhg: int
    repeat_after_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRule:
    """When the next set is due while infusing, and when it counts as overdue."""

    first_after_s: int
    every_s: int
    close_every_s: int
    close_until_sets_below: int
    overdue_after_s: int
    overdue_large_after_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryRule:
    """Sets after the stop, and the pressures that end them (within the share of baseline, both inclusive)."""

    first_after_s: int
    every_s: int
    at_least_s: int
    within_baseline_percent: int
    systolic_under_mmhg: int
    diastolic_under_mmhg: int
    systolic_at_least_mmhg: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorRule:
    """What makes two monitor readings one determination, and how an offered reading is accepted."""

    same_within_s: int
    typed_copy_within_s: int
    visible_before_accept_ms: int
    offer_expires_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRule:
    """Limits of charting itself: drafts, undo, the length of a plan, steps that wait to be saved."""

    draft_needs_time_after_s: int
    undo_within_s: int
    planned_from_minutes: int
    planned_to_minutes: int
    use_paper_at_waiting_steps: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRule:
    """How a finished session is summed up: a longer stretch without a set counts towards no minutes."""

    longest_interval_s: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything a clinic decides about numbers. Each record carries the one it ran under."""

    name: str
    version: str
    ranges: tuple[QuantityRange, ...]
    unlikely: Unlikely
    limits: tuple[Limit, ...]
    repeat: Repeat
    reminder: Reminder
    late: Late
    not_obtained: NotObtained
    baseline: BaselineRule
    start_gate: StartGateRule
    schedule: ScheduleRule
    recovery: RecoveryRule
    monitor: MonitorRule
    entry: EntryRule
    summary: SummaryRule
    live: tuple[Persistence, ...] = ()

    @property
    def title(self) -> str:
        """Name and version as they are printed."""
        return f"{self.name} {self.version}"

    def range_of(self, quantity: Quantity) -> QuantityRange:
        """The range of one quantity; a policy has exactly one for each."""
        return next(found for found in self.ranges if found.quantity is quantity)

    def typed_digits(self, quantity: Quantity, first: str) -> int | None:
        """How many digits a value beginning with `first` has when typed without separators; None: unknown."""
        known = self.range_of(quantity)
        if first in (known.three_digits_after or ""):
            return 3
        return 2 if first in (known.two_digits_after or "") else None

    def limits_of(self, condition: Condition, level: Level) -> tuple[Limit, ...]:
        """The limits of one condition at one level, in the policy's order."""
        return tuple(x for x in self.limits if x.condition is condition and x.level is level)
