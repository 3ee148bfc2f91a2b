"""Blocks of continuous values on the disk: append and load. Rows never leave this module."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from db.mapping import Row
from db.schema import TREND
from monitor import codec
from monitor.errors import DamagedRecord
from monitor.trend import TrendBlock, check_trend

_ADD_BLOCKS = insert(TREND)
_INTEGERS = ("number", "from_ms", "until_ms")


def append_blocks(connection: Connection, blocks: Sequence[TrendBlock]) -> None:
    """Add the blocks that are not there yet; one already there must be the same.

    Raises:
        DamagedRecord: another block stands in its place: another process wrote to this session.
    """
    fresh = []
    for block in blocks:
        place = (TREND.c.session == block.session) & (TREND.c.number == block.number)
        stored = connection.execute(select(TREND.c.hash).where(place)).scalar_one_or_none()
        if stored is None:
            fresh.append(_row_of(block))
        elif stored != block.hash:
            raise DamagedRecord(
                f"Trend block {block.number} of session {block.session} already stands with other values."
            )
    if fresh:
        connection.execute(_ADD_BLOCKS, fresh)


def trend_rows(connection: Connection, session: str) -> list[Row]:
    """The rows of a session's blocks, unchecked."""
    query = select(TREND).where(TREND.c.session == session).order_by(TREND.c.number)
    return [dict(row) for row in connection.execute(query).mappings()]


def blocks_of(session: str, rows: Sequence[Row]) -> tuple[TrendBlock, ...]:
    """Rebuild a session's blocks and check their chain; raises DamagedRecord."""
    blocks = tuple(_block_of(row) for row in rows)
    check_trend(session, blocks)
    return blocks


def _row_of(block: TrendBlock) -> dict[str, object]:
    return {
        "session": block.session,
        "number": block.number,
        "from_ms": block.from_ms,
        "until_ms": block.until_ms,
        "samples": codec.canonical_json(block.to_plain()["samples"]),
        "previous": block.previous,
        "hash": block.hash,
    }


def _block_of(row: Row) -> TrendBlock:
    if any(type(row[name]) is not int for name in _INTEGERS) or type(row["samples"]) is not str:
        raise DamagedRecord("a trend block has a column of another type")
    block = TrendBlock.from_plain({**row, "samples": codec.parse_canonical(row["samples"])})
    if _row_of(block) != dict(row):
        raise DamagedRecord(f"trend block {block.number} is not stored as Vigil writes it")
    return block
