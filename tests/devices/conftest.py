"""A clock that moves only when told, and a monitor's frames, for every test of links."""

from __future__ import annotations

import pytest

from devices.simulator.simulated_link import VirtualClock
from monitor.clock import Instant
from monitor.feed import Source

START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(START)


@pytest.fixture
def source() -> Source:
    return Source(protocol="dinamap", port="tcp:127.0.0.1:4001", is_simulated=True)
