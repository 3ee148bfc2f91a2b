"""GE/Datex-Ohmeda S/5 DRI: requests, the decoder and the encoder of answers.

The host asks once for displayed values; the monitor then sends a record every few seconds. Taken from it are
heart rate with its source, respiration by impedance, the cuff, SpO2 and one temperature. Pressures of an
arterial line stand in the same record and are never read. Facts: the maker's Computer Interface Specification
M1017617, 12th edition.
"""

import struct
from datetime import UTC, datetime
from enum import IntEnum

from devices.protocols import ge_dri_values
from devices.protocols.framing import Line, LineBuffer
from devices.protocols.ge_dri_frames import (
    ENDING,
    FLAG,
    MOST_BODY_BYTES,
    Malformed,
    Record,
    SubRecord,
    frame,
    read_body,
)
from devices.protocols.ge_dri_values import CuffLabel, Displayed, displayed_part
from devices.protocols.messages import (
    Command,
    CuffFailed,
    CuffInProgress,
    FrameRejected,
    Ignored,
    Message,
    Request,
)
from monitor.feed import CuffTrouble
from monitor.vitals import Quality

PHYSIOLOGICAL = 0
LEAST_INTERVAL_S = 5
OLD_AFTER_S = 60  # what the monitor itself calls old

_MAIN_TYPES = {1: "waveforms", 4: "alarms"}
_REQUEST_KIND = 0
_REQUEST = struct.Struct("<BhIh")  # kind of record, interval, classes, reserved


class RecordKind(IntEnum):
    """What a host may ask for; also the kind of sub-record that answers."""

    DISPLAYED = 1
    TREND_10_S = 2
    TREND_60_S = 3


def request(*, kind: RecordKind, interval_s: int, classes: int = 0) -> bytes:
    """Encode a host's request.

    Args:
        kind: displayed values or a trend.
        interval_s: between two records, at least `LEAST_INTERVAL_S`; -1 for one record, 0 to stop.
        classes: bit 0 denies the basic class, bits 1 to 3 add the extended ones.
    """
    data = _REQUEST.pack(kind, interval_s, classes, 0)
    return frame(main_type=PHYSIOLOGICAL, parts=(SubRecord(kind=_REQUEST_KIND, data=data),))


def interval_asked_s(raw: bytes) -> int | None:
    """Return the interval of a request's frame: 0 to stop, -1 for one record; None of any other frame."""
    record = read_body(raw.strip(FLAG))
    if isinstance(record, Malformed) or not _is_request(record):
        return None
    interval_s: int = _REQUEST.unpack(record.parts[0].data)[1]
    return interval_s


def _is_request(record: Record) -> bool:
    kinds = [part.kind for part in record.parts]
    return kinds == [_REQUEST_KIND] and len(record.parts[0].data) == _REQUEST.size


class DriDecoder:
    """Decodes both directions of the wire. Holds at most `MOST_BODY_BYTES`; never raises on bytes.

    The monitor tells no failed measurement. One that was under way a moment ago and has left no pressures, or
    only old ones, has failed: for this the decoder remembers when it last saw the cuff measuring.
    """

    def __init__(self) -> None:
        self._bodies = LineBuffer(limit_bytes=MOST_BODY_BYTES, keep_bytes=0, ending=ENDING)
        self._measuring_at_s: int | None = None

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete frame held back."""
        return self._bodies.pending_bytes

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        return [message for body in self._bodies.feed(data) for message in self._decode(body)]

    def finish(self) -> list[Message]:
        """Return an incomplete frame, if any, as rejected."""
        rest = self._bodies.drain()
        return [FrameRejected(reason="the stream ended inside a frame", raw=rest)] if rest else []

    def reset(self) -> None:
        """Forget an incomplete frame and what the cuff was doing."""
        self._bodies.drain()
        self._measuring_at_s = None

    def _decode(self, line: Line) -> list[Message]:
        if not line.is_whole:
            return [FrameRejected(reason="no flag where one was due", raw=line.raw)]
        body = line.raw.rstrip(FLAG)
        if not body:
            return []  # between one frame's flag and the next one's, or a flag more
        record = read_body(body)
        if isinstance(record, Malformed):
            return [FrameRejected(reason=record.reason, raw=body, is_bad_sum=record.is_bad_sum)]
        return self._read(record, FLAG + body + FLAG)

    def _read(self, record: Record, raw: bytes) -> list[Message]:
        if record.main_type != PHYSIOLOGICAL:
            what = _MAIN_TYPES.get(record.main_type, f"a record of type {record.main_type}")
            return [Ignored(reason=what, raw=raw)]
        if _is_request(record):
            return [_asked(record.parts[0], raw)]
        shown = [part.data for part in record.parts if part.kind == RecordKind.DISPLAYED]
        if any(len(data) < ge_dri_values.PART_BYTES for data in shown):
            return [FrameRejected(reason="displayed values shorter than they are", raw=raw)]
        classes = [values for data in shown if (values := ge_dri_values.basic_class_of(data)) is not None]
        if len(classes) != 1:
            return [Ignored(reason="no basic class of displayed values", raw=raw)]
        (values,) = classes
        sent_at = datetime.fromtimestamp(record.sent_at_s, UTC) if record.sent_at_s else None
        return [
            *self._cuff(values, record.sent_at_s, sent_at, raw),
            *ge_dri_values.live_numbers(values, sent_at, raw),
            *ge_dri_values.temperature(values, raw),
        ]

    def _cuff(self, values: bytes, now_s: int, sent_at: datetime | None, raw: bytes) -> list[Message]:
        label = ge_dri_values.cuff_label(values)
        measuring_at_s, self._measuring_at_s = self._measuring_at_s, None
        if not ge_dri_values.has_cuff(values) or label & (CuffLabel.STASIS | CuffLabel.CALIBRATING):
            return []
        result = ge_dri_values.cuff_result(values, sent_at=sent_at, raw=raw)
        if label & CuffLabel.MEASURING:
            self._measuring_at_s = now_s
            return [CuffInProgress(shown=result, raw=raw)]
        was_measuring = measuring_at_s is not None and 0 <= now_s - measuring_at_s < OLD_AFTER_S
        if was_measuring and (result.quality is Quality.INVALID or result.is_old):
            reason = "the measurement ended without a result"
            return [CuffFailed(trouble=CuffTrouble.FAILED, reason=reason, raw=raw)]
        return [result]


def _asked(part: SubRecord, raw: bytes) -> Request:
    kind, interval_s, _, _ = _REQUEST.unpack(part.data)
    command = Command.SUBSCRIBE if interval_s else Command.UNSUBSCRIBE
    return Request(command=command, letters=f"record {kind}", raw=raw)


def displayed_frame(shown: Displayed, *, sent_at_s: int, number: int = 0) -> bytes:
    """Encode a monitor's record of displayed values, sent at Unix time `sent_at_s` by its clock."""
    part = SubRecord(kind=RecordKind.DISPLAYED, data=displayed_part(shown, at_s=sent_at_s))
    return frame(main_type=PHYSIOLOGICAL, parts=(part,), sent_at_s=sent_at_s, number=number % 256)
