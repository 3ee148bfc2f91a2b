"""A scenario rehearsed: its patient, its monitors and the scripted nurse of `monitor/rehearsal.py`."""

import uuid
from collections.abc import Callable

from devices.simulator.scenario import Scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.policy_file import default_policy
from monitor.ports import Step
from monitor.rehearsal import START, Cast, rehearse
from monitor.rehearsed import Rehearsed

_ID_NAMESPACE = uuid.UUID("5a1f8a52-6f0e-4f0c-9a55-0d6a3c1b7e42")  # rehearsals' ids follow from their seed


def rehearse_scenario(
    scenario: Scenario, *, protocol: str, seed: int, submit: Callable[[Step], None]
) -> Rehearsed:
    """Play a whole session in virtual time, under the shipped policy.

    Args:
        scenario: one that `protocol` carries.
        protocol: the monitor's, or a cuff's and an oximeter's.
        seed: the same seed gives the same record, its id included, on every machine.
        submit: commits a step, or raises.

    Raises:
        VigilError: the session did not come to its end.
    """
    feed = SimulatedLink(scenario=scenario, seed=seed, start=START, protocol=protocol)
    session_id = str(uuid.uuid5(_ID_NAMESPACE, f"{protocol}/{scenario.name}/{seed}"))
    cast = Cast(
        session_id=session_id,
        policy=default_policy(),
        planned_minutes=scenario.infusion_minutes,
        pump=scenario.pump,
    )
    return rehearse(cast, feed, submit)
