"""Which simulated monitors can carry which scenario.

A session charts pressures and SpO2, and some flags and faults need more. What one monitor cannot tell, a cuff
and an oximeter tell together.
"""

from types import MappingProxyType

from devices.profile import Capability
from devices.profiles import PROFILES, profile_named
from devices.simulator.happenings import EventKind
from devices.simulator.scenario import JOINT, FaultKind, Scenario
from monitor.errors import UsersError
from monitor.policy import Condition

MONITORS_MOST = 2

_EVERY_SESSION = (Capability.CUFF, Capability.SPO2)
_NEEDS = MappingProxyType(
    {
        Condition.HEART_RATE_HIGH: (Capability.HEART_RATE, Capability.PULSE_RATE),
        Condition.HEART_RATE_LOW: (Capability.HEART_RATE, Capability.PULSE_RATE),
        Condition.RESPIRATORY_RATE_HIGH: (Capability.RESPIRATORY_RATE,),
        Condition.RESPIRATORY_RATE_LOW: (Capability.RESPIRATORY_RATE,),
    }
)
_WORDS = MappingProxyType({Capability.CUFF: "blood pressure", Capability.SPO2: "SpO2"})
_CANNOT = (
    (
        FaultKind.NOISE,
        frozenset({"nonin-df1", "nonin-df8"}),
        "has neither sum nor grammar in its frames, so that a few bytes of noise can be one",
    ),
    (
        FaultKind.OLD_CUFF,
        frozenset({"ge-dri"}),
        "tells no age of its readings, so that an old one after a measurement counts as a failed one",
    ),
    (
        FaultKind.HALF_OPEN,
        frozenset({"omron"}),
        "speaks only when it has measured, so that a dead connection looks like a quiet monitor",
    ),
    (
        FaultKind.HANGS_UP_AFTER,
        frozenset({"ge-dri"}),
        "tells no age of its readings, so that one is sure only if the connection lasts to watch it",
    ),
    (
        EventKind.SYNCOPE,
        frozenset({"omron"}),
        "counts no pulse as slow as in a faint, and gives an error instead",
    ),
)


def monitors_named(protocol: str) -> tuple[str, ...]:
    """Split "omron+nonin" into the names of its monitors.

    Raises:
        UsersError: an unknown one, more than two, one twice, or two with a cuff.
    """
    names = tuple(protocol.split(JOINT))
    profiles = [profile_named(name) for name in names]
    if len(names) > MONITORS_MOST or len(set(names)) < len(names):
        raise UsersError(
            f'"{protocol}" cannot be joined. Name one monitor, or a cuff and an oximeter, as omron+nonin.'
        )
    if len([each for each in profiles if Capability.CUFF in each.capabilities]) > 1:
        raise UsersError(
            f'"{protocol}": both have a cuff, and the arm has room for one. Join a cuff and an oximeter.'
        )
    return names


def demand_carried(scenario: Scenario, protocol: str) -> None:
    """Refuse what could not come to its end, or could not show the flags that the scenario must raise.

    Raises:
        UsersError: an unknown protocol, or one that cannot tell enough; the sentence says what is missing.
    """
    demand_whole(protocol)
    why = why_not_carried(scenario, protocol)
    if why is not None:
        raise UsersError(f"{scenario.name} cannot be carried, because {why}. Choose another --protocol.")


def demand_whole(protocol: str) -> None:
    """Refuse what no session can do with.

    Raises:
        UsersError: an unknown protocol, or one without a cuff or an oximeter; the sentence says which.
    """
    why = _why_not_whole(protocol)
    if why is not None:
        raise UsersError(f"{why}. Join a cuff and an oximeter, as --protocol omron+nonin.")


def why_not_carried(scenario: Scenario, protocol: str) -> str | None:
    """Return what keeps `protocol` from carrying the scenario, to be read after "because"; None: nothing.

    Raises:
        UsersError: an unknown protocol.
    """
    why = _why_not_whole(protocol)
    if why is not None:
        return why
    for wanted in scenario.must:
        needs = () if wanted.condition is None else _NEEDS.get(wanted.condition, ())
        if wanted.condition is not None and needs and not _told(protocol).intersection(needs):
            return f"{protocol} cannot tell what {wanted.condition.value} needs, which it must raise"
    played = {fault.kind for fault in scenario.faults} | {event.kind for event in scenario.events}
    for kind, cannot, why in _CANNOT:
        found = [name for name in monitors_named(protocol) if name in cannot]
        if found and kind in played:
            return f"{found[0]} {why}"
    return None


def carriers(scenario: Scenario) -> tuple[str, ...]:
    """Return each protocol, alone or, where it has no cuff or no oximeter, joined to one that has.

    The partner is one with which both carry the scenario, if any is, and rather one that is no whole monitor.
    """
    return tuple(dict.fromkeys(_carrier(scenario, name) for name in PROFILES))


def _carrier(scenario: Scenario, name: str) -> str:
    if _why_not_whole(name) is None:
        return name
    pairs = _pairs_with(name)
    return next((pair for pair in pairs if why_not_carried(scenario, pair) is None), pairs[0])


def _pairs_with(name: str) -> list[str]:
    has_cuff = Capability.CUFF in _told(name)
    others = sorted(PROFILES, key=lambda other: _why_not_whole(other) is None)
    if has_cuff:
        return [f"{name}{JOINT}{other}" for other in others if Capability.CUFF not in _told(other)]
    return [f"{other}{JOINT}{name}" for other in others if Capability.CUFF in _told(other)]


def _why_not_whole(protocol: str) -> str | None:
    told = _told(protocol)
    missing = [_WORDS[each] for each in _EVERY_SESSION if each not in told]
    return f"{protocol} tells no {' and no '.join(missing)}, which every session needs" if missing else None


def _told(protocol: str) -> frozenset[Capability]:
    profiles = [profile_named(name) for name in monitors_named(protocol)]
    return frozenset[Capability]().union(*(each.capabilities for each in profiles))
