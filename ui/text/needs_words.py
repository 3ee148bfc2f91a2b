"""What of a session still needs someone, a line each."""

from PySide6.QtCore import QCoreApplication

from monitor.needs import Need, NeedKind
from monitor.view import SessionView
from ui.text import happened
from ui.text.flag_story import flag_title
from ui.text.formats import clock
from ui.text.summary_parts import filled, reading_pressure

translate = QCoreApplication.translate


def need(view: SessionView, found: Need) -> str:
    """Say what needs someone, in a line."""
    begun, until = clock(view.wall(found.from_ms)), clock(view.wall(found.until_ms))
    flag = "" if found.flag is None else flag_title(view, found.flag)
    value = "" if found.reading is None else reading_pressure(found.reading)
    effect = "" if found.effect is None else happened.effect(found.effect.effect)
    return {
        NeedKind.NOT_SIGNED: translate("summary", "Record not signed"),
        NeedKind.FLAG_OPEN: filled(translate("summary", "Flag still open: %1"), flag),
        NeedKind.FLAG_UNANSWERED: filled(translate("summary", "Flag never answered: %1"), flag),
        NeedKind.CAPTURED: filled(translate("summary", "Captured %1 at %2, not accepted"), value, begun),
        NeedKind.SET_LATE: filled(translate("summary", "Set due %1 taken %2, no reason given"), begun, until),
        NeedKind.SET_MISSED: filled(translate("summary", "Set due %1 not taken by %2"), begun, until),
        NeedKind.EFFECT_OPEN: filled(translate("summary", "%1 since %2, not ended"), effect, begun),
    }[found.kind]


def needs_title() -> str:
    """Head the list of what needs someone."""
    return translate("summary", "Needs someone")


def nothing() -> str:
    """Say that nobody is needed."""
    return translate("summary", "nothing")
