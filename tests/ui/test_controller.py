"""What the controller does between the screens and the clinic."""

from __future__ import annotations

from monitor.outcome import Recorded, Refused, Why
from tests.made_session import seated
from tests.ui.made import ward


def test_a_set_is_moved_between_chairs_where_others_charted(qapp: object) -> None:
    del qapp
    place = ward(seat=(seated(chair=1), seated(chair=2)))
    place.chart(139, 86)
    first = place.clinic.session(1)
    assert first is not None
    sequence = first.view.charted[-1].sequence
    place.controller.choose_operator("A. Pereira RN")
    assert isinstance(place.controller.move(1, sequence, 2), Recorded)
    for chair in (1, 2):
        session = place.clinic.session(chair)
        assert session is not None
        assert session.view.operator == "A. Pereira RN"


def test_nothing_is_moved_by_nobody(qapp: object) -> None:
    del qapp
    place = ward(seat=(seated(chair=1), seated(chair=2)))
    place.chart(139, 86)
    place.controller.choose_operator("")
    assert place.controller.move(1, 3, 2) == Refused(why=Why.ONLY_OPERATORS)
