"""What a clinic sets up once: its name, chairs and their monitors, operators, and how the screen looks."""

from collections.abc import Callable
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

    def with_port(
        self, port: str, new_port: str, *, at: int, is_same: Callable[[str, str], bool]
    ) -> "Settings":
        """The clinic with the monitor at `port` of chair `at` moved; `is_same` knows a port's spellings."""

        def moved(link: MonitorLink) -> MonitorLink:
            return replace(link, port=new_port) if is_same(link.port, port) else link

        chairs = (
            replace(chair, monitors=tuple(map(moved, chair.monitors))) if chair.number == at else chair
            for chair in self.chairs
        )
        return replace(self, chairs=tuple(chairs))
