"""Putting right and bringing to an end: amend, move; discharge, sign, cancel; and the checks before."""

from collections.abc import Callable

from monitor import bodies
from monitor.checks import gate_now
from monitor.entry_line import parse_line
from monitor.outcome import Recorded
from monitor.policy import Policy
from monitor.terms import Phase, Reason
from monitor.view import Reading, SessionView
from ui.flag_rows import names_in_chairs
from ui.routes import ToBoard, ToReview
from ui.session.bedside import Bedside
from ui.session.question import (
    Act,
    Blank,
    Choice,
    Conversation,
    Form,
    Leave,
    Move,
    Option,
    Say,
    in_rows,
    needed,
    why_not,
)
from ui.text import bedside_words, entry_words, happened, refusals
from ui.text import correction_words as words
from ui.text.formats import clock


def amend(bedside: Bedside, reading: Reading) -> Conversation:
    """Ask why a set is wrong, then for what puts it right. New values are typed, never prefilled."""
    view = bedside.view
    if view is None:
        return
    values, time = happened.vitals(reading.vitals), happened.taken_at(reading.entry)
    reason = yield Choice(
        title=words.amend_title(values, time),
        detail=happened.source(reading),
        rows=in_rows(
            (
                Option(key="1", text=words.slip(), answer=Reason.SLIP),
                Option(key="2", text=words.artefact(), answer=Reason.ARTEFACT),
                Option(key="3", text=words.wrong_patient(), answer=Reason.WRONG_PATIENT),
                Option(key="4", text=words.other_reason(), answer=Reason.OTHER),
            )
        ),
    )
    if reason is Reason.WRONG_PATIENT:
        yield from _move(bedside, reading)
        return
    title = words.retype_title(values, time)
    stays = words.old_stays(happened.source(reading), bedside.controller.operator)
    vitals, text = None, ""
    if reason is Reason.SLIP:
        (typed,) = yield Form(title=title, detail=stays, blanks=(_values(view.policy, is_needed=True),))
        vitals = parse_line(typed, view.policy).vitals
    elif reason is Reason.OTHER:
        typed, text = yield Form(
            title=title,
            detail=f"{stays} {words.empty_withdraws()}",
            blanks=(
                _values(view.policy, is_needed=False),
                Blank(name=bedside_words.reason(), fault=needed, stretch=4),
            ),
        )
        vitals = parse_line(typed, view.policy).vitals
    yield Act(body=bodies.Amended(target=reading.sequence, vitals=vitals, reason=reason, text=text.strip()))


def _values(policy: Policy, *, is_needed: bool) -> Blank:
    def fault(text: str) -> str | None:
        if not text.strip() and not is_needed:
            return None
        line = parse_line(text, policy)
        return None if line.problem is None else entry_words.problem(line.problem, "")[0]

    return Blank(name=words.right_values(), unit=entry_words.placeholder(), fault=fault, stretch=3)


def _move(bedside: Bedside, reading: Reading) -> Conversation:
    others = [each.view for each in bedside.controller.clinic.sessions() if each.view.chair != bedside.chair]
    names = names_in_chairs(bedside.controller)
    options = tuple(
        Option(
            key=str(view.chair % 10),
            text=words.chair(view.chair, names[view.chair]),
            answer=view.chair,
        )
        for view in others[:9]
    )
    nobody = Option(key="0", text=words.nobody_seated(), answer=0)
    chair = yield Choice(title=words.which_chair(), rows=in_rows((*options, nobody)))
    if chair:
        yield Move(sequence=reading.sequence, to_chair=chair)
    else:
        yield Act(
            body=bodies.Amended(target=reading.sequence, vitals=None, reason=Reason.WRONG_PATIENT, text="")
        )


def ending(bedside: Bedside) -> Conversation:
    """Discharge, sign, or cancel what was never infused; what does not fit the phase says so."""
    view = bedside.view
    if view is None:
        return
    endings: tuple[tuple[str, str, Callable[[Bedside], Conversation], type[bodies.Body]], ...] = (
        ("1", words.discharge(), discharge, bodies.PhaseBegun),
        ("2", words.sign(), sign, bodies.Signed),
        ("3", words.not_infused(), cancel, bodies.Cancelled),
    )
    options = tuple(
        Option(key=key, text=text, answer=asks, why_not=why_not(view, kind, text))
        for key, text, asks, kind in endings
    )
    chosen = yield Choice(title=words.ending(), rows=in_rows(options))
    yield from chosen(bedside)


def discharge(bedside: Bedside) -> Conversation:
    """The nurse says that the patient may leave; what is still open is said with it."""
    view = bedside.view
    if view is None:
        return
    yield Choice(
        title=words.discharge(),
        detail="; ".join(_before_discharge(view)),
        rows=((Option(key="1", text=words.discharge(), answer=None),),),
    )
    yield Act(body=bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None))


def sign(bedside: Bedside) -> Conversation:
    """Sign, and look back on the finished record."""
    session = bedside.session
    if session is None:
        return
    yield Choice(
        title=words.sign_title(),
        detail=bedside.controller.operator,
        rows=((Option(key="1", text=words.sign(), answer=None),),),
    )
    outcome = yield Act(body=bodies.Signed(meaning=words.sign_meaning(), head=""))
    if isinstance(outcome, Recorded):
        yield Leave(route=ToReview(session.view.session))


def cancel(bedside: Bedside) -> Conversation:
    """Nothing was infused and nothing will be."""
    (reason,) = yield Form(
        title=words.why_not_infused(), blanks=(Blank(name=bedside_words.reason(), fault=needed, stretch=4),)
    )
    outcome = yield Act(body=bodies.Cancelled(reason=reason.strip()))
    if isinstance(outcome, Recorded):
        yield Say(text=words.is_cancelled(bedside.chair))
        yield Leave(route=ToBoard())


def checks(bedside: Bedside) -> Conversation:
    """Say what stands before the next turn of the session; nothing is recorded."""
    view = bedside.view
    if view is None:
        return
    close = ((Option(key="C", text=words.close(), answer=None),),)
    if view.phase is Phase.DISCHARGED:
        yield Say(text=words.checks_over())
    elif view.infusion is None:
        gate = gate_now(view, bedside.controller.now())
        minutes = view.policy.start_gate.repeat_after_s // 60
        yield Choice(
            title=f"{words.checks_start()}: {refusals.gate_title(gate, minutes)}",
            detail=refusals.gate_list(gate),
            rows=close,
        )
    elif view.infusion.stopped_ms is not None:
        yield Choice(title=words.checks_discharge(), detail="; ".join(_before_discharge(view)), rows=close)
    else:
        yield Say(text=words.checks_none())


def _before_discharge(view: SessionView) -> list[str]:
    due_ms = view.next_due_ms
    found = [words.recovery_done() if due_ms is None else words.recovery_open(clock(view.wall(due_ms)))]
    effects = [happened.effect(span.effect) for span in view.effects if span.until_ms is None]
    if effects:
        found.append(words.effects_open(", ".join(effects)))
    return found
