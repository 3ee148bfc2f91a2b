"""A link's life in one file for whoever helps from afar. Nothing that names a patient is in it.

The raw lines are as the decoders give them, which mask what could name a person.
"""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from monitor.clock import Instant
from monitor.codec import utc_text
from monitor.errors import EnvironmentFault
from monitor.link_report import LinkReport
from monitor.version import VERSION

FORMAT = 1


def support_file(report: LinkReport, at: Instant) -> dict[str, Any]:
    """Everything that is known of a link, as JSON data. Times are UTC, bytes hex."""
    return {
        "support": FORMAT,
        "saved_at": utc_text(at.utc_ms),
        "versions": {
            "vigil": VERSION,
            "python": platform.python_version(),
            "pyserial": version("pyserial"),
            "system": f"{platform.system()} {platform.release()}",
        },
        "settings": {
            "protocol": report.source.protocol,
            "port": report.source.port,
            "line": report.line_settings,
            "quiet_time_s": report.quiet_time_s,
            "is_simulated": report.source.is_simulated,
        },
        "counters": {
            "frames": report.frames,
            "bad_sums": report.bad_sums,
            "rejected": report.rejected,
            "resyncs": report.resyncs,
            "unanswered": report.unanswered,
            "links_lost": report.links_lost,
            "hang_ups": report.hang_ups,
            "slowest_reply_ms": report.slowest_reply_ms,
        },
        "history": [
            {"since": utc_text(span.since.utc_ms), "state": span.state.value, "reason": span.reason}
            for span in report.history
        ],
        "lines": [
            {
                "at": utc_text(line.at.utc_ms),
                "is_sent": line.is_sent,
                "raw": line.raw.hex(),
                "note": line.note,
            }
            for line in report.lines
        ],
    }


def write_support_file(path: Path, report: LinkReport, at: Instant) -> None:
    """Write it to a new file.

    Raises:
        EnvironmentFault: it cannot be made, or there is one already.
    """
    text = json.dumps(support_file(report, at), indent=1) + "\n"
    try:
        with path.open("x", encoding="ascii") as file:
            file.write(text)
    except OSError as error:
        raise EnvironmentFault(
            f"The support file {path} cannot be written ({error.strerror}). Choose another place."
        ) from error
