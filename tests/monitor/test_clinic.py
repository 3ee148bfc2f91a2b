"""All chairs together: who sits where, what the monitors say, what is on its way to the disk."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from monitor import bodies
from monitor.clinic import Clinic, Saving
from monitor.clock import ClockStep, Instant
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.feed import (
    CuffBusy,
    CuffGaveNothing,
    CuffReading,
    CuffTrouble,
    LinkChanged,
    LinkState,
    LiveValue,
    Source,
)
from monitor.flags import FlagState
from monitor.outcome import Outcome, Recorded, Refused, Why
from monitor.ports import BesideFailed, BesideSaved, Step, StepFailed, StepSaved, WriterDied
from monitor.session import SYSTEM, Session, replayed
from monitor.terms import Phase, Reason
from monitor.trend import check_trend
from monitor.view import Standing
from monitor.vitals import Quality, Quantity, Vitals
from tests.made_session import DEVICE, NURSE, instant, seated

REAL = Source(protocol="dinamap", port="serial:/dev/ttyUSB0", is_simulated=False)
SIMULATED = Source(protocol="dinamap", port="tcp:127.0.0.1:4001", is_simulated=True)
EXTREME = bodies.SetCharted(vitals=Vitals(systolic_mmhg=205, diastolic_mmhg=110))
SET = bodies.SetCharted(vitals=Vitals(systolic_mmhg=128, diastolic_mmhg=82))


@dataclass
class Made:
    """A clinic whose steps are kept in a list."""

    steps: list[Step] = field(default_factory=list)
    ids: int = 0

    def __post_init__(self) -> None:
        self.clinic = Clinic(
            station="station 1", records=(), new_session_id=self._next_id, submit=self.steps.append
        )

    def _next_id(self) -> str:
        self.ids += 1
        return f"session-{self.ids}"

    def seat(self, chair: int = 1) -> Outcome:
        return self.clinic.seat(seated(chair=chair), author=NURSE, at=instant(-20))

    def act(self, body: bodies.Body, *, chair: int = 1, minute: float = 0) -> Outcome:
        return self.clinic.act(chair, Command(body=body, author=NURSE, at=instant(minute)))

    def session(self, chair: int = 1) -> Session:
        session = self.clinic.session(chair)
        assert session is not None
        return session


def link(state: LinkState, *, minute: float = 0, source: Source = REAL) -> LinkChanged:
    return LinkChanged(source=source, state=state, reason="because", at=instant(minute))


def cuff(minute: float, systolic: int = 130, received: float | None = None) -> CuffReading:
    return CuffReading(
        source=REAL,
        vitals=Vitals(systolic_mmhg=systolic, diastolic_mmhg=84),
        quality=Quality.GOOD,
        measured_at_ms=instant(minute).utc_ms,
        begun_at_ms=None,
        received_at=instant(minute if received is None else received),
        raw=b" NA",
    )


def live(value: int | None, quantity: Quantity = Quantity.SPO2) -> LiveValue:
    return LiveValue(
        source=REAL,
        quantity=quantity,
        value=value,
        quality=Quality.GOOD,
        measured_at_ms=instant(0).utc_ms,
        received_at=instant(0),
    )


def test_a_chair_takes_one_patient_at_a_time() -> None:
    made = Made()
    assert isinstance(made.seat(), Recorded)
    assert made.seat() == Refused(why=Why.WRONG_PHASE)
    assert isinstance(made.seat(chair=2), Recorded)
    assert [each.view.chair for each in made.clinic.sessions()] == [1, 2]


def test_nobody_is_seated_without_an_operator() -> None:
    made = Made()
    nobody = Author(role=Role.OPERATOR, name="")
    refusal = Refused(why=Why.ONLY_OPERATORS)
    assert made.clinic.seat(seated(), author=nobody, at=instant(0)) == refusal
    assert made.clinic.seat(seated(), author=DEVICE, at=instant(0)) == refusal


def test_an_empty_chair_takes_no_acts_and_only_shows_its_monitor() -> None:
    made = Made()
    assert made.act(SET) == Refused(why=Why.SESSION_OVER)
    assert made.clinic.feed(1, link(LinkState.CONNECTED)) is None
    assert made.clinic.feed(1, cuff(0)) is None
    newest = made.clinic.wire(1).link
    assert newest is not None
    assert newest.state is LinkState.CONNECTED


def test_each_step_goes_to_the_disk_once_and_counts_as_saved_only_when_it_came_back() -> None:
    made = Made()
    made.seat()
    made.act(SET)
    assert [step.number for step in made.steps] == [1, 2]
    assert made.clinic.saving.unsaved == tuple(made.steps)
    entry = made.steps[1].entries[0]
    assert not made.clinic.is_saved(entry.session, entry.sequence)
    made.clinic.recorded(StepSaved(step=made.steps[1]))
    assert made.clinic.is_saved(entry.session, entry.sequence)
    assert made.clinic.saving.unsaved == (made.steps[0],)
    assert made.steps[0].sessions == {"session-1"}


def test_a_failure_is_told_until_something_is_saved_again() -> None:
    made = Made()
    made.seat()
    made.clinic.recorded(StepFailed(step=made.steps[0], reason="disk full", waiting=1))
    assert (made.clinic.saving.failure, made.clinic.saving.is_dead) == ("disk full", False)
    made.clinic.recorded(StepSaved(step=made.steps[0]))
    assert not made.clinic.saving.failure


def test_a_writer_that_died_is_told_for_good() -> None:
    made = Made()
    made.clinic.recorded(WriterDied(reason="use paper"))
    assert (made.clinic.saving.failure, made.clinic.saving.is_dead) == ("use paper", True)


def test_a_refused_command_leaves_no_step() -> None:
    made = Made()
    made.seat()
    made.act(bodies.InfusionResumed())
    assert len(made.steps) == 1


def test_a_signed_patient_leaves_the_chair_and_can_still_be_amended() -> None:
    made = Made()
    made.seat()
    made.act(SET)
    target = made.session().record[-2].sequence
    made.act(bodies.Cancelled(reason="pressure"))
    assert made.clinic.session(1) is None
    record = tuple(entry for step in made.steps for entry in step.entries)
    command = Command(
        body=bodies.Amended(target=target, vitals=None, reason=Reason.SLIP), author=NURSE, at=instant(9)
    )
    amended, outcome = made.clinic.amend_finished(record, command)
    assert isinstance(outcome, Recorded)
    assert amended == (*record, *outcome.entries)
    assert made.steps[-1].entries == outcome.entries


def test_open_sessions_are_taken_up_where_they_ended() -> None:
    made = Made()
    made.seat()
    made.act(SET)
    again = Clinic(
        station="station 1",
        records=[made.session().record],
        new_session_id=str,
        submit=made.steps.append,
    )
    session = again.session(1)
    assert session is not None
    assert session.view == made.session().view


def test_a_determination_is_captured_once_across_a_restart() -> None:
    made = Made()
    made.seat()
    assert isinstance(made.clinic.feed(1, cuff(0)), Recorded)
    again = Clinic(station="s", records=[made.session().record], new_session_id=str, submit=made.steps.append)
    assert again.feed(1, cuff(0.05, received=10)) == Refused(why=Why.SAME_DETERMINATION)


def test_the_last_patients_pressure_never_charts_and_says_why() -> None:
    made = Made()
    made.seat()
    assert made.clinic.feed(1, cuff(-21, received=-19)) == Refused(why=Why.BEGUN_BEFORE_SEATED)
    assert made.clinic.wire(1).not_charted is Why.BEGUN_BEFORE_SEATED
    made.clinic.feed(1, cuff(-10))
    made.clinic.feed(1, cuff(-10))
    assert made.clinic.wire(1).not_charted is None


def test_live_values_are_shown_and_never_recorded() -> None:
    made = Made()
    made.seat()
    before = made.session().record
    made.clinic.feed(1, live(97))
    made.clinic.feed(1, live(72, Quantity.PULSE_RATE))
    made.clinic.feed(1, live(98))
    assert made.clinic.wire(1).live_value(Quantity.SPO2) == live(98)
    made.clinic.feed(1, live(None))
    assert made.clinic.wire(1).live_value(Quantity.SPO2) is None
    assert made.clinic.wire(1).live_value(Quantity.PULSE_RATE) == live(72, Quantity.PULSE_RATE)
    assert made.session().record == before


def test_a_lost_link_takes_its_live_values_away_and_is_recorded_with_its_reason() -> None:
    made = Made()
    made.seat()
    made.clinic.feed(1, link(LinkState.CONNECTED))
    made.clinic.feed(1, live(97))
    made.clinic.feed(1, CuffBusy(source=REAL, since_ms=instant(0).utc_ms, received_at=instant(0)))
    assert made.clinic.wire(1).cuff_busy_since_ms == instant(0).utc_ms
    made.clinic.feed(1, link(LinkState.LOST, minute=1))
    made.clinic.feed(1, link(LinkState.CONNECTING, minute=2))
    made.clinic.feed(1, link(LinkState.LOST, minute=3))
    made.clinic.feed(1, link(LinkState.CONNECTED, minute=4))
    assert made.clinic.wire(1).live == ()
    assert made.clinic.wire(1).cuff_busy_since_ms is None
    states = [
        each.body.state for each in made.session().view.happened if isinstance(each.body, bodies.LinkChange)
    ]
    assert states == [LinkState.CONNECTED, LinkState.LOST, LinkState.CONNECTED]
    (gap,) = made.session().view.no_data
    assert (gap.from_ms, gap.until_ms, gap.reason) == (instant(1).utc_ms, instant(4).utc_ms, "because")


def test_a_silence_that_turns_into_a_loss_is_one_gap() -> None:
    made = Made()
    made.seat()
    made.clinic.feed(1, link(LinkState.CONNECTING))
    made.clinic.feed(1, link(LinkState.SILENT, minute=1))
    made.clinic.feed(1, link(LinkState.LOST, minute=2))
    assert [(each.from_ms, each.until_ms) for each in made.session().view.no_data] == [
        (instant(1).utc_ms, None)
    ]


def test_a_simulated_monitor_makes_the_whole_session_simulated() -> None:
    made = Made()
    made.clinic.feed(1, link(LinkState.CONNECTED, source=SIMULATED))
    made.seat()
    assert made.session().view.is_simulated
    made.seat(chair=2)
    assert not made.session(2).view.is_simulated
    made.clinic.feed(2, link(LinkState.CONNECTED, source=SIMULATED))
    assert made.session(2).view.is_simulated


def test_a_failed_determination_is_an_event_without_pressures() -> None:
    made = Made()
    made.seat()
    failed = CuffGaveNothing(
        source=REAL, trouble=CuffTrouble.FAILED, reason="Cuff failed.", received_at=instant(0)
    )
    assert isinstance(made.clinic.feed(1, failed), Recorded)
    assert isinstance(made.session().view.happened[-1].body, bodies.CuffFailed)
    assert not made.session().view.readings


def test_a_set_on_the_wrong_patient_moves_in_one_step_at_its_own_time() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.act(SET, minute=-10)
    sequence = made.session().view.readings[0].sequence
    outcome = made.clinic.move(1, sequence, 2, author=NURSE, at=instant(-5))
    assert isinstance(outcome, Recorded)
    assert made.steps[-1].sessions == {"session-1", "session-2"}
    assert made.session(1).view.readings[0].standing is Standing.MOVED
    moved = made.session(2).view.charted[0]
    assert (moved.vitals, moved.at_ms) == (SET.vitals, instant(-10).utc_ms)


def test_a_set_moves_to_its_own_moment_also_after_the_clock_was_set_back() -> None:
    made = Made()
    made.seat()
    made.act(SET, minute=-10)
    sequence = made.session().view.readings[0].sequence
    made.clinic.step_clock(ClockStep(step_ms=-3_600_000, is_real_time=False), instant(-69))
    made.clinic.seat(seated(chair=2), author=NURSE, at=instant(-68))
    assert isinstance(made.clinic.move(1, sequence, 2, author=NURSE, at=instant(-67)), Recorded)
    (moved,) = made.session(2).view.charted
    assert moved.at_ms == instant(-70).utc_ms
    assert moved.at_ms < made.session(2).view.seated_ms


def test_a_set_leaves_a_signed_session_for_whom_it_was_of() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.act(EXTREME, minute=-10)
    sequence = made.session().view.readings[0].sequence
    made.act(bodies.Cancelled(reason="went home"), minute=-5)
    record = made.steps[-1].entries
    assert made.clinic.session(1) is None
    whole = tuple(each for step in made.steps for each in step.entries if each.session == record[0].session)
    moved, outcome = made.clinic.move_finished(whole, sequence, 2, author=NURSE, at=instant(-1))
    assert isinstance(outcome, Recorded)
    assert made.steps[-1].entries == outcome.entries
    assert made.steps[-1].sessions == {"session-1", "session-2"}
    assert Session(moved).view.readings[0].standing is Standing.MOVED
    assert Session(moved).view.flags[-1].change.state is FlagState.WITHDRAWN
    (arrived,) = made.session(2).view.charted
    assert (arrived.vitals, arrived.at_ms) == (EXTREME.vitals, instant(-10).utc_ms)
    assert replayed(moved) == moved


@pytest.mark.parametrize(("sequence", "to_chair"), [(99, 2), (3, 3), (3, 1)])
def test_what_cannot_be_moved_out_of_a_finished_session_leaves_it_as_it_was(
    sequence: int, to_chair: int
) -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.act(SET, minute=-10)
    record = made.session().record
    steps = len(made.steps)
    kept, outcome = made.clinic.move_finished(record, sequence, to_chair, author=NURSE, at=instant(-1))
    assert (kept, outcome) == (record, Refused(why=Why.NO_SUCH_ENTRY))
    assert len(made.steps) == steps


def test_nothing_simulated_moves_to_a_real_patient() -> None:
    made = Made()
    made.clinic.feed(1, link(LinkState.CONNECTED, minute=-21, source=SIMULATED))
    made.seat()
    made.seat(chair=2)
    made.act(SET, minute=-10)
    made.act(SET, minute=-10, chair=2)
    simulated, real = (made.session(chair).view.readings[0].sequence for chair in (1, 2))
    refusal = Refused(why=Why.NOT_A_REAL_READING)
    assert made.clinic.move(1, simulated, 2, author=NURSE, at=instant(-5)) == refusal
    assert isinstance(made.clinic.move(2, real, 1, author=NURSE, at=instant(-5)), Recorded)


def test_a_move_that_either_side_refuses_changes_neither() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.act(SET, minute=-10)
    sequence = made.session().view.readings[0].sequence
    steps = len(made.steps)
    now = instant(-5)
    stranger = replace(NURSE, name="A. Pereira RN")
    assert isinstance(made.clinic.move(1, 99, 2, author=NURSE, at=now), Refused)
    assert isinstance(made.clinic.move(1, sequence, 1, author=NURSE, at=now), Refused)
    assert isinstance(made.clinic.move(1, sequence, 3, author=NURSE, at=now), Refused)
    assert isinstance(made.clinic.move(1, sequence, 2, author=stranger, at=now), Refused)
    made.clinic.act(2, Command(body=bodies.OperatorChanged(operator=stranger.name), author=stranger, at=now))
    assert made.clinic.move(1, sequence, 2, author=NURSE, at=now) == Refused(why=Why.NOT_THE_OPERATOR)
    assert len(made.steps) == steps + 1
    assert made.session(1).view.readings[0].standing is Standing.CHARTED


def test_time_that_changes_a_flag_names_its_chair() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    high = bodies.SetCharted(vitals=Vitals(systolic_mmhg=184, diastolic_mmhg=100))
    made.act(high, minute=0, chair=2)
    assert made.clinic.advance(instant(1)) == ()
    steps = len(made.steps)
    assert made.clinic.advance(instant(2.1)) == (2,)
    assert made.steps[steps:] == [Step(number=steps + 1, entries=made.session(2).record[-1:])]
    assert made.clinic.advance(instant(2.2)) == ()


def test_a_step_of_the_clock_is_in_every_record() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.clinic.step_clock(
        ClockStep(step_ms=-3_600_000, is_real_time=False), Instant(utc_ms=0, offset_minutes=0)
    )
    assert [each.view.correction_ms for each in made.clinic.sessions()] == [3_600_000, 3_600_000]


def test_settings_that_are_not_on_the_disk_are_told_until_they_are() -> None:
    made = Made()
    failed = BesideFailed(reason="disk full", has_settings=True)
    made.clinic.recorded(failed)
    made.seat()
    made.clinic.recorded(StepSaved(step=made.steps[0]))
    assert made.clinic.saving == Saving(beside=failed)
    made.clinic.recorded(BesideSaved())
    assert made.clinic.saving == Saving()


@pytest.mark.parametrize(
    ("minute", "offset_minutes", "step_ms"),
    [
        (5, 0, None),
        (-5.0, 0, None),
        (-5.03, 0, None),
        (-5 - 2 / 60, 0, None),
        (-65, 0, -3_600_000),
        (5, 60, 0),
        (-65, 60, -3_600_000),
    ],
)
def test_a_record_that_ends_ahead_of_the_clock_goes_on_from_where_it_ended(
    minute: float, offset_minutes: int, step_ms: int | None
) -> None:
    made = Made()
    made.seat()
    made.act(SET, minute=-8)
    made.act(bodies.Noted(text="comfortable"), minute=-5)
    at = replace(instant(minute), offset_minutes=offset_minutes)
    entries = len(made.session().record)
    made.clinic.take_up_clock(at, tolerance_ms=2000)
    noted = [each.body for each in made.session().record[entries:]]
    wanted = [] if step_ms is None else [bodies.ClockStepped(step_ms=step_ms, is_real_time=step_ms == 0)]
    assert noted == wanted
    assert made.session().view.clock_ms(at) >= instant(-5).utc_ms - 2000
    assert sum(each.entries[0].kind == "clock_step" for each in made.steps) == len(wanted)


def test_a_chair_with_an_older_record_goes_on_from_where_the_newest_ended() -> None:
    made = Made()
    made.seat()
    made.seat(chair=2)
    made.act(SET, minute=-5)
    made.clinic.take_up_clock(instant(-65), tolerance_ms=2000)
    ages = [each.view.clock_ms(instant(-65)) - instant(-20).utc_ms for each in made.clinic.sessions()]
    assert ages == [15 * 60_000] * 2


def test_without_anybody_seated_there_is_no_clock_to_take_up() -> None:
    made = Made()
    made.clinic.take_up_clock(instant(-65), tolerance_ms=2000)
    assert made.steps == []


def test_what_a_monitor_says_is_recorded_as_it_said_it() -> None:
    made = Made()
    made.clinic.feed(1, link(LinkState.CONNECTED, minute=-30, source=SIMULATED))
    made.seat()
    linked = made.steps[1].entries[0]
    assert (linked.body.KIND, linked.recorded_at) == ("link_change", instant(-20))
    first = made.steps[0].entries[0]
    assert isinstance(first.body, bodies.Seated)
    assert (first.body.is_simulated, first.station) == (True, "station 1")
    reading = replace(cuff(-10), begun_at_ms=instant(-11).utc_ms)
    made.clinic.feed(1, reading)
    assert made.steps[-1].entries == made.session().record[-1:]
    (captured,) = made.steps[-1].entries
    assert captured.author == DEVICE
    assert captured.body == bodies.Captured(
        vitals=reading.vitals,
        quality=Quality.GOOD,
        protocol="dinamap",
        port=REAL.port,
        is_simulated=False,
        begun_at_ms=instant(-11).utc_ms,
        received_at_ms=instant(-10).utc_ms,
        raw_hex=b" NA".hex(),
    )


def test_a_demonstrations_session_is_simulated_without_a_monitor() -> None:
    made = Made()
    made.clinic.seat(seated(is_simulated=True), author=NURSE, at=instant(-20))
    assert made.session().view.is_simulated


def test_a_finished_determination_ends_the_inflation_and_keeps_the_link() -> None:
    made = Made()
    made.seat()
    connected = link(LinkState.CONNECTED)
    made.clinic.feed(1, live(97))
    made.clinic.feed(1, connected)
    assert made.clinic.wire(1).live == (live(97),)
    made.clinic.feed(1, CuffBusy(source=REAL, since_ms=instant(0).utc_ms, received_at=instant(0)))
    made.clinic.feed(1, cuff(-25, received=1))
    wire = made.clinic.wire(1)
    assert (wire.link, wire.cuff_busy_since_ms, wire.not_charted) == (
        connected,
        None,
        Why.BEGUN_BEFORE_SEATED,
    )


def infused() -> Made:
    """A patient in recovery since minute 40."""
    made = Made()
    made.seat()
    made.act(SET, minute=-10)
    made.act(SET, minute=-8)
    start = bodies.InfusionStarted(
        drug="ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal(70),
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
    )
    made.act(start, minute=0)
    made.act(bodies.InfusionStopped(reason=""), minute=40)
    return made


def test_a_failed_determination_of_a_patient_who_has_left_is_not_recorded() -> None:
    made = infused()
    made.act(bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None), minute=75)
    steps = len(made.steps)
    failed = CuffGaveNothing(
        source=REAL, trouble=CuffTrouble.FAILED, reason="Cuff failed.", received_at=instant(76)
    )
    assert made.clinic.feed(1, failed) is None
    assert len(made.steps) == steps


def test_a_move_from_an_empty_chair_is_refused() -> None:
    made = Made()
    made.seat(chair=2)
    refusal = Refused(why=Why.NO_SUCH_ENTRY)
    assert made.clinic.move(1, 3, 2, author=NURSE, at=instant(0)) == refusal
    assert made.clinic.move(2, 99, 1, author=NURSE, at=instant(0)) == refusal


OXIMETER = Source(protocol="nonin", port="serial:/dev/ttyUSB1", is_simulated=False)


def oximetry(second: int, value: int | None, quantity: Quantity = Quantity.SPO2) -> LiveValue:
    return LiveValue(
        source=OXIMETER,
        quantity=quantity,
        value=value,
        quality=Quality.GOOD if value is not None else Quality.INVALID,
        measured_at_ms=instant(second / 60).utc_ms,
        received_at=instant(second / 60),
    )


def flags_of(made: Made) -> list[tuple[str, str]]:
    return [(each.change.level.value, each.change.state.value) for each in made.session().view.flags]


def test_a_low_saturation_is_flagged_once_it_has_stood_and_the_record_replays() -> None:
    made = Made()
    made.seat()
    for second in range(40):
        made.clinic.feed(1, oximetry(second, 88))
    assert flags_of(made) == [("act_now", "raised")]
    stood = [each.body for each in made.session().view.happened if isinstance(each.body, bodies.LiveStood)]
    assert [(each.quantity, each.value, each.stood_s) for each in stood] == [(Quantity.SPO2, 88, 15)]
    assert replayed(made.session().record) == made.session().record
    (flag,) = made.session().view.flags
    assert made.session().view.stood(flag.change.key) == stood[0]
    assert made.session().view.stood(1) is None


def test_a_cuff_that_inflates_at_an_empty_chair_is_seen_and_recorded_nowhere() -> None:
    made = Made()
    busy = CuffBusy(source=REAL, since_ms=instant(0).utc_ms, received_at=instant(0))
    assert made.clinic.feed(1, busy) is None
    assert made.clinic.wire(1).cuff_busy_since_ms == instant(0).utc_ms


def test_saturation_is_not_judged_while_a_cuff_inflates_and_begins_anew_afterwards() -> None:
    made = Made()
    made.seat()
    for second in range(10):
        made.clinic.feed(1, oximetry(second, 88))
    made.clinic.feed(1, CuffBusy(source=REAL, since_ms=instant(0).utc_ms, received_at=instant(10 / 60)))
    for second in range(10, 50):
        made.clinic.feed(1, oximetry(second, 88))
    assert flags_of(made) == []
    made.clinic.feed(1, replace(cuff(50 / 60), is_young=False))
    for second in range(50, 65):
        made.clinic.feed(1, oximetry(second, 88))
    assert flags_of(made) == []
    made.clinic.feed(1, oximetry(65, 88))
    assert flags_of(made) == [("act_now", "raised")]


@pytest.mark.parametrize("event", ["lost", "step"])
def test_a_lost_link_and_a_step_of_the_clock_begin_anew(event: str) -> None:
    made = Made()
    made.seat()
    for second in range(15):
        made.clinic.feed(1, oximetry(second, 88))
    if event == "lost":
        made.clinic.feed(1, link(LinkState.LOST, minute=15 / 60, source=OXIMETER))
    else:
        made.clinic.step_clock(ClockStep(step_ms=5000, is_real_time=False), instant(15 / 60))
    made.clinic.feed(1, oximetry(15, 88))
    assert flags_of(made) == []


def test_another_monitor_s_lost_link_lets_a_low_saturation_stand() -> None:
    made = Made()
    made.seat()
    for second in range(16):
        made.clinic.feed(1, oximetry(second, 88))
        made.clinic.feed(1, link(LinkState.LOST if second % 2 else LinkState.CONNECTED, minute=second / 60))
    assert flags_of(made) == [("act_now", "raised")]


def test_continuous_values_are_saved_in_blocks_and_a_signature_pins_their_end() -> None:
    made = Made()
    made.seat()
    for second in range(25):
        made.clinic.feed(1, oximetry(second, 97))
        made.clinic.feed(1, oximetry(second, 71, Quantity.PULSE_RATE))
    blocks = [block for step in made.steps for block in step.blocks]
    assert [(len(block.samples), block.number) for block in blocks] == [(20, 1), (20, 2)]
    assert len(made.clinic.trend(1)) == 50
    made.clinic.advance(instant(1))
    made.act(bodies.Cancelled(reason="went home"), minute=2)
    assert made.clinic.trend(1) == ()
    blocks = [block for step in made.steps for block in step.blocks]
    check_trend("session-1", blocks)
    assert [step.sessions for step in made.steps if step.blocks] == [frozenset({"session-1"})] * 3


def test_the_last_values_go_to_the_disk_before_the_signature() -> None:
    made = infused()
    made.clinic.feed(1, oximetry(74 * 60, 97))
    made.act(bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None), minute=75)
    made.act(bodies.Signed(meaning="done", head=""), minute=76)
    (block,) = made.steps[-2].blocks
    signed = made.steps[-1].entries[0].body
    assert isinstance(signed, bodies.Signed)
    assert signed.trend_head == block.hash
    record = tuple(entry for step in made.steps for entry in step.entries)
    command = Command(body=bodies.Signed(meaning="seen", head=""), author=NURSE, at=instant(90))
    _, outcome = made.clinic.amend_finished(record, command)
    assert isinstance(outcome, Recorded)
    again = outcome.entries[0].body
    assert isinstance(again, bodies.Signed)
    assert again.trend_head == block.hash
    assert replayed((*record, *outcome.entries)) == (*record, *outcome.entries)


def test_a_demonstration_value_and_an_empty_chair_leave_no_trend() -> None:
    made = Made()
    made.clinic.feed(1, oximetry(0, 97))
    made.seat()
    made.clinic.feed(1, replace(oximetry(1, 97), quality=Quality.DEMO))
    made.clinic.advance(instant(5))
    assert made.clinic.trend(1) == ()
    assert [step.blocks for step in made.steps if step.blocks] == []


def test_a_monitor_taken_away_shows_nothing_any_more() -> None:
    made = Made()
    made.clinic.feed(1, link(LinkState.CONNECTED, source=OXIMETER))
    made.clinic.feed(1, oximetry(0, 97))
    made.clinic.unplug(1, OXIMETER, instant(1))
    assert made.clinic.wire(1).link is None
    assert made.clinic.wire(1).live == ()


def test_of_two_monitors_only_the_one_taken_away_is_forgotten() -> None:
    made = Made()
    made.clinic.feed(1, link(LinkState.CONNECTED))
    made.clinic.feed(1, link(LinkState.CONNECTED, source=OXIMETER))
    made.clinic.unplug(1, OXIMETER, instant(1))
    assert made.clinic.wire(1).links == (link(LinkState.CONNECTED),)


def test_a_gap_ends_where_the_monitor_is_taken_away_and_another_one_s_goes_on() -> None:
    made = Made()
    made.seat()
    made.clinic.feed(1, link(LinkState.LOST, minute=1))
    made.clinic.feed(1, link(LinkState.SILENT, minute=2, source=OXIMETER))
    before = len(made.steps)
    outcome = made.clinic.unplug(1, REAL, instant(5))
    assert isinstance(outcome, Recorded)
    (entry,) = made.steps[before].entries
    assert entry.body == bodies.MonitorRemoved(protocol="dinamap", port="serial:/dev/ttyUSB0")
    assert (entry.author, entry.recorded_at) == (SYSTEM, instant(5))
    gaps = [(each.from_ms, each.until_ms) for each in made.session().view.no_data]
    assert gaps == [(instant(1).utc_ms, instant(5).utc_ms), (instant(2).utc_ms, None)]
    assert replayed(made.session().record) == made.session().record


def test_a_monitor_put_back_is_known_anew() -> None:
    made = Made()
    made.seat()
    made.clinic.feed(1, link(LinkState.LOST, minute=1))
    made.clinic.unplug(1, REAL, instant(2))
    made.clinic.feed(1, link(LinkState.CONNECTING, minute=3))
    made.clinic.feed(1, link(LinkState.LOST, minute=4))
    made.clinic.feed(1, link(LinkState.CONNECTED, minute=6))
    gaps = [(each.from_ms, each.until_ms) for each in made.session().view.no_data]
    assert gaps == [
        (instant(1).utc_ms, instant(2).utc_ms),
        (instant(4).utc_ms, instant(6).utc_ms),
    ]


def test_a_monitor_that_the_record_does_not_know_leaves_it_without_a_word() -> None:
    made = Made()
    made.clinic.unplug(1, REAL, instant(0))
    made.seat()
    before = len(made.session().record)
    made.clinic.unplug(1, REAL, instant(1))
    made.clinic.feed(1, link(LinkState.CONNECTED, minute=2))
    made.clinic.unplug(1, REAL, instant(3))
    made.clinic.unplug(1, REAL, instant(4))
    kinds = [entry.body.KIND for entry in made.session().record[before:]]
    assert kinds == ["link_change", "monitor_removed"]


@pytest.mark.parametrize(("taken_away", "is_flagged"), [(OXIMETER, False), (REAL, True)])
def test_what_a_monitor_taken_away_showed_counts_no_further_towards_a_flag(
    taken_away: Source, *, is_flagged: bool
) -> None:
    made = Made()
    made.seat()
    for second in range(14):
        made.clinic.feed(1, oximetry(second, 88))
    made.clinic.unplug(1, taken_away, instant(0.24))
    made.clinic.feed(1, oximetry(20, 88))
    assert bool(made.session().view.flags) is is_flagged, "the other monitor at the chair goes on"


def test_a_monitor_lost_at_an_empty_chair_is_shown_and_recorded_nowhere() -> None:
    made = Made()
    assert made.clinic.feed(1, link(LinkState.LOST)) is None
    assert made.clinic.wire(1).link == link(LinkState.LOST)
    assert made.steps == []


def test_continuous_values_go_on_after_a_restart_in_the_chain_they_were_in() -> None:
    made = Made()
    made.seat()
    for second in range(25):
        made.clinic.feed(1, oximetry(second, 97))
    before = [block for step in made.steps for block in step.blocks]
    steps: list[Step] = []
    again = Clinic(
        station="station 1",
        records=[made.session().record],
        new_session_id=str,
        submit=steps.append,
        trends={"session-1": before},
    )
    assert len(again.trend(1)) == 20
    again.feed(1, oximetry(25, 96))
    again.advance(instant(1))
    check_trend("session-1", [*before, *(block for step in steps for block in step.blocks)])
    assert len(again.trend(1)) == 21


def test_what_stood_goes_to_the_disk_with_its_flag() -> None:
    made = Made()
    made.seat()
    outcomes = [made.clinic.feed(1, oximetry(second, 88)) for second in range(16)]
    assert outcomes[:15] == [None] * 15
    assert isinstance(outcomes[15], Recorded)
    assert tuple(entry for step in made.steps for entry in step.entries) == made.session().record


def test_a_cuff_that_inflates_interrupts_no_pulse_rate() -> None:
    made = Made()
    made.seat()
    for second in range(16):
        made.clinic.feed(1, oximetry(second, 150, Quantity.PULSE_RATE))
        if second == 10:
            made.clinic.feed(
                1, CuffBusy(source=REAL, since_ms=instant(0).utc_ms, received_at=instant(second / 60))
            )
    assert flags_of(made) == [("act_now", "raised")]


@pytest.mark.parametrize(("is_young", "spo2"), [(True, 97), (False, None)])
def test_a_young_cuff_reading_is_recorded_with_the_saturation_beside_it(
    spo2: int | None, *, is_young: bool
) -> None:
    made = Made()
    made.seat()
    made.clinic.feed(1, oximetry(0, 97))
    made.clinic.feed(1, replace(cuff(0), is_young=is_young))
    assert made.session().view.readings[0].vitals.spo2_percent == spo2


def test_a_signature_without_continuous_values_pins_none() -> None:
    made = infused()
    made.act(bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None), minute=75)
    made.act(bodies.Signed(meaning="done", head=""), minute=76)
    signed = made.steps[-1].entries[0].body
    assert isinstance(signed, bodies.Signed)
    assert signed.trend_head is None
