"""The tables: the append-only record, what may change beside it, and typed projections for users of SQL.

STRICT tables refuse a word in a number's place. Times are integer UTC milliseconds. `db/migrations` makes
these tables; a test holds the two equal.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, Table, Text

APPLICATION_ID = 0x56494731  # "VIG1"
SCHEMA_VERSION = 2

METADATA = MetaData()

_Milliseconds = BigInteger().with_variant(Integer, "sqlite")  # STRICT knows INTEGER, not BIGINT

# No rowid: each entry is stored once, under its key, so no index can disagree with it.
ENTRY = Table(
    "entry",
    METADATA,
    Column("session", Text, primary_key=True, nullable=False),
    Column("sequence", Integer, primary_key=True, nullable=False),
    Column("kind", Text, nullable=False),
    Column("taken_at_ms", _Milliseconds, nullable=False),
    Column("recorded_at_ms", _Milliseconds, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("supersedes", Integer),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("sequence >= 1", name="entry_sequence"),
    CheckConstraint("length(session) > 0", name="entry_session"),
    CheckConstraint("supersedes >= 1 AND supersedes < sequence", name="entry_supersedes"),
    CheckConstraint("length(previous) = 64 AND length(hash) = 64", name="entry_hashes"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Continuous values in blocks of some seconds; `samples` is canonical JSON.
TREND = Table(
    "trend",
    METADATA,
    Column("session", Text, primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, nullable=False),
    Column("from_ms", _Milliseconds, nullable=False),
    Column("until_ms", _Milliseconds, nullable=False),
    Column("samples", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("number >= 1", name="trend_number"),
    CheckConstraint("length(session) > 0", name="trend_session"),
    CheckConstraint("length(previous) = 64 AND length(hash) = 64", name="trend_hashes"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("chair", Integer, primary_key=True, nullable=False),
    Column("place", Text, primary_key=True, nullable=False),
    Column("session", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("typed_at_ms", _Milliseconds, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

SETTING = Table(
    "setting",
    METADATA,
    Column("name", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

SESSION = Table(
    "session",
    METADATA,
    Column("id", Text, primary_key=True, nullable=False),
    Column("chair", Integer, nullable=False),
    Column("patient_name", Text, nullable=False),
    Column("birth_date", Text, nullable=False),
    Column("clinic_number", Text),
    Column("search_text", Text, nullable=False),
    Column("seated_at_ms", _Milliseconds, nullable=False),
    Column("started_at_ms", _Milliseconds),
    Column("ended_at_ms", _Milliseconds),
    Column("state", Text, nullable=False),
    Column("is_simulated", Integer, nullable=False),
    Column("peak_systolic_mmhg", Integer),
    Column("entries", Integer, nullable=False),
    Column("head", Text, nullable=False),
    CheckConstraint("is_simulated IN (0, 1)", name="session_is_simulated"),
    Index("session_by_time", "seated_at_ms", "id"),
    Index("session_by_state", "state"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

READING = Table(
    "reading",
    METADATA,
    Column("session", Text, ForeignKey("session.id"), primary_key=True, nullable=False),
    Column("sequence", Integer, primary_key=True, nullable=False),
    Column("status", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("taken_at_ms", _Milliseconds, nullable=False),
    Column("systolic_mmhg", Integer),
    Column("diastolic_mmhg", Integer),
    Column("map_mmhg", Integer),
    Column("heart_rate_bpm", Integer),
    Column("pulse_rate_bpm", Integer),
    Column("spo2_percent", Integer),
    Column("respiratory_rate_bpm", Integer),
    Column("moaa_s", Integer),
    Column("oxygen_l_per_min", Text),
    CheckConstraint(
        "status IN ('charted', 'captured', 'rejected', 'amended', 'withdrawn')", name="reading_status"
    ),
    CheckConstraint("source IN ('typed', 'monitor', 'moved')", name="reading_source"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

# Recreated by any migration that rebuilds `entry`, and compared word for word at each start. Those on INSERT
# stop REPLACE from a client that left recursive_triggers off, and an entry that does not follow the last.
TRIGGERS = {
    "entry_is_never_updated": (
        "CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END"
    ),
    "entry_is_never_deleted": (
        "CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END"
    ),
    "entry_is_never_replaced": (
        "CREATE TRIGGER entry_is_never_replaced BEFORE INSERT ON entry "
        "WHEN EXISTS (SELECT 1 FROM entry WHERE session = NEW.session AND sequence = NEW.sequence) "
        "BEGIN SELECT RAISE(ABORT, 'an entry is never replaced'); END"
    ),
    "entry_follows_the_last": (
        "CREATE TRIGGER entry_follows_the_last BEFORE INSERT ON entry "
        "WHEN NEW.sequence > 1 AND NOT EXISTS (SELECT 1 FROM entry WHERE session = NEW.session "
        "AND sequence = NEW.sequence - 1 AND hash = NEW.previous) "
        "BEGIN SELECT RAISE(ABORT, 'an entry follows the one before it'); END"
    ),
    "trend_is_never_updated": (
        "CREATE TRIGGER trend_is_never_updated BEFORE UPDATE ON trend "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never changed'); END"
    ),
    "trend_is_never_deleted": (
        "CREATE TRIGGER trend_is_never_deleted BEFORE DELETE ON trend "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never deleted'); END"
    ),
    "trend_is_never_replaced": (
        "CREATE TRIGGER trend_is_never_replaced BEFORE INSERT ON trend "
        "WHEN EXISTS (SELECT 1 FROM trend WHERE session = NEW.session AND number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'a trend block is never replaced'); END"
    ),
    "trend_follows_the_last": (
        "CREATE TRIGGER trend_follows_the_last BEFORE INSERT ON trend "
        "WHEN NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM trend WHERE session = NEW.session "
        "AND number = NEW.number - 1 AND hash = NEW.previous) "
        "BEGIN SELECT RAISE(ABORT, 'a trend block follows the one before it'); END"
    ),
}
