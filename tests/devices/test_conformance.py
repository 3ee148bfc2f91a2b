"""What every kind of monitor's link must keep to, on every wire it can be on: nothing lost, nothing invented.

The truth is the simulated bedside's. Its bytes are the protocol's own encoder's, which outside bytes pin in
`tests/devices/protocols/`.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from devices.profile import Capability
from devices.profiles import PROFILES
from devices.simulator.acts import Act
from devices.simulator.randomness import seeded_stream
from devices.simulator.scenario import Fault, FaultKind
from monitor.feed import CuffGaveNothing, CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.vitals import Quality, Quantity
from tests.devices.joined import HANG_UP, LIVE_TRUTH_MS, Joined, Pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from devices.profile import Profile

CUFF_LASTS_S = 130  # longer than a determination and the pause before the next
LIVE_LASTS_S = 20
SLACK_S = 0.3
# How much later than it ended a determination may seem to end; a kind not named tells it at that moment.
RESOLUTION_S = {"dinamap": 1.0, "ge-dri": 5.0, "hl7": 1.0, "hl7-ca": 1.0}
TELLS_NO_FAILURE = {"hl7", "hl7-ca"}
NONIN = {"nonin", "nonin-df1", "nonin-df2", "nonin-df7", "nonin-df8"}
TELLS_NO_DEMO = {"dinamap", "ge-dri", "masimo", "omron"} | NONIN  # have no word for a demonstration
NETWORKED = {"hl7", "hl7-ca"}
NO_GRAMMAR = {"nonin-df1", "nonin-df8"}  # any byte with its highest bit set may begin a frame of theirs
QUANTITIES = {
    Capability.SPO2: Quantity.SPO2,
    Capability.PULSE_RATE: Quantity.PULSE_RATE,
    Capability.HEART_RATE: Quantity.HEART_RATE,
    Capability.RESPIRATORY_RATE: Quantity.RESPIRATORY_RATE,
}

ALL = list(PROFILES.values())
CUFFS = [each for each in ALL if Capability.CUFF in each.capabilities]
# One that speaks only when it has measured has no live values: its SpO2 is a spot one, beside the cuff.
LIVE = [each for each in ALL if Capability.SPO2 in each.capabilities and each.quiet_time_s is not None]
PLACES = [
    (profile, place)
    for profile in ALL
    for place in ("memory", "tcp", "pty")
    if not (place == "pty" and profile.name in NETWORKED)
]


def named(value: object) -> str:
    return getattr(value, "name", str(value))


def at(place: str, profiles: Iterable[Profile]) -> list[Profile]:
    return [profile for profile, where in PLACES if where == place and profile in list(profiles)]


def determinations(events: Iterable[FeedEvent]) -> list[CuffReading]:
    """Each once: a link says the last one again after a reconnect, word for word."""
    found: dict[tuple[object, int], CuffReading] = {}
    for event in events:
        if isinstance(event, CuffReading):
            found.setdefault((_pressures(event), event.measured_at_ms), event)
    return list(found.values())


def _pressures(reading: CuffReading) -> tuple[int | None, int | None]:
    return (reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)


def truth(joined: Joined) -> list[tuple[tuple[int | None, int | None], int]]:
    return [
        ((each.pressures.systolic_mmhg, each.pressures.diastolic_mmhg), each.ended_at_ms)
        for each in joined.bedside.ended
        if each.pressures is not None
    ]


def expect_true(joined: Joined, *, late_s: float = 0.0) -> list[int]:
    """Hold every told determination against the truth; return which were told, by their place in it."""
    true, places = truth(joined), []
    for reading in determinations(joined.events):
        resolution_s = RESOLUTION_S.get(joined.profile.name, 0.0) + SLACK_S + late_s
        matching = [
            place
            for place, (pressures, ended_at_ms) in enumerate(true)
            if pressures == _pressures(reading)
            and -SLACK_S * 1000 <= reading.measured_at_ms - ended_at_ms <= resolution_s * 1000
        ]
        assert len(matching) == 1, f"{_pressures(reading)} at {reading.measured_at_ms} is not in {true}"
        places += matching
    assert places == sorted(set(places)), "told twice, or out of order"
    return places


def states(joined: Joined) -> list[LinkState]:
    return [event.state for event in joined.events if isinstance(event, LinkChanged)]


def measures(profile: Profile) -> bool:
    return Capability.CUFF in profile.capabilities


@pytest.mark.parametrize(("profile", "place"), PLACES, ids=named)
def test_each_determination_is_told_once_and_live_values_are_right(profile: Profile, place: str) -> None:
    with closing(Joined(profile, place)) as joined:
        joined.live(CUFF_LASTS_S * 3 if measures(profile) else LIVE_LASTS_S)
        told = expect_true(joined) if measures(profile) else determinations(joined.events)
        assert told == (list(range(len(truth(joined)))) if measures(profile) else [])
        assert len(truth(joined)) >= (2 if measures(profile) else 0)
        said = [event for event in joined.events if isinstance(event, CuffReading)]
        assert len(said) == len(told), "without a reconnect nothing is said again"
        assert all(event.quality is Quality.GOOD for event in said)
        live = [event for event in joined.events if isinstance(event, LiveValue)]
        assert all(event.quality is Quality.GOOD for event in live if event.value is not None)
        if profile in LIVE:
            assert set(joined.shown) == {
                QUANTITIES[each] for each in profile.capabilities & QUANTITIES.keys()
            }
        assert joined.link.report().rejected == 0


@pytest.mark.parametrize("profile", CUFFS, ids=named)
def test_a_failed_determination_is_told_and_gives_no_pressures(profile: Profile) -> None:
    with closing(Joined(profile, "memory")) as joined:
        joined.live(CUFF_LASTS_S)
        joined.bedside.perform(Act.CUFF_ERROR, joined.now_ms())
        told = joined.live(CUFF_LASTS_S * 2)
        failed = [event for event in told if isinstance(event, CuffGaveNothing)]
        assert len(failed) == (0 if profile.name in TELLS_NO_FAILURE else 1)
        assert expect_true(joined) == list(range(len(truth(joined))))


@pytest.mark.parametrize("profile", [each for each in ALL if each.name not in TELLS_NO_DEMO], ids=named)
def test_what_a_monitor_in_demonstration_mode_tells_is_marked_so(profile: Profile) -> None:
    demo = Fault(kind=FaultKind.DEMO, begins_minute=0, ends_minute=60)
    with closing(Joined(profile, "memory", faults=(demo,))) as joined:
        joined.bedside.infusion_changed(joined.now_ms(), is_running=True)
        joined.live(CUFF_LASTS_S * 2)
        told = [
            event.quality
            for event in joined.events
            if isinstance(event, CuffReading) or (isinstance(event, LiveValue) and event.value is not None)
        ]
        assert set(told) == {Quality.DEMO}


@pytest.mark.parametrize("profile", LIVE, ids=named)
def test_what_is_no_longer_measured_is_no_longer_shown(profile: Profile) -> None:
    with closing(Joined(profile, "memory")) as joined:
        joined.live(30)
        assert Quantity.SPO2 in joined.shown
        joined.bedside.perform(Act.PROBE_OFF, joined.now_ms())
        joined.truths.clear()
        joined.live(profile.fresh_s + SLACK_S)
        assert not {Quantity.SPO2, Quantity.PULSE_RATE} & set(joined.shown)
        joined.bedside.perform(Act.PROBE_ON, joined.now_ms())
        joined.live(30)
        assert Quantity.SPO2 in joined.shown


@pytest.mark.parametrize(("profile", "place"), [each for each in PLACES if each[0] in LIVE], ids=named)
def test_silence_withdraws_every_value_in_time_and_ends_by_itself(profile: Profile, place: str) -> None:
    with closing(Joined(profile, place)) as joined:
        joined.live(30)
        assert joined.shown
        joined.is_cut_off = True
        joined.live(profile.fresh_s + SLACK_S)
        assert not joined.shown
        joined.live(profile.quiet_time_s or 0)
        assert states(joined)[-1] is LinkState.SILENT
        joined.is_cut_off = False
        joined.live(30)
        assert joined.shown
        assert states(joined)[-1] is LinkState.CONNECTED


class Splitting:
    """Each frame is cut somewhere, one in twenty at every byte."""

    def __init__(self) -> None:
        self._random = seeded_stream(5, "split", 0)

    def __call__(self, frame: bytes) -> Pieces:
        if self._random.randrange(20) == 0:
            return [bytes([byte]) for byte in frame]
        cut = self._random.randrange(1, len(frame))
        return [frame[:cut], frame[cut:]]


class Merging:
    """Two frames arrive together."""

    def __init__(self) -> None:
        self._held = b""

    def __call__(self, frame: bytes) -> Pieces:
        if not self._held:
            self._held = frame
            return []
        both, self._held = self._held + frame, b""
        return [both]


class Struck:
    """About every third frame is struck by `blow`."""

    def __init__(self, blow: Callable[[bytes, Random], Pieces]) -> None:
        self._blow = blow
        self._random = seeded_stream(11, "blow", 0)

    def __call__(self, frame: bytes) -> Pieces:
        return self._blow(frame, self._random) if self._random.randrange(3) == 0 else [frame]


def flipped(frame: bytes, random: Random) -> Pieces:
    changed = bytearray(frame)
    changed[random.randrange(len(frame))] ^= 1 << random.randrange(8)
    return [bytes(changed)]


def cut_short(frame: bytes, random: Random) -> Pieces:
    return [frame[: random.randrange(len(frame))]]


def noisy(frame: bytes, random: Random) -> Pieces:
    return [random.randbytes(random.randrange(1, 40)), frame]


def noisy_below_128(frame: bytes, random: Random) -> Pieces:
    return [bytes(byte & 0x7F for byte in random.randbytes(random.randrange(1, 40))), frame]


def hung_up(frame: bytes, random: Random) -> Pieces:
    return [frame[: random.randrange(len(frame))], HANG_UP]


@pytest.mark.parametrize("place", ["memory", "tcp"])
@pytest.mark.parametrize("profile", [each for each in ALL if each.may_hang_up], ids=named)
def test_one_that_hangs_up_after_each_message_loses_nothing(profile: Profile, place: str) -> None:
    with closing(Joined(profile, place)) as joined:
        joined.spoil = lambda frame: [frame, HANG_UP]
        joined.live(CUFF_LASTS_S * 3)
        assert expect_true(joined) == list(range(len(truth(joined))))
        assert len([event for event in joined.events if isinstance(event, CuffReading)]) == len(truth(joined))
        assert states(joined) == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.CONNECTED]
        assert all(event.value is not None for event in joined.events if isinstance(event, LiveValue))
        report = joined.link.report()
        assert (report.rejected, report.links_lost) == (0, 0)
        assert (report.hang_ups or 0) >= CUFF_LASTS_S


@pytest.mark.parametrize("place", ["memory", "tcp"])
@pytest.mark.parametrize("profile", [each for each in ALL if not each.may_hang_up], ids=named)
def test_any_other_kind_that_hangs_up_is_lost_and_comes_back(profile: Profile, place: str) -> None:
    with closing(Joined(profile, place)) as joined:
        joined.live(CUFF_LASTS_S if measures(profile) else LIVE_LASTS_S)
        joined.spoil = lambda frame: [frame, HANG_UP]
        joined.live(CUFF_LASTS_S if measures(profile) else LIVE_LASTS_S)
        joined.spoil = lambda frame: [frame]
        assert LinkState.LOST in states(joined)
        joined.live(CUFF_LASTS_S if measures(profile) else LIVE_LASTS_S)
        assert states(joined)[-1] is LinkState.CONNECTED


# What a dinamap or DRI link has not heard for a while, it hears later; a record of DRI then looks newer.
LATE_S = 25.0
HELD_BACK_MS = 8_000  # longer than between two frames of any kind


def struck(  # noqa: PLR0913 - how a fault shows differs by kind
    profile: Profile,
    place: str,
    spoil: Callable[[bytes], Pieces],
    *,
    is_harmless: bool,
    late_s: float = LATE_S,
    look_back_ms: int = LIVE_TRUTH_MS,
) -> None:
    with closing(Joined(profile, place)) as joined:
        lasts_s = CUFF_LASTS_S if measures(profile) else LIVE_LASTS_S
        joined.look_back_ms = look_back_ms
        joined.live(lasts_s)
        joined.spoil = spoil
        joined.live(lasts_s * 2)
        joined.spoil = lambda frame: [frame]
        joined.live(lasts_s)
        assert states(joined)[-1] is LinkState.CONNECTED
        if not measures(profile):
            assert determinations(joined.events) == []
            assert joined.shown
            return
        told = expect_true(joined, late_s=0.0 if is_harmless else late_s)
        assert told[-1] == len(truth(joined)) - 1
        if is_harmless or not profile.sends_cuff_once:
            assert told == list(range(len(truth(joined))))


@pytest.mark.parametrize("place", ["memory", "tcp", "pty"])
@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_frame_in_pieces_is_a_frame(profile: Profile, place: str) -> None:
    if (profile, place) in PLACES:
        struck(profile, place, Splitting(), is_harmless=True)


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_merged_frames_are_two(profile: Profile) -> None:
    # What is told once and held back until the next one has no age: it counts from its arrival.
    late_s = CUFF_LASTS_S if profile.sends_cuff_once else LATE_S
    # A frame that is held back until the next one comes holds live values as old as itself.
    struck(profile, "memory", Merging(), is_harmless=False, late_s=late_s, look_back_ms=HELD_BACK_MS)


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_noise_between_frames_changes_nothing(profile: Profile) -> None:
    blow = noisy_below_128 if profile.name in NO_GRAMMAR else noisy
    struck(profile, "memory", Struck(blow), is_harmless=False)


@pytest.mark.parametrize("profile", [each for each in ALL if each.has_sums], ids=named)
def test_a_bad_sum_is_no_value(profile: Profile) -> None:
    struck(profile, "memory", Struck(flipped), is_harmless=False)


@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_truncated_frame_is_no_value(profile: Profile) -> None:
    struck(profile, "memory", Struck(cut_short), is_harmless=False)


@pytest.mark.parametrize("place", ["memory", "tcp"])
@pytest.mark.parametrize("profile", ALL, ids=named)
def test_a_connection_that_ends_within_a_frame_comes_back(profile: Profile, place: str) -> None:
    struck(profile, place, Struck(hung_up), is_harmless=False)
