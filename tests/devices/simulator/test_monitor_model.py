"""The simulated monitor answers as a real one would, on the wire."""

from dataclasses import replace

import pytest

from devices.decode import messages_to_json
from devices.protocols.dinamap import DinamapDecoder
from devices.simulator.happenings import Event, EventKind, Surge
from devices.simulator.monitor_model import SimulatedMonitor, simulated_monitor
from devices.simulator.scenario import Fault, FaultKind, Leftover, Scenario, load_scenario

START_MS = 1_767_603_600_000
LEFTOVER = Leftover(systolic_mmhg=171, diastolic_mmhg=97, mean_mmhg=122, age_s=1500)


def monitor_of(scenario: Scenario, *, cycles_from_start: bool = False) -> SimulatedMonitor:
    return simulated_monitor(
        protocol="dinamap",
        scenario=scenario,
        seed=7,
        switched_on_at_ms=START_MS,
        cycles_from_start=cycles_from_start,
    )


def heard(monitor: SimulatedMonitor, question: bytes, at_s: float) -> bytes:
    chunks = monitor.receive(question, START_MS + round(at_s * 1000))
    return b"".join(chunk.data for chunk in chunks)


def ask(monitor: SimulatedMonitor, letters: bytes, at_s: float) -> dict[str, object]:
    sums = {b"NA": b"!2", b"NF": b"!7", b"RA": b"!6", b"RC": b"!8", b"OA": b"!3", b"TC": b"!:", b"NC0": b"!E",
            b"ND": b"!5"}  # fmt: skip
    (message,) = DinamapDecoder().feed(heard(monitor, b" " + letters + sums[letters] + b"\r", at_s))
    return dict(messages_to_json([message])[0])


def failing(kind: FaultKind) -> Scenario:
    fault = Fault(kind=kind, begins_minute=0, ends_minute=600, one_in=1)
    return replace(load_scenario("normal"), faults=(fault,))


def test_before_any_determination_there_is_no_result() -> None:
    assert ask(monitor_of(load_scenario("normal")), b"NA", 1) == {"kind": "nibp", "quality": "invalid"}


def test_a_started_cuff_is_busy_then_gives_a_result_that_ages() -> None:
    monitor = monitor_of(load_scenario("normal"))
    monitor.bedside.start_cuff(START_MS)
    assert ask(monitor, b"NA", 19)["kind"] == "nibp_busy"
    result = ask(monitor, b"NF", 41)
    assert result["kind"] == "nibp"
    later = ask(monitor, b"NA", 141)
    assert later["systolic_mmhg"] == result["systolic_mmhg"]
    assert later["age_s"] == int(str(result["age_s"])) + 100


def test_a_host_can_start_and_cancel_a_determination() -> None:
    monitor = monitor_of(load_scenario("normal"))
    ask(monitor, b"NC0", 1)
    assert ask(monitor, b"NA", 2)["kind"] == "nibp_busy"
    ask(monitor, b"ND", 3)
    assert ask(monitor, b"NA", 4) == {"kind": "nibp", "quality": "invalid"}


def test_pressing_start_while_it_inflates_changes_nothing() -> None:
    pressed_once, pressed_twice = monitor_of(load_scenario("normal")), monitor_of(load_scenario("normal"))
    pressed_once.bedside.start_cuff(START_MS)
    pressed_twice.bedside.start_cuff(START_MS)
    pressed_twice.bedside.start_cuff(START_MS + 5000)
    assert ask(pressed_once, b"NA", 60) == ask(pressed_twice, b"NA", 60)


def test_the_cuff_cycles_every_five_minutes_once_the_drug_runs() -> None:
    monitor = monitor_of(load_scenario("normal"))
    assert ask(monitor, b"NA", 1000) == {"kind": "nibp", "quality": "invalid"}
    monitor.bedside.infusion_changed(START_MS + 1_000_000, is_running=True)
    kinds = [ask(monitor, b"NA", 1000 + at_s)["kind"] for at_s in (299, 300, 345, 599, 600, 645)]
    assert kinds == ["nibp", "nibp_busy", "nibp", "nibp", "nibp_busy", "nibp"]


def test_a_served_monitor_cycles_from_the_start() -> None:
    monitor = monitor_of(load_scenario("normal"), cycles_from_start=True)
    assert ask(monitor, b"NA", 30)["kind"] == "nibp_busy"


