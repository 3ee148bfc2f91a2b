"""What the entry bar says and which keys it offers, from the desk's state. Values only."""

from dataclasses import dataclass
from enum import Enum

from monitor.clinic import Saving
from monitor.clock import MS_PER_S, Instant
from monitor.entry_line import ChipState
from monitor.view import SessionView
from monitor.waiting import doubtful
from ui.session.bedside import Bedside, taken_ms
from ui.session.desk import DeskState, Stage
from ui.text import entry_words as words
from ui.text import happened, refusals
from ui.text.formats import age, clock, clock_s, pressure
from ui.widgets.shapes import Shape


class BarLook(Enum):
    """PLAIN a hairline, ASKED a control edge, WRONG an ink edge, UNSAVED inverted."""

    PLAIN = "plain"
    ASKED = "asked"
    WRONG = "wrong"
    UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarKey:
    """A button: its key, its word and the command it gives."""

    key: str
    text: str
    command: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarContent:
    """Everything right of the field. Without a title the last set stands there."""

    look: BarLook = BarLook.PLAIN
    shape: Shape | None = None
    title: str = ""
    is_large: bool = False
    detail: str = ""
    hint: str = ""
    shows_due: bool = True
    keys: tuple[BarKey, ...] = ()


ENTER = "Enter"
ERASE = "\N{ERASE TO THE LEFT}"
SAVE_COMMAND = "save"


def _primary(text: str) -> BarKey:
    return BarKey(key=ENTER, text=text, command=SAVE_COMMAND, is_primary=True)


def _usual(view: SessionView, *, is_table: bool) -> tuple[BarKey, ...]:
    """The keys of every day; readings that wait take the place of the one that can wait."""
    event = BarKey(key="E", text=words.event(), command="E")
    table = BarKey(key="T", text=words.chart() if is_table else words.table(), command="T")
    checks = BarKey(key="C", text=words.checks(), command="C")
    return (*((_backlog(view), event) if view.waiting else (event, checks)), table, _primary(words.save()))


