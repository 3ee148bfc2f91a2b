"""One chair as its page sees it: the running session, the time, and the one way to act."""

from datetime import UTC, datetime, timedelta

from monitor.bodies import Body
from monitor.clock import MS_PER_S, Instant
from monitor.entry_line import TimeOfDay
from monitor.outcome import Outcome
from monitor.schedule import Prompt, prompt
from monitor.session import Session
from monitor.view import SessionView
from ui.controller import ClinicController
from ui.flag_rows import names_in_chairs

_MS_PER_DAY = 24 * 60 * 60 * MS_PER_S


class Bedside:
    """Reads and acts on the chair that the page shows."""

    def __init__(self, controller: ClinicController, chair: int) -> None:
        self.controller = controller
        self.chair = chair

    @property
    def session(self) -> Session | None:
        """Who sits here."""
        return self.controller.session(self.chair)

    @property
    def view(self) -> SessionView | None:
        """What is known of whoever sits here; None for an empty chair."""
        return None if self.session is None else self.session.view

    @property
    def initials(self) -> str:
        """Initials of whoever sits here, told apart from the others' as on the board."""
        return names_in_chairs(self.controller).get(self.chair, "")

    def now_ms(self, view: SessionView) -> int:
        """The present on the session clock."""
        return view.clock_ms(self.controller.now())

    def prompt(self, view: SessionView) -> Prompt:
        """What is asked for now."""
        return prompt(view, self.now_ms(view))

    def age_s(self, view: SessionView, at_ms: int) -> float:
        """How old a moment of the session clock is."""
        return (self.now_ms(view) - at_ms) / MS_PER_S

    def act(self, body: Body, *, taken_at: TimeOfDay | None = None) -> Outcome:
        """Record `body`, at `taken_at` local time when given."""
        view = self.view
        taken_at_ms = None
        if view is not None and taken_at is not None:
            taken_at_ms = taken_ms(taken_at, view, self.controller.now())
        return self.controller.act(self.chair, body, taken_at_ms=taken_at_ms)


def taken_ms(typed: TimeOfDay, view: SessionView, now: Instant) -> int:
    """Return the UTC milliseconds meant by a local time of day.

    The newest such moment that is not still to come; so shortly after midnight 23:55 is yesterday's. A time
    ahead that yesterday cannot have been (nobody sat there) stays ahead, for the record to refuse. Minutes
    are typed, so the minute of being seated counts from that moment on, and the present one until now.
    """
    offset = timedelta(minutes=now.offset_minutes)
    local = datetime.fromtimestamp(now.utc_ms / MS_PER_S, UTC) + offset
    moment = local.replace(hour=typed.hour, minute=typed.minute, second=0, microsecond=0) - offset
    today_ms = round(moment.timestamp()) * MS_PER_S
    yesterday_ms = today_ms - _MS_PER_DAY
    seated_ms = view.seated_ms - view.correction_ms
    is_seated_minute = today_ms <= seated_ms < today_ms + 60 * MS_PER_S
    if today_ms <= now.utc_ms:
        return seated_ms if is_seated_minute else today_ms
    if yesterday_ms <= seated_ms < yesterday_ms + 60 * MS_PER_S:
        return seated_ms
    return yesterday_ms if yesterday_ms >= seated_ms else today_ms
