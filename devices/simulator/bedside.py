"""What stands at a simulated bedside, whatever monitor shows it: a patient, a cuff and an oximeter's probe.

It never reads a clock: every call says what time it is. Between calls nothing happens; determinations that
fell due are made up in order at the next call.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from devices.simulator import ranges
from devices.simulator.acts import Act, Touched
from devices.simulator.faults import FaultScript
from devices.simulator.patient import Patient, Pressures
from devices.simulator.randomness import seeded_stream
from devices.simulator.scenario import FaultKind, Scenario
from monitor.clock import MS_PER_MINUTE, MS_PER_S

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CuffState(Enum):
    """What the cuff does, or how its last determination ended."""

    IDLE = "idle"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """One that ended: the truth that a record is held against.

    Attributes:
        index: counts from 1; 0 is the reading of the patient before.
        begun_at_ms: UTC milliseconds; None for the reading of the patient before.
        ended_at_ms: UTC milliseconds.
        pressures: None when it failed.
        pulse_bpm: as the cuff counted it; None when it failed or is not known.
    """

    index: int
    begun_at_ms: int | None
    ended_at_ms: int
    pressures: Pressures | None
    pulse_bpm: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _CuffCycle:
    """A determination under way."""

    index: int
    begun_at_ms: int
    ends_at_ms: int
    will_fail: bool


class Bedside:
    """One simulated patient with a cuff on an automatic cycle and a probe on a finger.

    Args:
        scenario: patient, faults, leftover reading.
        seed: the same seed gives the same course at the same times.
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
        self._patient = Patient(figures=scenario.figures, seed=seed, scenario=scenario)
        self._now_ms = switched_on_at_ms
        self._next_cycle_at_ms: int | None = None
        if cycles_from_start:
            self._next_cycle_at_ms = switched_on_at_ms + self._figures.first_after_s * MS_PER_S
        self._cycle: _CuffCycle | None = None
        self._begun = 0
        self._state = CuffState.IDLE
        self._ended: list[Determination] = []
        self._result = self._leftover()
        self._touched = Touched()

    @property
    def now_ms(self) -> int:
        """UTC milliseconds up to which time has passed here."""
        return self._now_ms

    @property
    def started_at_ms(self) -> int | None:
        """When the drug first ran."""
        return self._patient.course.started_at_ms

    @property
    def cuff(self) -> CuffState:
        """What the cuff does now."""
        return CuffState.BUSY if self._cycle is not None else self._state

    @property
    def result(self) -> Determination | None:
        """The last determination that gave pressures: a monitor goes on showing it, after a failure too."""
        return self._result

    @property
    def ended(self) -> tuple[Determination, ...]:
        """Every determination since it was switched on, failed ones too, in order."""
        return tuple(self._ended)

    @property
    def next_event_ms(self) -> int | None:
        """When the cuff next begins or ends by itself; None when it stands still."""
        ends_at_ms = self._cycle.ends_at_ms if self._cycle else None
        due = [moment for moment in (ends_at_ms, self._next_cycle_at_ms) if moment is not None]
        return min(due, default=None)

    @property
    def pulse_bpm(self) -> int | None:
        """As the oximeter shows it now; None without its probe."""
        pulse = None if self._touched.is_probe_off else self._patient.pulse_at(self._now_ms)
        return None if pulse is None else self._shown_bpm(pulse)

    @property
    def heart_rate_bpm(self) -> int:
        """As the electrodes show it now."""
        return self._shown_bpm(self._patient.heart_rate_at(self._now_ms))

    @property
    def respiratory_rate_bpm(self) -> int:
        """As the electrodes show it now."""
        return self._patient.respiratory_rate_at(self._now_ms)

    @property
    def spo2_percent(self) -> int | None:
        """As the oximeter shows it now; None without its probe."""
        return None if self._touched.is_probe_off else self._patient.spo2_at(self._now_ms)

    @property
    def device_time(self) -> datetime:
        """Now by the monitor's clock."""
        return self.device_time_at(self._now_ms)

    def device_time_at(self, at_ms: int) -> datetime:
        """What the monitor's clock showed at `at_ms`, when it may have been wrong."""
        error_s = self._faults.clock_error_s(at_ms=at_ms, started_at_ms=self.started_at_ms)
        return _EPOCH + timedelta(milliseconds=at_ms, seconds=error_s)

    def planned_acts(self) -> list[tuple[int, int]]:
        """What the pump still does by the scenario's plan, when nobody tells it otherwise.

        Returns:
            UTC milliseconds, and the percent of the planned rate from then on, 0 to stand still; in order.
        """
        started_at_ms = self.started_at_ms
        starts_at_ms = started_at_ms
        if starts_at_ms is None:
            starts_at_ms = self._switched_on_at_ms + self._scenario.served_start_minute * MS_PER_MINUTE
        return [
            (starts_at_ms + minute * MS_PER_MINUTE, percent)
            for minute, percent in self._scenario.pump_percents()
            if started_at_ms is None or starts_at_ms + minute * MS_PER_MINUTE > self._now_ms
        ]

    def advance(self, at_ms: int) -> None:
        """Let time pass until `at_ms`; an earlier moment changes nothing."""
        while (due_ms := self.next_event_ms) is not None and due_ms <= at_ms:
            self._now_ms = due_ms
            if self._cycle is not None and due_ms == self._cycle.ends_at_ms:
                self._end_cycle(self._cycle)
            else:
                self._next_cycle_at_ms = self._now_ms + self._interval_s() * MS_PER_S
                self._begin_cycle()
        self._now_ms = max(self._now_ms, at_ms)

    def start_cuff(self, at_ms: int) -> None:
        """Somebody presses the cuff's button; without effect while it inflates."""
        self.advance(at_ms)
        self._begin_cycle()

    def cancel_cuff(self, at_ms: int) -> None:
        """A determination under way is given up; nothing comes of it."""
        self.advance(at_ms)
        self._cycle = None
        self._state = CuffState.IDLE

    @property
    def touched(self) -> Touched:
        """What somebody's hands have done here."""
        return self._touched

    def perform(self, act: Act, at_ms: int) -> None:
        """Somebody does `act` here."""
        self.advance(at_ms)
        self._touched.perform(act, at_ms)
        if act in (Act.CUFF_NOW, Act.CUFF_ERROR):
            self._begin_cycle()

    def infusion_changed(self, at_ms: int, *, is_running: bool) -> None:
        """The drug starts or stands still. At its first start the cuff is set to cycle by itself."""
        self.advance(at_ms)
        if self.started_at_ms is None:
            self._next_cycle_at_ms = at_ms + self._figures.interval_s * MS_PER_S
        self._patient.course.change(at_ms, is_running=is_running)

    def pump_set(self, at_ms: int, *, percent: int) -> None:
        """The pump runs at `percent` of its planned rate from now on, or stands still at 0."""
        if percent:
            self.infusion_rate_changed(at_ms, percent=percent)
        self.infusion_changed(at_ms, is_running=percent > 0)

    def infusion_rate_changed(self, at_ms: int, *, percent: int) -> None:
        """The pump is set to `percent` of its planned rate."""
        self.advance(at_ms)
        self._patient.course.change_rate(at_ms, percent=percent)

    def has_fault(self, kind: FaultKind) -> bool:
        """Whether the scenario has a fault of `kind` in force now."""
        return self._faults.is_in_force(kind, at_ms=self._now_ms, started_at_ms=self.started_at_ms)

    def _leftover(self) -> Determination | None:
        left = self._scenario.leftover
        if left is None:
            return None
        pressures = Pressures(
            systolic_mmhg=left.systolic_mmhg, diastolic_mmhg=left.diastolic_mmhg, mean_mmhg=left.mean_mmhg
        )
        ended_at_ms = self._switched_on_at_ms - left.age_s * MS_PER_S
        return Determination(
            index=0, begun_at_ms=None, ended_at_ms=ended_at_ms, pressures=pressures, pulse_bpm=None
        )

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
            begun_at_ms=self._now_ms,
            ends_at_ms=self._now_ms + inflates_s * MS_PER_S,
            will_fail=by_chance or not self._patient.has_cuff(self._now_ms),
        )

    def _end_cycle(self, cycle: _CuffCycle) -> None:
        self._cycle = None
        will_fail = cycle.will_fail or self._touched.fails_next_cuff
        pressures = None if will_fail else self._pressures_now(cycle.index)
        has_failed = pressures is None
        self._touched.fails_next_cuff = False
        self._state = CuffState.FAILED if has_failed else CuffState.IDLE
        ended = Determination(
            index=cycle.index,
            begun_at_ms=cycle.begun_at_ms,
            ended_at_ms=self._now_ms,
            pressures=pressures,
            pulse_bpm=None if has_failed else self.heart_rate_bpm,
        )
        self._ended.append(ended)
        if ended.pressures is not None and not self.has_fault(FaultKind.OLD_CUFF):
            self._result = ended

    def _pressures_now(self, index: int) -> Pressures | None:
        """What the cuff finds; None beyond what it can measure."""
        found = self._patient.pressures_at(self._now_ms, index=index)
        systolic, diastolic = self._touched.pressures_added_mmhg(self._now_ms)
        pressures = Pressures(
            systolic_mmhg=found.systolic_mmhg + systolic,
            diastolic_mmhg=found.diastolic_mmhg + diastolic,
            mean_mmhg=found.mean_mmhg + diastolic + (systolic - diastolic) // 3,
        )
        lowest, highest = ranges.MEASURED_MMHG.lowest, ranges.MEASURED_MMHG.highest
        can_measure = lowest <= pressures.diastolic_mmhg <= pressures.systolic_mmhg <= highest
        return pressures if can_measure else None

    def _shown_bpm(self, rate_bpm: int) -> int:
        """A rate with what hands add to it, as far as a monitor counts."""
        lowest, highest = ranges.MEASURED_BPM.lowest, ranges.MEASURED_BPM.highest
        return min(highest, max(lowest, rate_bpm + self._touched.rate_added_bpm(self._now_ms)))

    def _interval_s(self) -> int:
        return self._figures.interval_before_s if self.started_at_ms is None else self._figures.interval_s
