"""Fuzz a protocol's decoder for a time budget: `python bench/fuzz.py PROTOCOL|all --seconds 60 [--seed N]`.

The seconds are of processor time, so that a busy machine tries as many streams as an idle one. Protocols have
a process each, as many at a time as there are cores. Every ten minutes it says how far it has come, so that a
long run that is stopped still tells what it tried.

Streams are valid frames cut, flipped, doubled, joined with noise and fed in random pieces. Checked for each:
nothing raises, the buffer stays bounded, the pieces do not matter, what comes of it passes the protocol's
own check (`bench.samples`), and a clean frame at the end is read. Exits 1 with the seed that failed.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.samples import SAMPLES, Sample
from devices.decode import messages_to_json
from devices.profiles import PROFILES
from devices.protocols.messages import Message

SAYS_EVERY_S = 600.0


def spoiled(frame: bytes, chance: Random) -> bytes:
    """Do one thing a wire does to bytes."""
    kind = chance.randrange(6)
    position = chance.randrange(len(frame))
    if kind == 0:
        return frame[:position]
    if kind == 1:
        flipped = frame[position] ^ (1 << chance.randrange(8))
        return frame[:position] + bytes([flipped]) + frame[position + 1 :]
    if kind == 2:
        return frame[:position] + chance.randbytes(chance.randint(1, 400)) + frame[position:]
    if kind == 3:
        return chance.randbytes(chance.randint(1, 40)) + frame
    if kind == 4:
        return frame + frame[position:]
    return frame


def decoded(protocol: str, stream: bytes) -> list[Message]:
    """Decode a whole stream at once."""
    decoder = PROFILES[protocol].new_decoder()
    return decoder.feed(stream) + decoder.finish()


def fault_of(protocol: str, sample: Sample, seed: int) -> str | None:
    """Run one stream; return what went wrong."""
    chance = Random(seed)  # noqa: S311 - repeatable streams, not secrets
    stream = b"".join(spoiled(sample.frame(chance), chance) for _ in range(chance.randint(1, 30)))
    stream += sample.clean
    decoder = PROFILES[protocol].new_decoder()
    messages: list[Message] = []
    position = 0
    while position < len(stream):
        size = chance.choice([1, 2, 7, 22, 64, 1000])
        messages += decoder.feed(stream[position : position + size])
        position += size
        if decoder.pending_bytes > sample.pending_most:
            return f"the buffer grew to {decoder.pending_bytes} bytes"
    messages += decoder.finish()
    faults = [fault for message in messages if (fault := sample.fault_in(message)) is not None]
    if faults:
        return faults[0]
    if messages != decoded(protocol, stream):
        return "the pieces in which it came made a difference"
    clean = messages_to_json(decoded(protocol, sample.clean))
    if messages_to_json(messages)[-1:] != clean[-1:]:
        return "the clean frame at the end was not read"
    return None


def fuzz(protocol: str, *, seconds: float, seed: int) -> int:
    """Run until the budget is spent; return the exit status."""
    sample, first = SAMPLES[protocol], seed
    begun_at = said_at = time.process_time()
    while (now := time.process_time()) < begun_at + seconds:
        if now >= said_at + SAYS_EVERY_S:
            said_at += SAYS_EVERY_S
            minutes = round((now - begun_at) / 60)
            print(f"{protocol}: {seed - first} streams in {minutes} min, no fault yet", flush=True)
        fault = fault_of(protocol, sample, seed)
        if fault is not None:
            print(f"{protocol}: seed {seed}: {fault}")
            return 1
        seed += 1
    print(f"{protocol}: {seed - first} streams from seed {first}, no fault", flush=True)
    return 0


def main() -> int:
    """Fuzz one protocol, or each for an equal part of the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("protocol", choices=["all", *SAMPLES])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    protocols = list(SAMPLES) if options.protocol == "all" else [options.protocol]
    fuzz_one = partial(fuzz, seconds=options.seconds / len(protocols), seed=options.seed)
    with ProcessPoolExecutor() as processes:
        return max(processes.map(fuzz_one, protocols))


if __name__ == "__main__":
    sys.exit(main())
