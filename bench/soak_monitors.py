"""Soak the links: `python -m bench.soak_monitors [--minutes 60] [--seed 1] [--drop N]`.

Eight simulated monitors of all protocols speak at their natural rates, with faults drawn by the seed, over
real TCP links into a real database in a temporary folder. At the end the simulators' truth is compared with
the database: each determination that ended while its link was up must be in the record exactly once, and
nothing that no monitor said. `--drop N` loses the Nth determination on purpose: then this must fail. `--keep
FOLDER` leaves the database and a recording of each link there, so that a loss can be traced. Prints a JSON
object; processor and memory are this process's, simulators included.
"""

import argparse
import json
import os
import queue
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from bench.processes import Usage
from bench.seated import seated_now
from bench.served_monitors import PROTOCOLS, place_of
from bench.soak_truth import Shown, Verdict, verdict
from db.opening import Database, open_database
from db.writer import Writer
from devices.address import parse_address
from devices.link import link_to
from devices.link_thread import LinkThread
from devices.profile import Capability
from devices.profiles import profile_named
from devices.simulator.acts import Act
from devices.simulator.bedside import Bedside, Determination
from devices.simulator.faults import Chunk
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.randomness import seeded_stream
from devices.simulator.scenario import Fault, FaultKind, Scenario, load_scenario
from devices.simulator.served_wire import served_wire
from devices.simulator.server import SimulatorServer
from monitor.clinic import Clinic
from monitor.clock import MS_PER_MINUTE, SystemClock
from monitor.entries import Author, Role
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState
from monitor.ports import RecorderEvent
from monitor.vitals import Quantity

NURSE = Author(role=Role.OPERATOR, name="Soak Nurse")
FAULTS = (
    FaultKind.UNPLUGGED,
    FaultKind.SILENT,
    FaultKind.HALF_OPEN,
    FaultKind.HANGS_UP,
    FaultKind.NOISE,
    FaultKind.TRUNCATED,
    FaultKind.SPLIT,
    FaultKind.MERGED,
    FaultKind.FLOOD,
    FaultKind.BAD_SUM,
)
HARMLESS = {FaultKind.SPLIT, FaultKind.FLOOD}
ONE_IN = 3  # messages that a fault strikes, and minutes that have one
ACTS_EVERY_S = 25
SETTLES_S = 45  # at the end nothing is begun any more
BEFORE_MS, AFTER_MS = 5_000, 40_000  # a link that was up all that time around an end must have told it
SAMPLES_EVERY_S = 0.5

# A few bytes of noise can be a frame of DF1. An Omron's line that waits for the next waits for minutes, and
# is timed by its arrival.
SPARED = {"nonin-df1": FaultKind.NOISE, "omron": FaultKind.MERGED}
SETTLED_AFTER_S = 60  # caches have filled by then
ACTS = (Act.CUFF_NOW, Act.CUFF_NOW, Act.CUFF_NOW, Act.CUFF_NOW, Act.CUFF_ERROR, Act.PROBE_OFF, Act.PROBE_ON)

Told = queue.SimpleQueue[tuple[int, FeedEvent] | RecorderEvent]
Tell = Callable[[tuple[int, FeedEvent]], None]


class _WatchedMonitor(SimulatedMonitor):
    """Notes what the bedside showed whenever its monitor could have told it."""

    def __init__(self, *, protocol: str, scenario: Scenario, seed: int, bedside: Bedside) -> None:
        super().__init__(protocol=protocol, scenario=scenario, seed=seed, bedside=bedside)
        self.shown: list[Shown] = []

    def receive(self, data: bytes, at_ms: int) -> list[Chunk]:
        """As any monitor."""
        arrived = super().receive(data, at_ms)
        bedside = self.bedside
        values = {
            Quantity.SPO2: bedside.spo2_percent,
            Quantity.PULSE_RATE: bedside.pulse_bpm,
            Quantity.HEART_RATE: bedside.heart_rate_bpm,
            Quantity.RESPIRATORY_RATE: bedside.respiratory_rate_bpm,
        }
        if self.shown and self.shown[-1].values == values:
            self.shown[-1] = replace(self.shown[-1], until_ms=bedside.now_ms)
        else:
            self.shown.append(Shown(from_ms=bedside.now_ms, until_ms=bedside.now_ms, values=values))
        return arrived


