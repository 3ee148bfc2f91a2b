"""Fuzz the DINAMAP decoder for a time budget: `python bench/fuzz_dinamap.py --seconds 60 [--seed N]`.

Streams are real frames cut, flipped, doubled, joined with noise and fed in random pieces. Checked for each:
nothing raises, the buffer stays bounded, a value comes only from a frame whose sum is right, and a clean
frame at the end is read. Exits 1 with the seed of the stream that failed.
"""

import argparse
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from devices.protocols import dinamap
from devices.protocols.messages import FrameRejected, Request

CLEAN = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))


def real_frame(chance: Random) -> bytes:
    """Encode one answer or question."""
    kind = chance.randrange(5)
    if kind == 0:
        diastolic = chance.randint(1, 300)
        pressures = (diastolic + chance.randint(1, 300), diastolic, diastolic)
        status = chance.choice([0, 1, 3, 4, 6, 7, 8, 9])
        return dinamap.cuff_frame(status=status, age_s=chance.randint(0, 5400), pressures_mmhg=pressures)
    if kind == 1:
        return dinamap.rate_frame(
            source=chance.choice([2, 3]), bpm=chance.choice([None, chance.randint(0, 999)])
        )
    if kind == 2:
        return dinamap.spo2_frame(percent=chance.choice([None, chance.randint(0, 100)]))
    if kind == 3:
        return dinamap.temperature_frame(tenths_f=chance.choice([None, chance.randint(1, 9999)]))
    return dinamap.frame(chance.choice(["NA", "NF", "RA", "RC", "OA", "TC", "NC0", "ND"]))


def spoiled(frame: bytes, chance: Random) -> bytes:
    """Do one thing a wire does to bytes."""
    kind = chance.randrange(6)
    position = chance.randrange(len(frame))
    if kind == 0:
        return frame[:position]
    if kind == 1:
        return (
            frame[:position] + bytes([frame[position] ^ (1 << chance.randrange(8))]) + frame[position + 1 :]
        )
    if kind == 2:
        return frame[:position] + chance.randbytes(chance.randint(1, 400)) + frame[position:]
    if kind == 3:
        return chance.randbytes(chance.randint(1, 40)) + frame
    if kind == 4:
        return frame + frame[position:]
    return frame


def is_framed_well(raw: bytes) -> bool:
    """Check the sum by the layout alone, apart from the decoder."""
    text, total = raw[:-3], 0
    for byte in text:
        total += byte - 0x1F
    total &= 0xFFF
    return raw[-3:] == bytes([0x20 + total // 64, 0x20 + total % 64, 0x0D])


def fault_of(seed: int) -> str | None:
    """Run one stream; return what went wrong."""
    chance = Random(seed)  # noqa: S311 - repeatable streams, not secrets
    stream = b"".join(spoiled(real_frame(chance), chance) for _ in range(chance.randint(1, 30)))
    stream += b"\r" + CLEAN
    decoder = dinamap.DinamapDecoder()
    messages = []
    position = 0
    while position < len(stream):
        size = chance.choice([1, 2, 7, 22, 64, 1000])
        messages += decoder.feed(stream[position : position + size])
        position += size
        if decoder.pending_bytes > dinamap.MAX_LINE_BYTES:
            return "the buffer grew past its limit"
    for message in messages:
        if not isinstance(message, FrameRejected | Request) and not is_framed_well(message.raw):
            return f"a message came from {message.raw!r}, whose sum is wrong"
    if messages[-1].raw != CLEAN:
        return "the clean frame at the end was not read"
    return None


def main() -> int:
    """Run until the budget is spent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    seed = options.seed
    ends_at = time.perf_counter() + options.seconds
    while time.perf_counter() < ends_at:
        fault = fault_of(seed)
        if fault is not None:
            print(f"seed {seed}: {fault}")
            return 1
        seed += 1
    print(f"{seed - options.seed} streams, no fault")
    return 0


if __name__ == "__main__":
    sys.exit(main())
