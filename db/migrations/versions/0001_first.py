"""The first schema: the append-only record, drafts, settings, and the projections of session and reading."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TRIGGERS = (
    (
        "CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
    ),
    (
        "CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END"
    ),
    (
        "CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry "
        "WHEN EXISTS (SELECT 1 FROM entry WHERE session = NEW.session AND sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END"
    ),
    (
        "CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON entry "
        "WHEN NEW.sequence > 1 AND NOT EXISTS (SELECT 1 FROM entry WHERE session = NEW.session "
        "AND sequence = NEW.sequence - 1 AND hash = NEW.previous) "
        "BEGIN SELECT RAISE(ABORT, 'an entry follows the one before it'); END"
    ),
)


def upgrade() -> None:
    """Make every table, index and trigger."""
    _record()
    _beside_the_record()
    _projections()


def _record() -> None:
    op.create_table(
        "entry",
        sa.Column("session", sa.Text, primary_key=True, nullable=False),
        sa.Column("sequence", sa.Integer, primary_key=True, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("taken_at_ms", sa.Integer, nullable=False),
        sa.Column("recorded_at_ms", sa.Integer, nullable=False),
        sa.Column("offset_minutes", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("supersedes", sa.Integer),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("sequence >= 1", name="entry_sequence"),
        sa.CheckConstraint("length(session) > 0", name="entry_session"),
        sa.CheckConstraint("supersedes >= 1 AND supersedes < sequence", name="entry_supersedes"),
        sa.CheckConstraint("length(previous) = 64 AND length(hash) = 64", name="entry_hashes"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for trigger in _TRIGGERS:
        op.execute(trigger)


def _beside_the_record() -> None:
    op.create_table(
        "draft",
        sa.Column("chair", sa.Integer, primary_key=True, nullable=False),
        sa.Column("place", sa.Text, primary_key=True, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("typed_at_ms", sa.Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text, primary_key=True, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _projections() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("chair", sa.Integer, nullable=False),
        sa.Column("patient_name", sa.Text, nullable=False),
        sa.Column("birth_date", sa.Text, nullable=False),
        sa.Column("clinic_number", sa.Text),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("seated_at_ms", sa.Integer, nullable=False),
        sa.Column("started_at_ms", sa.Integer),
        sa.Column("ended_at_ms", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("is_simulated", sa.Integer, nullable=False),
        sa.Column("peak_systolic_mmhg", sa.Integer),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.CheckConstraint("is_simulated IN (0, 1)", name="session_is_simulated"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("session_by_time", "session", ["seated_at_ms", "id"])
    op.create_index("session_by_state", "session", ["state"])
    op.create_table(
        "reading",
        sa.Column("session", sa.Text, sa.ForeignKey("session.id"), primary_key=True, nullable=False),
        sa.Column("sequence", sa.Integer, primary_key=True, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("quality", sa.Text, nullable=False),
        sa.Column("taken_at_ms", sa.Integer, nullable=False),
        sa.Column("systolic_mmhg", sa.Integer),
        sa.Column("diastolic_mmhg", sa.Integer),
        sa.Column("map_mmhg", sa.Integer),
        sa.Column("heart_rate_bpm", sa.Integer),
        sa.Column("pulse_rate_bpm", sa.Integer),
        sa.Column("spo2_percent", sa.Integer),
        sa.Column("respiratory_rate_bpm", sa.Integer),
        sa.Column("moaa_s", sa.Integer),
        sa.Column("oxygen_l_per_min", sa.Text),
        sa.CheckConstraint(
            "status IN ('charted', 'captured', 'rejected', 'amended', 'withdrawn')", name="reading_status"
        ),
        sa.CheckConstraint("source IN ('typed', 'monitor', 'moved')", name="reading_source"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
