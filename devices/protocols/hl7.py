"""HL7 v2 results (ORU^R01) over MLLP, as newer monitors send them: the decoder. The encoder is `hl7_writing`.

Facts: IHE PCD-01 as two published messages of a Mindray VS-900 show it, its published examples, and open
clients. There is no checksum, so a message that departs from the grammar is refused whole. It may carry cuff
pressures much older than itself: each observation has its own time. Patient data is dropped here: the `raw`
of each message is what was kept of the frame, never the frame itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from devices.protocols.hl7_segments import Observation, ParsedMessage, Unreadable, outline, parse_message
from devices.protocols.hl7_terms import Term, Unit
from devices.protocols.messages import (
    CuffResult,
    FrameRejected,
    Ignored,
    LiveNumber,
    Message,
    ReplyDue,
    Temperature,
    are_in_order,
)
from devices.protocols.mllp import MllpReader, Part, Piece
from monitor.vitals import Quality, Quantity

_LIVE = {
    Term.HEART_RATE: Quantity.HEART_RATE,
    Term.PULSE_RATE: Quantity.PULSE_RATE,
    Term.SPO2: Quantity.SPO2,
    Term.RESPIRATORY_RATE: Quantity.RESPIRATORY_RATE,
}
_PRESSURES = (Term.CUFF_SYSTOLIC, Term.CUFF_DIASTOLIC, Term.CUFF_MEAN)
_CUFF = (*_PRESSURES, Term.CUFF_PULSE)
_NO_REPLY = frozenset({"NE", "ER"})  # never, and only of errors
_REPLY = frozenset({"AL", "SU"})  # always, and only of success
_WORST_LAST = (Quality.GOOD, Quality.QUESTIONABLE, Quality.DEMO)
_WHY_REJECTED = {
    Part.STRAY: "bytes outside any message: no 0B before them",
    Part.CUT: "the message was cut: another began inside it",
    Part.TOO_LONG: "the message does not end",
}


class Hl7Decoder:
    """Decodes what the monitor sends. Holds at most one message; never raises on bytes."""

    def __init__(self) -> None:
        self._reader = MllpReader()
        self._is_framed = False

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete message held back."""
        return self._reader.pending_bytes

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        return [message for piece in self._reader.feed(data) for message in self._decoded(piece)]

    def finish(self) -> list[Message]:
        """Return the incomplete last message, if any, as rejected.

        A stream that held no frame at all and is bare messages from its first byte to its last line end, as
        they are published and saved by others, is read as those messages.
        """
        was_inside, was_framed = self._reader.is_inside, self._is_framed
        rest = self._reader.drain()
        self._is_framed = False
        if was_inside:
            return [FrameRejected(reason="the stream ended inside a message", raw=outline(rest))]
        if (
            not was_framed
            and rest.startswith(b"MSH")
            and rest.endswith((b"\r", b"\n"))
            and b"\x1c" not in rest
        ):
            return [message for bare in _bare_messages(rest) for message in decode_message(bare)]
        return self._decoded(Piece(part=Part.STRAY, raw=rest))

    def reset(self) -> None:
        """Forget an incomplete message."""
        self._reader.drain()
        self._is_framed = False

    def _decoded(self, piece: Piece) -> list[Message]:
        if piece.part is Part.STRAY and not piece.raw.strip(b"\r\n"):
            return []
        self._is_framed = True
        if piece.part is Part.MESSAGE:
            return decode_message(piece.raw)
        return [FrameRejected(reason=_WHY_REJECTED[piece.part], raw=outline(piece.raw))]


def decode_message(frame: bytes) -> list[Message]:
    """Decode one message without its frame; all that it gives has the same `raw`."""
    parsed = parse_message(frame)
    if isinstance(parsed, Unreadable):
        return [FrameRejected(reason=parsed.reason, raw=outline(frame))]
    raw = parsed.kept.encode("latin-1")
    header = parsed.header
    messages: list[Message] = []
    if (header.kind, header.trigger) == ("ORU", "R01"):
        messages += _results(parsed, raw)
    else:
        kind = "^".join(part for part in (header.kind, header.trigger) if part)
        messages.append(Ignored(reason=f"a message of type {kind} is not read", raw=raw))
    # An acknowledgement is never acknowledged, and a query asks for an answer that is not ours to give.
    is_wanted = header.acknowledgement not in _NO_REPLY or header.application_acknowledgement in _REPLY
    if is_wanted and header.kind[0] != "Q" and header.kind != "ACK" and header.control_id:
        due = ReplyDue(
            control_id=header.control_id,
            sender=header.sender,
            trigger=header.trigger,
            version=header.version,
            raw=raw,
        )
        messages.append(due)
    return messages


