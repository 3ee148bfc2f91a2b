"""What somebody does to a simulated monitor while it runs is seen on its wire, and ends when they say so."""

import io

import pytest

from devices.simulator.acts import Act
from devices.simulator.bedside import Bedside
from devices.simulator.command import obey
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.scenario import load_scenario

START_MS = 1_767_603_600_000
MINUTE_MS = 60_000


def monitor(protocol: str = "dinamap") -> SimulatedMonitor:
    scenario = load_scenario("normal")
    bedside = Bedside(scenario=scenario, seed=7, switched_on_at_ms=START_MS, cycles_from_start=False)
    return SimulatedMonitor(protocol=protocol, scenario=scenario, seed=7, bedside=bedside)


def measured(device: SimulatedMonitor, at_minute: int) -> int:
    """The systolic that the cuff finds when its button is pressed then."""
    device.bedside.perform(Act.CUFF_NOW, START_MS + at_minute * MINUTE_MS)
    device.bedside.advance(START_MS + (at_minute + 1) * MINUTE_MS)
    pressures = device.bedside.ended[-1].pressures
    assert pressures is not None
    return pressures.systolic_mmhg


def test_a_spike_leaps_and_passes() -> None:
    device = monitor()
    before = measured(device, 1)
    device.bedside.perform(Act.SPIKE, START_MS + 3 * MINUTE_MS)
    assert measured(device, 3) > before + 40
    assert abs(measured(device, 9) - before) < 20


def test_a_drift_climbs_until_steady() -> None:
    device = monitor()
    before = measured(device, 1)
    device.bedside.perform(Act.DRIFT, START_MS + 2 * MINUTE_MS)
    assert before + 15 < measured(device, 12) < measured(device, 22)
    device.bedside.perform(Act.STEADY, START_MS + 24 * MINUTE_MS)
    assert abs(measured(device, 25) - before) < 20


def test_a_cuff_error_is_one_error() -> None:
    device = monitor()
    device.bedside.perform(Act.CUFF_ERROR, START_MS)
    device.bedside.advance(START_MS + MINUTE_MS)
    assert [each.pressures for each in device.bedside.ended] == [None]
    assert measured(device, 2)


def test_a_probe_comes_off_and_goes_back_on() -> None:
    device = monitor()
    device.bedside.perform(Act.PROBE_OFF, START_MS)
    assert (device.bedside.spo2_percent, device.bedside.pulse_bpm) == (None, None)
    device.bedside.perform(Act.PROBE_ON, START_MS)
    assert device.bedside.spo2_percent
    assert device.bedside.pulse_bpm


@pytest.mark.parametrize("protocol", ["dinamap", "masimo"])
def test_a_pulled_cable_carries_nothing_until_it_is_put_back(protocol: str) -> None:
    device = monitor(protocol)
    device.bedside.perform(Act.UNPLUG, START_MS)
    assert [device.is_plugged_in] == [False]
    assert device.receive(b" OA!3\r", START_MS + 1000) == []
    device.bedside.perform(Act.PLUG, START_MS + 1000)
    assert [device.is_plugged_in] == [True]
    assert device.receive(b" OA!3\r", START_MS + 2000)


def test_garbage_spoils_frames_until_clean() -> None:
    device = monitor()
    clean = [device.receive(b" OA!3\r", START_MS)[0].data]
    device.bedside.perform(Act.GARBAGE, START_MS)
    spoilt = {b"".join(each.data for each in device.receive(b" OA!3\r", START_MS)) for _ in range(30)}
    assert len(spoilt - set(clean)) > 10
    device.bedside.perform(Act.CLEAN, START_MS)
    assert [each.data for each in device.receive(b" OA!3\r", START_MS)] == clean


def test_typed_lines_are_acts_and_others_are_answered_with_what_is_known() -> None:
    done: list[Act] = []
    said = io.StringIO()
    obey(io.StringIO("spike\n\n unplug \nstorm\ncuff-error\n"), done.append, said)
    assert done == [Act.SPIKE, Act.UNPLUG, Act.CUFF_ERROR]
    assert said.getvalue().startswith('"storm" is not known. Known: spike, drift')


def test_every_act_says_what_it_does() -> None:
    assert all(act.meaning for act in Act)
