"""Blocks of a monitor's continuous values, append-only and chained, beside the record."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TRIGGERS = (
    (
        "CREATE TRIGGER trend_is_never_updated BEFORE UPDATE ON trend "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never changed'); END"
    ),
    (
        "CREATE TRIGGER trend_is_never_deleted BEFORE DELETE ON trend "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never deleted'); END"
    ),
    (
        "CREATE TRIGGER trend_is_never_replaced BEFORE INSERT ON trend "
        "WHEN EXISTS (SELECT 1 FROM trend WHERE session = NEW.session AND number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never replaced'); END"
    ),
    (
        "CREATE TRIGGER trend_follows_the_last BEFORE INSERT ON trend "
        "WHEN NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM trend WHERE session = NEW.session "
        "AND number = NEW.number - 1 AND hash = NEW.previous) "
        "BEGIN SELECT RAISE(ABORT, 'a trend block follows the one before it'); END"
    ),
)


def upgrade() -> None:
    """Make the table and its triggers."""
    op.create_table(
        "trend",
        sa.Column("session", sa.Text, primary_key=True, nullable=False),
        sa.Column("number", sa.Integer, primary_key=True, nullable=False),
        sa.Column("from_ms", sa.Integer, nullable=False),
        sa.Column("until_ms", sa.Integer, nullable=False),
        sa.Column("samples", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("number >= 1", name="trend_number"),
        sa.CheckConstraint("length(session) > 0", name="trend_session"),
        sa.CheckConstraint("length(previous) = 64 AND length(hash) = 64", name="trend_hashes"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)