def _results(parsed: ParsedMessage, raw: bytes) -> list[Message]:
    """Return the values of each observation time, oldest first, or why there is none."""
    sent_at = _zoned_like(parsed.header.sent_at, parsed.observations)
    values: list[Message] = []
    for observed_at in _times(parsed.observations):
        together = [each for each in parsed.observations if each.observed_at == observed_at]
        values += _values_of(together, observed_at=observed_at, sent_at=sent_at, raw=raw)
    refused = [f"{each.term.value} {each.refusal}" for each in parsed.observations if each.refusal]
    refused += [f"{number} has the name of something else" for number in parsed.misnamed]
    if refused:
        return [*values, Ignored(reason=f"not understood: {', '.join(refused)}", raw=raw)]
    return values or [Ignored(reason="nothing in it that is charted", raw=raw)]


def _values_of(
    together: Sequence[Observation], *, observed_at: datetime | None, sent_at: datetime | None, raw: bytes
) -> list[Message]:
    age_s = None
    if sent_at is not None and observed_at is not None:
        age_s = round((sent_at - observed_at).total_seconds())
    if age_s is None or age_s < 0:
        age_s = None
        together = [replace(each, is_doubtful=True) for each in together]
    messages: list[Message] = []
    cuff = [each for each in together if each.term in _CUFF]
    if any(each.term in _PRESSURES for each in cuff):
        messages.append(_cuff_result(cuff, age_s=age_s, sent_at=sent_at, raw=raw))
    for term, quantity in _LIVE.items():
        found = _best(together, term)
        if found is not None:
            messages.append(
                LiveNumber(
                    quantity=quantity,
                    value=_whole(found.value),
                    age_s=age_s,
                    observed_at=observed_at,
                    sent_at=sent_at,
                    quality=_quality(found),
                    raw=raw,
                )
            )
    temperature = _best(together, Term.TEMPERATURE)
    if temperature is not None:
        celsius = _celsius(temperature)
        quality = _quality(temperature)
        messages.append(
            Temperature(celsius=celsius, age_s=age_s, observed_at=observed_at, quality=quality, raw=raw)
        )
    return messages


def _cuff_result(
    cuff: Sequence[Observation], *, age_s: int | None, sent_at: datetime | None, raw: bytes
) -> CuffResult:
    """Join what one determination gave. Two different values of one pressure make it doubtful."""
    parts = {term: _best(cuff, term) for term in _CUFF}
    systolic, diastolic, mean, pulse = (
        None if part is None else _whole(part.value) for part in parts.values()
    )
    pressures = (systolic, diastolic, mean)
    qualities = [_quality(part) for part in parts.values() if part is not None and part.value is not None]
    quality = max(qualities, key=_WORST_LAST.index, default=Quality.GOOD)
    is_doubtful = not are_in_order(*pressures) or any(_differ(cuff, term) for term in _CUFF)
    if is_doubtful and quality is Quality.GOOD:
        quality = Quality.QUESTIONABLE
    return CuffResult(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        map_mmhg=mean,
        pulse_rate_bpm=pulse,
        age_s=age_s,
        observed_at=cuff[0].observed_at,
        sent_at=sent_at,
        quality=quality if any(pressures) else Quality.INVALID,
        raw=raw,
    )


def _differ(observations: Iterable[Observation], term: Term) -> bool:
    return len({each.value for each in observations if each.term is term and each.value is not None}) > 1


def _best(observations: Iterable[Observation], term: Term) -> Observation | None:
    """The first with a value, else the first: a monitor may send one quantity on several channels."""
    found = [each for each in observations if each.term is term]
    return next((each for each in found if each.value is not None), found[0] if found else None)


def _quality(observation: Observation) -> Quality:
    if observation.value is None:
        return Quality.INVALID
    if observation.is_demo:
        return Quality.DEMO
    return Quality.QUESTIONABLE if observation.is_doubtful else Quality.GOOD


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _celsius(observation: Observation) -> Decimal | None:
    if observation.value is None:
        return None
    is_fahrenheit = observation.unit is Unit.FAHRENHEIT
    celsius = (observation.value - 32) * 5 / 9 if is_fahrenheit else observation.value
    return celsius.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _times(observations: Iterable[Observation]) -> list[datetime | None]:
    """Return each time once, oldest first, so that the newest value has the last word; no time comes last."""
    times = {each.observed_at for each in observations}
    named = sorted((time for time in times if time is not None), key=_sortable)
    return [*named, None] if None in times else [*named]


def _sortable(time: datetime) -> tuple[datetime, str]:
    return time.replace(tzinfo=None), str(time.tzinfo)


def _zoned_like(sent_at: datetime | None, observations: Iterable[Observation]) -> datetime | None:
    """A header without a zone is by the same clock as observations that name one."""
    if sent_at is None or sent_at.tzinfo is not None:
        return sent_at
    zones = (each.observed_at.tzinfo for each in observations if each.observed_at is not None)
    return sent_at.replace(tzinfo=next((zone for zone in zones if zone is not None), None))


def _bare_messages(text: bytes) -> list[bytes]:
    starts = [0]
    for mark in (b"\rMSH", b"\nMSH"):
        at = text.find(mark)
        while at >= 0:
            starts.append(at + 1)
            at = text.find(mark, at + 1)
    edges = sorted({*starts, len(text)})
    return [text[start:end] for start, end in pairwise(edges)]
