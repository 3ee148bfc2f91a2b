"""All kinds of monitors by name."""

from types import MappingProxyType

from devices.kinds.dinamap import DINAMAP
from devices.kinds.ge_dri import GE_DRI
from devices.kinds.hl7 import HL7, HL7_COMMIT
from devices.kinds.masimo import MASIMO
from devices.kinds.nonin import NONIN, NONIN_DF1, NONIN_DF2, NONIN_DF7, NONIN_DF8
from devices.kinds.omron import OMRON
from devices.profile import Profile
from monitor.errors import UsersError

_ALL = (
    DINAMAP,
    GE_DRI,
    HL7,
    HL7_COMMIT,
    MASIMO,
    NONIN,
    NONIN_DF1,
    NONIN_DF8,
    NONIN_DF2,
    NONIN_DF7,
    OMRON,
)

PROFILES = MappingProxyType({profile.name: profile for profile in _ALL})


def profile_named(name: str) -> Profile:
    """Return the profile of a protocol.

    Raises:
        UsersError: no such protocol; the text lists the known ones.
    """
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UsersError(f'"{name}" is not a protocol Vigil knows. Known: {known}.')
    return PROFILES[name]
