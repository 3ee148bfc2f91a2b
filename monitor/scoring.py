"""The `score` command: a table of readings in, the judge's flag changes out, one JSON object a change.

No device, screen or database. The start gate is not scored, nobody answers, and no time passes after the last
row: the end of the file tells nothing.
"""

import csv
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO, cast

from monitor.bands import Values
from monitor.clock import MS_PER_MINUTE
from monitor.errors import UsersError
from monitor.flags import FlagChange
from monitor.judge import judge
from monitor.observations import Determination
from monitor.plausibility import BlockReason, blocked
from monitor.policy import Policy
from monitor.policy_file import load_policy
from monitor.vitals import Quantity, Vitals

COLUMNS = ("minute", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm", "spo2_percent")
_COLUMN_OF = dict(
    zip((Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.HEART_RATE, Quantity.SPO2), COLUMNS[1:], strict=True)
)
_WHOLE = re.compile(r"-?[0-9]{1,6}")
_REFUSED_EXIT = 2


class ReadingsRefused(UsersError):
    """The table of readings cannot be used; its maker corrects it. Lines count from 1, the header."""

    def __init__(self, filename: str, line: int, column: str, reason: str) -> None:
        super().__init__(
            f"{filename}, line {line}, column {column}: {reason}. Correct the file and try again."
        )
        self.line = line
        self.column = column


def score(policy: Policy, csv_text: str, filename: str) -> Iterator[dict[str, Any]]:
    """Judge a table of readings.

    Args:
        policy: the limits.
        csv_text: the columns of `COLUMNS`, in any order; whole numbers or empty; minutes strictly ascending,
            negative before the infusion.
        filename: for messages.

    Yields:
        Each change as `minute`, `condition`, `quantity`, `level`, `state`, `value`, `limit`, `policy`.

    Raises:
        ReadingsRefused: before the first change, naming line and column.
    """
    rows = list(_rows(policy, csv_text, filename))
    end_ms = rows[-1].at_ms if rows else 0
    for change in judge(policy, _baseline(rows, policy), rows, (), end_ms):
        yield _as_json(change, policy)


def run_score(policy_path: Path, readings_path: Path, out: TextIO, err: TextIO) -> int:
    """Run the command: changes to `out`, or a sentence to `err` and exit status 2."""
    try:
        policy = load_policy(_text_of(policy_path), policy_path.name)
        out.writelines(
            json.dumps(change) + "\n" for change in score(policy, _text_of(readings_path), readings_path.name)
        )
    except UsersError as error:
        err.write(f"{error}\n")
        return _REFUSED_EXIT
    return 0


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsersError(f"{path} cannot be read: {error.strerror}. Name a file that can.") from error
    except UnicodeDecodeError as error:
        raise UsersError(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.") from error


def _rows(policy: Policy, csv_text: str, filename: str) -> Iterator[Determination]:
    lines = csv.reader(csv_text.removeprefix("\ufeff").splitlines(), strict=True)
    try:
        header = _header(next(lines, []), filename)
        last_minute: int | None = None
        for cells in lines:
            if not cells:
                continue
            row = _Row(filename, lines.line_num, header, cells)
            minute = row.minute(last_minute)
            last_minute = minute
            at_ms = minute * MS_PER_MINUTE
            values = row.vitals(policy).by_quantity()
            yield Determination(key=lines.line_num, at_ms=at_ms, begun_ms=at_ms, values=values)
    except csv.Error as error:
        raise ReadingsRefused(
            filename, lines.line_num, COLUMNS[0], f"not readable as CSV: {error}"
        ) from error


def _header(cells: list[str], filename: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    for column in COLUMNS:
        if names.count(column) != 1:
            found = "missing" if column not in names else "there twice"
            reason = f"the column is {found}; a comma stands between columns"
            raise ReadingsRefused(filename, 1, column, reason)
    for name in names:
        if name not in COLUMNS:
            raise ReadingsRefused(
                filename, 1, name or "without a name", "the column is not one that is scored"
            )
    return names


class _Row:
    """One line of the table, read strictly."""

    def __init__(self, filename: str, line: int, header: list[str], cells: list[str]) -> None:
        self._filename = filename
        self._line = line
        if len(cells) != len(header):
            column = header[min(len(cells), len(header) - 1)]
            raise self._refused(column, f"{len(cells)} values stand in {len(header)} columns")
        self._cells = dict(zip(header, cells, strict=True))

    def minute(self, after: int | None) -> int:
        """Return the row's minute, which must lie after the last row's."""
        minute = self._number(COLUMNS[0])
        if minute is None:
            raise self._refused(COLUMNS[0], "the minute is missing")
        if after is not None and minute <= after:
            raise self._refused(COLUMNS[0], f"minute {minute} does not lie after minute {after}")
        return minute

    def vitals(self, policy: Policy) -> Vitals:
        """Return the row's values, none of which may be impossible."""
        systolic, diastolic, rate, spo2 = map(self._number, COLUMNS[1:])
        vitals = Vitals(
            systolic_mmhg=systolic, diastolic_mmhg=diastolic, heart_rate_bpm=rate, spo2_percent=spo2
        )
        for found in blocked(vitals, policy):
            relation = {
                BlockReason.TOO_LOW: f"lies below {found.limit}",
                BlockReason.TOO_HIGH: f"lies above {found.limit}",
                BlockReason.TOP_NOT_ABOVE_BOTTOM: f"does not lie above the diastolic {found.limit}",
            }[found.reason]
            raise self._refused(_COLUMN_OF[found.quantity], f"{found.value} {relation} and cannot be")
        return vitals

    def _number(self, column: str) -> int | None:
        text = self._cells[column].strip()
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise self._refused(column, f"{text[:20]!r} is not a whole number")
        return int(text)

    def _refused(self, column: str, reason: str) -> ReadingsRefused:
        return ReadingsRefused(self._filename, self._line, column, reason)


def _baseline(rows: list[Determination], policy: Policy) -> Values:
    """Take the exact mean of each quantity's last values before minute 0."""
    wanted = policy.baseline.sets
    means: dict[Quantity, Fraction] = {}
    for quantity in Quantity:
        values = [row.values[quantity] for row in rows if row.at_ms < 0 and quantity in row.values][-wanted:]
        if len(values) == wanted:
            means[quantity] = sum(values, Fraction(0)) / wanted
    return means


def _as_json(change: FlagChange, policy: Policy) -> dict[str, Any]:
    # A table has no symptoms and no failed attempts, so each change is about a measured value.
    measured = cast("Quantity", change.quantity)
    return {
        "minute": _json_number(Fraction(change.at_ms, MS_PER_MINUTE)),
        "condition": change.condition.value,
        "quantity": measured.value,
        "level": change.level.value,
        "state": change.state.value,
        "value": _json_number(cast("Fraction", change.value)),
        "limit": _json_number(cast("Fraction", change.limit)),
        "policy": policy.title,
    }


def _json_number(exact: Fraction) -> int | float:
    """Whole numbers stay whole; only a printed fraction becomes a float."""
    return exact.numerator if exact.denominator == 1 else float(exact)
