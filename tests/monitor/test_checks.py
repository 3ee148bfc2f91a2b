"""What is refused, and why; nothing is recorded then."""

from dataclasses import replace
from decimal import Decimal

import pytest

from monitor import bodies
from monitor.checks import is_in_phase
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.feed import LinkState
from monitor.gate import GateLevel
from monitor.outcome import Recorded, Refused, Why
from monitor.plausibility import BlockReason
from monitor.session import SYSTEM, Session
from monitor.terms import FlagAction, NotObtainedReason, Phase, Reason, RejectReason, Severity
from monitor.view import Standing
from monitor.vitals import Quality, Quantity, Vitals
from tests.made_session import DEVICE, NURSE, MadeSession, baseline, instant, seated, surge

OTHER = Author(role=Role.OPERATOR, name="A. Pereira RN")
SET = bodies.SetCharted(vitals=Vitals(systolic_mmhg=128, diastolic_mmhg=82))


def captured(systolic: int = 130, diastolic: int | None = 84, **change: object) -> bodies.Captured:
    body = bodies.Captured(
        vitals=Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic),
        quality=Quality.GOOD,
        protocol="dinamap",
        port="serial:/dev/ttyUSB0",
        is_simulated=False,
        begun_at_ms=None,
        received_at_ms=instant(0).utc_ms,
        raw_hex="",
    )
    return replace(body, **change)  # type: ignore[arg-type]


def refused(
    made: MadeSession,
    body: bodies.Body,
    *,
    minute: float = 1,
    taken: float | None = None,
    author: Author = NURSE,
) -> Why:
    before = made.session.record
    taken_at_ms = None if taken is None else instant(taken).utc_ms
    command = Command(body=body, author=author, at=instant(minute), taken_at_ms=taken_at_ms)
    outcome = made.session.handle(command)
    assert isinstance(outcome, Refused)
    assert made.session.record == before
    return outcome.why


def start(**change: object) -> bodies.InfusionStarted:
    body = bodies.InfusionStarted(
        drug="ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal(70),
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
    )
    return replace(body, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("author", [DEVICE, SYSTEM])
def test_only_operators_chart(author: Author) -> None:
    assert refused(baseline(), SET, author=author) is Why.ONLY_OPERATORS


def test_nobody_charts_under_anothers_name() -> None:
    assert refused(baseline(), SET, author=OTHER) is Why.NOT_THE_OPERATOR


def test_nobody_makes_another_the_operator() -> None:
    changed = bodies.OperatorChanged(operator=OTHER.name)
    assert refused(baseline(), changed) is Why.NOT_THE_OPERATOR


@pytest.mark.parametrize(
    "body",
    [
        bodies.RateChanged(rate_ml_per_h=Decimal(60)),
        bodies.InfusionPaused(reason=""),
        bodies.InfusionResumed(),
        bodies.InfusionStopped(reason=""),
        bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None),
        bodies.Signed(meaning="x", head=""),
    ],
)
def test_acts_wait_for_their_phase(body: bodies.Body) -> None:
    assert refused(baseline(), body) is Why.WRONG_PHASE


@pytest.mark.parametrize(
    ("kind", "phases"),
    [
        (bodies.InfusionStarted, {"baseline"}),
        (bodies.InfusionPaused, {"infusing"}),
        (bodies.InfusionResumed, set()),
        (bodies.Cancelled, {"baseline"}),
        (bodies.Noted, {"baseline", "infusing"}),
        (bodies.Signed, set()),
    ],
)
def test_what_a_phase_takes_is_known_before_it_is_tried(kind: type[bodies.Body], phases: set[str]) -> None:
    made = baseline()
    views = [made.view]
    made.start()
    views.append(made.view)
    assert {view.phase.value for view in views if is_in_phase(view, kind)} == phases


def test_of_a_signed_session_only_what_may_follow_the_signature_is_taken() -> None:
    view = surge().view
    taken = (bodies.Noted, bodies.Amended, bodies.SetCharted, bodies.EffectOpened)
    assert [is_in_phase(view, kind) for kind in taken] == [True, True, False, False]


def test_a_running_infusion_is_not_started_again_or_cancelled() -> None:
    made = baseline()
    made.start()
    assert refused(made, start(aware="Dr X")) is Why.WRONG_PHASE
    assert refused(made, bodies.Cancelled(reason="x")) is Why.WRONG_PHASE


def test_a_signed_session_takes_amendments_and_notes_but_no_new_sets() -> None:
    made = surge()
    assert refused(made, SET, minute=120) is Why.SESSION_OVER
    made.do(120, bodies.Noted(text="addendum"))


