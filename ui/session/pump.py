"""Start, rate, pause, resume and stop of the infusion. Stop and pause have different keys."""

from collections.abc import Generator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monitor import bodies
from monitor.checks import gate_now
from monitor.gate import Gate, GateLevel
from monitor.outcome import Outcome, Refused, Why
from monitor.view import SessionView
from ui.session.bedside import Bedside
from ui.session.question import (
    Act,
    Blank,
    Charting,
    Choice,
    Conversation,
    Form,
    Option,
    Say,
    Step,
    decimal_of,
    in_rows,
    needed,
    positive,
    whole_minutes,
)
from ui.text import bedside_words, happened, refusals
from ui.text import pump_words as words
from ui.text.people import patient_initials

_MINUTE_S = 60


def start(bedside: Bedside) -> Conversation:
    """Ask who it is once more, what runs, and what the gate asks for; then record the start.

    Nothing but the seating's own words is prefilled, and never a vital sign.
    """
    view = bedside.view
    if view is None:
        return
    is_right = yield from _right_patient(view)
    if not is_right:
        yield Say(text=words.other_patient(), is_problem=True)
        return
    gate = gate_now(view, bedside.controller.now())
    drug, dose, weight, rate_text, planned = yield Form(
        title=words.start_title(),
        detail=_start_detail(view, gate),
        blanks=(
            Blank(name=bedside_words.drug_name(), fault=needed, stretch=2),
            Blank(name=bedside_words.dose(), unit=words.mg(), fault=positive),
            Blank(
                name=words.weight(),
                unit=words.kg(),
                prefill=happened.decimal(view.seated.weight_kg),
                fault=positive,
            ),
            Blank(name=words.pump_rate(), unit=words.ml_per_h(), fault=positive),
            Blank(
                name=words.planned(),
                unit=words.minutes(),
                prefill=str(view.seated.planned_minutes),
                fault=whole_minutes,
            ),
        ),
    )
    body = bodies.InfusionStarted(
        drug=drug.strip(),
        dose_mg=decimal_of(dose) or Decimal(0),
        weight_kg=decimal_of(weight) or Decimal(0),
        rate_ml_per_h=decimal_of(rate_text) or Decimal(0),
        planned_minutes=int(planned),
    )
    outcome: Outcome = yield Act(body=body)
    if isinstance(outcome, Refused) and outcome.why is Why.GATE and outcome.gate is not None:
        yield from _past_gate(bedside, view, body, outcome.gate)


def _right_patient(view: SessionView) -> Generator[Step, Any, bool]:
    """Ask for initials and birth year, once: what a wrong chair costs is worth the six seconds."""
    initials, year = yield Form(
        title=words.patient_again(),
        detail=words.patient_again_detail(),
        blanks=(
            Blank(name=words.initials(), fault=needed),
            Blank(name=words.birth_year(), fault=needed),
        ),
    )
    said = "".join(letter for letter in initials.upper() if letter.isalpha())
    known = "".join(letter for letter in patient_initials(view.patient.name) if letter.isalpha())
    return said == known and year.strip() == view.patient.birth_date[:4]


def _start_detail(view: SessionView, gate: Gate) -> str:
    lacking = refusals.gate_list(gate)
    said = words.start_detail(view.seated.dose_text)
    return f"{lacking}. {said}" if lacking else said


def _past_gate(bedside: Bedside, view: SessionView, body: bodies.InfusionStarted, gate: Gate) -> Conversation:
    """Ask for what the gate wants: a clinician's awareness, or who starts all the same, and why."""
    title = refusals.gate_title(gate, view.policy.start_gate.repeat_after_s // _MINUTE_S)
    detail = refusals.gate_list(gate)
    if gate.level is GateLevel.AWARE:
        (aware,) = yield Form(
            title=title, detail=detail, blanks=(Blank(name=words.who_is_aware(), fault=needed, stretch=2),)
        )
        yield Act(body=replace(body, aware=aware.strip()))
        return
    clinicians = {each.name for each in bedside.controller.settings.operators if each.is_clinician}
    must = gate.level is GateLevel.CLINICIAN_ONLY

    def by(text: str) -> str | None:
        if not text.strip():
            return bedside_words.must_be_given()
        if must and text.strip() not in clinicians:
            return words.must_be_clinician(", ".join(sorted(clinicians)))
        return None

    name, reason = yield Form(
        title=title,
        detail=detail,
        blanks=(
            Blank(name=words.who_overrides(), fault=by, stretch=2),
            Blank(name=bedside_words.reason(), fault=needed, stretch=4),
        ),
    )
    override = bodies.Override(
        by=name.strip(), reason=reason.strip(), is_clinician=name.strip() in clinicians
    )
    yield Act(body=replace(body, override=override))


def rate(_bedside: Bedside, detail: str = "") -> Charting:
    """The pump runs at another rate."""
    (text,) = yield Form(
        title=words.new_rate(),
        detail=detail,
        blanks=(Blank(name=words.pump_rate(), unit=words.ml_per_h(), fault=positive),),
    )
    outcome: Outcome = yield Act(body=bodies.RateChanged(rate_ml_per_h=decimal_of(text) or Decimal(0)))
    return outcome


def pause(_bedside: Bedside, detail: str = "") -> Charting:
    """The pump stands still for now; the reason may stay empty."""
    (reason,) = yield Form(
        title=words.why_paused(),
        detail=" ".join(part for part in (words.reason_may_be_empty(), detail) if part),
        blanks=(Blank(name=bedside_words.reason(), stretch=4),),
    )
    outcome: Outcome = yield Act(body=bodies.InfusionPaused(reason=reason.strip()))
    return outcome


def resume(_bedside: Bedside) -> Conversation:
    """The pump runs again."""
    yield Act(body=bodies.InfusionResumed())


def stop(_bedside: Bedside) -> Conversation:
    """The infusion is over: completed, or for a reason."""
    chosen = yield Choice(
        title=words.why_stopped(),
        rows=in_rows(
            (
                Option(key="1", text=words.completed().capitalize(), answer=words.completed()),
                Option(key="9", text=bedside_words.other(), answer=""),
            )
        ),
    )
    if not chosen:
        (chosen,) = yield Form(
            title=words.why_stopped(), blanks=(Blank(name=bedside_words.reason(), fault=needed, stretch=4),)
        )
    yield Act(body=bodies.InfusionStopped(reason=chosen.strip()))
