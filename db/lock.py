"""One writing process a database, by an operating-system lock on a file beside it.

The system drops the lock when its process ends, however it ends. The lock file itself stays: removing it
would let two processes lock two files of one name.
"""

import os
import sys
from pathlib import Path

from monitor.errors import EnvironmentFault

if sys.platform == "win32":  # pragma: no cover - untried there
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held from construction until `release`, or until the process ends.

    Raises:
        EnvironmentFault: the folder cannot be written, or another process writes to this database.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(database.name + ".lock")
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise EnvironmentFault(
                f"The folder {database.parent} cannot be written ({fault.strerror}): "
                "choose another folder or ask for the right to write there."
            ) from fault
        try:
            _lock(self._descriptor)
        except OSError as fault:
            os.close(self._descriptor)
            raise EnvironmentFault(
                f"Another Vigil is already writing to {database}: use its window, or close it first."
            ) from fault

    def release(self) -> None:
        """Let another process write."""
        os.close(self._descriptor)
