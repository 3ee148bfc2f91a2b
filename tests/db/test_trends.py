"""Continuous values on the disk: kept as they came, never changed, and every change of the file is seen."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from db.opening import open_database
from db.schema import TRIGGERS
from db.verify import run_verify
from monitor import bodies
from monitor.errors import DamagedRecord
from monitor.ports import Step
from monitor.record import head
from monitor.trend import TrendBlock, TrendHead, TrendSample, head_of, sealed
from monitor.vitals import Quality, Quantity
from tests.db import example

if TYPE_CHECKING:
    from pathlib import Path

    from db.opening import Database

RECORD = example.record_of()
SESSION = RECORD[0].session


def chain(count: int, *, value: int = 97) -> tuple[TrendBlock, ...]:
    blocks: tuple[TrendBlock, ...] = ()
    for number in range(count):
        samples = [
            TrendSample(
                at_ms=number * 10_000 + second * 1000,
                quantity=Quantity.SPO2,
                value=value,
                quality=Quality.GOOD,
                port="serial:/dev/ttyUSB1",
            )
            for second in range(10)
        ]
        blocks += (sealed(SESSION, head_of(blocks), samples),)
    return blocks


def keep(database: Database, blocks: tuple[TrendBlock, ...]) -> None:
    database.store.append(example.one_step(RECORD))
    for number, block in enumerate(blocks, start=2):
        database.store.append(Step(number=number, entries=(), blocks=(block,)))


def test_blocks_come_back_as_they_went_and_open_sessions_bring_theirs(path: Path) -> None:
    database = open_database(path)
    keep(database, chain(3))
    assert database.store.trend(SESSION) == chain(3)
    assert database.store.trend("nobody") == ()
    database.close()
    again = open_database(path)
    found = again.store.open_sessions()
    assert found.trends == {SESSION: chain(3)}
    again.close()


def test_a_block_sent_twice_is_kept_once_and_another_in_its_place_is_refused(database: Database) -> None:
    keep(database, chain(2))
    database.store.append(Step(number=9, entries=(), blocks=chain(2)))
    assert database.store.trend(SESSION) == chain(2)
    with pytest.raises(DamagedRecord, match="already stands with other values"):
        database.store.append(Step(number=10, entries=(), blocks=chain(1, value=96)))


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE trend SET samples = '[]'", "never changed"),
        ("DELETE FROM trend", "never deleted"),
        ("REPLACE INTO trend SELECT * FROM trend WHERE number = 1", "never replaced"),
        (
            "INSERT INTO trend SELECT session, number + 5, 0, 1, samples, previous, hash FROM trend",
            "follows the one before",
        ),
    ],
)
def test_no_client_changes_a_block(path: Path, database: Database, statement: str, why: str) -> None:
    keep(database, chain(2))
    with closing(sqlite3.connect(path)) as client, pytest.raises(sqlite3.IntegrityError, match=why):
        client.execute(statement)


def spoil(path: Path, statement: str) -> None:
    """Change the file as somebody would who takes the triggers off and puts them back."""
    with closing(sqlite3.connect(path)) as client:
        for name in TRIGGERS:
            client.execute(f"DROP TRIGGER {name}")
        client.execute(statement)
        for sql in TRIGGERS.values():
            client.execute(sql)
        client.commit()


def findings(path: Path) -> list[str | None]:
    out = StringIO()
    run_verify(path, {}, out)
    return [json.loads(line)["why"] for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trend SET samples = replace(samples, '97', '96') WHERE number = 2",
        "UPDATE trend SET from_ms = from_ms + 1 WHERE number = 2",
        "UPDATE trend SET samples = '[' || substr(samples, 2) || ' ' WHERE number = 1",
        "UPDATE trend SET hash = previous WHERE number = 3",
        "DELETE FROM trend WHERE number = 2",
        "UPDATE trend SET session = 'nobody'",
    ],
)
def test_verify_reports_a_changed_block(path: Path, statement: str) -> None:
    database = open_database(path)
    keep(database, chain(3))
    database.close()
    assert findings(path) == [None]
    spoil(path, statement)
    assert any(why is not None for why in findings(path))


@pytest.mark.parametrize("is_pinned", [True, False])
def test_verify_holds_a_signature_to_the_end_of_the_values(path: Path, *, is_pinned: bool) -> None:
    database = open_database(path)
    blocks = chain(2)
    pinned = blocks[-1].hash if is_pinned else TrendHead().hash
    unsigned = example.record_of(example.charted(120))
    body = bodies.Signed(meaning="complete", head=head(unsigned), trend_head=pinned)
    record = example.with_body(unsigned, body)
    database.store.append(Step(number=1, entries=record, blocks=blocks))
    database.close()
    why = f"the signature in entry {len(record)} is of other continuous values"
    assert findings(path) == [None if is_pinned else why]
