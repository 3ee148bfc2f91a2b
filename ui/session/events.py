"""What is charted besides sets: the event palette and each of its questions, as conversations."""

from collections.abc import Callable, Mapping

from monitor import bodies
from monitor.judged import observations
from monitor.observations import SymptomNoted
from monitor.outcome import Outcome, Recorded
from monitor.terms import FlagAction, NotObtainedReason, Phase, Severity, Symptom
from monitor.view import SessionView
from ui.session import pump
from ui.session.bedside import Bedside
from ui.session.question import (
    Act,
    Blank,
    Charting,
    Choice,
    Conversation,
    Form,
    IfDropped,
    Option,
    in_rows,
    needed,
    why_not,
)
from ui.text import bedside_words as words
from ui.text import happened

NAUSEA, DISSOCIATION, HEADACHE = "nausea", "dissociation", "headache"


def palette(bedside: Bedside) -> Conversation:
    """Ask for an event by its place on the keypad, then whatever it still needs."""
    view = bedside.view
    if view is None:
        return
    seven = _pump(view, "7", words.start(), pump.start, bodies.InfusionStarted)
    if view.phase is Phase.PAUSED:
        seven = _pump(view, "7", words.resume(), pump.resume, bodies.InfusionResumed)
    chosen = yield Choice(
        title=words.events(),
        detail=words.events_detail(),
        rows=(
            (
                Option(key="/", text=words.symptom(), answer=symptom),
                _pump(view, "-", words.stop(), pump.stop, bodies.InfusionStopped),
            ),
            (
                seven,
                _pump(view, "8", words.rate(), pump.rate, bodies.RateChanged),
                _pump(view, "9", words.pause(), pump.pause, bodies.InfusionPaused),
            ),
            (
                Option(key="4", text=words.nausea(), answer=nausea),
                Option(key="5", text=words.dissociation(), answer=dissociation),
                Option(key="6", text=words.headache_or_other(), answer=other_effect),
            ),
            (
                Option(key="1", text=words.not_obtained(), answer=not_obtained),
                Option(key="2", text=words.clinician_told(), answer=clinician_told),
                Option(key="3", text=words.drug(), answer=drug_given),
            ),
            (Option(key="0", text=words.note(), answer=note),),
        ),
    )
    yield from chosen(bedside)


def _pump(
    view: SessionView, key: str, text: str, asks: Callable[[Bedside], object], kind: type[bodies.Body]
) -> Option:
    """A place on the keypad keeps its event; one that this phase does not take says so."""
    return Option(key=key, text=text, answer=asks, why_not=why_not(view, kind, text))


def nausea(bedside: Bedside) -> Conversation:
    """Nausea began, changed or ended."""
    yield from _effect(bedside, NAUSEA, key="4")


def dissociation(bedside: Bedside) -> Conversation:
    """Dissociation began, changed or ended."""
    yield from _effect(bedside, DISSOCIATION, key="5")


def other_effect(bedside: Bedside) -> Conversation:
    """Headache, or an effect in the nurse's own words."""
    known = [span.effect for span in _open_effects(bedside.view) if span.effect not in {NAUSEA, DISSOCIATION}]
    names = tuple(dict.fromkeys([HEADACHE, *known]))
    options = [
        Option(key=str(at), text=happened.effect(name), answer=name)
        for at, name in enumerate(names[:8], start=1)
    ]
    options.append(Option(key="9", text=words.other(), answer=""))
    name = yield Choice(title=words.which_effect(), rows=in_rows(tuple(options)))
    if not name:
        (name,) = yield Form(title=words.which_effect(), blanks=(Blank(name=words.name(), fault=needed),))
    yield from _effect(bedside, name.strip(), key="6")


def _effect(bedside: Bedside, name: str, *, key: str) -> Conversation:
    """Its key pressed again, or 0, ends an open effect; a digit sets its severity."""
    standing = next((span for span in _open_effects(bedside.view) if span.effect == name), None)
    title = words.how_strong(happened.effect(name))
    options = [
        Option(key="1", text=words.severity_mild(), answer=Severity.MILD),
        Option(key="2", text=words.severity_moderate(), answer=Severity.MODERATE),
        Option(key="3", text=words.severity_severe(), answer=Severity.SEVERE),
    ]
    if standing is not None:
        title = words.effect_is_open(happened.effect(name), happened.severity(standing.severity))
        options.append(Option(key=key, text=words.ended(), answer=None))
    severity = yield Choice(title=title, rows=in_rows(tuple(options)))
    if severity is None:
        yield Act(body=bodies.EffectClosed(effect=name))
    else:
        yield Act(body=bodies.EffectOpened(effect=name, severity=severity))


def _open_effects(view: SessionView | None) -> tuple[bodies.EffectOpened, ...]:
    spans = () if view is None else view.effects
    return tuple(
        bodies.EffectOpened(effect=span.effect, severity=span.severity)
        for span in spans
        if span.until_ms is None
    )