def test_rates_come_from_the_oximeter_and_temperature_is_absent() -> None:
    monitor = monitor_of(load_scenario("normal"))
    assert ask(monitor, b"RA", 1)["kind"] == ask(monitor, b"RC", 1)["kind"] == "rate"
    assert ask(monitor, b"OA", 1)["spo2_percent"] == 98
    assert ask(monitor, b"TC", 1) == {"kind": "temperature", "quality": "invalid"}


def test_a_failed_determination_shows_no_pressures_and_the_next_good_one_does() -> None:
    off = Event(kind=EventKind.CUFF_OFF, minute=0, lasts_minutes=7)
    monitor = monitor_of(replace(load_scenario("normal"), events=(off,)))
    monitor.bedside.infusion_changed(START_MS, is_running=True)
    failed = ask(monitor, b"NA", 345)
    assert failed["kind"] == "nibp_failed"
    assert "systolic_mmhg" not in failed
    assert ask(monitor, b"NA", 645)["kind"] == "nibp"


@pytest.mark.parametrize("mmhg", [150, -150])
def test_what_no_cuff_can_measure_is_a_failed_determination(mmhg: int) -> None:
    off = Surge(
        begins_minute=0, rises_minutes=1, holds_minutes=30, falls_minutes=1,
        systolic_mmhg=mmhg, diastolic_mmhg=mmhg, rate_bpm=mmhg,
    )  # fmt: skip
    monitor = monitor_of(replace(load_scenario("normal"), surges=(off, off)))
    monitor.bedside.infusion_changed(START_MS, is_running=True)
    assert ask(monitor, b"NA", 345)["kind"] == "nibp_failed"
    assert monitor.bedside.pulse_bpm == (300 if mmhg > 0 else 1)


def test_the_last_patients_reading_still_stands_with_its_age() -> None:
    monitor = monitor_of(replace(load_scenario("normal"), leftover=LEFTOVER))
    assert ask(monitor, b"NA", 60)["age_s"] == 1560
    assert ask(monitor, b"NA", 3900)["age_s"] == 5400
    assert ask(monitor, b"NA", 3901) == {"kind": "nibp", "quality": "invalid"}  # too old to be told


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.BAD_SUM])
def test_spoiled_answers_give_no_value(kind: FaultKind) -> None:
    monitor = monitor_of(failing(kind))
    monitor.bedside.infusion_changed(START_MS, is_running=True)
    for at_s in range(50):
        decoder = DinamapDecoder()
        messages = decoder.feed(heard(monitor, b" OA!3\r", at_s)) + decoder.finish()
        assert {each["kind"] for each in messages_to_json(messages)} == {"rejected"}


def test_a_silent_monitor_answers_nothing() -> None:
    monitor = monitor_of(failing(FaultKind.SILENT))
    monitor.bedside.infusion_changed(START_MS, is_running=True)
    assert heard(monitor, b" OA!3\r", 1) == b""


def test_noise_ahead_of_an_answer_leaves_it_readable() -> None:
    monitor = monitor_of(failing(FaultKind.NOISE))
    monitor.bedside.infusion_changed(START_MS, is_running=True)
    for at_s in range(50):
        arrived = heard(monitor, b" OA!3\r", at_s)
        assert messages_to_json(DinamapDecoder().feed(arrived))[-1]["kind"] == "spo2"


def test_asking_about_the_past_does_not_turn_time_back() -> None:
    monitor = monitor_of(replace(load_scenario("normal"), leftover=LEFTOVER))
    ask(monitor, b"NA", 100)
    assert ask(monitor, b"NA", 50)["age_s"] == 1600


def test_a_served_monitor_follows_the_scenarios_plan_of_the_drug() -> None:
    scenario = load_scenario("normal")
    monitor = monitor_of(scenario)
    starts_at_ms = START_MS + scenario.served_start_minute * 60_000
    stops_at_ms = starts_at_ms + scenario.infusion_minutes * 60_000
    assert monitor.bedside.planned_acts() == [(starts_at_ms, 100), (stops_at_ms, 0)]
    monitor.bedside.infusion_changed(START_MS + 1000, is_running=True)
    assert monitor.bedside.planned_acts() == [(START_MS + 1000 + scenario.infusion_minutes * 60_000, 0)]
