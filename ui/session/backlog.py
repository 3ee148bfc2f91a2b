"""Readings from the monitor that wait: seen together, accepted or rejected. Nothing is accepted unseen."""

from collections.abc import Mapping, Sequence

from monitor import bodies
from monitor.clock import MS_PER_S
from monitor.outcome import Outcome, Recorded
from monitor.terms import RejectReason
from monitor.view import Reading, SessionView
from monitor.waiting import look_at
from ui.session.bedside import Bedside
from ui.session.question import Act, Choice, Conversation, Option, in_rows
from ui.text import bedside_words, entry_words, happened
from ui.text import correction_words as words
from ui.text.words import level_marks

MOST_LISTED = 9  # one digit each
MOST_TIMES = 3
_REJECT = object()


def backlog(bedside: Bedside) -> Conversation:
    """Show the readings that wait until none does; each keeps its digit while the others go.

    One with a flag or an unlikely value is accepted by its own digit only, and none before the list was in
    sight for as long as an offer must be.
    """
    view = bedside.view
    listed = {} if view is None else _listed(view)
    said = ""
    while view is not None and (left := _still_waiting(view, listed)):
        shown_s = bedside.controller.monotonic_s()
        chosen = yield _question(view, left, said)
        seen_ms = (bedside.controller.monotonic_s() - shown_s) * MS_PER_S
        if chosen is _REJECT:
            yield from _reject_one(left)
            said = ""
        elif seen_ms < view.policy.monitor.visible_before_accept_ms:
            said = words.just_shown()
        else:
            taken = []
            for reading in chosen:
                outcome: Outcome = yield Act(body=bodies.Accepted(captured=reading.sequence))
                taken += [reading] if isinstance(outcome, Recorded) else []
            said = words.accepted(len(taken), _times(taken))
        view = bedside.view


def reject_waiting(bedside: Bedside) -> Conversation:
    """Reject a reading that is no longer offered; which one is asked when several wait."""
    if bedside.view is not None:
        yield from _reject_one(_listed(bedside.view))


def reject(reading: Reading) -> Conversation:
    """Ask why a monitor's reading is not this patient's pressure."""
    reasons = (
        (words.moved(), RejectReason.MOVED),
        (words.cuff(), RejectReason.CUFF),
        (words.talking(), RejectReason.TALKING),
        (bedside_words.other(), RejectReason.OTHER),
    )
    options = tuple(
        Option(key=str(at), text=text, answer=each) for at, (text, each) in enumerate(reasons, start=1)
    )
    reason = yield Choice(title=words.which_reject(), detail=_values(reading), rows=in_rows(options))
    yield Act(body=bodies.Rejected(captured=reading.sequence, reason=reason))


def _reject_one(left: Mapping[int, Reading]) -> Conversation:
    if len(left) > 1:
        options = tuple(
            Option(key=str(digit), text=_values(each), answer=each) for digit, each in left.items()
        )
        reading = yield Choice(title=words.reject_which(), rows=in_rows(options, width=3))
    else:
        reading = next(iter(left.values()))
    yield from reject(reading)


def _listed(view: SessionView) -> dict[int, Reading]:
    return dict(enumerate(view.waiting[-MOST_LISTED:], start=1))


def _still_waiting(view: SessionView, listed: Mapping[int, Reading]) -> dict[int, Reading]:
    waiting = {each.sequence for each in view.waiting}
    return {digit: each for digit, each in listed.items() if each.sequence in waiting}


def _question(view: SessionView, left: Mapping[int, Reading], said: str) -> Choice:
    looks = {digit: look_at(view, each) for digit, each in left.items()}
    plain = tuple(left[digit] for digit, look in looks.items() if not look.is_needed)
    options = []
    for digit, reading in left.items():
        level = looks[digit].level
        mark = (
            ""
            if not looks[digit].is_needed
            else words.unlikely_mark()
            if level is None
            else level_marks(level)
        )
        text = " ".join(part for part in (mark, _values(reading)) if part)
        options.append(Option(key=str(digit), text=text, answer=(reading,)))
    last = [Option(key="Del", text=words.reject_one(), answer=_REJECT)]
    if len(plain) > 1:
        last.insert(0, Option(key="0", text=words.accept_all(len(plain), _times(plain)), answer=plain))
    marked = len(left) - len(plain)
    detail = " ".join(part for part in (said, words.marked_wait(marked) if marked else "") if part)
    return Choice(
        title=words.backlog(len(view.waiting)),
        detail=detail,
        rows=(*in_rows(tuple(options), width=3), tuple(last)),
    )


def _times(readings: Sequence[Reading]) -> str:
    times = [happened.taken_at(each.entry) for each in readings]
    return ", ".join(times) if len(times) <= MOST_TIMES else words.from_to(times[0], times[-1])


def _values(reading: Reading) -> str:
    return entry_words.at_time(happened.vitals(reading.vitals), happened.taken_at(reading.entry))
