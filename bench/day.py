"""Memory of one link over a day in virtual time: `python -m bench.day [--hours 24] [PROTOCOL ...]`.

A simulated monitor speaks in the real wire format without a break; the app's own decoder, supervisor and
translation read it, and a chair without a patient takes the events. Prints what link and clinic hold after
the first hour, half-way and at the end, found by going from object to object. The simulated monitor keeps a
ledger and is left out. The goal is flat.
"""

import argparse
import gc
import sys
from types import BuiltinFunctionType, FunctionType, ModuleType

from devices.profiles import PROFILES
from devices.simulator.bedside import Bedside
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.scenario import load_scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.clinic import Clinic
from monitor.rehearsal import START

HOUR_S = 3600
STEP_S = 60
NOT_COUNTED = (SimulatedMonitor, Bedside, type, ModuleType, FunctionType, BuiltinFunctionType)


def held_bytes(*roots: object) -> int:
    """Return the size of all that can be reached from `roots`, without code and without the simulator."""
    left, seen, held = list(roots), set[int](), 0
    while left:
        each = left.pop()
        if id(each) in seen or isinstance(each, NOT_COUNTED):
            continue
        seen.add(id(each))
        held += sys.getsizeof(each)
        left += gc.get_referents(each)
    return held


def held_kb(protocol: str, hours: int) -> list[float]:
    """What link and clinic held after each hour, in kilobytes."""
    link = SimulatedLink(
        scenario=load_scenario("normal"), seed=1, start=START, protocol=protocol, cycles_from_start=True
    )
    clinic = Clinic(station="bench", records=(), new_session_id=str, submit=lambda _: None)
    held = []
    for second in range(STEP_S, hours * HOUR_S + 1, STEP_S):
        for event in link.advance(START.plus_s(second)):
            clinic.feed(1, event)
        if second % HOUR_S == 0:
            held.append(held_bytes(link, clinic) / 1024)
    return held


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("protocols", nargs="*", default=["dinamap"], choices=[*PROFILES, "dinamap"])
    options = parser.parse_args()
    for protocol in options.protocols:
        held = held_kb(protocol, options.hours)
        after = ", ".join(f"{held[hour - 1]:6.1f} kB after {hour} h" for hour in _told_hours(options.hours))
        print(f"{protocol:10} {after}", flush=True)


def _told_hours(hours: int) -> list[int]:
    """The first, the middle and the last."""
    return sorted({1, max(1, hours // 2), hours})


if __name__ == "__main__":
    main()
