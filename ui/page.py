"""What the window needs of every page it shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """One screen between the header and the footer of the window.

    Emits `asked` with a value of `ui.routes` to go elsewhere, `titled` when its title, subtitle or keys
    changed, and `told` with a sentence for the window's toast line.
    """

    asked = Signal(object)
    titled = Signal()
    told = Signal(str)

    def title(self) -> str:
        """Name the page in the header: "Chair 1"."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """Say more beside the title: "Session"."""
        return ""

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List the keys that matter here, each with what it does: ("Esc", "board")."""
        return ()

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """List every key of this page for the F1 overlay; the footer's when nothing more is to be said."""
        return self.footer_keys()

    def shown(self) -> None:
        """Take the focus and refresh; called each time the page comes into sight."""

    def left(self) -> None:
        """Stop what only makes sense in sight; called when another page takes its place."""

    def follow(self, before: "Page") -> None:
        """Come to where `before`, a page of the same kind, stood; called when words changed their size."""

    def begin_answer(self) -> None:
        """Offer the answers to this chair's flags; only a chair's own page can."""

    def begin_repeat(self) -> None:
        """Start the timer for a repeat in this chair; only a chair's own page can."""