class _Seat:
    """One chair: its simulated monitor, the app's link to it, and what both were seen to do."""

    def __init__(self, chair: int, protocol: str, *, minutes: float, seed: int, tell: Tell) -> None:
        self.chair = chair
        self._profile = profile_named(protocol)
        clock = SystemClock()
        self._began_ms = clock.now().utc_ms
        self._faults = _faults_of(protocol, minutes=minutes, seed=seed * 100 + chair)
        scenario = replace(load_scenario("normal"), faults=self._faults, events=(), served_start_minute=0)
        seed_here = seed * 100 + chair
        self._monitor = _WatchedMonitor(
            protocol=protocol,
            scenario=scenario,
            seed=seed_here,
            bedside=Bedside(
                scenario=scenario, seed=seed_here, switched_on_at_ms=self._began_ms, cycles_from_start=True
            ),
        )
        self._server = SimulatorServer(
            monitor=self._monitor, wire=served_wire(place_of(protocol)), clock=clock
        )
        self._serving = threading.Thread(target=self._server.run, name=f"simulator {chair}")
        link = link_to(parse_address(self._server.address), profile=self._profile, clock=clock)
        self._link = LinkThread(link=link, sink=lambda event: tell((chair, event)))
        self._ups: list[tuple[int, bool]] = []

    def begin(self, recording: Path | None) -> None:
        """Start both ends."""
        self._serving.start()
        if recording is not None:
            self._link.record(recording)
        self._link.start()

    def hang_up(self) -> None:
        """Stop the app's end."""
        self._link.stop()

    def end(self) -> None:
        """Stop the monitor."""
        self._server.stop()
        self._serving.join()

    def perform(self, act: Act) -> None:
        """Do something to the monitor."""
        self._server.perform(act)

    def note(self, event: LinkChanged) -> None:
        """Note whether the link is up."""
        is_up = event.state is LinkState.CONNECTED
        if self._profile.quiet_time_s is None:  # then an open wire is all there is to see
            is_up |= event.state is LinkState.NEGOTIATING
        self._ups.append((event.at.utc_ms, is_up))

    def report(self) -> dict[str, int]:
        """Return the link's counters."""
        report = self._link.report
        return {
            "frames": report.frames,
            "bad_sums": report.bad_sums or 0,
            "rejected": report.rejected,
            "links_lost": report.links_lost,
        }

    def story(self) -> list[str]:
        """What happened to the link, from the start in seconds: its faults, and when it was up."""
        faults = [f"{fault.begins_minute * 60} s: {fault.kind.value}" for fault in self._faults]
        ups = [
            f"{(at_ms - self._began_ms) / 1000:.0f} s: {'up' if is_up else 'down'}"
            for at_ms, is_up in self._ups
        ]
        return faults + ups

    def verdict(self, database: Database, session: str, *, until_ms: int) -> Verdict:
        """Compare the record with the truth, for what ended before `until_ms`."""
        return verdict(
            record=database.store.load(session),
            blocks=database.store.trend(session),
            ended=self._monitor.bedside.ended if Capability.CUFF in self._profile.capabilities else (),
            is_due=lambda ended: ended.ended_at_ms <= until_ms and self._was_up_around(ended),
            shown=self._monitor.shown,
        )

    def _was_up_around(self, ended: Determination) -> bool:
        from_ms, until_ms = ended.ended_at_ms - BEFORE_MS, ended.ended_at_ms + AFTER_MS
        before = [is_up for at_ms, is_up in self._ups if at_ms <= from_ms]
        within = [is_up for at_ms, is_up in self._ups if from_ms < at_ms <= until_ms]
        return bool(before) and before[-1] and all(within) and not self._is_spoilt(from_ms, until_ms)

    def _is_spoilt(self, from_ms: int, until_ms: int) -> bool:
        return any(
            fault.kind not in HARMLESS
            and self._began_ms + fault.begins_minute * MS_PER_MINUTE < until_ms
            and self._began_ms + (fault.ends_minute + 1) * MS_PER_MINUTE > from_ms
            for fault in self._faults
        )


