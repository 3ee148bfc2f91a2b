"""One session's record as canonical JSON lines, for keeping and checking without Vigil."""

from pathlib import Path
from typing import TextIO

from db.opening import open_to_read
from db.store import load_record
from monitor.codec import canonical_json


def run_entries(session: str, path: Path, out: TextIO) -> int:
    """Print every entry of `session`, one canonical JSON line each; nothing of a damaged record is printed.

    Returns:
        0.

    Raises:
        UsersError: no such database or session.
        DamagedRecord: the record is not as it was written.
        EnvironmentFault: the file cannot be read.
    """
    engine = open_to_read(path)
    try:
        record = load_record(engine, session)
    finally:
        engine.dispose()
    out.writelines(canonical_json(entry.to_plain()) + "\n" for entry in record)
    return 0
