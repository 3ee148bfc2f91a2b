"""What a clinic sets up once: its name, chairs and their monitors, operators, and how the screen looks."""

from dataclasses import dataclass
from enum import Enum

MAX_CHAIRS = 24


class ThemeName(Enum):
    """Appearance; dim is for a darkened room."""

    LIGHT = "light"
    DARK = "dark"
    DIM = "dim"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorLink:
    """How a chair's monitor is reached: a profile and a URL-like port, such as "tcp:127.0.0.1:4001"."""

    protocol: str
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """A place in the clinic. Numbers are fixed: place is memory."""

    number: int
    monitor: MonitorLink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Somebody who may chart. Chosen, not authenticated, in this version."""

    name: str
    is_clinician: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The clinic as set up; `chairs` in ascending number."""

    clinic: str = ""
    chairs: tuple[Chair, ...] = ()
    operators: tuple[Operator, ...] = ()
    theme: ThemeName = ThemeName.LIGHT
