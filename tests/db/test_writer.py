"""Queued steps are saved in order, failures come back as sentences, nothing is dropped, drafts survive."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.connect import PRAGMAS, sqlite_driver
from db.faults import StorageFault
from db.kept_settings import as_kept_now
from db.opening import Database, open_database
from db.store import Store
from db.writer import BESIDE_RETRY_S, Unsaved, Writer
from monitor import codec
from monitor.errors import DamagedRecord
from monitor.ports import BesideFailed, BesideSaved, Draft, Step, WriterDied
from monitor.settings import Chair, MonitorLink, Operator, Settings, ThemeName
from tests.db import example
from tests.db.doubles import ENOUGH_S, FakeClock, FakeSink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RECORD = example.whole_session()
DRAFT = Draft(chair=3, place="entry", session=RECORD[0].session, text="128/", typed_at_ms=5)
SETTINGS = Settings(
    clinic="Möwe",
    chairs=(
        Chair(number=1, monitors=(MonitorLink(protocol="dinamap", port="serial:COM3"),)),
        Chair(number=2),
    ),
    operators=(Operator(name="Ana Kovač"), Operator(name="Dr. Li", is_clinician=True)),
    theme=ThemeName.DIM,
)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sink() -> FakeSink:
    return FakeSink()


@pytest.fixture
def writer(database: Database, sink: FakeSink, clock: FakeClock) -> Iterator[Writer]:
    made = Writer(store=database.store, sink=sink, clock=clock, wait=clock.skip)
    made.start()
    yield made
    made.close()


def test_steps_are_saved_in_order_and_each_is_acknowledged(
    writer: Writer, database: Database, sink: FakeSink
) -> None:
    other = example.whole_session(2)
    for step in (*example.steps_of(RECORD), *example.steps_of(other, first_number=100)):
        writer.submit(step)
    sink.await_saved(len(RECORD) + len(other))
    assert sink.saved == [*range(1, 18), *range(100, 117)]
    assert database.store.load(RECORD[0].session) == RECORD
    assert database.store.load(other[0].session) == other
    assert writer.waiting == 0


def test_an_acknowledged_step_is_already_in_the_file(
    path: Path, database: Database, clock: FakeClock
) -> None:
    counts: list[tuple[int, int]] = []

    def count(_: object) -> None:
        with closing(sqlite3.connect(path)) as connection:
            counts.append((len(counts) + 1, connection.execute("SELECT count(*) FROM entry").fetchone()[0]))

    writer = Writer(store=database.store, sink=count, clock=clock)
    for step in example.steps_of(RECORD):
        writer.submit(step)
    writer.start()
    writer.close()
    assert counts == [(number, number) for number in range(1, 18)]


def test_an_entry_in_anothers_place_fails_alone_and_loudly(
    writer: Writer, database: Database, sink: FakeSink
) -> None:
    writer.submit(example.one_step(RECORD[:3]))
    sink.await_saved(1)
    different = example.record_of(example.charted(199))
    writer.submit(Step(number=2, entries=different[1:]))
    sink.await_failed(1)
    assert "already stands with another content" in sink.failed[0].reason
    writer.submit(example.one_step(example.whole_session(2), number=3))
    sink.await_saved(2)
    assert sink.saved == [1, 3]
    assert [step.number for step in writer.close().steps] == [2]
    assert database.store.load(RECORD[0].session) == RECORD[:3]


def test_a_step_submitted_again_is_saved_once(writer: Writer, database: Database, sink: FakeSink) -> None:
    writer.submit(example.one_step(RECORD[:3]))
    writer.submit(example.one_step(RECORD[:3], number=2))
    writer.submit(example.one_step(RECORD[:5], number=3))
    sink.await_saved(3)
    assert database.store.load(RECORD[0].session) == RECORD[:5]


def test_a_step_of_two_sessions_is_saved_whole(writer: Writer, database: Database, sink: FakeSink) -> None:
    other = example.whole_session(2)
    writer.submit(Step(number=1, entries=(*RECORD, *other)))
    sink.await_saved(1)
    assert database.store.load(RECORD[0].session) == RECORD
    assert database.store.load(other[0].session) == other


def test_a_step_of_two_sessions_is_saved_not_at_all(
    writer: Writer, database: Database, sink: FakeSink
) -> None:
    other = example.whole_session(2)
    writer.submit(Step(number=1, entries=(*other, *RECORD[1:])))  # the second lacks its first entry
    sink.await_failed(1)
    assert "does not begin with a seating" in sink.failed[0].reason
    with closing(sqlite3.connect(database.path)) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    writer.close()


class SmallDisk:
    """A driver whose files may grow to `pages` pages and no further."""

    def __init__(self, pages: int) -> None:
        self.pages = pages

    def __call__(self, uri: str) -> sqlite3.Connection:
        connection = sqlite_driver(uri)
        connection.execute(f"PRAGMA max_page_count = {self.pages}").fetchall()
        return connection


def test_a_full_disk_is_said_and_all_is_saved_once_there_is_room(
    path: Path, sink: FakeSink, clock: FakeClock
) -> None:
    disk = SmallDisk(path.stat().st_size // 4096)
    database = open_database(path, driver=disk)
    waits: list[float | None] = []

    def held_wait(wake: threading.Event, timeout_s: float | None) -> None:
        waits.append(timeout_s)
        wake.wait()

    writer = Writer(store=database.store, sink=sink, clock=clock, wait=held_wait)
    records = [example.whole_session(number) for number in range(1, 9)]
    for number, record in enumerate(records, start=1):
        writer.submit(example.one_step(record, number=number))
    with closing(database), closing(writer):
        writer.start()
        sink.await_failed(1)
        failed = sink.failed[0]
        assert "The disk is full: free some space" in failed.reason
        assert failed.waiting == len(records) - len(sink.saved)
        assert writer.waiting == failed.waiting > 0
        disk.pages = 10_000
        writer.retry()
        sink.await_saved(len(records))
        assert sink.saved == list(range(1, 9))
        assert [database.store.load(record[0].session) for record in records] == records
    assert waits[0] == 0.5  # it would also have tried by itself


def test_what_cannot_be_saved_is_handed_back_at_the_end(path: Path, sink: FakeSink, clock: FakeClock) -> None:
    database = open_database(path, driver=SmallDisk(path.stat().st_size // 4096))
    writer = Writer(store=database.store, sink=sink, clock=clock)
    records = [example.whole_session(number) for number in range(1, 9)]
    for number, record in enumerate(records, start=1):
        writer.submit(example.one_step(record, number=number))
    writer.start()
    unsaved = writer.close()
    database.close()
    assert [step.number for step in unsaved.steps] == list(range(len(sink.saved) + 1, 9))
    assert unsaved.steps


def test_a_locked_file_is_said_and_tried_again(path: Path, sink: FakeSink, clock: FakeClock) -> None:
    def impatient(uri: str) -> sqlite3.Connection:
        connection = sqlite_driver(uri)
        connection.execute("PRAGMA busy_timeout = 1").fetchall()
        return connection

    database = open_database(path, driver=impatient, pragmas=PRAGMAS[1:])  # all but the busy timeout
    writer = Writer(store=database.store, sink=sink, clock=clock, wait=clock.skip)
    writer.submit(example.one_step(RECORD))
    intruder = sqlite3.connect(path, isolation_level=None)
    with closing(database), closing(writer), closing(intruder):
        intruder.execute("BEGIN EXCLUSIVE")
        writer.start()
        sink.await_failed(2)
        intruder.execute("ROLLBACK")
        sink.await_saved(1)
        assert database.store.load(RECORD[0].session) == RECORD
    assert "Another program holds the database" in sink.failed[0].reason


def test_the_newest_draft_of_each_place_is_kept_within_a_second(
    writer: Writer, database: Database, clock: FakeClock, sink: FakeSink
) -> None:
    began_s = clock.passed_s
    for text in ("1", "12", "128/"):
        writer.save_draft(replace(DRAFT, text=text))
    writer.save_draft(replace(DRAFT, place="seat", session="", text="Ng"))
    writer.submit(example.one_step(RECORD))
    sink.await_saved(1)
    writer.close()
    assert database.store.drafts() == (DRAFT, replace(DRAFT, place="seat", session="", text="Ng"))
    assert clock.passed_s - began_s < 1.0


def test_an_empty_draft_removes_it(database: Database) -> None:
    database.store.keep_beside([DRAFT], None)
    database.store.keep_beside([replace(DRAFT, text="")], None)
    assert database.store.drafts() == ()


def test_half_a_character_in_a_draft_stops_nothing(database: Database) -> None:
    database.store.keep_beside([replace(DRAFT, text="12\ud800")], None)
    assert [draft.text for draft in database.store.drafts()] == ["12?"]


def test_settings_of_a_version_with_one_monitor_a_chair_are_read() -> None:
    kept = codec.to_plain(SETTINGS)
    kept["chairs"] = [
        {"number": 1, "monitor": {"protocol": "dinamap", "port": "serial:COM3"}},
        {"number": 2, "monitor": None},
    ]
    del kept["text_size"]
    assert codec.from_plain(Settings, as_kept_now(kept)) == SETTINGS


@pytest.mark.parametrize("kept", [[], "x", None, {"chairs": 3}, {"chairs": [1]}])
def test_what_was_never_settings_is_refused_as_damage(kept: object) -> None:
    with pytest.raises(DamagedRecord):
        codec.from_plain(Settings, as_kept_now(kept))


def test_settings_are_kept(writer: Writer, database: Database) -> None:
    assert database.store.settings() is None
    writer.save_settings(replace(SETTINGS, theme=ThemeName.DARK))
    writer.save_settings(SETTINGS)
    writer.close()
    assert database.store.settings() == SETTINGS


def test_drafts_that_cannot_be_kept_hold_up_no_step_and_are_tried_again(
    database: Database, sink: FakeSink, clock: FakeClock
) -> None:
    store = FailingBeside(database)
    writer = Writer(store=store, sink=sink, clock=clock, wait=clock.skip)
    writer.save_draft(DRAFT)
    writer.save_settings(SETTINGS)
    writer.submit(example.one_step(RECORD))
    with closing(writer):
        writer.start()
        sink.await_saved(1)
        assert store.tried_again.wait(ENOUGH_S)
    assert database.store.drafts() == (DRAFT,)
    assert database.store.settings() == SETTINGS
    told = [event for event in sink.events if isinstance(event, BesideFailed | BesideSaved)]
    assert told == [*[BesideFailed(reason="The disk is full.", has_settings=True)] * 2, BesideSaved()]


def test_what_is_lost_at_the_end_is_said_in_sentences(
    sink: FakeSink, clock: FakeClock, database: Database
) -> None:
    store = FailingBeside(database)
    writer = Writer(store=store, sink=sink, clock=clock, wait=clock.skip)
    writer.save_settings(SETTINGS)
    writer.save_draft(replace(DRAFT, chair=5))
    writer.save_draft(DRAFT)
    writer.save_draft(replace(DRAFT, chair=2, text=""))
    unsaved = writer.close()  # it never began
    assert unsaved.sentences == (
        "The settings are not saved: make the changes again at the next start.",
        "What stood typed and not entered in chair 3, 5 is not saved: note it on paper.",
    )
    assert Unsaved(steps=(), drafts=(replace(DRAFT, text=""),), settings=None).sentences == ()


def test_a_wish_to_try_again_reaches_settings_too(
    database: Database, sink: FakeSink, clock: FakeClock
) -> None:
    store = FailingBeside(database)
    waits: list[float | None] = []

    def wait(wake: threading.Event, timeout_s: float | None) -> None:
        waits.append(timeout_s)
        if timeout_s:
            tried.retry()  # instead of letting the time pass
        else:
            clock.skip(wake, timeout_s)

    tried = Writer(store=store, sink=sink, clock=clock, wait=wait)
    tried.save_settings(SETTINGS)
    began_s = clock.passed_s
    with closing(tried):
        tried.start()
        assert store.tried_again.wait(ENOUGH_S)
    assert clock.passed_s == began_s
    assert BESIDE_RETRY_S in waits


class FailingBeside(Store):
    """A store whose first two tries to keep a draft fail."""

    def __init__(self, database: Database) -> None:
        super().__init__(writing=database.writing, reading=database.reading)
        self._tries = 0
        self.tried_again = threading.Event()

    def keep_beside(self, drafts: Iterable[Draft], settings: Settings | None) -> None:
        self._tries += 1
        if self._tries <= 2:
            raise StorageFault("The disk is full.", is_of_file=True)
        super().keep_beside(drafts, settings)
        self.tried_again.set()


def test_a_defect_ends_the_thread_and_is_reported(
    database: Database, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    sink = FakeSink()
    store = DefectiveStore(writing=database.writing, reading=database.reading)
    writer = Writer(store=store, sink=sink, clock=clock, wait=clock.skip)
    writer.submit(example.one_step(RECORD))
    writer.start()
    unsaved = writer.close()
    assert sink.events == [WriterDied(reason="Vigil's writer stopped (ZeroDivisionError): use paper.")]
    assert [step.number for step in unsaved.steps] == [1]
    assert RECORD[0].session not in caplog.text


class DefectiveStore(Store):
    def append(self, step: Step) -> None:
        raise ZeroDivisionError(step.number)


def test_no_patient_is_named_in_a_log(
    writer: Writer, sink: FakeSink, caplog: pytest.LogCaptureFixture
) -> None:
    writer.submit(example.one_step(RECORD))
    sink.await_saved(1)
    writer.submit(Step(number=2, entries=example.record_of(first=example.seated(name="Zoë Canary"))))
    sink.await_failed(1)
    writer.close()
    assert caplog.text
    assert "Canary" not in caplog.text + sink.failed[0].reason
