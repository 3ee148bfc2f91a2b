"""The clinic's own policy file, kept in the folder of its database."""

from pathlib import Path

from monitor.errors import VigilError
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
        return load_policy(file.read_text(encoding="utf-8"), str(file)), ()
    except (VigilError, OSError, UnicodeDecodeError) as refusal:
        shipped = default_policy()
        return shipped, (f"{refusal} Until then new sessions run under the shipped limits, {shipped.title}.",)
