"""Past sessions are answered from their own thread, failures as sentences; the end waits for answers."""

from __future__ import annotations

import queue
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.archive import ArchiveThread
from monitor.ports import FoundSession, RecordLoaded, SessionsFound, Step
from monitor.trend import TrendBlock, TrendHead, TrendSample, sealed
from monitor.vitals import Quality, Quantity
from tests.db import example
from tests.db.doubles import ENOUGH_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.opening import Database

SIGNED = example.whole_session(1)
OPEN = example.record_of(number=2, first=example.seated(name="Bea Straße", number=None, chair=2))


class Answers:
    """A sink that remembers answers and the threads they came from."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[SessionsFound | RecordLoaded] = queue.SimpleQueue()
        self.threads: set[int] = set()

    def __call__(self, answer: SessionsFound | RecordLoaded) -> None:
        self.threads.add(threading.get_ident())
        self._queue.put(answer)

    def next(self) -> SessionsFound | RecordLoaded:
        return self._queue.get(timeout=ENOUGH_S)

    @property
    def count(self) -> int:
        return self._queue.qsize()


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def archive(database: Database) -> Iterator[ArchiveThread]:
    for record in (SIGNED, OPEN):
        database.store.append(example.one_step(record))
    made = ArchiveThread(database)
    made.start()
    yield made
    made.close()


def test_an_empty_search_lists_the_newest_as_they_were_seated(
    archive: ArchiveThread, answers: Answers
) -> None:
    archive.find("", answers)
    found = answers.next()
    assert isinstance(found, SessionsFound)
    assert (found.text, found.failure) == ("", None)
    assert [each.session for each in found.sessions] == [OPEN[0].session, SIGNED[0].session]
    offset = found.sessions[0].offset_minutes
    assert found.sessions[0] == FoundSession(
        session=OPEN[0].session,
        chair=2,
        patient_name="Bea Straße",
        birth_date="1980-02-29",
        clinic_number=None,
        seated_at_ms=OPEN[0].taken_at_ms,
        offset_minutes=offset,
        phase="seated",
        is_simulated=True,
    )


def test_a_search_answers_with_what_it_was_asked(archive: ArchiveThread, answers: Answers) -> None:
    for text in ("straße", "a-17", "nobody"):
        archive.find(text, answers)
    found = [answers.next() for _ in range(3)]
    assert [(each.text, len(each.sessions)) for each in found if isinstance(each, SessionsFound)] == [
        ("straße", 1),
        ("a-17", 1),
        ("nobody", 0),
    ]


def test_a_record_comes_whole(archive: ArchiveThread, answers: Answers) -> None:
    archive.load(SIGNED[0].session, answers)
    assert answers.next() == RecordLoaded(session=SIGNED[0].session, record=SIGNED)


def test_answers_come_from_one_thread_that_is_not_the_askers(
    archive: ArchiveThread, answers: Answers
) -> None:
    archive.find("", answers)
    archive.load(OPEN[0].session, answers)
    archive.close()
    assert len(answers.threads) == 1
    assert threading.get_ident() not in answers.threads


def test_a_record_that_cannot_be_shown_is_said_in_a_sentence(
    archive: ArchiveThread, database: Database, answers: Answers
) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_updated")
        connection.execute("UPDATE entry SET station = 'elsewhere' WHERE sequence = 3")
        connection.commit()
    archive.load("nowhere", answers)
    archive.load(SIGNED[0].session, answers)
    unknown, damaged = answers.next(), answers.next()
    assert unknown == RecordLoaded(session="nowhere", failure="There is no session nowhere in this database.")
    assert isinstance(damaged, RecordLoaded)
    assert damaged.record == ()
    assert "does not match its hash" in str(damaged.failure)


def test_a_list_that_cannot_be_read_is_said_in_a_sentence(
    archive: ArchiveThread, database: Database, answers: Answers
) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("ALTER TABLE session RENAME TO gone")
        connection.commit()
    archive.find("Ng", answers)
    found = answers.next()
    assert isinstance(found, SessionsFound)
    assert (found.text, found.sessions) == ("Ng", ())
    assert str(found.failure).endswith(".")


def defective(_: object) -> None:
    raise ZeroDivisionError


def test_a_defective_sink_does_not_end_the_answers(
    archive: ArchiveThread, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    archive.find("Ng", defective)
    archive.find("", answers)
    assert isinstance(answers.next(), SessionsFound)
    assert "was not answered" in caplog.text


def test_the_end_waits_for_what_was_asked(archive: ArchiveThread, answers: Answers) -> None:
    for _ in range(20):
        archive.load(SIGNED[0].session, answers)
    archive.close()
    assert answers.count == 20
    assert "vigil-archive" not in {thread.name for thread in threading.enumerate()}


def test_one_that_never_began_can_be_ended(database: Database) -> None:
    ArchiveThread(database).close()


def block(session: str) -> TrendBlock:
    samples = tuple(
        TrendSample(
            at_ms=1_767_603_600_000 + second * 1000,
            quantity=Quantity.SPO2,
            value=97,
            quality=Quality.GOOD,
            port="serial:COM3",
        )
        for second in range(3)
    )
    return sealed(session, TrendHead(), samples)


def test_a_record_comes_with_its_continuous_values(
    archive: ArchiveThread, answers: Answers, database: Database
) -> None:
    session = OPEN[0].session
    database.store.append(Step(number=9, entries=(), blocks=(block(session),)))
    archive.load(session, answers)
    loaded = answers.next()
    assert isinstance(loaded, RecordLoaded)
    assert loaded.trend == block(session).samples
    archive.load(SIGNED[0].session, answers)
    other = answers.next()
    assert isinstance(other, RecordLoaded)
    assert (other.trend, other.trend_failure) == ((), None)


def test_damaged_continuous_values_never_hide_the_record(
    archive: ArchiveThread, answers: Answers, database: Database, path: Path
) -> None:
    session = OPEN[0].session
    database.store.append(Step(number=9, entries=(), blocks=(block(session),)))
    with closing(sqlite3.connect(path)) as other:
        for (trigger,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {trigger}")
        other.execute("UPDATE trend SET samples = replace(samples, '97', '98')")
        other.commit()
    archive.load(session, answers)
    loaded = answers.next()
    assert isinstance(loaded, RecordLoaded)
    assert loaded.record == OPEN
    assert loaded.trend == ()
    assert "does not match its hash" in str(loaded.trend_failure)
