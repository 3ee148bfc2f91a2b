"""What the controller does between the screens and the clinic."""

from __future__ import annotations

from dataclasses import replace

from monitor import bodies
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


def test_after_a_start_with_the_clock_behind_the_record_no_age_shrinks(qapp: object) -> None:
    del qapp
    place = ward()
    place.chart(124, 78)
    session = place.clinic.session(1)
    assert session is not None
    ended_ms = session.view.clock_ms(place.clock.at)
    place.clock.at = place.clock.at.plus_s(-3 * 3600)  # as after a day at ten times the speed
    place.controller.start()
    place.controller.stop()
    assert session.view.clock_ms(place.clock.at) == ended_ms
    place.pass_s(60)
    place.chart(128, 80)
    assert [each.at_ms - ended_ms for each in session.view.charted] == [0, 60_000]


def test_a_change_of_the_offset_is_written_down_and_due_times_follow_the_wall(qapp: object) -> None:
    del qapp
    place = ward()
    place.infusing()
    session = place.clinic.session(1)
    assert session is not None
    due_ms = session.view.next_due_ms
    assert due_ms is not None
    before = session.view.wall(due_ms)
    place.clock.at = replace(place.clock.at, offset_minutes=0)
    place.pass_s(1)
    assert session.record[-1].body == bodies.ClockStepped(step_ms=0, is_real_time=True)
    assert session.view.wall(due_ms) == replace(before, offset_minutes=0)
    length = len(session.record)
    place.pass_s(1)
    assert len(session.record) == length
