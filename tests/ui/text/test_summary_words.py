"""What sentence and figures claim covers no more than what was charted, no less than the policy."""

from __future__ import annotations

from monitor.summary import summarize
from tests.made_session import MadeSession, baseline
from ui.text import figure_words, summary_words

BAND = "within 20% of baseline, under 160/100, systolic at least 90"


def started() -> MadeSession:
    made = baseline()
    made.start()
    return made


def said(made: MadeSession) -> str:
    return summary_words.sentence(made.view, summarize(made.view))


def test_always_is_said_of_charted_sets_and_what_was_captured_outside_stands_beside_it() -> None:
    made = started()
    made.sets([(5, 124, 78)])
    made.capture(10, 176, 96)
    assert f"Charted sets always {BAND}; outside that, captured and not accepted: 176/96 at +10." in said(
        made
    )


def test_several_captured_outside_are_counted() -> None:
    made = started()
    made.sets([(5, 124, 78)])
    made.capture(10, 176, 96)
    made.capture(12, 178, 97)
    assert "captured and not accepted: 176/96 at +10 and 1 more." in said(made)


def test_a_set_that_is_near_a_high_baseline_and_over_the_policys_pressure_is_not_back() -> None:
    made = started()
    made.sets([(5, 124, 78), (10, 165, 80)])
    assert said(made).endswith(f"Last charted set not yet {BAND}.")


def test_a_baseline_between_two_numbers_is_shown_with_its_half() -> None:
    made = MadeSession()
    made.sets([(-10, 112, 70), (-5, 113, 71)])
    figures = figure_words.figures(made.view, summarize(made.view))
    assert figures[0].value == "112.5/70.5"
    assert said(made).startswith("Baseline 112.5/70.5.")
