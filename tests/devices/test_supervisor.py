"""The life of a link by a clock moved by hand."""

from dataclasses import dataclass, field, replace

import pytest

from devices.kinds.dinamap import DINAMAP
from devices.protocols import dinamap
from devices.protocols.messages import Message, ReplyDue
from devices.supervisor import Order, Step, Supervisor
from monitor.clock import ClockSample, Instant
from monitor.feed import FeedEvent, LinkChanged, LinkState, LiveValue, Source
from monitor.vitals import Quantity

START_MS = 1_767_603_600_000
CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))
RATE = dinamap.rate_frame(source=2, bpm=71)
SPO2 = dinamap.spo2_frame(percent=97)
QUIET_S = DINAMAP.quiet_time_s or 0.0


def sample(at_s: float) -> ClockSample:
    at = Instant(utc_ms=START_MS + round(at_s * 1000), offset_minutes=0)
    return ClockSample(at=at, monotonic_s=at_s, boottime_s=at_s)


@dataclass(slots=True, kw_only=True)
class Bench:
    """A supervisor and what it has said."""

    supervisor: Supervisor
    events: list[FeedEvent] = field(default_factory=list)
    sent: list[tuple[float, bytes]] = field(default_factory=list)
    orders: list[tuple[float, Order]] = field(default_factory=list)

    def take(self, at_s: float, step: Step) -> Step:
        self.events += step.events
        if step.send:
            self.sent.append((at_s, step.send))
        if step.order is not Order.NOTHING:
            self.orders.append((at_s, step.order))
        return step

    def begin(self) -> None:
        self.take(0, self.supervisor.begin(sample(0)))

    def opened(self, at_s: float) -> None:
        self.take(at_s, self.supervisor.opened(sample(at_s)))

    def failed(self, at_s: float, reason: str = "The cable is gone.") -> None:
        self.take(at_s, self.supervisor.failed(reason, sample(at_s)))

    def ended(self, at_s: float) -> None:
        self.take(at_s, self.supervisor.ended("Closed by the other side.", sample(at_s)))

    def receive(self, at_s: float, data: bytes) -> None:
        self.take(at_s, self.supervisor.received(data, sample(at_s)))

    def tick_until(self, until_s: float) -> None:
        """Tick at every deadline up to `until_s`, following no orders."""
        while (deadline_s := self.supervisor.deadline_s) <= until_s:
            step = self.take(deadline_s, self.supervisor.tick(sample(deadline_s)))
            if step.order is not Order.NOTHING:
                return

    @property
    def states(self) -> list[LinkState]:
        return [event.state for event in self.events if isinstance(event, LinkChanged)]

    @property
    def live(self) -> list[tuple[Quantity, int | None]]:
        return [(event.quantity, event.value) for event in self.events if isinstance(event, LiveValue)]


@pytest.fixture
def bench(source: Source) -> Bench:
    made = Bench(supervisor=Supervisor(profile=DINAMAP, source=source, now=sample(0)))
    made.begin()
    return made


@pytest.fixture
def connected(bench: Bench) -> Bench:
    bench.opened(0)
    bench.receive(0.04, CUFF)
    return bench


def test_it_asks_to_open_and_asks_the_first_question_when_open(bench: Bench) -> None:
    assert bench.orders == [(0, Order.OPEN)]
    bench.opened(0.5)
    assert bench.sent == [(0.5, b" NA!2\r")]
    assert bench.states == [LinkState.CONNECTING, LinkState.NEGOTIATING]


def test_the_first_good_frame_connects(connected: Bench) -> None:
    assert connected.states[-1:] == [LinkState.CONNECTED]


def test_rubbish_connects_nothing(bench: Bench) -> None:
    bench.opened(0)
    bench.receive(0.1, b"\x00\xffnoise\r" + CUFF[:9] + b"\r")
    assert LinkState.CONNECTED not in bench.states
    report = bench.supervisor.report()
    assert (report.rejected, report.bad_sums) == (1, 1)


def test_our_own_questions_come_back_connect_nothing(bench: Bench) -> None:
    bench.opened(0)
    bench.receive(0.1, b" NA!2\r")
    assert LinkState.CONNECTED not in bench.states


def test_it_asks_cuff_rate_and_spo2_in_turn_a_second_apart(bench: Bench) -> None:
    bench.opened(0)
    for second, answer in enumerate([CUFF, RATE, SPO2, CUFF]):
        bench.receive(second + 0.04, answer)
        bench.tick_until(second + 1)
    assert bench.sent == [
        (0, b" NA!2\r"), (1, b" RA!6\r"), (2, b" OA!3\r"), (3, b" NA!2\r"), (4, b" RA!6\r"),
    ]  # fmt: skip


