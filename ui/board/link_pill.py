"""How a chair's monitor is doing, as a pill: words and a dot, never a colour."""

from monitor.clock import MS_PER_S, Instant
from monitor.feed import LinkState
from monitor.wire import Wire
from ui.text import board_words, formats
from ui.widgets.badges import Pill
from ui.widgets.shapes import Shape


def show_link(pill: Pill, wire: Wire, now: Instant, *, has_monitor: bool, is_empty: bool) -> None:
    """Say on `pill` what is known of the link at `now`."""
    link, name = wire.link, board_words.monitor_name(wire)
    if link is None:
        words = board_words.no_monitor() if is_empty else board_words.typed_only()
        if has_monitor:
            words = board_words.monitor_connecting(name)
        pill.show_status(words, shape=Shape.RING)
        return
    span = formats.span((now.utc_ms - link.at.utc_ms) / MS_PER_S)
    if link.state is LinkState.CONNECTED:
        newest = max((each.received_at.utc_ms for each in wire.live), default=None)
        text = board_words.monitor_linked(name)
        if newest is not None:
            text = board_words.monitor_messages(name, formats.span((now.utc_ms - newest) / MS_PER_S))
        pill.show_status(text, shape=Shape.DOT)
    elif link.state is LinkState.CONNECTING:
        pill.show_status(board_words.monitor_connecting(name), shape=Shape.RING)
    elif link.state is LinkState.NEGOTIATING:
        pill.show_status(board_words.monitor_waiting(name), shape=Shape.RING)
    else:
        is_silent = link.state is LinkState.SILENT
        text = (board_words.monitor_silent if is_silent else board_words.monitor_lost)(name, span)
        pill.show_status(text, shape=Shape.STRUCK_RING, is_strong=True)
    pill.setToolTip(link.reason)
