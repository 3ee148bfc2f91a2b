"""The face of each protocol."""

from collections.abc import Callable
from types import MappingProxyType

from devices.profiles import profile_named
from devices.simulator.bedside import Bedside
from devices.simulator.faces import oximeters
from devices.simulator.faces.base import Face
from devices.simulator.faces.dinamap import DinamapFace
from devices.simulator.faces.ge_dri import GeDriFace
from devices.simulator.faces.hl7 import hl7_face
from devices.simulator.faces.omron import omron_face
from monitor.errors import UsersError

_FACES: MappingProxyType[str, Callable[[Bedside], Face]] = MappingProxyType(
    {
        "dinamap": DinamapFace,
        "ge-dri": GeDriFace,
        "hl7": hl7_face,
        "hl7-ca": hl7_face,
        "masimo": oximeters.masimo_face,
        "nonin": oximeters.nonin_df2_face,  # an app that listens for all formats hears one of them
        "nonin-df1": oximeters.nonin_df1_face,
        "nonin-df8": oximeters.nonin_df8_face,
        "nonin-df2": oximeters.nonin_df2_face,
        "nonin-df7": oximeters.nonin_df7_face,
        "omron": omron_face,
    }
)


def face_of(protocol: str, bedside: Bedside) -> Face:
    """Put a monitor that speaks `protocol` beside the bed.

    Raises:
        UsersError: no such protocol, or none that can be simulated.
    """
    profile_named(protocol)
    if protocol not in _FACES:
        raise UsersError(f'"{protocol}" cannot be simulated. Choose one of {", ".join(sorted(_FACES))}.')
    return _FACES[protocol](bedside)