@pytest.mark.parametrize(("taken", "why"), [(1.1, Why.IN_THE_FUTURE), (-20.1, Why.BEFORE_SEATED)])
def test_a_time_must_lie_between_seating_and_now(taken: float, why: Why) -> None:
    assert refused(baseline(), SET, taken=taken) is why


@pytest.mark.parametrize("taken", [1.0, -20.0])
def test_both_ends_of_that_time_are_taken(taken: float) -> None:
    baseline().do(1, SET, taken=taken)


def test_the_pump_does_not_change_before_its_last_change() -> None:
    made = baseline()
    made.start(0)
    made.do(5, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    paused = bodies.InfusionPaused(reason="")
    assert refused(made, paused, minute=6, taken=4) is Why.BEFORE_START
    made.do(6, paused, taken=5)


def test_a_patient_does_not_leave_before_the_infusion_stopped() -> None:
    made = baseline()
    made.start(0)
    made.stop(40)
    discharged = bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None)
    assert refused(made, discharged, minute=75, taken=39) is Why.BEFORE_START
    made.do(75, discharged, taken=74)


@pytest.mark.parametrize(
    "body",
    [
        bodies.PhaseBegun(phase=Phase.SIGNED, cause=None),
        bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=3),
    ],
)
def test_no_phase_but_the_discharge_is_begun_by_a_word(body: bodies.PhaseBegun) -> None:
    made = baseline()
    made.start(0)
    made.stop(40)
    assert refused(made, body, minute=75) is Why.WRONG_PHASE


@pytest.mark.parametrize("body", [SET, bodies.NotObtained(reason=NotObtainedReason.ASLEEP)])
def test_what_was_forgotten_is_charted_after_the_discharge_at_its_own_time(body: bodies.Body) -> None:
    made = baseline()
    made.start(0)
    made.stop(40)
    made.discharge(75)
    assert refused(made, body, minute=80) is Why.WRONG_PHASE
    assert refused(made, body, minute=80, taken=76) is Why.WRONG_PHASE
    entry = made.do(80, body, taken=75)[0]
    assert (entry.taken_at_ms, entry.recorded_at_ms) == (instant(75).utc_ms, instant(80).utc_ms)
    assert made.view.phase is Phase.DISCHARGED


@pytest.mark.parametrize(
    "body", [bodies.Cancelled(reason=" "), bodies.Noted(text=""), bodies.ClinicianTold(who=" ")]
)
def test_words_that_say_nothing_are_refused(body: bodies.Body) -> None:
    assert refused(baseline(), body) is Why.EMPTY


def test_nobody_charts_without_a_name() -> None:
    assert refused(baseline(), SET, author=Author(role=Role.OPERATOR, name=" ")) is Why.ONLY_OPERATORS


def test_one_name_written_in_two_ways_is_one_operator() -> None:
    made = baseline()
    decomposed, composed = "Rene\u0301e R.", "Ren\u00e9e R."
    author = Author(role=Role.OPERATOR, name=decomposed)
    made.do(1, bodies.OperatorChanged(operator=decomposed), author=author)
    made.do(2, SET, author=author)
    made.do(3, SET, author=Author(role=Role.OPERATOR, name=composed))
    assert made.view.charted[-1].by == composed


def test_an_empty_set_and_a_set_that_cannot_be_are_refused() -> None:
    assert refused(baseline(), bodies.SetCharted(vitals=Vitals())) is Why.EMPTY
    upside_down = bodies.SetCharted(vitals=Vitals(systolic_mmhg=82, diastolic_mmhg=128))
    assert refused(baseline(), upside_down) is Why.BLOCKED
    outcome = baseline().session.handle(Command(body=upside_down, author=NURSE, at=instant(1)))
    assert isinstance(outcome, Refused)
    assert [each.reason for each in outcome.blocked] == [BlockReason.TOP_NOT_ABOVE_BOTTOM]


def test_the_same_determination_is_charted_once_even_when_rejected() -> None:
    made = baseline()
    first = made.do(1, captured(), author=DEVICE, taken=0)[0].sequence
    assert refused(made, captured(), minute=2, taken=0.08, author=DEVICE) is Why.SAME_DETERMINATION
    made.do(2, bodies.Rejected(captured=first, reason=RejectReason.CUFF))
    assert refused(made, captured(), minute=3, taken=-0.08, author=DEVICE) is Why.SAME_DETERMINATION
    made.do(3, captured(), author=DEVICE, taken=0.1)
    made.do(3, captured(diastolic=85), author=DEVICE, taken=0)


