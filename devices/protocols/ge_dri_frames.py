"""GE/Datex-Ohmeda S/5 DRI: frames, checksums and records, both ways, without a word on what they measure.

A frame is a record and its sum between two flags; a flag or an escape inside is written as two bytes. A
record is a header of 40 bytes and up to eight sub-records behind it. Little-endian throughout. Facts: the
maker's Computer Interface Specification M1017617, 12th edition, with its printed example frames.
"""

import re
import struct
from dataclasses import dataclass

FLAG = b"\x7e"
ENDING = re.compile(FLAG + b"+")  # one flag may stand for two, or two for one
HEADER_BYTES = 40
MOST_RECORD_BYTES = HEADER_BYTES + 1450
MOST_BODY_BYTES = 2 * (MOST_RECORD_BYTES + 1)  # were every byte escaped
NO_MORE_SUBRECORDS = 0xFF

_FIXED = struct.Struct("<hBBHIBBHh")  # length, number, level, plug, time, subnet, two reserved, main type
_DESCRIPTION = struct.Struct("<hB")
_DESCRIPTIONS = 8
_ESCAPED = re.compile(rb"\x7d([\x5d\x5e])")
_STRAY_ESCAPE = re.compile(rb"\x7d(?![\x5d\x5e])")
_TO_ESCAPE = re.compile(rb"[\x7d\x7e]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubRecord:
    """A part of a record, of a kind that the main type explains; `data` reaches to the next part's start."""

    kind: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one frame carries. `sent_at_s` is Unix time by the monitor's clock, 0 in a host's requests."""

    main_type: int
    sent_at_s: int
    parts: tuple[SubRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """Why the bytes between two flags are no record; `is_bad_sum` when only their sum is wrong."""

    reason: str
    is_bad_sum: bool = False


def read_body(body: bytes) -> Record | Malformed:
    """Read the bytes between two flags."""
    if not body or _STRAY_ESCAPE.search(body):
        return Malformed(reason="empty, or an escape before a byte that needs none")
    plain = _ESCAPED.sub(lambda found: bytes([found[1][0] | 0x20]), body)
    record, checksum = plain[:-1], plain[-1]
    if len(record) < HEADER_BYTES:
        return Malformed(reason="shorter than a header")
    if sum(record) & 0xFF != checksum:
        return Malformed(reason="the sum is wrong", is_bad_sum=True)
    length, _, _, _, sent_at_s, _, _, _, main_type = _FIXED.unpack_from(record)
    if length != len(record):
        return Malformed(reason=f"{length} bytes were said, {len(record)} came")
    parts = _parts_of(record)
    if parts is None:
        return Malformed(reason="a part begins outside the record")
    return Record(main_type=main_type, sent_at_s=sent_at_s, parts=parts)


def _parts_of(record: bytes) -> tuple[SubRecord, ...] | None:
    described = []
    for index in range(_DESCRIPTIONS):
        offset, kind = _DESCRIPTION.unpack_from(record, _FIXED.size + index * _DESCRIPTION.size)
        if kind == NO_MORE_SUBRECORDS:
            break
        described.append((offset, kind))
    data = record[HEADER_BYTES:]
    starts = [offset for offset, _ in described]
    if any(not 0 <= start <= len(data) for start in starts):
        return None
    return tuple(
        SubRecord(kind=kind, data=data[start : min((each for each in starts if each > start), default=None)])
        for start, kind in described
    )


def frame(*, main_type: int, parts: tuple[SubRecord, ...], sent_at_s: int = 0, number: int = 0) -> bytes:
    """Encode a record as a frame between two flags.

    Args:
        main_type: 0 for physiological values and requests.
        parts: at most eight.
        sent_at_s: Unix time.
        number: counts a monitor's records, modulo 256.
    """
    data = b"".join(part.data for part in parts)
    described = b""
    offset = 0
    for part in parts:
        described += _DESCRIPTION.pack(offset, part.kind)
        offset += len(part.data)
    if len(parts) < _DESCRIPTIONS:
        described += _DESCRIPTION.pack(0, NO_MORE_SUBRECORDS)
    fixed = _FIXED.pack(HEADER_BYTES + len(data), number, 0, 0, sent_at_s, 0, 0, 0, main_type)
    record = (fixed + described).ljust(HEADER_BYTES, b"\x00") + data
    body = record + bytes([sum(record) & 0xFF])
    return FLAG + _TO_ESCAPE.sub(lambda found: bytes([0x7D, found[0][0] & 0xDF]), body) + FLAG
