"""Which simulated monitors can carry which scenario.

A session charts pressures and SpO2, and some flags and faults need more.
"""

from types import MappingProxyType

from devices.profile import Capability
from devices.profiles import profile_named
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
        "a few bytes of noise can be a frame of it, which has neither sum nor grammar. Choose nonin.",
    ),
    (
        FaultKind.OLD_CUFF,
        frozenset({"ge-dri"}),
        "its readings have no age, so an old one after a measurement counts as a failed one. Choose another.",
    ),
    (
        FaultKind.HALF_OPEN,
        frozenset({"omron"}),
        "it speaks only when it has measured: a dead connection looks like a quiet monitor. Choose another.",
    ),
    (
        EventKind.SYNCOPE,
        frozenset({"omron"}),
        "it counts no pulse as slow as in a faint, and gives an error instead. Choose another.",
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
    profiles = [profile_named(name) for name in monitors_named(protocol)]
    told = frozenset[Capability]().union(*(each.capabilities for each in profiles))
    missing = [_WORDS[each] for each in _EVERY_SESSION if each not in told]
    if missing:
        raise UsersError(
            f"{protocol} tells no {' and no '.join(missing)}, which every session needs. Join a cuff and an"
            " oximeter, as --protocol omron+nonin."
        )
    for wanted in scenario.must:
        needs = () if wanted.condition is None else _NEEDS.get(wanted.condition, ())
        if wanted.condition is not None and needs and not told.intersection(needs):
            raise UsersError(
                f"{scenario.name} must raise {wanted.condition.value}, and {protocol} cannot tell what that"
                " needs. Choose another --protocol."
            )
    played = {fault.kind for fault in scenario.faults} | {event.kind for event in scenario.events}
    for kind, cannot, why in _CANNOT:
        found = [each.name for each in profiles if each.name in cannot]
        if found and kind in played:
            raise UsersError(f"{scenario.name} cannot be played on {found[0]}: {why}")