def test_an_unanswered_question_gives_way_to_the_next_after_the_timeout(connected: Bench) -> None:
    connected.tick_until(DINAMAP.reply_timeout_s + 1)
    assert connected.sent[1:] == [(1, b" RA!6\r"), (1 + DINAMAP.reply_timeout_s, b" OA!3\r")]
    assert connected.supervisor.report().unanswered == 1


def test_quiet_for_its_quiet_time_is_silent_and_not_a_moment_before(connected: Bench) -> None:
    connected.tick_until(0.04 + QUIET_S - 0.01)
    assert connected.states[-1:] == [LinkState.CONNECTED]
    connected.tick_until(0.04 + QUIET_S)
    assert connected.states[-1:] == [LinkState.SILENT]
    assert (
        "9600 baud" not in connected.supervisor.report().history[-1].reason
    )  # it has answered: that is not it


def test_a_monitor_that_never_answers_is_silent(bench: Bench) -> None:
    bench.opened(0)
    bench.tick_until(QUIET_S)
    assert bench.states[-1:] == [LinkState.SILENT]
    assert "on and its cable" in bench.supervisor.report().history[-1].reason
    assert "9600 baud" in bench.supervisor.report().history[-1].reason


def test_only_unreadable_bytes_are_said_to_be_so(bench: Bench) -> None:
    bench.opened(0)
    for second in range(int(QUIET_S) + 1):
        bench.receive(second, b"\xf0\x0f\r")
        bench.tick_until(second + 1)
    assert bench.states[-1:] == [LinkState.SILENT]
    assert "unreadable" in bench.supervisor.report().history[-1].reason


def test_silence_withdraws_every_live_value_and_one_frame_ends_it(connected: Bench) -> None:
    connected.receive(0.05, RATE + SPO2)
    connected.tick_until(0.05 + QUIET_S)
    assert connected.live[-2:] == [(Quantity.PULSE_RATE, None), (Quantity.SPO2, None)]
    connected.receive(60, RATE)
    assert connected.states[-1:] == [LinkState.CONNECTED]
    assert connected.live[-1] == (Quantity.PULSE_RATE, 71)


def test_a_value_no_longer_answered_is_withdrawn_though_the_cuff_still_answers(connected: Bench) -> None:
    connected.receive(0.05, RATE)
    for second in range(1, 20):
        connected.tick_until(second)
        connected.receive(second + 0.01, CUFF)
    assert connected.states[-1:] == [LinkState.CONNECTED]
    assert connected.live == [(Quantity.PULSE_RATE, 71), (Quantity.PULSE_RATE, None)]


def test_it_keeps_asking_while_silent_and_reopens_now_and_then(connected: Bench) -> None:
    connected.tick_until(0.04 + QUIET_S)
    asked_before = len(connected.sent)
    connected.tick_until(1000)
    assert len(connected.sent) > asked_before
    reopened_at_s, order = connected.orders[-1]
    assert order is Order.REOPEN
    assert reopened_at_s == pytest.approx(0.04 + QUIET_S + DINAMAP.reopen_after_s)
    connected.opened(reopened_at_s)
    assert connected.states[-1:] == [LinkState.SILENT]
    connected.receive(reopened_at_s + 1, CUFF)
    assert connected.states[-1:] == [LinkState.CONNECTED]


def test_a_pulled_cable_withdraws_values_says_why_and_opens_again(connected: Bench) -> None:
    connected.receive(0.05, RATE)
    connected.failed(5, "The cable is gone.")
    assert connected.states[-1:] == [LinkState.LOST]
    assert connected.supervisor.report().history[-1].reason == "The cable is gone."
    assert connected.live[-1] == (Quantity.PULSE_RATE, None)
    connected.tick_until(5 + DINAMAP.back_off_s[0])
    assert connected.orders[-1] == (5 + DINAMAP.back_off_s[0], Order.OPEN)
    connected.opened(6)
    connected.receive(6.1, CUFF)
    assert connected.states[-2:] == [LinkState.NEGOTIATING, LinkState.CONNECTED]
    assert connected.supervisor.report().links_lost == 1


def test_attempts_grow_apart_to_a_limit_and_begin_anew_once_the_wire_has_stood(bench: Bench) -> None:
    at_s, waits = 0.0, []
    for _ in range(7):
        bench.failed(at_s, "Nothing is there.")
        waits.append(bench.supervisor.deadline_s - at_s)
        at_s = bench.supervisor.deadline_s
    longest_s = DINAMAP.back_off_s[-1]
    assert waits == [*DINAMAP.back_off_s, longest_s, longest_s]
    bench.opened(at_s)
    bench.receive(at_s + 0.1, CUFF)
    bench.failed(at_s + longest_s)
    assert bench.supervisor.deadline_s == at_s + longest_s + DINAMAP.back_off_s[0]


