"""Everything that can stand in a record: one frozen body a kind, named for what happened.

Bodies hold what a person or device said, never what can be computed from earlier entries, except flag and
phase changes, which the session derives and writes down so that a reader needs no program to see them.
A body that the session derived names its `cause`: the sequence of the entry it follows from, or None when
time alone brought it about. Times stand on the entry, not in the body.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from monitor.feed import CuffTrouble, LinkState
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.terms import (
    Arm,
    FlagAction,
    NotObtainedReason,
    Phase,
    Reason,
    RejectReason,
    Severity,
    Symptom,
)
from monitor.vitals import Quality, Quantity, Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who sits in the chair. `clinic_number` is None when there is none; `birth_date` is YYYY-MM-DD."""

    name: str
    birth_date: str
    clinic_number: str | None
    allergies: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """The first entry: who, where, what is planned, and the whole policy that the session runs under."""

    KIND: ClassVar[str] = "seated"
    chair: int
    patient: Patient
    weight_kg: Decimal
    cuff_arm: Arm
    iv_arm: Arm
    dose_text: str
    planned_minutes: int
    is_simulated: bool
    policy: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorChanged:
    """From here on this named person charts."""

    KIND: ClassVar[str] = "operator_changed"
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCharted:
    """A set read and typed by the operator; `confirmed` names the questions a second Enter answered."""

    KIND: ClassVar[str] = "set_charted"
    vitals: Vitals
    confirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A determination read from a monitor; charted only when accepted.

    Attributes:
        vitals: as the monitor gave them.
        quality: questionable values are kept and shown, never judged or accepted.
        protocol: profile name.
        port: the clinic's name for the wire.
        is_simulated: whether the source can only be simulated.
        begun_at_ms: when the cuff was first seen busy, UTC milliseconds.
        received_at_ms: when the frame arrived, UTC milliseconds.
        raw_hex: the frame.
    """

    KIND: ClassVar[str] = "captured"
    vitals: Vitals
    quality: Quality
    protocol: str
    port: str
    is_simulated: bool
    begun_at_ms: int | None
    received_at_ms: int
    raw_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStood:
    """A monitor's continuous value stood beyond a limit for as long as the policy asks; never charted.

    Attributes:
        quantity: which.
        value: of all values in that time the one nearest the limit, in the quantity's unit.
        stood_s: how long.
        protocol: profile name.
        port: the clinic's name for the wire.
        is_simulated: whether the source can only be simulated.
    """

    KIND: ClassVar[str] = "live_stood"
    quantity: Quantity
    value: int
    stood_s: int
    protocol: str
    port: str
    is_simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The operator takes the captured reading `captured` into the chart."""

    KIND: ClassVar[str] = "accepted"
    captured: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The operator says that the captured reading `captured` is not this patient's pressure."""

    KIND: ClassVar[str] = "rejected"
    captured: int
    reason: RejectReason


@dataclass(frozen=True, slots=True, kw_only=True)
class NotObtained:
    """A due set could not be taken."""

    KIND: ClassVar[str] = "not_obtained"
    reason: NotObtainedReason


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffFailed:
    """The monitor reported a determination without pressures."""

    KIND: ClassVar[str] = "cuff_failed"
    trouble: CuffTrouble
    reason: str
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseBegun:
    """The session entered `phase`: derived when it has a cause, else the operator's word (discharge)."""

    KIND: ClassVar[str] = "phase"
    phase: Phase
    cause: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Who let an infusion start past the gate, and why."""

    by: str
    reason: str
    is_clinician: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStarted:
    """The pump was started. `aware` names the clinician who knows of a raised baseline."""

    KIND: ClassVar[str] = "infusion_started"
    drug: str
    dose_mg: Decimal
    weight_kg: Decimal
    rate_ml_per_h: Decimal
    planned_minutes: int
    aware: str | None = None
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged:
    """The pump runs at another rate."""

    KIND: ClassVar[str] = "rate_changed"
    rate_ml_per_h: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionPaused:
    """The pump stands still for now."""

    KIND: ClassVar[str] = "infusion_paused"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionResumed:
    """The pump runs again at the rate it had."""

    KIND: ClassVar[str] = "infusion_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InfusionStopped:
    """The infusion is over."""

    KIND: ClassVar[str] = "infusion_stopped"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectOpened:
    """An effect began, or an open one of that name changed its severity."""

    KIND: ClassVar[str] = "effect_opened"
    effect: str
    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectClosed:
    """The open effect of that name ended."""

    KIND: ClassVar[str] = "effect_closed"
    effect: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugGiven:
    """A drug other than the infusion; `response` may come later as an amendment or note."""

    KIND: ClassVar[str] = "drug_given"
    name: str
    dose_text: str
    route: str
    by: str
    response: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianTold:
    """A clinician was told."""

    KIND: ClassVar[str] = "clinician_told"
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Free text."""

    KIND: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomReported:
    """A symptom acted on at any pressure began, or with `is_present` false, ended."""

    KIND: ClassVar[str] = "symptom"
    symptom: Symptom
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChanged:
    """What the judge found; derived. `is_late` marks a flag on a reading that was not the newest."""

    KIND: ClassVar[str] = "flag"
    condition: Condition
    quantity: Quantity | None
    level: Level
    state: FlagState
    value: Fraction | None
    limit: Fraction | None
    reading: int
    is_late: bool
    cause: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagAnswered:
    """What was done about the flags open at that moment; the session fills in their sequences."""

    KIND: ClassVar[str] = "flag_answered"
    action: FlagAction
    flags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """Entry `target` is replaced by `vitals` where given, or withdrawn when `vitals` is None."""

    KIND: ClassVar[str] = "amendment"
    target: int
    vitals: Vitals | None
    reason: Reason
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedOut:
    """Entry `target` belongs to another patient and stands in `to_session` at its own time."""

    KIND: ClassVar[str] = "moved_out"
    target: int
    to_session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedIn:
    """A set first charted under another patient; it stands here at its own time."""

    KIND: ClassVar[str] = "moved_in"
    from_session: str
    from_sequence: int
    vitals: Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStepped:
    """The wall clock moved by `step_ms` more than time did; see `clock.clock_step`."""

    KIND: ClassVar[str] = "clock_step"
    step_ms: int
    is_real_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChange:
    """The monitor's link entered a state, with its reason."""

    KIND: ClassVar[str] = "link_change"
    state: LinkState
    reason: str
    protocol: str
    port: str
    is_simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorRemoved:
    """The monitor at `port` was taken out of the settings: from here on nothing is missing from it."""

    KIND: ClassVar[str] = "monitor_removed"
    protocol: str
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """The named author signs the record up to `head`, which is the previous entry's hash.

    `trend_head` is the hash of the session's last block of continuous values, None when there is none.
    """

    KIND: ClassVar[str] = "signature"
    meaning: str
    head: str
    trend_head: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """Nothing was infused and nothing will be."""

    KIND: ClassVar[str] = "cancellation"
    reason: str


Body = (
    Seated | OperatorChanged | SetCharted | Captured | LiveStood | Accepted | Rejected | NotObtained
    | CuffFailed | PhaseBegun | InfusionStarted | RateChanged | InfusionPaused | InfusionResumed
    | InfusionStopped | EffectOpened | EffectClosed | DrugGiven | ClinicianTold | Noted | SymptomReported
    | FlagChanged | FlagAnswered | Amended | MovedOut | MovedIn | ClockStepped | LinkChange
    | MonitorRemoved | Signed | Cancelled
)  # fmt: skip
