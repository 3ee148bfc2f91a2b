"""Words of the monitor's page."""

from PySide6.QtCore import QCoreApplication

from monitor.feed import LinkState
from ui.text.formats import span

translate = QCoreApplication.translate

_MARKS = {
    0x0D: "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}",
    0x0A: "\N{DOWNWARDS ARROW}",
    0x20: "\N{OPEN BOX}",
}
_PRINTABLE = range(0x21, 0x7F)


def title(chair: int) -> str:
    """Name the page by its chair."""
    return translate("device", "Chair %1").replace("%1", str(chair))


def subtitle() -> str:
    """Say what of the chair this is."""
    return translate("device", "Monitor")


def monitor_of(chair: int) -> str:
    """Head the page."""
    return translate("device", "Monitor of chair %1").replace("%1", str(chair))


def no_monitor() -> str:
    """Say that the chair has none, and what to do."""
    return translate(
        "device", "No monitor is set up for this chair. Readings are typed. Press L to set one up."
    )


def port_taken(chair: int) -> str:
    """Refuse a port that is another chair's."""
    text = translate(
        "device", "This port is the monitor of chair %1. Choose another, or clear it there first."
    )
    return text.replace("%1", str(chair))


def port_twice() -> str:
    """Refuse one port for both monitors of a chair."""
    return translate("device", "This port is this chair's other monitor. Each monitor needs its own.")


def type_readings() -> str:
    """Say that charting does not wait for the wire."""
    return translate("device", "Type readings, the chart goes on.")


def state(value: LinkState) -> str:
    """Name a link's state."""
    return {
        LinkState.CONNECTING: translate("device", "Connecting"),
        LinkState.NEGOTIATING: translate("device", "Waiting for the monitor"),
        LinkState.CONNECTED: translate("device", "Linked"),
        LinkState.SILENT: translate("device", "Silent"),
        LinkState.LOST: translate("device", "Lost"),
    }[value]


def state_for(value: LinkState, seconds: float) -> str:
    """Name a state with how long it lasts: "Silent 4 min"."""
    return f"{state(value)} {span(seconds)}"


def link_life() -> str:
    """Head the link's life."""
    return translate("device", "Link life")


def linked_of(linked_s: float, whole_s: float) -> str:
    """Say how much of the time the link stood."""
    text = translate("device", "linked %1 of %2")
    return text.replace("%1", span(linked_s)).replace("%2", span(whole_s))


def last_changes() -> str:
    """Head the list of state changes for a screen reader."""
    return translate("device", "Changes of the link")


def counters() -> tuple[str, ...]:
    """Name the counters in their order."""
    return (
        translate("device", "Replies read"),
        translate("device", "Bad checksums"),
        translate("device", "Otherwise rejected"),
        translate("device", "Counts as silent"),
        translate("device", "Resyncs"),
        translate("device", "Not answered"),
        translate("device", "Slowest reply"),
        translate("device", "Links lost"),
        translate("device", "Hung up"),
    )


def quiet_time(value_s: float | None) -> str:
    """Write how long a monitor may be quiet."""
    return "\N{EN DASH}" if value_s is None else translate("device", "%1 s").replace("%1", f"{value_s:g}")


def milliseconds(value: int | None) -> str:
    """Write a time on the wire."""
    return "\N{EN DASH}" if value is None else translate("device", "%1 ms").replace("%1", str(value))


def grouped(value: int) -> str:
    """Write a count in groups of three."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def last_lines() -> str:
    """Head the raw lines."""
    return translate("device", "Last raw lines")


def as_on_wire() -> str:
    """Explain the raw lines."""
    return translate("device", "as on the wire, newest below")


def line_end() -> str:
    """Explain the marks in raw lines."""
    return translate(
        "device",
        "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS} is the end of line (0D), \N{OPEN BOX} a space (20); other "
        "unprintable bytes stand as two digits. Times are when the bytes crossed.",
    )


def direction(*, is_sent: bool) -> str:
    """Say which way a line went."""
    return translate("device", "out") if is_sent else translate("device", "in")


def raw(data: bytes) -> str:
    """Write bytes so that each can be seen."""
    return "".join(
        chr(byte) if byte in _PRINTABLE else _MARKS.get(byte, f"\N{MIDDLE DOT}{byte:02X}") for byte in data
    )


def nothing_charted() -> str:
    """Say that this page is not the record."""
    return translate("device", "Nothing on this page is charted.")


def set_up_of(title_text: str) -> str:
    """Head what must be set on the monitor."""
    return translate("device", "Set up: %1").replace("%1", title_text)


def listening_at(port: str) -> str:
    """Say where a monitor that calls by itself is to call."""
    text = translate(
        "device", "Vigil waits to be called: give the monitor this computer's address and port %1."
    )
    return text.replace("%1", port)


def programs_not_taken() -> str:
    """Say whose calls are closed at once."""
    return translate("device", "A program on this computer that calls is sent away: it is no monitor.")


def record() -> str:
    """Button that begins to record raw traffic."""
    return translate("device", "Record raw traffic")


def stop_recording() -> str:
    """Button that ends it."""
    return translate("device", "Stop recording")


def recording_to(path: str) -> str:
    """Say that raw traffic is recorded, and where."""
    return translate("device", "Recording raw traffic to %1").replace("%1", path)


def recorded_to(path: str) -> str:
    """Say where a recording that ended is."""
    return translate("device", "Recorded to %1").replace("%1", path)


def use_port(port: str) -> str:
    """Button that confirms a monitor at another port."""
    return translate("device", "It is this chair's monitor: use %1").replace("%1", port)


def port_used(port: str) -> str:
    """Say that a monitor is read at another port from now on."""
    return translate("device", "This chair's monitor is now at %1").replace("%1", port)


def save_support() -> str:
    """Button that saves a file for whoever helps."""
    return translate("device", "Save for support")


def support_saved(path: str) -> str:
    """Say where it is and what is not in it."""
    return translate("device", "Saved to %1. No patient's data is in it.").replace("%1", path)


def freeze() -> str:
    """Button that holds the lines still."""
    return translate("device", "Freeze")


def thaw() -> str:
    """Button that lets the lines go on."""
    return translate("device", "Go on")


def copy() -> str:
    """Button that copies the lines."""
    return translate("device", "Copy")


def copied() -> str:
    """Say that the lines are copied."""
    return translate("device", "Copied.")


def line_settings() -> str:
    """Button that leads to the settings."""
    return translate("device", "Line settings")


def chair(number: int) -> str:
    """Where Escape leads."""
    return translate("device", "Chair %1").replace("%1", str(number))


def simulated() -> str:
    """Say that the source can only be simulated."""
    return translate("device", "simulated")