def test_a_loose_plug_is_tried_less_often_so_that_its_changes_do_not_fill_the_record(
    bench: Bench,
) -> None:
    at_s, waits = 0.0, []
    for _ in range(7):
        bench.opened(at_s)
        bench.receive(at_s + 0.1, CUFF)
        bench.failed(at_s + 1)
        waits.append(bench.supervisor.deadline_s - (at_s + 1))
        at_s = bench.supervisor.deadline_s
    assert waits == [1, 2, 4, 4, 4, 4, 4]
    assert bench.states.count(LinkState.CONNECTED) == 7, "what it told was read each time"


def test_a_port_that_is_called_is_open_again_at_once_for_who_keeps_calling(source: Source) -> None:
    bench = streaming(replace(source, port="tcp-listen:2575"), set_up=())
    for at_s in (1, 20, 30):
        bench.opened(at_s)
        bench.receive(at_s + 0.1, RATE)
        bench.failed(at_s + 1)
        assert bench.supervisor.deadline_s == at_s + 1 + DINAMAP.back_off_s[0]


def test_failing_the_same_way_again_is_said_once(bench: Bench) -> None:
    for at_s in (0, 1, 3):
        bench.failed(at_s, "The port is in use.")
    assert bench.states.count(LinkState.LOST) == 1
    bench.failed(7, "This user may not open it.")
    assert bench.states.count(LinkState.LOST) == 2


def test_half_a_frame_from_before_the_drop_joins_nothing_after_it(connected: Bench) -> None:
    connected.receive(1, CUFF[:10])
    connected.failed(2)
    connected.opened(3)
    connected.receive(3.1, CUFF[10:])
    assert connected.states[-1:] == [LinkState.NEGOTIATING]


def test_counters_and_last_lines_tell_a_technician_what_happened(connected: Bench) -> None:
    connected.tick_until(1)
    connected.receive(1.5, b"\xffnoise\r")
    connected.receive(1.6, RATE)
    report = connected.supervisor.report()
    assert (report.frames, report.rejected, report.resyncs) == (2, 1, 1)
    assert report.slowest_reply_ms == 40
    assert [(line.is_sent, line.raw) for line in report.lines] == [
        (True, b" NA!2\r"),
        (False, CUFF),
        (True, b" RA!6\r"),
        (False, b"\xffnoise\r"),
        (False, RATE),
    ]
    assert report.lines[3].note


def test_a_bad_sum_is_counted_as_such_and_never_twice(connected: Bench, source: Source) -> None:
    connected.receive(1, RATE.replace(b"71", b"81"))
    connected.receive(2, b"\xffnoise\r")
    report = connected.supervisor.report()
    assert (report.frames, report.bad_sums, report.rejected) == (1, 1, 1)
    without = replace(DINAMAP, has_sums=False)
    assert Supervisor(profile=without, source=source, now=sample(0)).report().bad_sums is None


def streaming(source: Source, **changes: object) -> Bench:
    profile = replace(replace(DINAMAP, polls=(), set_up=(b"start",)), **changes)  # type: ignore[arg-type]
    made = Bench(supervisor=Supervisor(profile=profile, source=source, now=sample(0)))
    made.begin()
    made.opened(0)
    return made


def test_one_that_is_asked_nothing_has_no_slowest_reply(source: Source) -> None:
    bench = streaming(source)
    bench.receive(0.5, RATE)
    report = bench.supervisor.report()
    assert (report.frames, report.slowest_reply_ms) == (1, None)


def test_what_starts_a_monitor_is_sent_until_it_speaks_and_again_when_it_falls_silent(source: Source) -> None:
    bench = streaming(source)
    bench.tick_until(2)
    assert bench.sent == [(0, b"start"), (1, b"start"), (2, b"start")]
    for second in range(3, 20):
        bench.receive(second, CUFF)
        bench.tick_until(second + 0.9)
    assert len(bench.sent) == 3
    bench.tick_until(40)
    assert bench.states[-1:] == [LinkState.SILENT]
    assert bench.sent[-1][1] == b"start"
    assert len(bench.sent) > 4


def test_a_monitor_that_speaks_only_after_measuring_is_never_silent(source: Source) -> None:
    bench = streaming(source, quiet_time_s=None, set_up=())
    bench.tick_until(7200)
    assert bench.states == [LinkState.CONNECTING, LinkState.NEGOTIATING]
    bench.receive(7201, CUFF)
    bench.tick_until(14400)
    assert bench.states[-1:] == [LinkState.CONNECTED]
    assert bench.sent == []


def hanging_up(source: Source) -> Bench:
    bench = streaming(source, set_up=(), may_hang_up=True)
    bench.receive(5, RATE)
    return bench


