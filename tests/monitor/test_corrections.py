"""Corrections keep what they correct; both stay readable, with who, when and why."""

from decimal import Decimal

from monitor import bodies
from monitor.flags import FlagState
from monitor.terms import Phase, Reason, Severity
from monitor.view import Standing
from monitor.vitals import Vitals
from tests.made_session import NURSE, MadeSession, baseline, surge


def amend(target: int, systolic: int, diastolic: int, reason: Reason = Reason.SLIP) -> bodies.Amended:
    vitals = Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic)
    return bodies.Amended(target=target, vitals=vitals, reason=reason)


def test_an_amendment_changes_the_view_and_keeps_the_original() -> None:
    made = baseline()
    made.start()
    sequence = made.set(5, 168, 96)
    entry = made.do(6, amend(sequence, 138, 96))[0]
    reading = made.view.reading(sequence)
    assert reading is not None
    assert (reading.original.systolic_mmhg, reading.vitals.systolic_mmhg) == (168, 138)
    assert reading.amendments == (entry,)
    assert entry.supersedes == sequence
    assert made.session.record[sequence - 1].body == bodies.SetCharted(
        vitals=reading.original,
        confirmed=made.session.record[sequence - 1].body.confirmed,  # type: ignore[union-attr]
    )


def test_amending_a_reading_withdraws_the_flag_it_raised() -> None:
    made = baseline()
    made.start()
    sequence = made.set(5, 205, 96)
    made.do(6, amend(sequence, 125, 96))
    assert [each.change.state for each in made.view.flags][-2:] == [FlagState.WITHDRAWN, FlagState.WITHDRAWN]


def test_amending_upwards_flags() -> None:
    made = baseline()
    made.start()
    sequence = made.set(5, 125, 96)
    made.do(6, amend(sequence, 205, 96))
    change = made.view.flags[0].change
    assert (change.state, change.key) == (FlagState.RAISED, made.session.record[-3].sequence)


def test_a_signed_session_can_be_amended_and_stays_signed() -> None:
    made = surge()
    sequence = made.view.charted[3].sequence
    made.do(100, amend(sequence, 182, 108))
    reading = made.view.reading(sequence)
    assert reading is not None
    assert reading.vitals.systolic_mmhg == 182
    assert made.view.phase is Phase.SIGNED


def test_an_undone_start_takes_the_session_back_to_its_baseline() -> None:
    made = baseline()
    made.start()
    start = next(each.entry for each in made.view.happened if isinstance(each.body, bodies.InfusionStarted))
    undo = bodies.Amended(target=start.sequence, vitals=None, reason=Reason.UNDONE)
    entries = made.do(0.1, undo)
    assert made.view.infusion is None
    assert made.view.phase is Phase.BASELINE
    assert [entry.kind for entry in entries] == ["amendment", "phase"]


def test_an_undone_acceptance_leaves_the_reading_captured() -> None:
    made = baseline()
    captured = made.capture(1, 130, 84)
    accepted = made.do(1.1, bodies.Accepted(captured=captured))[0].sequence
    made.do(1.2, bodies.Amended(target=accepted, vitals=None, reason=Reason.UNDONE))
    reading = made.view.reading(captured)
    assert reading is not None
    assert (reading.standing, reading.by) == (Standing.CAPTURED, "")


def test_a_withdrawn_event_leaves_the_view_and_stays_in_the_record() -> None:
    made = baseline()
    drug = bodies.DrugGiven(name="Ondansetron", dose_text="4 mg", route="IV", by="M.D.", response="")
    sequence = made.do(1, drug)[0].sequence
    made.do(1.1, bodies.Amended(target=sequence, vitals=None, reason=Reason.SLIP))
    assert drug not in [each.body for each in made.view.happened]
    assert drug in [entry.body for entry in made.session.record]


def test_an_effect_that_changes_severity_goes_on_under_its_name() -> None:
    made = baseline()
    made.do(1, bodies.EffectOpened(effect="Nausea", severity=Severity.MILD))
    made.do(1, bodies.EffectOpened(effect="Headache", severity=Severity.MILD))
    made.do(4, bodies.EffectOpened(effect="Nausea", severity=Severity.SEVERE))
    made.do(9, bodies.EffectClosed(effect="Nausea"))
    spans = [
        (each.effect, each.severity, each.is_continued, each.until_ms is None) for each in made.view.effects
    ]
    assert spans == [
        ("Nausea", Severity.MILD, False, False),
        ("Headache", Severity.MILD, False, True),
        ("Nausea", Severity.SEVERE, True, False),
    ]


def test_a_moved_set_no_longer_counts_here_and_its_flag_closes() -> None:
    made = baseline()
    made.start()
    sequence = made.set(5, 205, 96)
    made.do(6, bodies.MovedOut(target=sequence, to_session="other"))
    reading = made.view.reading(sequence)
    assert reading is not None
    assert reading.standing is Standing.MOVED
    assert made.view.flags[-1].change.state is FlagState.WITHDRAWN


def test_a_set_moved_in_counts_at_its_own_time() -> None:
    made = MadeSession()
    vitals = Vitals(systolic_mmhg=126, diastolic_mmhg=80)
    moved = bodies.MovedIn(from_session="other", from_sequence=9, vitals=vitals)
    made.do(-5, moved, taken=-10)
    assert [each.vitals for each in made.view.charted] == [vitals]
    assert made.view.charted[0].by == NURSE.name
    assert made.view.phase is Phase.BASELINE


def test_a_rate_changed_while_paused_waits_for_the_resumption() -> None:
    made = baseline()
    made.start()
    made.do(5, bodies.InfusionPaused(reason="pressure"))
    made.do(6, bodies.RateChanged(rate_ml_per_h=Decimal(40)))
    made.do(8, bodies.InfusionResumed())
    made.stop(20)
    assert made.view.infusion is not None
    rates = [span.rate_ml_per_h for span in made.view.infusion.spans]
    assert rates == [Decimal(75), None, None, Decimal(40)]
    assert made.view.infusion.spans[-1].until_ms == made.view.infusion.stopped_ms


def test_what_is_undone_leaves_later_corrections_standing() -> None:
    made = baseline()
    second = made.view.charted[-1].sequence
    undone = made.do(1, bodies.Noted(text="wrong chair"))[0].sequence
    made.do(1.1, bodies.Amended(target=undone, vitals=None, reason=Reason.UNDONE))
    made.do(2, amend(second, 130, 78))
    assert [each.vitals.systolic_mmhg for each in made.view.charted] == [126, 130]