class Soak:
    """One run: eight chairs, one clinic, one database.

    Args:
        folder: for the database.
        keeps: recordings of the links go there too.
        minutes: of real time.
        seed: draws faults and acts.
        drop: the number of the determination that is lost on purpose; 0: none.
    """

    def __init__(self, folder: Path, *, keeps: bool, minutes: float, seed: int, drop: int) -> None:
        self._folder, self._keeps = folder, keeps
        self._minutes, self._seed, self._drop = minutes, seed, drop
        self._told: Told = queue.SimpleQueue()
        self._clock = SystemClock()
        self._database = open_database(folder / "soak.db")
        self._writer = Writer(store=self._database.store, sink=self._told.put, clock=self._clock)
        self._clinic = Clinic(
            station="soak",
            records=(),
            new_session_id=lambda: str(uuid.uuid4()),
            submit=self._writer.submit,
        )
        self._seats = [
            _Seat(number, protocol, minutes=minutes, seed=seed, tell=self._told.put)
            for number, protocol in enumerate(PROTOCOLS, 1)
        ]
        self._readings = 0

    def run(self) -> dict[str, object]:
        """Soak and compare."""
        self._writer.start()
        for seat in self._seats:
            self._clinic.seat(seated_now(seat.chair), author=NURSE, at=self._clock.now())
            seat.begin(self._folder / f"chair-{seat.chair}.jsonl" if self._keeps else None)
        before = after = Usage.of(os.getpid())
        ends_s = self._clock.monotonic_s() + self._minutes * 60
        settled: Usage | None = None
        turn = 0
        while (left_s := ends_s - self._clock.monotonic_s()) > 0:
            self._take(SAMPLES_EVERY_S)
            turn += 1
            self._disturb(turn, is_over=left_s < SETTLES_S)
            after = Usage.of(os.getpid())
            settled = after if settled is None and after.at_s - before.at_s > SETTLED_AFTER_S else settled
        until_ms = self._clock.now().utc_ms - AFTER_MS
        for seat in self._seats:
            seat.hang_up()
        for seat in self._seats:
            seat.end()
        self._take(SAMPLES_EVERY_S)
        sessions = {session.view.chair: session.view.session for session in self._clinic.sessions()}
        unsaved = self._writer.close()
        found = [
            seat.verdict(self._database, sessions[seat.chair], until_ms=until_ms) for seat in self._seats
        ]
        self._database.close()
        return (
            self._summed(found)
            | _used(before, settled or before, after)
            | {"unsaved": len(unsaved.sentences)}
        )

    def _take(self, for_s: float) -> None:
        """Do as the window's thread does, for a while."""
        until_s = self._clock.monotonic_s() + for_s
        while (left_s := until_s - self._clock.monotonic_s()) > 0:
            try:
                told = self._told.get(timeout=left_s)
            except queue.Empty:
                break
            if isinstance(told, tuple):
                self._hear(*told)
            else:
                self._clinic.recorded(told)
        self._clinic.advance(self._clock.now())

    def _hear(self, chair: int, event: FeedEvent) -> None:
        if isinstance(event, LinkChanged):
            self._seats[chair - 1].note(event)
        if isinstance(event, CuffReading):
            self._readings += 1
            if self._readings == self._drop:
                return
        self._clinic.feed(chair, event)

    def _disturb(self, turn: int, *, is_over: bool) -> None:
        for seat in self._seats:
            stream = seeded_stream(self._seed * 100 + seat.chair, "act", turn)
            if not is_over and stream.random() < SAMPLES_EVERY_S / ACTS_EVERY_S:
                seat.perform(stream.choice(ACTS))

    def _summed(self, found: list[Verdict]) -> dict[str, object]:
        each = [asdict(one) for one in found]
        total: dict[str, object] = {
            name: sum(one[name] for one in each) for name, value in each[0].items() if isinstance(value, int)
        }
        chairs = {
            protocol: one | seat.report() | ({"story": seat.story()} if one["lost"] else {})
            for protocol, one, seat in zip(PROTOCOLS, each, self._seats, strict=True)
        }
        return {"minutes": self._minutes, "seed": self._seed} | total | {"monitors": chairs}


def _faults_of(protocol: str, *, minutes: float, seed: int) -> tuple[Fault, ...]:
    """Draw a fault for about every third minute, none in the first and the last."""
    kinds = [kind for kind in FAULTS if kind is not SPARED.get(protocol)]
    faults = []
    for minute in range(1, int(minutes) - 1):
        stream = seeded_stream(seed, "fault", minute)
        if stream.randrange(ONE_IN) == 0:
            kind = stream.choice(kinds)
            faults.append(Fault(kind=kind, begins_minute=minute, ends_minute=minute + 1, one_in=ONE_IN))
    return tuple(faults)


def _used(before: Usage, settled: Usage, after: Usage) -> dict[str, object]:
    hours = max(after.at_s - settled.at_s, 1) / 3600
    return {
        "processor_percent": round(after.share_since(before), 1),
        "resident_mb": {"settled": round(settled.resident_mb, 1), "end": round(after.resident_mb, 1)},
        "growth_mb_per_hour": round((after.resident_mb - settled.resident_mb) / hours, 1),
        "descriptors": {"start": before.descriptors, "end": after.descriptors},
    }


def main() -> int:
    """Soak and print; 1 when something was lost, invented or told twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drop", type=int, default=0, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vigil-soak-") as thrown_away:
        folder = options.keep or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        found = Soak(
            folder,
            keeps=options.keep is not None,
            minutes=options.minutes,
            seed=options.seed,
            drop=options.drop,
        ).run()
    print(json.dumps(found, indent=2))
    return 1 if found["lost"] or found["invented"] or found["duplicated"] or found["live_invented"] else 0


if __name__ == "__main__":
    sys.exit(main())
