"""What a technician asks first, as JSON: versions, paths, pragmas as read back, schema, counts."""

import json
import platform
import sqlite3
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Connection, func, select

from db.connect import PRAGMAS
from db.faults import spoken_faults
from db.opening import missing_triggers, open_to_read
from db.schema import ENTRY, METADATA, READING, SCHEMA_VERSION, SESSION
from monitor.errors import VigilError

_LIBRARIES = ("PySide6-Essentials", "pyqtgraph", "SQLAlchemy", "alembic", "pyserial", "platformdirs")
_PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def run_doctor(path: Path, out: TextIO) -> int:
    """Print one JSON object about this installation and the database at `path`, which is only read.

    Returns:
        0, or 1 when the database cannot be opened; `database.fault` then says why.
    """
    database = _database(path.resolve())
    report = {"versions": _versions(), "database": database, "schema_known": SCHEMA_VERSION}
    out.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    return 1 if "fault" in database else 0


def _versions() -> dict[str, str | None]:
    versions: dict[str, str | None] = {
        "vigil": tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
    }
    for library in _LIBRARIES:
        try:
            versions[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            versions[library] = None
    return versions


def _database(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = {"path": str(path), "lock": f"{path}.lock", "encryption": "not encrypted"}
    try:
        engine = open_to_read(path)
    except VigilError as fault:
        return report | {"fault": str(fault)}
    try:
        with spoken_faults(), engine.begin() as connection:
            return report | {"size_bytes": path.stat().st_size} | _contents(connection)
    except VigilError as fault:
        return report | {"fault": str(fault)}
    finally:
        engine.dispose()


def _contents(connection: Connection) -> dict[str, Any]:
    pragmas = (*(pragma.name for pragma in PRAGMAS), "application_id", "user_version", "page_size")
    counted = (ENTRY, SESSION, READING)
    return {
        "pragmas": {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas},
        "revision": connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar(),
        "missing_triggers": missing_triggers(connection),
        "tables": sorted(METADATA.tables),
        "counts": {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar()
            for table in counted
        },
    }
