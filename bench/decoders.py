"""How fast each decoder is: `python -m bench.decoders [--rounds N]`.

Measured for every protocol of `bench.samples`: a stream of valid frames with values left to chance, decoded
in reads of 4096 bytes, against the bytes a second of the fastest serial line its profile may be set to (goal:
100 times as fast). A network has no such rate: HL7 is held against 115200 baud. HL7 also in messages a second
beside the `hl7` package in the same run, which only splits a message, and finds no value in it. Processor
time of this one process, so that other programs matter less.
"""

import argparse
import time
from collections.abc import Callable
from random import Random

import hl7

from bench.figures import Figure, Spread, show
from bench.samples import SAMPLES, Sample
from devices.profiles import PROFILES
from devices.protocols.mllp import END, START
from devices.transport.serial_port import LineSettings

READ_BYTES = 4096
STREAM_BYTES = 200_000
GOAL_TIMES = 100
HL7_MESSAGES = 200
BYTES_PER_KB = 1000


def stream_of(sample: Sample, *, seed: int) -> bytes:
    """Join valid frames to `STREAM_BYTES` or a little more."""
    chance = Random(seed)  # noqa: S311 - repeatable values, not secrets
    frames: list[bytes] = []
    size = 0
    while size < STREAM_BYTES:
        frames.append(sample.frame(chance))
        size += len(frames[-1])
    return b"".join(frames)


def line_bytes_per_s(lines: tuple[LineSettings, ...]) -> float:
    """Return how many bytes the fastest of `lines` can carry, start, parity and stop bits counted."""
    return max(
        line.baud_rate / (1 + line.data_bits + (line.parity != "N") + line.stop_bits) for line in lines
    )


def busy_s(work: Callable[[], object]) -> float:
    """Return the processor time of `work`."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def decode(protocol: str, stream: bytes) -> None:
    """Decode `stream` as a link would: in reads, by one decoder."""
    decoder = PROFILES[protocol].new_decoder()
    for at in range(0, len(stream), READ_BYTES):
        decoder.feed(stream[at : at + READ_BYTES])


def throughput(protocol: str, *, rounds: int) -> Figure:
    """Measure one protocol against its line."""
    profile = PROFILES[protocol]
    stream = stream_of(SAMPLES[protocol], seed=1)
    seconds = [busy_s(lambda: decode(protocol, stream)) for _ in range(rounds)]
    line = line_bytes_per_s((profile.line, *profile.other_lines))
    measured = Spread.of([len(stream) / each for each in seconds], times=1 / BYTES_PER_KB)
    return Figure(
        name=f"decode {protocol}",
        unit="kB/s",
        measured=measured,
        against="its fastest line",
        baseline=Spread.of([line], times=1 / BYTES_PER_KB),
        goal=f"{GOAL_TIMES}x",
        is_met=measured.median * BYTES_PER_KB >= GOAL_TIMES * line,
    )


def hl7_beside_the_package(*, rounds: int) -> Figure:
    """Measure whole HL7 messages, ours decoded to values, the package's split into fields, in turns."""
    frame = SAMPLES["hl7"].clean
    text = frame.removeprefix(START).removesuffix(END).decode("ascii")
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(HL7_MESSAGES / busy_s(lambda: decode("hl7", frame * HL7_MESSAGES)))
        theirs.append(HL7_MESSAGES / busy_s(lambda: [hl7.parse(text) for _ in range(HL7_MESSAGES)]))
    return Figure(
        name=f"HL7 messages of {len(frame)} bytes",
        unit="/s",
        measured=Spread.of(ours),
        against="hl7 package",
        baseline=Spread.of(theirs),
        goal="faster",
        is_met=Spread.of(ours).median > Spread.of(theirs).median,
    )


def measure(*, rounds: int) -> list[Figure]:
    """Measure every protocol that has a sample, and HL7 beside the package."""
    figures = [throughput(protocol, rounds=rounds) for protocol in PROFILES if protocol in SAMPLES]
    return [*figures, hl7_beside_the_package(rounds=rounds)]


def main() -> None:
    """Measure and print; name the protocols without a sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    show(measure(rounds=options.rounds))
    missing = [protocol for protocol in PROFILES if protocol not in SAMPLES]
    if missing:
        print(f"no sample yet: {', '.join(missing)}")


if __name__ == "__main__":
    main()
