"""What a clinic sets up once: its name, chairs and their monitors, operators, and how the screen looks."""

from dataclasses import dataclass, replace
from enum import Enum

MAX_CHAIRS = 24
MAX_MONITORS = 2  # at one chair: a cuff and an oximeter


class TextSize(Enum):
    """How large words are on every screen, in percent of the designed size; paper keeps its own."""

    NORMAL = 100
    LARGER = 125
    LARGE = 150
    VERY_LARGE = 175
    LARGEST = 200


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
    """A place in the clinic, with at most `MAX_MONITORS`. Numbers are fixed: place is memory."""

    number: int
    monitors: tuple[MonitorLink, ...] = ()

    def with_port(self, port: str, new_port: str) -> "Chair":
        """The chair with its monitor at `port` moved to `new_port`."""
        at = _bare(port)
        moved = (replace(each, port=new_port) if _bare(each.port) == at else each for each in self.monitors)
        return replace(self, monitors=tuple(moved))


def _bare(port: str) -> str:
    return port.strip().removeprefix("serial:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Somebody who may chart. Chosen, not authenticated, in this version."""

    name: str
    is_clinician: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The clinic as set up; `chairs` in ascending number. With `is_still` nothing on the screen moves."""

    clinic: str = ""
    chairs: tuple[Chair, ...] = ()
    operators: tuple[Operator, ...] = ()
    theme: ThemeName = ThemeName.LIGHT
    text_size: TextSize = TextSize.NORMAL
    is_still: bool = False