def symptom(bedside: Bedside) -> Conversation:
    """A symptom that is acted on at any pressure; choosing a standing one says that it ended."""
    view = bedside.view
    standing = set() if view is None else _standing_symptoms(view)
    options = tuple(
        Option(key=str(at), text=_symptom_text(each, is_standing=each in standing), answer=each)
        for at, each in enumerate(Symptom, start=1)
    )
    chosen = yield Choice(title=words.which_symptom(), rows=in_rows(options, width=3))
    yield Act(body=bodies.SymptomReported(symptom=chosen, is_present=chosen not in standing))


def _standing_symptoms(view: SessionView) -> set[Symptom]:
    standing: set[Symptom] = set()
    for seen in observations(view):
        if isinstance(seen, SymptomNoted):
            (standing.add if seen.is_present else standing.discard)(seen.symptom)
    return standing


def _symptom_text(which: Symptom, *, is_standing: bool) -> str:
    text = happened.symptom(which)
    return f"{text}: {words.ended().lower()}" if is_standing else text


def not_obtained(_bedside: Bedside) -> Conversation:
    """A due set could not be taken."""
    reason = yield Choice(
        title=words.why_not_obtained(),
        rows=in_rows(
            (
                Option(key="1", text=words.cuff_failed(), answer=NotObtainedReason.CUFF_FAILED),
                Option(key="2", text=words.asleep(), answer=NotObtainedReason.ASLEEP),
                Option(key="3", text=words.refused(), answer=NotObtainedReason.REFUSED),
                Option(key="4", text=words.other(), answer=NotObtainedReason.OTHER),
            )
        ),
    )
    yield Act(body=bodies.NotObtained(reason=reason))


def clinician_told(bedside: Bedside, detail: str = "") -> Charting:
    """Who was told: a clinician of the settings by a digit, or a name."""
    known = [each.name for each in bedside.controller.settings.operators if each.is_clinician][:8]
    who = ""
    if known:
        options = [Option(key=str(at), text=name, answer=name) for at, name in enumerate(known, start=1)]
        options.append(Option(key="9", text=words.other(), answer=""))
        rows = in_rows(tuple(options), width=4)
        who = yield Choice(title=words.who_was_told(), detail=detail, rows=rows)
    if not who:
        blank = Blank(name=words.name(), fault=needed)
        (who,) = yield Form(title=words.who_was_told(), detail=detail, blanks=(blank,))
    outcome: Outcome = yield Act(body=bodies.ClinicianTold(who=who.strip()))
    return outcome


def drug_given(bedside: Bedside, detail: str = "") -> Charting:
    """A drug other than the infusion."""
    name, dose, route, by, response = yield Form(
        title=words.drug().rstrip("\N{HORIZONTAL ELLIPSIS}"),
        detail=detail,
        blanks=(
            Blank(name=words.drug_name(), fault=needed, stretch=2),
            Blank(name=words.dose(), fault=needed),
            Blank(name=words.route(), fault=needed),
            Blank(name=words.given_by(), prefill=bedside.controller.operator, stretch=2),
            Blank(name=words.response(), stretch=2),
        ),
    )
    given = bodies.DrugGiven(
        name=name.strip(),
        dose_text=dose.strip(),
        route=route.strip(),
        by=by.strip(),
        response=response.strip(),
    )
    outcome: Outcome = yield Act(body=given)
    return outcome


def note(_bedside: Bedside) -> Conversation:
    """Free text."""
    (text,) = yield Form(title=words.note(), blanks=(Blank(name=words.note(), fault=needed, stretch=6),))
    yield Act(body=bodies.Noted(text=text.strip()))


def flag_answer(bedside: Bedside) -> Conversation:
    """What was done about this chair's flags.

    An answer that names another entry is recorded once that entry is: the record never says "paused" of a
    pump that runs, and dropping the question leaves the flag unanswered.
    """
    view = bedside.view
    if view is None:
        return
    options = tuple(_answer_option(view, at, each) for at, each in enumerate(FlagAction, start=1))
    action = yield Choice(title=words.flag_answer(), rows=in_rows(options))
    is_charted = action is FlagAction.PAUSED and view.phase is Phase.PAUSED
    if action in _CHARTED_FIRST and not is_charted:
        _, asks = _CHARTED_FIRST[action]
        yield IfDropped(text=words.flag_not_answered())
        outcome = yield from asks(bedside, words.answers_with_it())
        if not isinstance(outcome, Recorded):
            return
    yield Act(body=bodies.FlagAnswered(action=action))


_CHARTED_FIRST: Mapping[FlagAction, tuple[type[bodies.Body], Callable[[Bedside, str], Charting]]] = {
    FlagAction.CLINICIAN_TOLD: (bodies.ClinicianTold, clinician_told),
    FlagAction.RATE_LOWERED: (bodies.RateChanged, pump.rate),
    FlagAction.PAUSED: (bodies.InfusionPaused, pump.pause),
    FlagAction.DRUG_GIVEN: (bodies.DrugGiven, drug_given),
}


def _answer_option(view: SessionView, at: int, action: FlagAction) -> Option:
    text, refusal = happened.action(action), ""
    is_charted = action is FlagAction.PAUSED and view.phase is Phase.PAUSED
    if action in _CHARTED_FIRST and not is_charted:
        refusal = why_not(view, _CHARTED_FIRST[action][0], text)
    return Option(key=str(at), text=text, answer=action, why_not=refusal)