def test_five_seconds_apart_is_the_same_determination_and_more_is_another() -> None:
    made = baseline()
    made.do(1, captured(), author=DEVICE, taken=0)
    assert refused(made, captured(), taken=5 / 60, author=DEVICE) is Why.SAME_DETERMINATION
    made.do(1, captured(), author=DEVICE, taken=5.001 / 60)


def test_a_reading_without_its_own_time_is_of_now() -> None:
    made = baseline()
    made.do(1, captured(), author=DEVICE)
    assert refused(made, captured(), minute=1.05, author=DEVICE) is Why.SAME_DETERMINATION


@pytest.mark.parametrize("begun", [None, -20.5])
def test_a_determination_begun_before_the_patient_sat_down_never_charts(begun: float | None) -> None:
    begun_at_ms = None if begun is None else instant(begun).utc_ms
    body = captured(begun_at_ms=begun_at_ms)
    taken = -20.1 if begun is None else -19.9
    assert refused(MadeSession(), body, minute=-19, taken=taken, author=DEVICE) is Why.BEGUN_BEFORE_SEATED


@pytest.mark.parametrize("begun", [None, -20])
def test_a_determination_begun_as_the_patient_sat_down_counts(begun: float | None) -> None:
    begun_at_ms = None if begun is None else instant(begun).utc_ms
    MadeSession().do(-19, captured(begun_at_ms=begun_at_ms), taken=-20, author=DEVICE)


@pytest.mark.parametrize(
    "body", [captured(quality=Quality.DEMO), captured(quality=Quality.INVALID), captured(diastolic=None)]
)
def test_demonstration_values_and_halves_of_pressures_never_chart(body: bodies.Captured) -> None:
    assert refused(baseline(), body, author=DEVICE) is Why.NOT_A_REAL_READING


def test_a_reading_is_decided_once() -> None:
    made = baseline()
    sequence = made.capture(1, 130, 84)
    made.do(2, bodies.Accepted(captured=sequence))
    assert refused(made, bodies.Accepted(captured=sequence), minute=3) is Why.ALREADY_DECIDED
    rejection = bodies.Rejected(captured=sequence, reason=RejectReason.OTHER)
    assert refused(made, rejection, minute=3) is Why.ALREADY_DECIDED
    assert refused(made, bodies.Accepted(captured=3), minute=3) is Why.NO_SUCH_ENTRY
    assert refused(made, bodies.Accepted(captured=99), minute=3) is Why.NO_SUCH_ENTRY


def test_a_questionable_reading_cannot_be_accepted() -> None:
    made = baseline()
    sequence = made.capture(1, 301, 84)
    assert refused(made, bodies.Accepted(captured=sequence), minute=2) is Why.NOT_ACCEPTABLE


GATE_CASES = [
    ((140, 90), GateLevel.OPEN, {}),
    ((142, 90), GateLevel.AWARE, {"aware": "Dr X"}),
    ((142, 90), GateLevel.AWARE, {"override": bodies.Override(by="N", reason="r", is_clinician=False)}),
    ((160, 90), GateLevel.HOLD, {"override": bodies.Override(by="N", reason="r", is_clinician=False)}),
    (
        (180, 90),
        GateLevel.CLINICIAN_ONLY,
        {"override": bodies.Override(by="D", reason="r", is_clinician=True)},
    ),
]


@pytest.mark.parametrize(("pressure", "level", "given"), GATE_CASES)
def test_the_gate_lists_what_it_wants_and_opens_when_given(
    pressure: tuple[int, int], level: GateLevel, given: dict[str, object]
) -> None:
    made = MadeSession()
    made.sets([(-8, *pressure), (-5, *pressure)])
    if level is not GateLevel.OPEN:
        outcome = made.session.handle(Command(body=start(), author=NURSE, at=instant(0)))
        assert isinstance(outcome, Refused)
        assert outcome.gate is not None
        assert (outcome.why, outcome.gate.level) == (Why.GATE, level)
    made.do(0, start(**given))


def test_a_nurses_name_does_not_open_a_gate_that_asks_for_a_clinician() -> None:
    made = MadeSession()
    made.sets([(-8, 182, 100), (-5, 184, 100)])
    body = start(override=bodies.Override(by="N", reason="r", is_clinician=False))
    assert refused(made, body) is Why.GATE


