"""What every test stands on: no screen needed, no time limit on a property, and no thread left behind."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

THREAD_ENDS_WITHIN_S = 2.0

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first Qt import

settings.register_profile("vigil", deadline=None)  # a slow machine is no failure
settings.register_profile("mutation", deadline=None, max_examples=12, derandomize=True)  # docs/mutation.md
settings.load_profile("vigil")


def pytest_sessionstart() -> None:
    """Let the programs that tests start hear Ctrl+C, also where a script runs the tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before and is_ours(thread)]
    for thread in started:
        thread.join(THREAD_ENDS_WITHIN_S)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left running: {left}"


def is_ours(thread: threading.Thread) -> bool:
    """Whether Python code started the thread; Qt's own show up as dummies."""
    return not isinstance(thread, threading._DummyThread)
