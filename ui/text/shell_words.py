"""What the window itself says: saving, closing, who charts, keys."""

from PySide6.QtCore import QCoreApplication

from monitor.settings import TextSize

translate = QCoreApplication.translate


def demo() -> str:
    """Mark a demonstration in the header."""
    return translate("shell", "DEMONSTRATION, nobody real")


def demo_short() -> str:
    """Say the same where the header has no room for it."""
    return translate("shell", "DEMO")


def tones_off() -> str:
    """Say that nothing sounds."""
    return translate("shell", "Tones off")


def all_saved(at: str) -> str:
    """Say that every commit returned: "All entries saved 10:42:02"."""
    if not at:
        return translate("shell", "All entries saved")
    return translate("shell", "All entries saved %1").replace("%1", at)


def saving(count: int) -> str:
    """Say that commits are on their way."""
    return translate("shell", "Saving %1").replace("%1", str(count))


def limits(title: str) -> str:
    """Name the limits of the next session."""
    return translate("shell", "limits %1").replace("%1", title)


def not_saved(count: int, reason: str) -> str:
    """Say what is not on the disk and why."""
    return translate("shell", "%1 not saved: %2").replace("%1", str(count)).replace("%2", reason)


def use_paper() -> str:
    """Say that nothing more can be kept."""
    return translate("shell", "Not saving: use paper")


def kept_in_memory() -> str:
    """Say where unsaved entries are."""
    return translate("shell", "Kept on this screen until then.")


def beside_not_saved(*, has_settings: bool) -> str:
    """Say that what stands beside the record is not on the disk."""
    return (
        translate("shell", "Settings not saved") if has_settings else translate("shell", "Drafts not saved")
    )


def beside_kept() -> str:
    """Say how long they hold all the same."""
    return translate("shell", "Charting goes on. They hold until Vigil closes.")


def try_again() -> str:
    """Button that saves again."""
    return translate("shell", "Try again")


def closing_unsaved(count: int) -> str:
    """Refuse to close while commits are on their way."""
    text = translate("shell", "Not closed: %1 not saved yet. Wait, or close and lose what is not saved.")
    return text.replace("%1", str(count))


def closing_beside(*, has_settings: bool) -> str:
    """Refuse to close while settings or drafts are not on the disk."""
    if has_settings:
        return translate(
            "shell", "Not closed: the settings are not saved. Try again with F5, or close and lose them."
        )
    return translate(
        "shell", "Not closed: what stands typed is not saved. Try again with F5, or close and lose it."
    )


def closing_typed(chairs: tuple[int, ...]) -> str:
    """Refuse to close while a set stands typed in a field."""
    listed = ", ".join(str(chair) for chair in chairs)
    text = translate("shell", "Not closed: a set stands typed and not entered in chair %1. A draft is kept.")
    return text.replace("%1", listed)


def stay() -> str:
    """Button that takes the close back."""
    return translate("shell", "Stay")


def close_anyway() -> str:
    """Button that closes all the same."""
    return translate("shell", "Close anyway")


def read() -> str:
    """Button that puts away what was said about the start."""
    return translate("shell", "Read")


def closing_name() -> str:
    """Name of that bar for a screen reader."""
    return translate("shell", "Closing refused")


def who_charts() -> str:
    """Title of the operator chooser."""
    return translate("shell", "Who charts?")


def first_operator() -> str:
    """Explain the chooser while no name is set up."""
    return translate("shell", "Nobody is set up yet. Type your name; it stands beside everything you chart.")


def choose_operator() -> str:
    """Header button while nobody is chosen."""
    return translate("shell", "Choose operator")


def change_operator() -> str:
    """Header button while somebody is."""
    return translate("shell", "Change")


def add_operator() -> str:
    """Button that adds a name."""
    return translate("shell", "Add a name")


def operator_name() -> str:
    """Caption of the field for a new name."""
    return translate("shell", "Name and role")


def operator_taken() -> str:
    """Refuse a name that is set up already."""
    return translate("shell", "This name is in the list already. Choose it there.")


def name_needed() -> str:
    """Refuse an empty name."""
    return translate("shell", "Type a name, then Enter.")


def not_authenticated() -> str:
    """Say what choosing a name is not."""
    return translate("shell", "Chosen, not checked by a password.")


def keep() -> str:
    """Button that leaves everything as it is."""
    return translate("shell", "Close")


def charting_now(name: str) -> str:
    """Confirm who charts."""
    return translate("shell", "%1 charts now").replace("%1", name)


def keys_title() -> str:
    """Title of the key overlay."""
    return translate("shell", "Keys on this screen")


def keys_everywhere() -> str:
    """Title of the part that holds on every screen."""
    return translate("shell", "Everywhere")


def text_size(size: TextSize) -> str:
    """Say how large words are now."""
    return translate("shell", "Text size %1 %").replace("%1", str(size.value))


def key_names() -> dict[str, str]:
    """Say what each key of the window does."""
    return {
        "Ctrl 1-9": translate("shell", "open that chair, from any field"),
        "* 1-9": translate("shell", "the same on the number pad"),
        "Ctrl O": translate("shell", "change who charts"),
        "A": translate("shell", "answer the flag on top"),
        "R": translate("shell", "time a repeat for the flag on top"),
        "Alt A": translate("shell", "answer the flag on top, from any field"),
        "Alt R": translate("shell", "time a repeat, from any field"),
        "Ctrl F": translate("shell", "find a past session"),
        "Ctrl ,": translate("shell", "settings"),
        "Ctrl D": translate("shell", "light, dark, dim"),
        "Ctrl + -": translate("shell", "larger or smaller text; Ctrl 0 as designed"),
        "F5": translate("shell", "try again to save"),
        "Esc": translate("shell", "board; drafts are kept"),
        "F1": translate("shell", "show or hide these keys"),
    }


def keys_hint() -> str:
    """Footer: what F1 does."""
    return translate("shell", "keys")


def window_title() -> str:
    """Title of the window for the system."""
    return "Vigil"


def no_such_chair(chair: int) -> str:
    """Say why a chair's key did nothing."""
    return translate("shell", "There is no chair %1").replace("%1", str(chair))
