"""What every wire does, and the ways one can fail."""

import re
from typing import Protocol

from monitor.errors import EnvironmentFault

_ERROR_NUMBER = re.compile(r"\[(?:Errno|WinError) -?\d+\] ?")


class LinkFault(EnvironmentFault):
    """A wire cannot be opened or used; the text is a sentence for the nurse."""


class LinkLost(LinkFault):
    """The cable, adapter or far end is gone or not there yet."""


class LinkEnded(LinkLost):
    """The far end closed the connection, as some do after each message, and all it had said before is read.

    Nothing of it is left to be closed; `open` makes the next one.
    """


class LinkMoved(LinkLost):
    """The adapter is there again, at another port; somebody must confirm that it is still this chair's."""

    def __init__(self, port: str, moved_to: str) -> None:
        super().__init__(
            f"The adapter of {port} came back as {moved_to}. Confirm on the chair's monitor page that it is"
            " still this chair's monitor."
        )
        self.moved_to = moved_to


class LinkBusy(LinkFault):
    """Another program holds the port."""


class LinkDenied(LinkFault):
    """This user or this setting may not open the port; waiting alone will not mend it."""


class Transport(Protocol):
    """A two-way stream of bytes. Used by one thread."""

    def open(self) -> None:
        """Open or reopen.

        Raises:
            LinkLost: nothing is there.
            LinkBusy: another program has it.
            LinkDenied: it may not be opened.
        """
        ...

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Return what arrived, at most `max_bytes`; empty when nothing came within `timeout_s`.

        Raises:
            LinkEnded: the far end has left.
            LinkLost: the wire is gone.
        """
        ...

    def write(self, data: bytes) -> None:
        """Send all of `data`. A far end that has left hears nothing: the next `read` tells.

        Raises:
            LinkLost: the wire is gone.
        """
        ...

    def close(self) -> None:
        """Close; harmless when closed."""
        ...

    def describe(self) -> str:
        """The port as a person would name it."""
        ...


def plain_reason(error: BaseException) -> str:
    """The system's own words for `error`, without its number, which says nothing to a nurse."""
    return _ERROR_NUMBER.sub("", str(error))
