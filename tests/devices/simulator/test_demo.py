"""What a first look at Vigil can count on: a clinic amid its day, with monitors of several makes."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

import pytest

from devices.monitors import ChairMonitors
from devices.profile import Capability
from devices.profiles import profile_named
from devices.simulator.demo import DemoClinic
from monitor import bodies
from monitor.clock import SpedClock, SystemClock
from monitor.feed import CuffReading, FeedEvent, LiveValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from monitor.ports import Draft, Step
    from monitor.settings import Settings

SPEED = 200
PATIENCE_S = 30.0


class Opened:
    """A demonstration, what it wrote, and what its monitors told each chair."""

    def __init__(self, demo: DemoClinic) -> None:
        self.steps: list[Step] = []
        self.settings: list[Settings] = []
        self.told: queue.Queue[tuple[int, FeedEvent]] = queue.Queue()
        demo.fill(self.steps.append, self._keep_beside)

    def _keep_beside(self, _drafts: Iterable[Draft], settings: Settings | None) -> None:
        assert settings is not None
        self.settings.append(settings)

    def telling(self, chair: int) -> Callable[[FeedEvent], None]:
        return lambda event: self.told.put((chair, event))


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    base = SystemClock()
    clock = SpedClock(base=base, factor=SPEED, started=base.now(), started_monotonic_s=base.monotonic_s())
    demo = DemoClinic(clock=clock, speed=SPEED)
    made = Opened(demo)
    monitors = ChairMonitors(
        clock=clock, sink_for=made.telling, unplugged=lambda _chair, _source: None, clock_speed=SPEED
    )
    try:
        monitors.follow(made.settings[0])
        yield made
    finally:
        monitors.stop()
        demo.close()


def test_every_monitor_of_the_demonstration_is_read_and_one_chair_has_a_cuff_and_an_oximeter(
    opened: Opened,
) -> None:
    chairs = opened.settings[0].chairs
    wanted = {(chair.number, link.protocol) for chair in chairs for link in chair.monitors}
    heard: set[tuple[int, str]] = set()
    while heard != wanted:
        chair, event = opened.told.get(timeout=PATIENCE_S)
        if isinstance(event, CuffReading | LiveValue):
            assert event.source.is_simulated
            heard.add((chair, event.source.protocol))
    first = [profile_named(link.protocol).capabilities for link in chairs[0].monitors]
    assert [Capability.CUFF in each for each in first] == [True, False]
    assert len({protocol for _, protocol in wanted}) == len(wanted)


def test_each_chair_is_amid_a_simulated_session_of_its_own(opened: Opened) -> None:
    seated = [
        entry for step in opened.steps for entry in step.entries if isinstance(entry.body, bodies.Seated)
    ]
    assert len({entry.session for entry in seated}) == len(opened.settings[0].chairs) == 3
