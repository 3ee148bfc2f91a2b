"""Monitor links as the screens ask about them, made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from devices.same_port import is_same_port
from monitor.errors import EnvironmentFault
from monitor.feed import LinkState, Source
from monitor.link_report import LinkReport, PortSearched, RawLine, StateSpan
from tests.ui.made import SEATED_AT as START

if TYPE_CHECKING:
    from collections.abc import Mapping


class FakeFinding:
    """A search that stands where a test put it."""

    def __init__(self, *reports: PortSearched) -> None:
        self.reports: tuple[PortSearched, ...] = reports
        self.is_stopped = False

    def ask_to_stop(self) -> None:
        self.is_stopped = True


class FakeMonitors:
    """Two protocols; a port must begin with serial: or tcp:."""

    def __init__(self, *reports: LinkReport) -> None:
        self.now_reports = reports
        self.search = FakeFinding()
        self.searches = 0
        self.recording: list[tuple[int, str]] = []
        self.is_disk_full = False

    def reports(self, chair: int) -> tuple[LinkReport, ...]:
        if chair != 1:
            return ()
        return tuple(
            replace(each, recording="/kept/here.capture")
            if (chair, each.source.port) in self.recording
            else each
            for each in self.now_reports
        )

    def kinds(self) -> Mapping[str, str]:
        return {"dinamap": "GE DINAMAP", "other": "Another kind"}

    def is_same_port(self, port: str, other: str) -> bool:
        return is_same_port(port, other)

    def find(self) -> FakeFinding:
        self.searches += 1
        return self.search

    def record(self, chair: int, port: str, folder: Path) -> Path:
        self._expect_room()
        self.recording.append((chair, port))
        return folder / "here.capture"

    def stop_recording(self, chair: int, port: str) -> None:
        self.recording.remove((chair, port))

    def save_support(self, chair: int, port: str, folder: Path) -> Path:
        self._expect_room()
        return folder / f"{chair} {port}".replace("/", "-")

    def _expect_room(self) -> None:
        if self.is_disk_full:
            raise EnvironmentFault("The disk is full. Choose another place.")

    def port_problem(self, port: str) -> str | None:
        return None if port.startswith(("serial:", "tcp:")) else f"{port} is no port."


def made_report(state: LinkState = LinkState.SILENT) -> LinkReport:
    """Linked for 25 minutes, once silent for 42 seconds, then in `state` for the last 4."""
    spans = (
        (-3600, LinkState.CONNECTING, "Opening the port"),
        (-3590, LinkState.CONNECTED, "Answers"),
        (-1800, LinkState.SILENT, "Cart moved"),
        (-1758, LinkState.CONNECTED, "Answers again"),
        (-240, state, "No answer for 3 s"),
    )
    lines = (
        (-242.0, True, b" NA!2\r", "asks for the pressure"),
        (-241.9, False, b" NA1100544124078093&3\r", "cuff done, 544 s old, 124/78, mean 93"),
        (-240.9, True, b" RA!6\r", "asks for the rate"),
        (-240.8, False, b" RA2067\x02I\r", "pulse 67, oximeter"),
        (-240.0, False, b"NA11005451", "cut off after 10 bytes: rejected"),
    )
    return LinkReport(
        source=Source(protocol="dinamap", port="serial:/dev/ttyUSB1", is_simulated=False),
        line_settings="9600 8N1",
        quiet_time_s=3.0,
        history=tuple(
            StateSpan(since=START.plus_s(after), state=each, reason=reason) for after, each, reason in spans
        ),
        frames=11_874,
        bad_sums=3,
        rejected=4,
        resyncs=2,
        unanswered=5,
        links_lost=1,
        hang_ups=None,
        slowest_reply_ms=212,
        lines=tuple(
            RawLine(at=START.plus_s(after), is_sent=sent, raw=raw, note=note)
            for after, sent, raw, note in lines
        ),
    )


def crowded_reports() -> tuple[LinkReport, ...]:
    """A cuff monitor whose adapter has moved while it is recorded, and an oximeter: all that can be said."""
    cuff = made_report(LinkState.LOST)
    reason = "The cable of serial:/dev/ttyUSB1 is gone. Check both ends; Vigil connects by itself."
    history = (*cuff.history[:-1], replace(cuff.history[-1], reason=reason))
    message = b"OBX|1|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.0|128|266016^MDC_DIM_MMHG^MDC|||||F\r" * 8
    long_line = RawLine(at=START, is_sent=False, raw=message, note="the message has no patient")
    return (
        replace(
            cuff,
            history=history,
            lines=(*cuff.lines, long_line),
            title="GE DINAMAP PRO, ProCare, CARESCAPE V100",
            set_up_note="It needs host communication at 9600 baud, no parity, and a null-modem cable.",
            moved_to="serial:/dev/ttyUSB12",
            recording="/srv/nurse/Documents/Vigil/2025-11-18 1027 chair 1 serial-dev-ttyUSB1.capture",
        ),
        replace(
            made_report(LinkState.CONNECTED),
            source=Source(protocol="nonin", port="serial:/dev/ttyUSB2", is_simulated=False),
            title="Nonin Avant 9600, 9700, WristOx2 3150 (data format 7)",
        ),
    )
