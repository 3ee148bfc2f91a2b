"""Random numbers that are the same on every machine, whatever is asked in whatever order."""

from random import Random


def seeded_stream(seed: int, purpose: str, index: int) -> Random:
    """A random stream of its own for one number: nothing secret, only repeatable."""
    return Random(f"{seed}:{purpose}:{index}")  # noqa: S311 - a simulation, not a secret
