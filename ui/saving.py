"""What the footer and the inverted bar say about saving. "Saved" only after every commit returned."""

from dataclasses import dataclass

from monitor.clinic import Saving
from monitor.policy import Policy
from ui.controller import ClinicController
from ui.text import shell_words

ENTRY = "entry"  # the place of the drafts that hold a typed set


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingStatus:
    """What to say: always the footer's words, and a bar when somebody must know."""

    footer: str
    lead: str = ""
    text: str = ""

    @property
    def is_failing(self) -> bool:
        """Whether the bar is to be shown."""
        return bool(self.lead)


def saving_status(saving: Saving, policy: Policy, saved_at: str) -> SavingStatus:
    """Word how saving goes; `saved_at` is the wall time of the last moment at which nothing waited."""
    waiting = len(saving.unsaved)
    reason = saving.failure or ""
    if saving.is_dead or waiting >= policy.entry.use_paper_at_waiting_steps:
        text = shell_words.not_saved(waiting, reason) if reason else shell_words.saving(waiting)
        return SavingStatus(footer=shell_words.use_paper(), lead=shell_words.use_paper(), text=text)
    if waiting and saving.failure is not None:
        lead = shell_words.not_saved(waiting, "").rstrip(" :")
        return SavingStatus(footer=lead, lead=lead, text=f"{saving.failure} {shell_words.kept_in_memory()}")
    if waiting:
        return SavingStatus(footer=shell_words.saving(waiting))
    if saving.beside is not None:
        lead = shell_words.beside_not_saved(has_settings=saving.beside.has_settings)
        text = f"{saving.beside.reason} {shell_words.beside_kept()}"
        return SavingStatus(footer=lead, lead=lead, text=text)
    return SavingStatus(footer=shell_words.all_saved(saved_at))


def closing_refusal(controller: ClinicController) -> str:
    """Say why the window should not close now; "" when nothing would be lost or forgotten."""
    waiting = len(controller.clinic.saving.unsaved)
    if waiting:
        return shell_words.closing_unsaved(waiting)
    beside = controller.clinic.saving.beside
    if beside is not None:
        return shell_words.closing_beside(has_settings=beside.has_settings)
    drafts = [
        (each.view.chair, controller.draft(each.view.chair, ENTRY)) for each in controller.clinic.sessions()
    ]
    typed = tuple(chair for chair, draft in drafts if draft is not None and draft.text)
    return shell_words.closing_typed(typed) if typed else ""
