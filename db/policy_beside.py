"""The clinic's own policy file, kept in the folder of its database."""

from pathlib import Path

from monitor.errors import EnvironmentFault, UsersError, VigilError
from monitor.policy import Policy
from monitor.policy_file import default_policy, load_policy

FILE_NAME = "policy.toml"


def policy_beside(database: Path) -> tuple[Policy, tuple[str, ...]]:
    """Read `policy.toml` beside `database`, or the shipped policy when there is none.

    A file that cannot be used does not keep running sessions from their screens: they carry their own policy.

    Returns:
        The policy for new sessions, and the sentences to show about it.
    """
    file = database.parent / FILE_NAME
    if not file.exists():
        return default_policy(), ()
    try:
        return load_policy(_text_of(file), str(file)), ()
    except VigilError as refusal:
        shipped = default_policy()
        return shipped, (f"{refusal} Until then new sessions run under the shipped limits, {shipped.title}.",)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as fault:
        raise EnvironmentFault(
            f"The policy {file} cannot be read ({fault.strerror}): check it and its permissions."
        ) from fault
    except UnicodeDecodeError as fault:
        line = fault.object.count(b"\n", 0, fault.start) + 1
        raise UsersError(f"{file}, line {line}: not UTF-8 text. Save the policy file as UTF-8.") from fault
