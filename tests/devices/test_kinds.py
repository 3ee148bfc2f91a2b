"""Each kind of monitor on a link: what its nurse sees, from the first byte to the last."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.samples import SAMPLES
from devices.profiles import PROFILES, profile_named
from devices.protocols import ge_dri, masimo, nonin, omron
from devices.protocols.ge_dri_values import CuffLabel, Displayed, RateSource
from devices.supervisor import Order, Step, Supervisor
from monitor.clock import ClockSample, Instant
from monitor.feed import (
    CuffBusy,
    CuffGaveNothing,
    CuffReading,
    FeedEvent,
    LinkChanged,
    LinkState,
    LiveValue,
    Source,
)
from monitor.vitals import Quality, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

START_MS = 1_767_603_600_000
MONITORS_CLOCK_S = 1_500_000_000  # years behind, as clocks of monitors are
WHEN = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 - a monitor names no zone
ASKED = ge_dri.request(kind=ge_dri.RecordKind.DISPLAYED, interval_s=5)


@dataclass(slots=True)
class Heard:
    """What came of some bytes, with the second at which it came."""

    events: list[tuple[float, FeedEvent]] = field(default_factory=list)
    sent: list[tuple[float, bytes]] = field(default_factory=list)

    def live(self) -> list[tuple[float, Quantity, int | None]]:
        return [
            (at_s, event.quantity, event.value) for at_s, event in self.events if isinstance(event, LiveValue)
        ]

    def states(self) -> list[LinkState]:
        return [event.state for _, event in self.events if isinstance(event, LinkChanged)]

    def cuff(self) -> list[tuple[float, FeedEvent]]:
        kinds = (CuffBusy, CuffGaveNothing, CuffReading)
        return [(at_s, event) for at_s, event in self.events if isinstance(event, kinds)]


def sample(at_s: float) -> ClockSample:
    at = Instant(utc_ms=START_MS + round(at_s * 1000), offset_minutes=0)
    return ClockSample(at=at, monotonic_s=at_s, boottime_s=at_s)


def on_a_link(protocol: str, arrivals: Iterable[tuple[float, bytes]], *, until_s: float) -> Heard:
    """Open a wire at 0 s, let bytes arrive, tick at every deadline, reopen whenever asked."""
    source = Source(protocol=protocol, port="tcp:127.0.0.1:4001", is_simulated=True)
    supervisor = Supervisor(profile=profile_named(protocol), source=source, now=sample(0))
    heard = Heard()

    def take(at_s: float, step: Step) -> None:
        heard.events += [(at_s, event) for event in step.events]
        if step.send:
            heard.sent.append((at_s, step.send))
        if step.order is not Order.NOTHING:
            take(at_s, supervisor.opened(sample(at_s)))

    take(0, supervisor.begin(sample(0)))
    for at_s, data in [*arrivals, (until_s, b"")]:
        while (deadline_s := supervisor.deadline_s) < at_s:
            take(deadline_s, supervisor.tick(sample(deadline_s)))
        take(at_s, supervisor.received(data, sample(at_s)))
    return heard


def record(at_s: int, shown: Displayed) -> tuple[float, bytes]:
    return at_s, ge_dri.displayed_frame(shown, sent_at_s=MONITORS_CLOCK_S + at_s)


def measured(*pressures_mmhg: int, label: int = 0) -> Displayed:
    systolic, diastolic, mean = pressures_mmhg
    return Displayed(heart_rate_bpm=70, pressures_mmhg=(systolic, diastolic, mean), cuff_label=label)


BUSY = Displayed(heart_rate_bpm=70, cuff_label=CuffLabel.MEASURING)


def test_an_s5_monitor_is_asked_until_it_speaks_and_again_when_it_falls_silent() -> None:
    heard = on_a_link("ge-dri", [record(11, measured(130, 80, 97))], until_s=40)
    assert {sent for _, sent in heard.sent} == {ASKED}
    assert [at_s for at_s, _ in heard.sent] == [0, 5, 10, 23, 28, 33, 38]
    assert heard.states()[-2:] == [LinkState.CONNECTED, LinkState.SILENT]


def test_an_s5_monitors_cuff_is_told_when_it_ends_and_doubted_when_nobody_saw_it() -> None:
    arrivals = [
        record(5, measured(130, 80, 97, label=CuffLabel.OLD)),
        record(10, BUSY),
        record(15, measured(130, 80, 97)),
        record(20, measured(130, 80, 97)),
        record(25, BUSY),
        record(30, Displayed(heart_rate_bpm=70)),
    ]
    told = on_a_link("ge-dri", arrivals, until_s=31).cuff()
    assert [(at_s, type(event)) for at_s, event in told] == [
        (5, CuffReading),
        (10, CuffBusy),
        (15, CuffReading),
        (25, CuffBusy),
        (30, CuffGaveNothing),
    ]
    found = [event for _, event in told if isinstance(event, CuffReading)]
    assert [event.quality for event in found] == [Quality.QUESTIONABLE, Quality.GOOD]
    assert [event.measured_at_ms - START_MS for event in found] == [5_000, 15_000]


def test_an_s5_record_that_waited_in_a_buffer_gives_no_live_value_of_now() -> None:
    late = (60.0, record(30, Displayed(heart_rate_bpm=95))[1])
    heard = on_a_link("ge-dri", [record(20, Displayed(heart_rate_bpm=70)), late], until_s=61)
    assert (Quantity.HEART_RATE, 95) not in {(quantity, value) for _, quantity, value in heard.live()}


def test_when_the_leads_come_off_the_heart_rate_vanishes_and_a_pulse_stands() -> None:
    off = Displayed(heart_rate_bpm=71, rate_source=RateSource.PLETH, celsius=Decimal("36.8"))
    arrivals = [record(5, Displayed(heart_rate_bpm=70)), record(10, off)]
    assert on_a_link("ge-dri", arrivals, until_s=11).live() == [
        (5, Quantity.HEART_RATE, 70),
        (10, Quantity.HEART_RATE, None),
        (10, Quantity.PULSE_RATE, 71),
    ]


def test_an_oximeters_values_stand_while_it_speaks_and_vanish_with_it() -> None:
    lines = [
        (at_s, masimo.line(masimo.Shown(spo2_percent=97, pulse_rate_bpm=rate), at=WHEN))
        for at_s, rate in ((1, 70), (2, 71), (3, None))
    ]
    heard = on_a_link("masimo", lines, until_s=9)
    assert heard.live() == [
        (1, Quantity.SPO2, 97),
        (1, Quantity.PULSE_RATE, 70),
        (2, Quantity.SPO2, 97),
        (2, Quantity.PULSE_RATE, 71),
        (3, Quantity.SPO2, 97),
        (3, Quantity.PULSE_RATE, None),
        (7, Quantity.SPO2, None),
    ]
    assert heard.states()[-1] is LinkState.SILENT
    assert heard.sent == []


def test_a_listening_oximeter_is_not_silent_while_its_format_is_being_told() -> None:
    frame = nonin.df1_frame(rate_bpm=142, spo2_percent=96)
    heard = on_a_link("nonin", [(float(at_s), frame) for at_s in range(1, 8)], until_s=8)
    assert LinkState.SILENT not in heard.states()
    assert heard.live()[0] == (5, Quantity.SPO2, 96)
    assert len(heard.live()) == 6


def test_a_monitor_that_speaks_only_when_it_has_measured_is_never_silent_and_told_each_time() -> None:
    reading = omron.result_line(at=WHEN, pressures_mmhg=(140, 80), pulse_bpm=70)
    again = omron.result_line(at=WHEN.replace(minute=40), pressures_mmhg=(140, 80), pulse_bpm=70)
    failed = omron.error_line(at=WHEN, error=3)
    arrivals = [(60.0, reading), (1200.0, failed), (1800.0, failed), (2400.0, again)]
    heard = on_a_link("omron", arrivals, until_s=9000)
    assert LinkState.SILENT not in heard.states()
    assert [type(event) for _, event in heard.cuff()] == [
        CuffReading,
        CuffGaveNothing,
        CuffGaveNothing,
        CuffReading,
    ]
    found = [event for _, event in heard.cuff() if isinstance(event, CuffReading)]
    assert [event.quality for event in found] == [Quality.GOOD] * 2
    assert [event.vitals.pulse_rate_bpm for event in found] == [70, 70]


def test_each_kind_has_a_sample_to_be_fuzzed_with() -> None:
    assert set(SAMPLES) == set(PROFILES)