@pytest.mark.parametrize(
    ("pressure", "given"),
    [
        ((142, 90), {"aware": " "}),
        ((160, 90), {"override": bodies.Override(by=" ", reason="r", is_clinician=True)}),
        ((160, 90), {"override": bodies.Override(by="N", reason="", is_clinician=True)}),
        ((180, 90), {"override": bodies.Override(by="", reason="r", is_clinician=True)}),
        ((160, 90), {"aware": "Dr X"}),
    ],
)
def test_a_gate_is_passed_by_name_and_reason_only(
    pressure: tuple[int, int], given: dict[str, object]
) -> None:
    made = MadeSession()
    made.sets([(-8, *pressure), (-5, *pressure)])
    assert refused(made, start(**given)) is Why.GATE


def test_a_start_that_is_logged_late_is_judged_on_the_sets_taken_before_it() -> None:
    made = baseline()
    made.set(3, 165, 95)
    assert refused(made, start(), minute=4) is Why.GATE
    assert refused(made, start(), minute=4, taken=-6) is Why.GATE
    made.do(4, start(), taken=0)
    assert made.view.baseline_values[Quantity.SYSTOLIC] == 124


def test_a_set_of_the_starts_own_minute_is_baseline_when_it_was_charted_first() -> None:
    made = MadeSession()
    made.sets([(-5, 126, 80), (0, 122, 76)])
    made.start(0)
    made.set(0, 150, 80)
    assert made.view.baseline_values[Quantity.SYSTOLIC] == 124
    assert made.view.next_due_ms == instant(10).utc_ms


def test_without_a_set_the_gate_holds() -> None:
    assert refused(MadeSession(), start()) is Why.GATE


@pytest.mark.parametrize(
    "change",
    [
        {"planned_minutes": 9},
        {"planned_minutes": 241},
        {"dose_mg": Decimal(0)},
        {"weight_kg": Decimal(-1)},
        {"rate_ml_per_h": Decimal(0)},
    ],
)
def test_a_start_needs_possible_numbers(change: dict[str, object]) -> None:
    assert refused(baseline(), start(**change)) is Why.OUT_OF_RANGE


@pytest.mark.parametrize(
    "change",
    [
        {"planned_minutes": 10},
        {"planned_minutes": 240},
        {"dose_mg": Decimal("0.5")},
        {"rate_ml_per_h": Decimal("0.1")},
    ],
)
def test_the_smallest_and_the_longest_start_stand(change: dict[str, object]) -> None:
    baseline().do(0, start(**change))


def test_a_rate_is_more_than_nothing() -> None:
    made = baseline()
    made.start()
    assert refused(made, bodies.RateChanged(rate_ml_per_h=Decimal(0))) is Why.OUT_OF_RANGE
    made.do(1, bodies.RateChanged(rate_ml_per_h=Decimal("0.5")))


def test_an_answer_needs_an_open_flag_and_an_ending_an_open_effect() -> None:
    made = baseline()
    assert refused(made, bodies.FlagAnswered(action=FlagAction.WATCHING)) is Why.NO_OPEN_FLAG
    assert refused(made, bodies.EffectClosed(effect="Nausea")) is Why.NO_OPEN_EFFECT
    made.do(1, bodies.EffectOpened(effect="Nausea", severity=Severity.MILD))
    made.do(2, bodies.EffectClosed(effect="Nausea"))
    assert refused(made, bodies.EffectClosed(effect="Nausea"), minute=3) is Why.NO_OPEN_EFFECT


def test_undo_is_the_authors_own_and_within_ten_seconds() -> None:
    made = baseline()
    made.do(1, SET)
    target = made.session.record[-1].sequence
    undo = bodies.Amended(target=target, vitals=None, reason=Reason.UNDONE)
    assert refused(made, undo, minute=1 + 10.1 / 60) is Why.UNDO_TOO_LATE
    made.do(1.1, bodies.OperatorChanged(operator=OTHER.name), author=OTHER)
    assert refused(made, undo, minute=1.1, author=OTHER) is Why.NOT_YOURS_TO_UNDO
    made.do(1.1, bodies.OperatorChanged(operator=NURSE.name))
    made.do(1 + 10 / 60, undo)
    reading = made.view.reading(target)
    assert reading is not None
    assert reading.standing is Standing.WITHDRAWN


