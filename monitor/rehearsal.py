"""A whole session in virtual time: a scripted nurse, a monitor's feed, the real engine and a place to save.

The nurse sees only what a screen would show her. She invents no number: what the monitor does not give, she
does not chart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import MS_PER_MINUTE, MS_PER_S, Instant
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.errors import VigilError
from monitor.feed import CuffGaveNothing, FeedEvent
from monitor.flags import FlagChange, FlagState, open_flags
from monitor.gathered import Gathered
from monitor.outcome import Recorded, Refused
from monitor.policy import Level, Policy
from monitor.policy_file import policy_to_payload
from monitor.ports import Step
from monitor.pump_act import PumpAct, PumpMove
from monitor.rehearsed import Rehearsed
from monitor.schedule import Ask, Lateness, Prompt, prompt
from monitor.session import Session
from monitor.terms import Arm, FlagAction, NotObtainedReason, Phase
from monitor.view import SessionView

STATION = "rehearsal"
START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)  # 2026-01-05T09:00:00Z
STEP_S = 1
S_PER_MINUTE = 60
LONGEST_S = 6 * 3600

ACCEPT_AFTER_S = 10
ANSWER_AFTER_S = 15
REPEAT_AFTER_S = 120
BASELINE_GAP_S = 150
PAUSE_S = 600
RATE_ML_PER_H = Decimal(75)
PERCENT = 100

CLINICIAN = "Rehearsal Clinician"


PATIENT = bodies.Patient(
    name="REHEARSAL, Patient", birth_date="1980-01-01", clinic_number=None, allergies="none"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays, where and under which limits.

    Attributes:
        planned_minutes: how long the nurse plans the infusion.
        pump: what she is told to do at it, in order.
    """

    session_id: str
    policy: Policy
    chair: int = 1
    station: str = STATION
    nurse: str = "Rehearsal Nurse"
    patient: bodies.Patient = PATIENT
    planned_minutes: int = 40
    pump: tuple[PumpAct, ...] = ()


class Feed(Protocol):
    """A monitor that can be stepped, with the hands that touch it and the pump."""

    def advance(self, until: Instant) -> list[FeedEvent]:
        """Let time pass and return what the link told."""
        ...

    def start_cuff(self) -> None:
        """Press the cuff's button."""
        ...

    def infusion_started(self, at: Instant) -> None:
        """The pump starts."""
        ...

    def infusion_paused(self, at: Instant) -> None:
        """The pump stands still."""
        ...

    def infusion_resumed(self, at: Instant) -> None:
        """The pump runs again."""
        ...

    def infusion_rate_changed(self, at: Instant, *, percent: int) -> None:
        """The pump runs at `percent` of the rate it was started with."""
        ...

    def infusion_stopped(self, at: Instant) -> None:
        """The pump is off."""
        ...


def rehearse(
    cast: Cast, feed: Feed, submit: Callable[[Step], None], *, longest_s: int = LONGEST_S
) -> Rehearsed:
    """Play a session from seating to signature, beginning at `START`.

    Args:
        cast: who plays.
        feed: the monitor, switched on at `START`.
        submit: commits a step, or raises.
        longest_s: seconds of virtual time after which it is given up.

    Raises:
        VigilError: the session did not come to its end by then, or the nurse was refused: a defect
            of the script.
    """
    finished = play(cast, feed, submit, begin=START, until=START.plus_s(longest_s))
    if finished is None:
        raise VigilError("the rehearsal did not come to its end")
    return Rehearsed(record=finished.record, view=finished.view)


def play(
    cast: Cast, feed: Feed, submit: Callable[[Step], None], *, begin: Instant, until: Instant
) -> Session | None:
    """Play from `begin` to `until` or to the end; returns the session when it came to its end.

    Raises:
        VigilError: the nurse was refused: a defect of the script.
    """
    gathered = Gathered(submit)
    clinic = Clinic(
        station=cast.station, records=(), new_session_id=lambda: cast.session_id, submit=gathered.take
    )
    nurse = _Nurse(clinic, feed, cast)
    now = begin
    while now <= until and nurse.finished is None:
        nurse.live(now)
        now = now.plus_s(STEP_S)
    gathered.finish()
    return nurse.finished


