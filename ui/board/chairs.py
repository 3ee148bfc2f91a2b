"""Which chairs there are and which stand together on one page of the board."""

from ui.controller import ClinicController

CHAIRS_A_PAGE = 6


def known_chairs(controller: ClinicController) -> tuple[int, ...]:
    """The chairs as set up, one page before that, and wherever somebody sits whatever the settings say."""
    set_up = [chair.number for chair in controller.settings.chairs] or range(1, CHAIRS_A_PAGE + 1)
    seated = [session.view.chair for session in controller.clinic.sessions()]
    return tuple(sorted({*set_up, *seated}))


def chairs_beside(controller: ClinicController, chair: int) -> tuple[int, ...]:
    """The chairs on the same page of the board as `chair`, itself included."""
    chairs = tuple(sorted({*known_chairs(controller), chair}))
    first = chairs.index(chair) // CHAIRS_A_PAGE * CHAIRS_A_PAGE
    return chairs[first : first + CHAIRS_A_PAGE]