def _backlog(view: SessionView) -> BarKey:
    return BarKey(key="B", text=words.backlog(len(view.waiting)), command="B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was just recorded, or why a key did nothing; in sight until the next key or for a while."""

    title: str
    detail: str = ""
    can_undo: bool = False
    is_problem: bool = False


def bar_content(
    bedside: Bedside,
    view: SessionView,
    state: DeskState,
    *,
    is_table: bool = False,
    notice: Notice | None = None,
) -> BarContent:
    """Return what the bar says. What is typed comes first, then what is not saved, then the next step."""
    saving = bedside.controller.clinic.saving
    if state.refused is not None:
        title = refusals.refused(state.refused)
        return BarContent(
            look=BarLook.WRONG,
            shape=Shape.CROSS,
            title=title,
            keys=(_primary(words.save()),),
            shows_due=False,
        )
    match state.stage:
        case Stage.ASKED | Stage.STORED:
            return _asked(view, state)
        case Stage.WRONG:
            return _wrong(state)
        case Stage.OFFER:
            return _offer(bedside, view, state)
        case Stage.OLD_DRAFT:
            return _old_draft(state)
    if saving.failure is not None or saving.is_dead:
        return _not_saved(view, saving)
    if not bedside.controller.operator:
        return BarContent(
            shape=Shape.QUESTION, title=words.nobody_charts(), keys=_usual(view, is_table=is_table)
        )
    if notice is not None and state.stage is Stage.EMPTY:
        return _noticed(notice)
    return _typing(bedside, view, state, is_table=is_table)


def _noticed(notice: Notice) -> BarContent:
    undo = BarKey(key="Ctrl+Z", text=words.undo(), command="undo")
    event = BarKey(key="E", text=words.event(), command="E")
    keys = (undo, event) if notice.can_undo else (event,)
    return BarContent(
        look=BarLook.WRONG if notice.is_problem else BarLook.PLAIN,
        shape=Shape.CROSS if notice.is_problem else Shape.TICK,
        title=notice.title,
        detail=notice.detail,
        keys=(*keys, _primary(words.save())),
    )


def _typing(bedside: Bedside, view: SessionView, state: DeskState, *, is_table: bool) -> BarContent:
    hint = ""
    last = state.line.chips[-1] if state.line.chips else None
    if last is not None and last.state is ChipState.TYPING and last.digits_to_go:
        hint = words.digits_to_go(last.digits_to_go)
    elif state.stage is not Stage.EMPTY and view.waiting:
        hint = words.waiting_behind(_pressure_of(view))
    if state.stage is Stage.EMPTY:
        asks_finished = bedside.prompt(view).asks_finished
        if asks_finished:
            finished = BarKey(key="F", text=words.stopped(), command="F")
            return BarContent(
                look=BarLook.ASKED,
                shape=Shape.QUESTION,
                title=words.finished(),
                keys=(finished, BarKey(key="E", text=words.event(), command="E"), _primary(words.save())),
            )
        usual = _usual(view, is_table=is_table)
        return _doubtful(bedside, view, usual) or BarContent(keys=usual)
    taken = state.line.taken_at
    if taken is None:
        return BarContent(hint=hint, keys=(_primary(words.save()),))
    time = f"{taken.hour:02d}:{taken.minute:02d}"
    now = bedside.controller.now()
    since_s = (now.utc_ms - taken_ms(taken, view, now)) / MS_PER_S
    return BarContent(
        shape=Shape.CLOCK,
        title=words.taken_then(time, age(since_s)) if since_s > 0 else words.still_to_come(time),
        is_large=True,
        shows_due=False,
        hint=hint,
        keys=(_primary(words.save_at(time)),),
    )


def _doubtful(bedside: Bedside, view: SessionView, usual: tuple[BarKey, ...]) -> BarContent | None:
    """Say what to do about a doubtful reading; None without one."""
    newest = doubtful(view, bedside.now_ms(view))
    if newest is None:
        return None
    values = pressure(newest.vitals.systolic_mmhg, newest.vitals.diastolic_mmhg)
    return BarContent(
        shape=Shape.QUESTION,
        title=words.doubtful(happened.taken_at(newest.entry), values),
        detail=words.doubtful_detail(),
        keys=(usual[0], usual[-1]),
    )


def _pressure_of(view: SessionView) -> str:
    newest = view.waiting[-1].vitals
    return f"{newest.systolic_mmhg}/{newest.diastolic_mmhg}"


def _asked(view: SessionView, state: DeskState) -> BarContent:
    is_stored = state.stage is Stage.STORED
    return BarContent(
        look=BarLook.ASKED,
        shape=Shape.QUESTION,
        title=words.unlikely(_questions(view, state)),
        detail=words.stored_first() if is_stored else words.unlikely_detail(),
        shows_due=False,
        keys=(
            BarKey(key="R", text=words.repeat_timer(), command="R"),
            BarKey(key=ERASE, text=words.fix(), command="fix"),
            _primary(words.keep()),
        ),
    )


def _questions(view: SessionView, state: DeskState) -> str:
    before = view.charted[:-1] if state.stage is Stage.STORED else view.charted
    since = happened.taken_at(before[-1].entry) if before else ""
    return "; ".join(refusals.asked(one, since) for one in state.asked[:2])


def _wrong(state: DeskState) -> BarContent:
    if state.line.problem is None:
        return BarContent()
    chips = state.line.chips
    before = chips[-2].text if len(chips) > 1 else ""
    title, detail = words.problem(state.line.problem, before)
    is_surplus = bool(chips) and chips[-1].state is ChipState.WRONG and chips[-1].quantity is None
    text = words.remove(chips[-1].text) if is_surplus else words.retype()
    return BarContent(
        look=BarLook.WRONG,
        shape=Shape.CROSS,
        title=title,
        detail=detail,
        shows_due=False,
        keys=(BarKey(key=ERASE, text=text, command="erase"),),
    )


def _offer(bedside: Bedside, view: SessionView, state: DeskState) -> BarContent:
    offer = state.offer
    if offer is None:
        return BarContent()
    measured = Instant(utc_ms=offer.entry.taken_at_ms, offset_minutes=offer.entry.offset_minutes)
    ends = clock(measured.plus_s(view.policy.monitor.offer_expires_s))
    since = age(bedside.age_s(view, offer.at_ms))
    keys = [BarKey(key="Del", text=words.reject(), command="Del"), _primary(words.accept())]
    if len(view.waiting) > 1:
        keys.insert(0, _backlog(view))
    title, detail = words.offer(clock_s(measured)), words.offer_detail(since, ends)
    if offer.amendments:
        old = pressure(offer.original.systolic_mmhg, offer.original.diastolic_mmhg)
        title = words.offer_amended(offer.amendments[-1].author.name, old)
        detail = words.time_and_age(clock_s(measured), words.offer_detail(since, ends))
    return BarContent(
        shape=Shape.QUESTION if offer.amendments else Shape.PULSE,
        title=title,
        detail=words.just_arrived() if state.is_hasty else detail,
        keys=tuple(keys),
    )


def _old_draft(state: DeskState) -> BarContent:
    if state.typed_at is None:
        return BarContent()
    typed = clock(state.typed_at)
    return BarContent(
        look=BarLook.WRONG,
        shape=Shape.CLOCK,
        title=words.old_draft(typed, state.typed_age_s),
        is_large=True,
        detail=words.old_draft_detail(typed.replace(":", "")),
        shows_due=False,
        keys=(
            BarKey(key="Esc", text=words.clear(), command="clear"),
            _primary(words.take_time(typed)),
        ),
    )


def _not_saved(view: SessionView, saving: Saving) -> BarContent:
    entries = [entry for step in saving.unsaved for entry in step.entries]
    is_beyond = saving.is_dead or len(saving.unsaved) >= view.policy.entry.use_paper_at_waiting_steps
    newest = entries[-1].taken_at_ms if entries else 0
    offset_minutes = entries[-1].offset_minutes if entries else 0
    held = clock(Instant(utc_ms=newest, offset_minutes=offset_minutes)) if entries else ""
    return BarContent(
        look=BarLook.UNSAVED,
        shape=Shape.CROSS,
        title=words.use_paper() if is_beyond else words.not_saved(len(saving.unsaved)),
        detail=words.not_saved_detail(saving.failure or "", held),
        shows_due=False,
        keys=(
            BarKey(key="F5", text=words.retry_now(), command="F5"),
            BarKey(key=ENTER, text=words.save(), command=SAVE_COMMAND),
        ),
    )
