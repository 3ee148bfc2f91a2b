"""What the pictured clinic has for a disk, an archive and wires: all in memory, one link an hour old."""

from collections.abc import Callable
from dataclasses import dataclass, field

from devices.protocols import dinamap
from devices.protocols.messages import FrameRejected
from monitor.clock import Instant
from monitor.feed import LinkState, Source
from monitor.link_report import LinkReport, RawLine, StateSpan
from monitor.ports import Draft, FoundSession, RecordLoaded, SessionsFound, Step
from monitor.record import Record
from monitor.session import Session
from monitor.settings import Settings

MIDNIGHT = Instant(utc_ms=1_763_424_000_000, offset_minutes=0)  # Tuesday 18-Nov-2025
OPENS = "09:28"
LINKED_CHAIRS = (1, 2, 5, 6)


def moment(text: str) -> Instant:
    """The instant of "10:27" or "10:27:10" on the day."""
    hours, minutes, seconds = (*map(int, text.split(":")), 0)[:3]
    return MIDNIGHT.plus_s(hours * 3600 + minutes * 60 + seconds)


@dataclass
class KeptSteps:
    """A recorder that keeps what it is given until the clinic says that it is saved."""

    waiting: list[Step] = field(default_factory=list)

    def submit(self, step: Step) -> None:
        """Keep a step."""
        self.waiting.append(step)

    def retry(self) -> None:
        """The disk stays as it is."""

    def save_draft(self, draft: Draft) -> None:
        """Drafts live in the controller."""

    def save_settings(self, settings: Settings) -> None:
        """So do settings."""


class KeptRecords:
    """Past sessions in memory."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        """List every session, newest first."""
        found = (_found(session, record) for session, record in self.records.items())
        listed = sorted(found, key=lambda each: each.seated_at_ms, reverse=True)
        sink(SessionsFound(text=text, sessions=tuple(listed)))

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        """Give one record."""
        sink(RecordLoaded(session=session, record=self.records[session]))


class StillLinks:
    """What the device page asks about: one link after an hour with a pulled cable in it."""

    def report(self, chair: int) -> LinkReport | None:
        """A snapshot of the link of `chair`."""
        if chair not in LINKED_CHAIRS:
            return None
        source = monitor_of(chair)
        spans = (
            (OPENS, LinkState.CONNECTING, "Opening the port."),
            ("09:28:02", LinkState.CONNECTED, "Readings are coming."),
            ("10:10", LinkState.LOST, f"The cable of {source.port} is gone. Vigil connects by itself."),
            ("10:13", LinkState.CONNECTED, "Readings are coming."),
        )
        spoiled = dinamap.spo2_frame(percent=98).replace(b"8", b"9", 1)
        lines = (
            ("10:27:06", True, dinamap.frame(dinamap.READ_CUFF)),
            ("10:27:06", False, dinamap.cuff_frame(status=1, age_s=426, pressures_mmhg=(148, 92, 111))),
            ("10:27:07", True, dinamap.frame(dinamap.READ_RATE)),
            ("10:27:07", False, dinamap.rate_frame(source=2, bpm=78)),
            ("10:27:08", True, dinamap.frame(dinamap.READ_SPO2)),
            ("10:27:08", False, spoiled),
        )
        return LinkReport(
            source=source,
            line_settings="9600 8N1",
            quiet_time_s=7.0,
            history=tuple(StateSpan(since=moment(at), state=state, reason=why) for at, state, why in spans),
            frames=3481,
            rejected=2,
            resyncs=1,
            unanswered=3,
            links_lost=1,
            slowest_reply_ms=214,
            lines=tuple(
                RawLine(at=moment(at), is_sent=is_sent, raw=raw, note=_rejection(raw))
                for at, is_sent, raw in lines
            ),
        )

    def profiles(self) -> tuple[str, ...]:
        """What can be chosen."""
        return ("dinamap",)

    def port_problem(self, port: str) -> str | None:
        """None: no port is refused here."""
        return None if port else "Type a port."


def monitor_of(chair: int) -> Source:
    """The monitor beside `chair`."""
    return Source(protocol="dinamap", port=f"serial:/dev/ttyUSB{chair - 1}", is_simulated=False)


def _rejection(raw: bytes) -> str:
    """Why the decoder refuses a line; "" when it does not."""
    (message,) = dinamap.DinamapDecoder().feed(raw)
    return message.reason if isinstance(message, FrameRejected) else ""


def _found(session: str, record: Record) -> FoundSession:
    view = Session(record).view
    return FoundSession(
        session=session,
        chair=view.chair,
        patient_name=view.patient.name,
        birth_date=view.patient.birth_date,
        clinic_number=view.patient.clinic_number,
        seated_at_ms=view.seated_ms,
        offset_minutes=0,
        phase=view.phase.value,
        is_simulated=view.is_simulated,
    )