def test_a_monitor_that_hangs_up_after_a_message_stays_connected_until_its_next(source: Source) -> None:
    bench = hanging_up(source)
    for second in (5, 10, 15):
        bench.ended(second)
        bench.tick_until(second)
        assert bench.orders[-1:] == [(second, Order.OPEN)]
        bench.opened(second)
        bench.receive(second + 5, RATE)
    assert bench.states == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.CONNECTED]
    assert (Quantity.PULSE_RATE, None) not in bench.live
    report = bench.supervisor.report()
    assert (report.frames, report.links_lost, report.hang_ups) == (4, 0, 3)


def test_its_live_values_age_as_ever_and_when_nothing_more_comes_it_is_silent_and_says_why(
    source: Source,
) -> None:
    bench = hanging_up(source)
    bench.ended(5)
    bench.opened(5)
    bench.tick_until(5 + QUIET_S - 0.01)
    assert bench.states[-1:] == [LinkState.CONNECTED]
    bench.tick_until(5 + QUIET_S)
    assert bench.states[-1:] == [LinkState.SILENT]
    assert (
        "closed its connection and sent nothing more for 7 s" in bench.supervisor.report().history[-1].reason
    )
    assert bench.live[-1] == (Quantity.PULSE_RATE, None)
    aging = streaming(source, set_up=(), may_hang_up=True, fresh_s=3.0)
    aging.receive(1, RATE)
    aging.ended(1)
    aging.opened(1)
    aging.tick_until(4.1)
    assert (aging.states[-1], aging.live[-1]) == (LinkState.CONNECTED, (Quantity.PULSE_RATE, None))


def test_one_that_speaks_to_each_caller_at_once_is_called_a_second_apart(source: Source) -> None:
    bench = streaming(source, set_up=(), may_hang_up=True)
    bench.receive(0.1, RATE)
    bench.ended(0.1)
    assert bench.supervisor.deadline_s == DINAMAP.back_off_s[0]


def test_one_that_hangs_up_after_each_message_is_not_waited_for_longer_for_that(source: Source) -> None:
    bench = streaming(source, set_up=(), may_hang_up=True)
    bench.failed(0, "Nothing is there.")
    bench.failed(1, "Nothing is there.")
    bench.opened(3)
    bench.receive(3.1, RATE)
    bench.ended(3.1)
    bench.failed(4, "Nothing is there.")
    assert bench.supervisor.deadline_s == 4 + DINAMAP.back_off_s[0]


@pytest.mark.parametrize(
    ("may_hang_up", "heard"),
    [
        (False, RATE),
        (True, b""),
        (True, RATE + RATE[:6]),
        (True, RATE + b"\xffnoise\r"),
    ],
    ids=["not its manner", "nothing said", "within a frame", "after rubbish"],
)
def test_every_other_end_of_a_connection_is_a_loss(
    source: Source, heard: bytes, *, may_hang_up: bool
) -> None:
    bench = streaming(source, set_up=(), may_hang_up=may_hang_up)
    bench.receive(1, heard)
    bench.ended(2)
    assert bench.states[-1:] == [LinkState.LOST]
    report = bench.supervisor.report()
    assert (report.links_lost, report.history[-1].reason) == (1, "Closed by the other side.")
    assert report.hang_ups == (0 if may_hang_up else None)


def test_a_second_connection_must_say_something_good_too_before_it_may_end(source: Source) -> None:
    bench = hanging_up(source)
    bench.ended(5)
    bench.opened(5)
    bench.ended(6)
    assert bench.states[-1:] == [LinkState.LOST]


def test_a_connection_that_cannot_be_opened_again_after_a_hang_up_is_a_loss(source: Source) -> None:
    bench = hanging_up(source)
    bench.ended(5)
    bench.failed(5.1, "Nothing answers.")
    assert bench.states[-1:] == [LinkState.LOST]
    assert bench.live[-1] == (Quantity.PULSE_RATE, None)
    assert bench.supervisor.report().links_lost == 1
    bench.failed(7, "Nothing answers.")
    assert bench.supervisor.report().links_lost == 1


def test_an_acknowledgement_due_is_sent_at_once(source: Source) -> None:
    class Acknowledged(dinamap.DinamapDecoder):
        def feed(self, data: bytes) -> list[Message]:
            return [ReplyDue(control_id="7", sender="M", version="2.6", raw=data)]

    bench = streaming(source, new_decoder=Acknowledged, reply=lambda due, _: f"ack {due.control_id}".encode())
    bench.receive(1, b"x")
    assert bench.sent[-1] == (1, b"ack 7")


def test_every_state_has_a_sentence(connected: Bench) -> None:
    connected.tick_until(30)
    connected.failed(31)
    changes = [event for event in connected.events if isinstance(event, LinkChanged)]
    assert {change.state for change in changes} == set(LinkState)
    assert all(change.reason.endswith(".") for change in changes)
