"""The error tree: whose fault it is decides what the screen does.

A `UsersError` is shown beside what was typed or named. An `EnvironmentFault` (disk, cable, file) is shown,
logged and retried where that makes sense. Anything else that escapes is a defect of ours.
"""


class VigilError(Exception):
    """Any failure Vigil foresees; its text is a sentence for the person at the screen."""


class UsersError(VigilError):
    """What was typed, named or configured cannot be used; the text says what to do next."""


class EnvironmentFault(VigilError):
    """The machine, disk, file or cable failed; nothing the user typed is at fault."""


class DamagedRecord(EnvironmentFault):
    """A stored record does not hash, parse or chain as it was written; it is never shown as good."""
