"""Who has a port already: one wire tells of one patient."""

from collections.abc import Callable, Iterable

from monitor.settings import Chair
from ui.text import device_words


def taken_port(
    port: str, *, at: int, chairs: Iterable[Chair], is_same: Callable[[str, str], bool]
) -> str | None:
    """A sentence when one of `chairs` has `port`, which is to be chair `at`'s; None when it is free."""
    for chair in chairs:
        if any(is_same(each.port, port) for each in chair.monitors):
            is_own = chair.number == at
            return device_words.port_twice() if is_own else device_words.port_taken(chair.number)
    return None
