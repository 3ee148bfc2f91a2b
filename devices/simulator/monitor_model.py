"""A simulated DINAMAP: a cuff on an automatic cycle, an oximeter, and answers in the real wire format.

It never reads a clock: every call says what time it is. Between calls nothing happens; determinations that
fell due are made up in order at the next call.
"""

from dataclasses import dataclass
from enum import Enum

from devices.protocols import dinamap
from devices.protocols.messages import Command, Request
from devices.simulator.faults import FaultScript
from devices.simulator.patient import Patient, Pressures, seeded_stream
from devices.simulator.scenario import FaultKind, Scenario
from monitor.clock import MS_PER_MINUTE, MS_PER_S

OLDEST_CUFF_AGE_S = 5400  # the protocol's largest; older results are reported as none
SOURCE_OXIMETER = 2


class CuffStatus(Enum):
    """The cuff answer's status digit."""

    BUSY = 0
    DONE = 1
    FAILED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _CuffCycle:
    """A determination under way."""

    index: int
    ends_at_ms: int
    will_fail: bool


class SimulatedDinamap:
    """One monitor at one simulated patient.

    Args:
        scenario: patient, faults, leftover reading.
        seed: the same seed gives the same bytes at the same times.
        switched_on_at_ms: UTC milliseconds.
        cycles_from_start: True: the cuff cycles by itself at once, as when a nurse has set it so; False: only
            once the infusion runs.
    """

    def __init__(
        self, *, scenario: Scenario, seed: int, switched_on_at_ms: int, cycles_from_start: bool
    ) -> None:
        self._scenario = scenario
        self._switched_on_at_ms = switched_on_at_ms
        self._figures = scenario.figures.cuff
        self._seed = seed
        self._faults = FaultScript(faults=scenario.faults, seed=seed)
        self._patient = Patient(figures=scenario.figures, surges=scenario.surges, seed=seed)
        self._decoder = dinamap.DinamapDecoder()
        self._now_ms = switched_on_at_ms
        self._next_cycle_at_ms: int | None = None
        if cycles_from_start:
            self._next_cycle_at_ms = switched_on_at_ms + self._figures.first_after_s * MS_PER_S
        self._cycle: _CuffCycle | None = None
        self._begun = 0
        self._status = CuffStatus.DONE
        self._result: Pressures | None = None
        self._result_at_ms = switched_on_at_ms
        if scenario.leftover is not None:
            left = scenario.leftover
            self._result = Pressures(
                systolic_mmhg=left.systolic_mmhg, diastolic_mmhg=left.diastolic_mmhg, mean_mmhg=left.mean_mmhg
            )
            self._result_at_ms = switched_on_at_ms - left.age_s * MS_PER_S

    @property
    def is_unplugged(self) -> bool:
        """Whether the scenario has the cable out, as of the last call."""
        return self._is_in_force(FaultKind.UNPLUGGED)

    def planned_changes(self) -> list[tuple[int, bool]]:
        """When the drug starts, if it has not, and stops by the scenario's plan, as nobody tells it."""
        started_at_ms = self._patient.course.started_at_ms
        starts_at_ms = started_at_ms
        if starts_at_ms is None:
            starts_at_ms = self._switched_on_at_ms + self._scenario.served_start_minute * MS_PER_MINUTE
        stop = (starts_at_ms + self._scenario.infusion_minutes * MS_PER_MINUTE, False)
        return [stop] if started_at_ms is not None else [(starts_at_ms, True), stop]

    def advance(self, at_ms: int) -> None:
        """Let time pass until `at_ms`; an earlier moment changes nothing."""
        while True:
            ends_at_ms = self._cycle.ends_at_ms if self._cycle else None
            due = [moment for moment in (ends_at_ms, self._next_cycle_at_ms) if moment is not None]
            if not due or min(due) > at_ms:
                break
            self._now_ms = min(due)
            if self._now_ms == ends_at_ms:
                self._end_cycle()
            else:
                self._next_cycle_at_ms = self._now_ms + self._interval_s() * MS_PER_S
                self._begin_cycle()
        self._now_ms = max(self._now_ms, at_ms)

    def start_cuff(self, at_ms: int) -> None:
        """Somebody presses the cuff's button; without effect while it inflates."""
        self.advance(at_ms)
        self._begin_cycle()

    def infusion_changed(self, at_ms: int, *, is_running: bool) -> None:
        """The drug starts or stands still. At its first start the cuff is set to cycle by itself."""
        self.advance(at_ms)
        if self._patient.course.started_at_ms is None:
            self._next_cycle_at_ms = at_ms + self._figures.interval_s * MS_PER_S
        self._patient.course.change(at_ms, is_running=is_running)

    def receive(self, data: bytes, at_ms: int) -> list[bytes]:
        """Take a host's bytes and return the answers as they reach the wire, faults included."""
        self.advance(at_ms)
        answers = []
        for message in self._decoder.feed(data):
            if isinstance(message, Request):
                answer = self._faults.spoil(
                    self._answer(message), at_ms=at_ms, started_at_ms=self._patient.course.started_at_ms
                )
                if answer:
                    answers.append(answer)
        return answers

    def _answer(self, request: Request) -> bytes:
        match request.command:
            case Command.READ_CUFF:
                return self._cuff_answer(request.letters)
            case Command.READ_RATE:
                bpm = self._patient.pulse_at(self._now_ms)
                return dinamap.rate_frame(source=SOURCE_OXIMETER, bpm=bpm, letters=request.letters)
            case Command.READ_SPO2:
                return dinamap.spo2_frame(percent=self._patient.spo2_at(self._now_ms))
            case Command.READ_TEMPERATURE:
                return dinamap.temperature_frame(tenths_f=None)
            case Command.START_CUFF:
                self._begin_cycle()
                return request.raw  # the real acknowledgement is not known; no host reads it
            case Command.CANCEL_CUFF:
                self._cycle = None
                self._status = CuffStatus.DONE
                return request.raw

    def _cuff_answer(self, letters: str) -> bytes:
        age_s = (self._now_ms - self._result_at_ms) // MS_PER_S
        status = CuffStatus.BUSY if self._cycle else self._status
        if self._result is None or age_s > OLDEST_CUFF_AGE_S:
            return dinamap.cuff_frame(
                status=status.value, age_s=None, pressures_mmhg=(0, 0, 0), letters=letters
            )
        result = self._result  # sent while busy and after a failure too, as the real one does
        pressures = (result.systolic_mmhg, result.diastolic_mmhg, result.mean_mmhg)
        return dinamap.cuff_frame(status=status.value, age_s=age_s, pressures_mmhg=pressures, letters=letters)

    def _begin_cycle(self) -> None:
        if self._cycle is not None:
            return
        self._begun += 1
        stream = seeded_stream(self._seed, "cuff", self._begun)
        inflates_s = stream.randint(self._figures.inflates_least_s, self._figures.inflates_most_s)
        one_in = self._figures.fails_one_in
        by_chance = one_in > 0 and stream.randrange(one_in) == 0
        self._cycle = _CuffCycle(
            index=self._begun,
            ends_at_ms=self._now_ms + inflates_s * MS_PER_S,
            will_fail=by_chance or self._is_in_force(FaultKind.CUFF_FAILS),
        )

    def _end_cycle(self) -> None:
        cycle, self._cycle = self._cycle, None
        if cycle is None:
            return
        if cycle.will_fail:
            self._status = CuffStatus.FAILED
            return
        self._status = CuffStatus.DONE
        self._result = self._patient.pressures_at(self._now_ms, index=cycle.index)
        self._result_at_ms = self._now_ms

    def _interval_s(self) -> int:
        has_begun = self._patient.course.started_at_ms is not None
        return self._figures.interval_s if has_begun else self._figures.interval_before_s

    def _is_in_force(self, kind: FaultKind) -> bool:
        return self._faults.is_in_force(
            kind, at_ms=self._now_ms, started_at_ms=self._patient.course.started_at_ms
        )
