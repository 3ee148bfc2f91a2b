"""What the pictured clinic has for a disk, an archive and wires: all in memory, one link an hour old."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from devices.kinds.dinamap import DINAMAP
from devices.kinds.nonin import NONIN
from devices.profiles import PROFILES
from devices.protocols import dinamap
from devices.protocols.messages import FrameRejected
from monitor.clock import Instant
from monitor.errors import UsersError
from monitor.feed import LinkState, Source
from monitor.link_report import LinkReport, PortSearched, RawLine, SearchOutcome, StateSpan
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


class StillSearch:
    """A search for monitors that has found one and goes on."""

    @property
    def reports(self) -> tuple[PortSearched, ...]:
        """Three ports, each as far as it is."""
        return (
            PortSearched(
                port="serial:/dev/ttyUSB2",
                outcome=SearchOutcome.FOUND,
                share=1.0,
                protocol=NONIN.name,
                title=NONIN.title,
                line_settings=NONIN.line.text,
                frames=3,
            ),
            PortSearched(port="serial:/dev/ttyUSB3", outcome=SearchOutcome.SEARCHING, share=0.6),
            PortSearched(
                port="serial:/dev/ttyS0",
                outcome=SearchOutcome.NOTHING,
                share=1.0,
                reason="Nothing known was heard.",
            ),
        )

    def ask_to_stop(self) -> None:
        """It stands still already."""


class StillLinks:
    """What the device page asks about: one link after an hour with a pulled cable in it."""

    def reports(self, chair: int) -> tuple[LinkReport, ...]:
        """A snapshot of the link of `chair`."""
        if chair not in LINKED_CHAIRS:
            return ()
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
        report = LinkReport(
            source=source,
            line_settings="9600 8N1",
            quiet_time_s=7.0,
            history=tuple(StateSpan(since=moment(at), state=state, reason=why) for at, state, why in spans),
            frames=3481,
            bad_sums=2,
            rejected=0,
            resyncs=1,
            unanswered=3,
            links_lost=1,
            hang_ups=None,
            slowest_reply_ms=214,
            lines=tuple(
                RawLine(at=moment(at), is_sent=is_sent, raw=raw, note=_rejection(raw))
                for at, is_sent, raw in lines
            ),
            title=DINAMAP.title,
            set_up_note=DINAMAP.set_up_note,
        )
        return (report,)

    def kinds(self) -> Mapping[str, str]:
        """What can be chosen."""
        return {name: profile.title for name, profile in PROFILES.items()}

    def port_problem(self, port: str) -> str | None:
        """None: no port is refused here."""
        return None if port else "Type a port."

    def is_same_port(self, port: str, other: str) -> bool:
        """Whether they are spelled alike."""
        return port == other

    def find(self) -> StillSearch:
        """A search that is half way."""
        return StillSearch()

    def record(self, chair: int, port: str, folder: Path) -> Path:
        """Nothing is recorded here."""
        raise UsersError(f"Chair {chair} at {port} is a picture; nothing is written to {folder}.")

    def stop_recording(self, chair: int, port: str) -> None:
        """There is no recording."""

    def save_support(self, chair: int, port: str, folder: Path) -> Path:
        """Nothing is saved here."""
        return self.record(chair, port, folder)


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
