"""Memory of one link over a day in virtual time: `python -m bench.day [--hours 24] [PROTOCOL ...]`.

A simulated monitor speaks in the real wire format without a break; the app's own decoder, supervisor and
translation read it, and a chair without a patient takes the events. Prints what Python held after the first
hour and at the end, the simulator's own ledger left out. The goal is flat.
"""

import argparse
import gc
import tracemalloc

from devices.profiles import PROFILES
from devices.simulator.scenario import load_scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.clinic import Clinic
from monitor.rehearsal import START

HOUR_S = 3600
STEP_S = 60
NOT_SIMULATED = tracemalloc.Filter(
    inclusive=False, filename_pattern="*/devices/simulator/*"
)  # it keeps a ledger


def held_kb(protocol: str, hours: int) -> list[float]:
    """What Python held after each hour, in kilobytes."""
    link = SimulatedLink(
        scenario=load_scenario("normal"), seed=1, start=START, protocol=protocol, cycles_from_start=True
    )
    clinic = Clinic(station="bench", records=(), new_session_id=str, submit=lambda _: None)
    held = []
    for second in range(STEP_S, hours * HOUR_S + 1, STEP_S):
        for event in link.advance(START.plus_s(second)):
            clinic.feed(1, event)
        if second % HOUR_S == 0:
            gc.collect()
            snapshot = tracemalloc.take_snapshot().filter_traces([NOT_SIMULATED])
            held.append(sum(trace.size for trace in snapshot.traces) / 1024)
    return held


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("protocols", nargs="*", default=["dinamap"], choices=[*PROFILES, "dinamap"])
    options = parser.parse_args()
    for protocol in options.protocols:
        tracemalloc.start()
        held = held_kb(protocol, options.hours)
        tracemalloc.stop()
        growth = 100 * (held[-1] - held[0]) / held[0]
        hours = f"{held[0]:8.0f} kB after 1 h, {held[-1]:8.0f} kB after {options.hours} h"
        print(f"{protocol:10} {hours}, {growth:+.1f} %", flush=True)


if __name__ == "__main__":
    main()
