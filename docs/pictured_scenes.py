"""Every screen and state that is pictured, but the entry bar's and the printed report's."""

from collections.abc import Callable, Iterator
from functools import partial

from docs import pictured_day as day
from docs.pictured_acts import doing
from docs.pictured_clinic import PicturedClinic
from docs.pictured_stage import Scene, Stage
from monitor import bodies
from monitor.terms import FlagAction
from ui.routes import ToChair, ToDevice, ToReport, ToReview, ToSeat, ToSettings


def scenes() -> Iterator[Scene]:
    """Each with its own script, moment and keys."""
    yield Scene(name="board-empty", script=day.links(), until="09:28:30")
    yield Scene(name="board-normal", script=day.everybody(), until="10:08:20")
    yield Scene(name="board-unconfirmed", script=day.everybody(), until="10:26:50")
    yield Scene(name="board-confirmed", script=day.everybody(), until="10:28:20")
    yield Scene(name="board-busy", script=day.everybody(), until="10:42:20")
    yield Scene(name="board-answered", script=[*day.everybody(), _answer(5)], until="10:42:40")
    yield Scene(name="board-simulated", script=day.everybody(), until="10:27:10", is_demo=True)
    yield Scene(name="seat", script=day.everybody(), until="10:30:10", route=ToSeat(3), act=_seat_halfway)
    yield from _sessions()
    yield from _afterwards()
    for section, key in (("chairs", 2), ("operators", 3), ("limits", 5)):
        turn = partial(_turn_to, key=key)
        yield Scene(
            name=f"settings-{section}", script=day.everybody(), until="10:08:20", route=ToSettings(), act=turn
        )
    yield Scene(name="device", script=day.everybody(), until="10:27:10", route=ToDevice(1))
    yield Scene(name="keys", script=day.everybody(), until="10:27:10", route=ToChair(1), keys="<F1>")
    yield Scene(
        name="operator",
        script=day.everybody(),
        until="10:27:10",
        act=lambda s: s.window.operator_panel.open(),
    )
    yield Scene(
        name="closing-refused", script=day.everybody(), until="10:27:10", route=ToChair(1), act=_close_unsaved
    )


def _sessions() -> Iterator[Scene]:
    seated = [*day.links(), *day.okafor()]
    yield Scene(name="session-seated", script=seated, until="09:54", route=ToChair(1))
    yield Scene(name="session-baseline", script=seated, until="09:57:30", route=ToChair(1))
    gate = [*day.links(), *day.raised_baseline()]
    yield Scene(name="session-start-gate", script=gate, until="10:13", route=ToChair(3), act=_start_gate)
    both = [*day.links(), *day.okafor(), *day.brandt()]
    yield Scene(name="session-infusing", script=both, until="10:27:10", route=ToChair(1), keys="128827698")
    yield Scene(name="session-paused", script=both, until="10:18:50", route=ToChair(1))
    yield Scene(name="session-unconfirmed", script=both, until="10:26:50", route=ToChair(5))
    yield Scene(name="session-act-now", script=both, until="10:41:20", route=ToChair(5))
    yield Scene(name="session-answering", script=both, until="10:41:20", route=ToChair(5), keys="a")
    yield Scene(name="session-table", script=both, until="10:27:10", route=ToChair(1), keys="t")
    yield Scene(name="session-events", script=both, until="10:27:10", route=ToChair(1), keys="e")
    yield Scene(name="session-recovery-silent", script=day.everybody(), until="10:42:20", route=ToChair(6))
    finished = [*day.links(), *day.okafor_ends()]
    yield Scene(name="session-finished-question", script=finished, until="10:54", route=ToChair(1))
    yield Scene(name="session-discharged", script=finished, until="11:35", route=ToChair(1), keys="o")
    yield Scene(name="session-disk-full", script=both, until="10:27:10", route=ToChair(1), act=fill_disk)
    yield Scene(name="session-simulated", script=both, until="10:27:10", route=ToChair(1), is_demo=True)


def _afterwards() -> Iterator[Scene]:
    script = [*day.okafor_ends(), *day.links()]
    any_session = "the first"
    yield Scene(
        name="sessions", script=day.everybody() + day.okafor_ends()[-9:], until="11:45", route=ToReview()
    )
    yield Scene(name="review", script=script, until="11:45", route=ToReview(any_session))
    yield Scene(name="review-table", script=script, until="11:45", route=ToReview(any_session), keys="t")
    yield Scene(name="report", script=script, until="11:45", route=ToReport(any_session))


def _answer(chair: int) -> tuple[str, Callable[[PicturedClinic], None]]:
    return "10:42:30", doing(chair, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))


def _seat_halfway(stage: Stage) -> None:
    stage.press("SILVA, Ana<Tab>17.2.1958<Tab>40455<Tab>none<Tab>61.5<Tab>")


def _turn_to(stage: Stage, *, key: int) -> None:
    stage.press(f"<Alt+{key}>")


def _start_gate(stage: Stage) -> None:
    stage.press("e7AS<Tab>1958<Return>")
    stage.press("Ketamine<Tab>35<Tab>70<Tab>75<Tab>40<Return>")


def fill_disk(stage: Stage) -> None:
    """Let the disk take no more, and chart a set."""
    stage.house.disk_fault = "The disk is full: free some space. Vigil tries again by itself. (SQLITE_FULL)"
    stage.press("128827698<Return>")


def _close_unsaved(stage: Stage) -> None:
    fill_disk(stage)
    stage.window.close()
