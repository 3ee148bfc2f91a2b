"""Words of the settings."""

from dataclasses import fields
from typing import Any

from PySide6.QtCore import QCoreApplication

from monitor.policy import Limit, Side
from monitor.settings import TextSize
from ui.text.flag_story import condition
from ui.text.flag_words import value_text
from ui.text.words import level_word

translate = QCoreApplication.translate

S_PER_MINUTE = 60


def title() -> str:
    """Name the page."""
    return translate("settings", "Settings")


def sections() -> tuple[str, ...]:
    """Name each section, in the order of its key."""
    return (
        translate("settings", "Clinic"),
        translate("settings", "Chairs"),
        translate("settings", "Operators"),
        translate("settings", "Appearance"),
        translate("settings", "Limits"),
    )


def section_hint() -> str:
    """What the digits do."""
    return translate("settings", "section")


def board() -> str:
    """Where Escape leads."""
    return translate("settings", "board")


def clinic_name() -> str:
    """Caption of the clinic's name."""
    return translate("settings", "Name of the clinic, printed on reports")


def enter_saves() -> str:
    """Say how a field is saved."""
    return translate("settings", "Enter saves.")


def saved() -> str:
    """Say that it was kept."""
    return translate("settings", "Saved.")


def chairs_remark() -> str:
    """Explain the chairs."""
    return translate(
        "settings",
        "Numbers are places and never change. A chair without a monitor is typed into; one with a cuff "
        "monitor and an oximeter has two. A port is serial:/dev/ttyUSB0, tcp:192.168.1.20:4001, "
        "rfc2217:192.168.1.20:4001 or tcp-listen:2575. Enter saves it, an empty one takes its monitor away.",
    )


def chair(number: int) -> str:
    """Name a chair."""
    return translate("settings", "Chair %1").replace("%1", str(number))


def kind() -> str:
    """Caption of what monitor it is."""
    return translate("settings", "Monitor")


def no_kind() -> str:
    """Stand where no monitor is chosen."""
    return translate("settings", "None chosen")


def kind_needed() -> str:
    """Ask for the monitor at a port."""
    return translate("settings", "Choose which monitor is at this port, then press Enter here.")


def port() -> str:
    """Caption of a monitor's port."""
    return translate("settings", "Port")


def port_of(chair_number: int, place: int, caption: str) -> str:
    """Accessible name of a field of a chair's first or second monitor."""
    second = translate("settings", "Chair %1, second monitor, %2")
    text = translate("settings", "Chair %1, %2") if place == 0 else second
    return text.replace("%1", str(chair_number)).replace("%2", caption)


def second_monitor() -> str:
    """Button for a second monitor at a chair."""
    return translate("settings", "Second monitor")


def remove_monitor() -> str:
    """Button that takes a chair's second monitor away."""
    return translate("settings", "Remove")


def monitor_removed() -> str:
    """Say that a monitor was taken away."""
    return translate("settings", "Saved. Vigil no longer reads that monitor.")


def find() -> str:
    """Button that looks for monitors."""
    return translate("settings", "Find my monitor")


def find_for(chair_number: int) -> str:
    """Accessible name of that button beside a chair."""
    return translate("settings", "Find a monitor for chair %1").replace("%1", str(chair_number))


def finding_for(chair_number: int) -> str:
    """Head the search."""
    return translate("settings", "Monitors found for chair %1").replace("%1", str(chair_number))


def finding_remark() -> str:
    """Explain the search."""
    return translate(
        "settings", "Free serial ports only; switch the monitor on. A monitor on the network is typed in."
    )


def no_free_ports() -> str:
    """Say that there is nothing to search."""
    return translate(
        "settings",
        "No free serial port was found. Plug the monitor's adapter in and search again, or type its port.",
    )


def searching(share: float) -> str:
    """Say how far the search of a port is."""
    return translate("settings", "searching, %1 %").replace("%1", str(round(share * 100)))


def found(title_text: str, line: str) -> str:
    """Name what speaks on a port."""
    text = translate("settings", "%1, %2")
    return text.replace("%1", title_text).replace("%2", line)


def search_stopped() -> str:
    """Say that a port was not searched to the end."""
    return translate("settings", "stopped")


def use_at(chair_number: int) -> str:
    """Button that gives a monitor that was found to a chair."""
    return translate("settings", "Use at chair %1").replace("%1", str(chair_number))


def use_named(title_text: str, chair_number: int) -> str:
    """Accessible name of that button."""
    text = translate("settings", "Use %1 at chair %2")
    return text.replace("%1", title_text).replace("%2", str(chair_number))


def stop_search() -> str:
    """Button that ends the search."""
    return translate("settings", "Stop")


def close_search() -> str:
    """Button that puts the search away."""
    return translate("settings", "Close")


def chair_is_full(number: int, most: int) -> str:
    """Refuse one monitor more."""
    text = translate("settings", "Chair %1 has %2 monitors already. Empty a port there first.")
    return text.replace("%1", str(number)).replace("%2", str(most))


def no_monitor() -> str:
    """Say that a chair has no monitor."""
    return translate("settings", "no monitor")


def add_chair() -> str:
    """Button for one more chair."""
    return translate("settings", "Add chair")


def remove_chair() -> str:
    """Button that takes the last chair away."""
    return translate("settings", "Remove last chair")


def no_more_chairs(most: int) -> str:
    """Refuse to add a chair."""
    return translate("settings", "%1 chairs are the most there can be.").replace("%1", str(most))


def one_chair_stays() -> str:
    """Refuse to remove the only chair."""
    return translate("settings", "The last chair stays: a clinic has one at least.")


def chair_is_taken(number: int) -> str:
    """Refuse to remove a chair that somebody sits in."""
    return translate("settings", "Somebody sits in chair %1.").replace("%1", str(number))