def test_what_cannot_be_amended() -> None:
    made = baseline()
    note = made.do(1, bodies.Noted(text="x"))[0].sequence
    values = Vitals(systolic_mmhg=120, diastolic_mmhg=80)
    assert refused(made, bodies.Amended(target=99, vitals=None, reason=Reason.SLIP)) is Why.NO_SUCH_ENTRY
    assert refused(made, bodies.Amended(target=1, vitals=None, reason=Reason.SLIP)) is Why.NO_SUCH_ENTRY
    assert refused(made, bodies.Amended(target=note, vitals=values, reason=Reason.SLIP)) is Why.NO_SUCH_ENTRY
    upside_down = bodies.Amended(
        target=3, vitals=Vitals(systolic_mmhg=80, diastolic_mmhg=120), reason=Reason.SLIP
    )
    assert refused(made, upside_down) is Why.BLOCKED
    outcome = made.session.handle(Command(body=upside_down, author=NURSE, at=instant(1)))
    assert isinstance(outcome, Refused)
    assert [each.reason for each in outcome.blocked] == [BlockReason.TOP_NOT_ABOVE_BOTTOM]
    emptied = bodies.Amended(target=3, vitals=Vitals(), reason=Reason.SLIP)
    assert refused(made, emptied) is Why.EMPTY


def test_a_value_that_cannot_be_is_moved_to_nobody() -> None:
    made = baseline()
    sequence = made.capture(1, 301, 84)
    assert refused(made, bodies.MovedOut(target=sequence, to_session="x"), minute=2) is Why.NOT_ACCEPTABLE


def test_only_a_reading_that_stands_moves() -> None:
    made = baseline()
    assert refused(made, bodies.MovedOut(target=99, to_session="x")) is Why.NO_SUCH_ENTRY
    made.do(1, bodies.MovedOut(target=3, to_session="x"))
    assert refused(made, bodies.MovedOut(target=3, to_session="x"), minute=2) is Why.NO_SUCH_ENTRY


def test_device_entries_need_no_operator() -> None:
    outcome = baseline().session.handle(Command(body=captured(), author=DEVICE, at=instant(1)))
    assert isinstance(outcome, Recorded)


def test_a_link_that_says_the_same_again_is_not_recorded_again() -> None:
    made = baseline()
    body = bodies.LinkChange(
        state=LinkState.CONNECTED, reason="", protocol="dinamap", port="pty", is_simulated=False
    )
    made.do(1, body, author=DEVICE)
    assert refused(made, body, minute=2, author=DEVICE) is Why.NOTHING_NEW
    made.do(2, replace(body, port="tcp:127.0.0.1:4001"), author=DEVICE)
    made.do(3, replace(body, state=LinkState.LOST), author=DEVICE)


@pytest.mark.parametrize(
    ("minute", "holds"), [(-6, False), (-5, False), (-4.9, True), (0, True), (0.1, False)]
)
def test_a_captured_reading_holds_the_start_when_it_is_newer_than_the_last_set(
    minute: float, *, holds: bool
) -> None:
    made = baseline()
    made.capture(minute, 185, 104)
    outcome = made.session.handle(Command(body=start(), author=NURSE, at=instant(0)))
    assert isinstance(outcome, Refused) is holds


def test_a_high_last_set_holds_the_start_whatever_the_baseline_comes_to() -> None:
    made = baseline()
    made.set(-4, 162, 84)
    outcome = made.session.handle(Command(body=start(aware="Dr X"), author=NURSE, at=instant(0)))
    assert isinstance(outcome, Refused)
    assert outcome.gate is not None
    assert outcome.gate.level is GateLevel.HOLD


@pytest.mark.parametrize(("born", "opens"), [("1960-11-18", True), ("1960-11-19", False), ("", False)])
def test_the_start_asks_no_awareness_of_an_older_patients_pressure(born: str, *, opens: bool) -> None:
    body = seated()
    body = replace(body, patient=replace(body.patient, birth_date=born))
    made = MadeSession()
    seat = Command(body=body, author=NURSE, at=instant(-20))
    made.session = Session.seat(seat, session="older", station="station 1")
    made.sets([(-8, 148, 90), (-5, 148, 90)])
    outcome = made.session.handle(Command(body=start(), author=NURSE, at=instant(0)))
    assert isinstance(outcome, Recorded) is opens


def test_a_captured_reading_that_waits_holds_the_start_until_it_is_decided() -> None:
    made = baseline()
    sequence = made.capture(-1, 185, 104)
    assert refused(made, start(), minute=0) is Why.GATE
    made.do(0, bodies.Rejected(captured=sequence, reason=RejectReason.TALKING))
    made.do(0, start())


def test_a_lower_captured_reading_does_not_open_the_gate() -> None:
    made = MadeSession()
    made.sets([(-8, 182, 100), (-5, 184, 100)])
    made.capture(-1, 128, 80)
    assert refused(made, start(aware="Dr X"), minute=0) is Why.GATE