class _Nurse:
    """What the nurse does each second; one rule a method, the first that acts ends the second."""

    def __init__(self, clinic: Clinic, feed: Feed, cast: Cast) -> None:
        self.finished: Session | None = None
        self._clinic = clinic
        self._feed = feed
        self._cast = cast
        self._author = Author(role=Role.OPERATOR, name=cast.nurse)
        self._now = START
        self._cuff_pressed_at: Instant | None = None
        self._resumes_at: Instant | None = None
        self._pump_acts = list(cast.pump)
        self._asks: Prompt

    def live(self, now: Instant) -> None:
        """Let the second that ends `now` pass, then look and act."""
        self._now = now
        for event in self._feed.advance(now):
            self._clinic.feed(self._cast.chair, event)
            if isinstance(event, CuffGaveNothing):
                self._note_failed_cuff()
        self._clinic.advance(now)
        session = self._clinic.session(self._cast.chair)
        if session is None:
            self._seat()
            return
        self._asks = prompt(session.view, session.view.clock_ms(now))
        for rule in (self._accept, self._answer, self._repeat, self._run_pump, self._press_cuff, self._end):
            if rule(session.view):
                break
        if session.view.is_over:
            self.finished = session

    def _do(self, body: bodies.Body) -> None:
        outcome = self._clinic.act(self._cast.chair, Command(body=body, author=self._author, at=self._now))
        if not isinstance(outcome, Recorded):
            why = outcome.why.value if isinstance(outcome, Refused) else "a question"
            raise VigilError(f"the scripted nurse was refused {body.KIND}: {why}")

    def _seat(self) -> None:
        body = bodies.Seated(
            chair=self._cast.chair,
            patient=self._cast.patient,
            weight_kg=Decimal(70),
            cuff_arm=Arm.RIGHT,
            iv_arm=Arm.LEFT,
            dose_text="35 mg",
            planned_minutes=self._cast.planned_minutes,
            is_simulated=True,
            policy=policy_to_payload(self._cast.policy),
        )
        self._clinic.seat(body, author=self._author, at=self._now)

    def _passed_s(self, since_ms: int) -> float:
        return (self._now.utc_ms - since_ms) / MS_PER_S

    def _note_failed_cuff(self) -> None:
        session = self._clinic.session(self._cast.chair)
        self._cuff_pressed_at = None
        if session is not None and session.view.infusion is not None:
            self._do(bodies.NotObtained(reason=NotObtainedReason.CUFF_FAILED))

    def _accept(self, view: SessionView) -> bool:
        for reading in view.waiting:
            if self._passed_s(reading.entry.recorded_at_ms) >= ACCEPT_AFTER_S:
                self._do(bodies.Accepted(captured=reading.sequence))
                return True
        return False

    def _answer(self, view: SessionView) -> bool:
        answered = {flag for answer in view.answers for flag in answer.flags}
        standing = open_flags(each.change for each in view.flags)
        for flagged in view.flags:
            change = flagged.change
            stands = standing.get(change.condition) == change and change.level is not Level.WATCH
            old_enough = self._passed_s(flagged.entry.recorded_at_ms) >= ANSWER_AFTER_S
            if stands and old_enough and flagged.entry.sequence not in answered:
                self._act_on(view, change)
                return True
        return False

    def _act_on(self, view: SessionView, change: FlagChange) -> None:
        if change.level is Level.ACT_NOW and view.phase is Phase.INFUSING:
            self._pause("act now", lasts_s=PAUSE_S)
            self._do(bodies.ClinicianTold(who=CLINICIAN))
            self._do(bodies.FlagAnswered(action=FlagAction.PAUSED))
        elif change.state is FlagState.CONFIRMED:
            self._do(bodies.ClinicianTold(who=CLINICIAN))
            self._do(bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))
        else:
            self._do(bodies.FlagAnswered(action=FlagAction.RECHECKING))

    def _repeat(self, view: SessionView) -> bool:
        standing = open_flags(each.change for each in view.flags)
        asked = [
            flag.at_ms
            for flag in standing.values()
            if flag.state in {FlagState.UNCONFIRMED, FlagState.NOT_REPEATED}
        ]
        first = [each.change.at_ms for each in view.flags if each.change.state is FlagState.UNCONFIRMED]
        if not asked or not first or view.clock_ms(self._now) < first[-1] + REPEAT_AFTER_S * MS_PER_S:
            return False
        return self._press(after_s=REPEAT_AFTER_S)

    def _run_pump(self, view: SessionView) -> bool:
        asks = self._asks
        if asks.ask is Ask.START:
            weight = view.seated.weight_kg
            planned = view.seated.planned_minutes
            self._do(
                bodies.InfusionStarted(
                    drug="ketamine",
                    dose_mg=Decimal(35),
                    weight_kg=weight,
                    rate_ml_per_h=RATE_ML_PER_H,
                    planned_minutes=planned,
                    aware=CLINICIAN,
                )
            )
            self._feed.infusion_started(self._now)
            return True
        if view.phase is Phase.PAUSED and self._resumes_at is not None:
            if self._now.utc_ms < self._resumes_at.utc_ms:
                return False
            self._do(bodies.InfusionResumed())
            self._feed.infusion_resumed(self._now)
            return True
        if asks.asks_finished:
            self._stop("planned volume given")
            return True
        return view.phase is Phase.INFUSING and self._act_as_told(view)

    def _act_as_told(self, view: SessionView) -> bool:
        """Do what is due of the cast's pump acts; what falls into a pause waits for its end."""
        if not self._pump_acts or view.infusion is None:
            return False
        passed_ms = view.clock_ms(self._now) - view.infusion.started_ms
        if passed_ms < self._pump_acts[0].minute * MS_PER_MINUTE:
            return False
        act = self._pump_acts.pop(0)
        if act.move is PumpMove.PAUSE:
            self._pause("as told", lasts_s=act.lasts_minutes * S_PER_MINUTE)
        elif act.move is PumpMove.RATE:
            self._do(bodies.RateChanged(rate_ml_per_h=RATE_ML_PER_H * act.percent / PERCENT))
            self._feed.infusion_rate_changed(self._now, percent=act.percent)
        else:
            self._stop("as told")
        return True

    def _pause(self, reason: str, *, lasts_s: int) -> None:
        self._do(bodies.InfusionPaused(reason=reason))
        self._feed.infusion_paused(self._now)
        self._resumes_at = self._now.plus_s(lasts_s)

    def _stop(self, reason: str) -> None:
        self._do(bodies.InfusionStopped(reason=reason))
        self._feed.infusion_stopped(self._now)

    def _press_cuff(self, _view: SessionView) -> bool:
        asks = self._asks
        if asks.ask in {Ask.BASELINE_SET, Ask.ANOTHER_BASELINE_SET}:
            return self._press(after_s=BASELINE_GAP_S)
        overdue = asks.lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE}
        return overdue and self._press(after_s=REPEAT_AFTER_S)

    def _press(self, *, after_s: int) -> bool:
        pressed = self._cuff_pressed_at
        if pressed is not None and self._passed_s(pressed.utc_ms) < after_s:
            return False
        self._cuff_pressed_at = self._now
        self._feed.start_cuff()
        return True

    def _end(self, view: SessionView) -> bool:
        asks = self._asks
        if asks.ask is Ask.DISCHARGE and not open_flags(each.change for each in view.flags):
            self._do(bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None))
            return True
        if view.phase is Phase.DISCHARGED:
            self._do(bodies.Signed(meaning="Record complete, responsible nurse", head=""))
            return True
        return False
