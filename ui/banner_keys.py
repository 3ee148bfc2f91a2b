"""Which keys lead to a flag's chair from the page in sight. Letters and digits belong to a field in use."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.flag_rows import FlagRow
from ui.routes import Route, ToChair

CHAIRS_WITH_A_KEY = range(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerKeys:
    """Which keys lead to a row's chair on the page in sight; "" where only the pointer does."""

    answer: str
    repeat: str
    open: str


def first_unanswered(rows: Sequence[FlagRow]) -> int | None:
    """The chair whose flag waits longest at the highest level, None when all are answered."""
    return next((row.chair for row in rows if not row.is_answered), None)


def banner_keys(row: FlagRow, rows: Sequence[FlagRow], route: Route, *, has_field: bool) -> BannerKeys:
    """Tell the keys of `row`.

    Args:
        row: one of `rows`.
        rows: all of the banner, in order.
        route: to the page in sight.
        has_field: whether a field there has the keyboard.
    """
    is_own = isinstance(route, ToChair) and route.chair == row.chair
    is_typing = has_field or isinstance(route, ToChair)
    held = "" if is_own or not is_typing else "Alt "
    is_answered_here = is_own or row.chair == first_unanswered(rows)
    is_repeated_here = is_own or row.chair == rows[0].chair
    digit = str(row.chair) if row.chair in CHAIRS_WITH_A_KEY else ""
    return BannerKeys(
        answer=f"{held}A" if is_answered_here else "",
        repeat=f"{held}R" if is_repeated_here else "",
        open=f"Ctrl {digit}" if digit and is_typing else digit,
    )
