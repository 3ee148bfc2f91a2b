"""Child processes as a user's would be: from the project's folder, with bytecode that an earlier start left."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
BYTECODE = Path(tempfile.gettempdir()) / "vigil-bench-bytecode"


def environment(**extra: str) -> dict[str, str]:
    """Our environment, in which the second start of a program finds the bytecode of the first."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(BYTECODE), "PYTHONPATH": str(ROOT)} | extra


def vigil(*arguments: str | Path) -> list[str]:
    """Return the command line of `main.py` with these arguments."""
    return [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