def monitor_takes_effect() -> str:
    """Say when a changed monitor is used."""
    return translate("settings", "Saved. Vigil connects to it now.")


def operators_remark() -> str:
    """Explain the operators."""
    return translate(
        "settings", "Chosen before charting, not authenticated. Names in records stay as they are."
    )


def operator_name() -> str:
    """Caption of the field for a new operator."""
    return translate("settings", "New operator's name")


def clinician() -> str:
    """Say that an operator is a clinician."""
    return translate("settings", "Clinician")


def remove(name: str) -> str:
    """Button that takes an operator off the list."""
    return translate("settings", "Remove %1").replace("%1", name)


def remove_short() -> str:
    """The same, where the name stands beside it."""
    return translate("settings", "Remove")


def is_clinician(name: str) -> str:
    """Accessible name of an operator's tick."""
    return translate("settings", "%1 is a clinician").replace("%1", name)


def add() -> str:
    """Button that adds."""
    return translate("settings", "Add")


def name_taken() -> str:
    """Refuse a name that is there already."""
    return translate("settings", "That name is on the list already.")


def name_needed() -> str:
    """Ask for a name."""
    return translate("settings", "Type a name first.")


def theme() -> str:
    """Caption of the theme."""
    return translate("settings", "Theme")


def themes() -> tuple[str, str, str]:
    """Name the themes: light, dark, dim."""
    return (translate("settings", "Light"), translate("settings", "Dark"), translate("settings", "Dim"))


def theme_remark() -> str:
    """Explain the themes."""
    return translate("settings", "Light for the office, dark and dim for treatment rooms. Changes at once.")


def text_size() -> str:
    """Caption of the text size."""
    return translate("settings", "Text size")


def text_sizes() -> tuple[str, ...]:
    """Name each text size in percent of the designed one."""
    return tuple(translate("settings", "%1 %").replace("%1", str(each.value)) for each in TextSize)


def text_size_hint() -> str:
    """Name the keys that change it anywhere."""
    return translate("settings", "Ctrl + and Ctrl - on every screen, Ctrl 0 for 100 %. Paper keeps its size.")


def motion() -> str:
    """Caption of motion."""
    return translate("settings", "Motion")


def motions() -> tuple[str, str]:
    """Name what may move: MOVES, STILL."""
    return (translate("settings", "Borders pulse"), translate("settings", "Nothing moves"))


def motion_hint() -> str:
    """Say what still tells a flag."""
    return translate(
        "settings", "A flag that nobody has answered stays filled, whether its border pulses or not."
    )


def limits_remark(title_text: str) -> str:
    """Explain the limits."""
    text = translate(
        "settings",
        "%1. Read only: limits are kept in a policy file. Highs include their limit, lows leave it out. "
        "Running sessions keep the limits they began under.",
    )
    return text.replace("%1", title_text)


def limit_columns() -> tuple[str, ...]:
    """Head the table of limits."""
    return (
        translate("settings", "Condition"),
        translate("settings", "Level"),
        translate("settings", "Limit"),
        translate("settings", "Source"),
    )


def limit_row(limit: Limit) -> tuple[str, str, str, str]:
    """Write one limit with its source line."""
    sign = {
        Side.AT_OR_ABOVE: "\N{GREATER-THAN OR EQUAL TO}",
        Side.RISE: "+",
        Side.BELOW: "<",
        Side.AT_OR_BELOW: "\N{LESS-THAN OR EQUAL TO}",
    }[limit.side]
    text = value_text(limit.quantity, None) or f"{_quantity(limit)} {sign} {limit.value}"
    if limit.percent is not None:
        joined = (
            translate("settings", "or %1%")
            if limit.side is Side.RISE
            else translate("settings", "and %1% under baseline")
        )
        text += " " + joined.replace("%1", str(limit.percent))
    if limit.baseline_at_least is not None:
        held = translate("settings", "if baseline is %1 or more")
        text += " " + held.replace("%1", str(limit.baseline_at_least))
    if limit.needs_repeat:
        text += translate("settings", ", after a repeat")
    return condition(limit.condition), level_word(limit.level), text, limit.source


def _quantity(limit: Limit) -> str:
    return _in_words(limit.quantity.value)


def rule_row(name: str, table: Any) -> tuple[str, str, str]:
    """Name a table of the policy; write each of its numbers with its unit; and its source."""
    numbers = [
        _number(each.name, getattr(table, each.name)) for each in fields(table) if each.name != "source"
    ]
    return _in_words(name).capitalize(), ", ".join(numbers), table.source


def _number(name: str, value: int) -> str:
    """Write a number of the policy by the unit at the end of its name: "first after 5 min"."""
    stem, _, unit = name.rpartition("_")
    if unit == "s" and value % S_PER_MINUTE == 0:
        value, unit = value // S_PER_MINUTE, "minutes"
    written = {
        "mmhg": translate("settings", "%1 mmHg"),
        "bpm": translate("settings", "%1 /min"),
        "percent": translate("settings", "%1 %"),
        "minutes": translate("settings", "%1 min"),
        "s": translate("settings", "%1 s"),
        "ms": translate("settings", "%1 ms"),
        "years": translate("settings", "%1 years"),
    }.get(unit)
    if written is None:
        return f"{_in_words(name)} {value}"
    return f"{_in_words(stem)} {written.replace('%1', str(value))}"


def _in_words(name: str) -> str:
    """Write a name of the policy as the ward does."""
    said = {"spo2": "SpO\N{SUBSCRIPT TWO}", "map": "MAP", "moaa_s": "MOAA/S"}.get(name)
    return said or " ".join("SpO\N{SUBSCRIPT TWO}" if word == "spo2" else word for word in name.split("_"))
