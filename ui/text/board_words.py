"""What the board says: cards, their state lines and the rail of what comes next."""

from PySide6.QtCore import QCoreApplication

from monitor.gate import Gate, GateLevel
from monitor.schedule import Ask
from monitor.terms import Phase
from monitor.wire import Wire
from ui.text.refusals import gate_value

translate = QCoreApplication.translate


def title() -> str:
    """Name of the page."""
    return translate("board", "Board")


def subtitle(first: int, last: int, day: str) -> str:
    """Say which chairs are in sight, and the day: "Chairs 1 to 6, Tuesday 18-Nov-2025"."""
    text = translate("board", "Chairs %1 to %2, %3")
    return text.replace("%1", str(first)).replace("%2", str(last)).replace("%3", day)


def seated(count: int) -> str:
    """Say how many people are seated."""
    return translate("board", "%1 seated").replace("%1", str(count))


def chair_name(chair: int) -> str:
    """Name a chair's card for a screen reader."""
    return translate("board", "Chair %1").replace("%1", str(chair))


def empty() -> str:
    """Title of a chair that nobody sits in."""
    return translate("board", "Empty")


def press() -> str:
    """Word before the key that seats a patient."""
    return translate("board", "Press")


def to_seat() -> str:
    """Words after that key."""
    return translate("board", "to seat a patient")


def nothing_due() -> str:
    """Say that an empty chair asks for nothing."""
    return translate("board", "No sets, nothing due")


def draft_kept() -> str:
    """Say that somebody began to seat a patient here."""
    return translate("board", "Seating begun, draft kept")


def phase_line(phase: Phase, minutes: int, planned: int, end: str) -> str:
    """Say where a session stands: "Infusing +18 of 40 min", or with another end than planned that end."""
    count = str(minutes)
    if phase is Phase.INFUSING:
        text = translate("board", "Infusing +%1 of %2 min")
        if end:
            text = translate("board", "Infusing +%1 min, ends about %3")
        return text.replace("%1", count).replace("%2", str(planned)).replace("%3", end)
    return {
        Phase.SEATED: translate("board", "Seated %1 min, no set yet"),
        Phase.BASELINE: translate("board", "Baseline, before start"),
        Phase.PAUSED: translate("board", "Paused %1 min"),
        Phase.RECOVERY: translate("board", "Recovery %1 min"),
        Phase.DISCHARGED: translate("board", "Discharged, not signed"),
        Phase.SIGNED: translate("board", "Signed"),
        Phase.CANCELLED: translate("board", "Cancelled"),
    }[phase].replace("%1", count)


def from_baseline(text: str) -> str:
    """Say what a change is counted from: "from 124/78"."""
    return translate("board", "from %1").replace("%1", text)


def set_of(count: int, wanted: int) -> str:
    """Say how far the baseline has come: "Set 1 of 2"."""
    return translate("board", "Set %1 of %2").replace("%1", str(count)).replace("%2", str(wanted))


def no_baseline() -> str:
    """Say that there is nothing to count a change from."""
    return translate("board", "no baseline yet")


def baseline_done() -> str:
    """Say that the baseline stands."""
    return translate("board", "baseline taken")


def no_pressure() -> str:
    """Say that no set was charted yet."""
    return translate("board", "no set yet")


def ask(what: Ask) -> str:
    """Ask for the most useful act."""
    return {
        Ask.BASELINE_SET: translate("board", "First baseline set"),
        Ask.ANOTHER_BASELINE_SET: translate("board", "Another baseline set"),
        Ask.START: translate("board", "Baseline done, infusion can start"),
        Ask.SET: translate("board", "Set due"),
        Ask.ACCEPT: translate("board", "Accept reading"),
        Ask.FINISHED: translate("board", "Finished?"),
        Ask.DISCHARGE: translate("board", "Discharge"),
        Ask.SIGN: translate("board", "Sign the record"),
        Ask.NOTHING: "",
    }[what]


def start(gate: Gate) -> tuple[str, str]:
    """Say that the start is free, or what holds it: "Start held" and "by systolic 164"."""
    if gate.reason is None:
        return ask(Ask.START), ""
    value = gate_value(gate.reason, is_first=False)
    if gate.level is GateLevel.AWARE:
        remark = translate("board", "before the start: %1")
        return translate("board", "Tell a clinician"), remark.replace("%1", value)
    return translate("board", "Start held"), translate("board", "by %1").replace("%1", value)


def rail_start(gate: Gate) -> str:
    """Say the same within the rail."""
    if gate.reason is None:
        return rail_ask(Ask.START)
    is_aware = gate.level is GateLevel.AWARE
    return translate("board", "tell a clinician") if is_aware else translate("board", "start held")


def rail_ask(what: Ask) -> str:
    """Name the same act within the rail."""
    return {
        Ask.BASELINE_SET: translate("board", "first baseline set"),
        Ask.ANOTHER_BASELINE_SET: translate("board", "another baseline set"),
        Ask.START: translate("board", "can start"),
        Ask.SET: translate("board", "set due"),
        Ask.ACCEPT: translate("board", "accept"),
        Ask.FINISHED: translate("board", "finished?"),
        Ask.DISCHARGE: translate("board", "discharge"),
        Ask.SIGN: translate("board", "sign"),
        Ask.NOTHING: "",
    }[what]


def accept_of(at: str) -> str:
    """Ask to accept a captured reading: "Accept 10:25"."""
    return translate("board", "Accept %1").replace("%1", at)


def waiting(times: tuple[str, ...]) -> str:
    """Say that readings wait to be accepted: "10:25 waits", "3 readings wait"."""
    if len(times) == 1:
        return translate("board", "%1 waits").replace("%1", times[0])
    return translate("board", "%1 readings wait").replace("%1", str(len(times)))


def doubtful(at: str) -> str:
    """Say that the newest reading is doubtful, which only another one mends: "10:25 questionable"."""
    return translate("board", "%1 questionable").replace("%1", at)


def captured_value(text: str) -> str:
    """Name a value that nobody accepted yet."""
    return translate("board", "%1, not charted").replace("%1", text)


def due(at: str) -> str:
    """Say when the next set is due."""
    return translate("board", "Due %1").replace("%1", at)


def rail_due(at: str) -> str:
    """Say the same within the rail."""
    return translate("board", "due %1").replace("%1", at)


def due_in(span: str) -> str:
    """Say how long until then: "in 2 min"."""
    return translate("board", "in %1").replace("%1", span)


def due_now() -> str:
    """Say that it is due this minute."""
    return translate("board", "now")


def overdue_by(span: str) -> str:
    """Say how late a set is: "Overdue 5 min"."""
    return translate("board", "Overdue %1").replace("%1", span)


def was_due(at: str) -> str:
    """Say when it should have been taken."""
    return translate("board", "was due %1").replace("%1", at)


def next_title() -> str:
    """Title of the rail."""
    return translate("board", "Next")


def rail_empty() -> str:
    """Say that no chair asks for anything."""
    return translate("board", "No sessions running. Press a chair's number to seat a patient.")


def more(count: int) -> str:
    """Say that the rail has no room for `count` more."""
    return translate("board", "+ %1 more").replace("%1", str(count))


def monitor_name(wire: Wire) -> str:
    """Name the monitor whose link needs a look most: "Monitor", or its kind where a chair has two."""
    is_one = wire.link is None or len(wire.links) < 2
    return translate("board", "Monitor") if is_one or wire.link is None else wire.link.source.protocol.upper()


def monitor_messages(name: str, age: str) -> str:
    """Say that the monitor talks, and how old its last value is: "Monitor 1 s"."""
    return translate("board", "%1 %2").replace("%1", name).replace("%2", age)


def monitor_linked(name: str) -> str:
    """Say that the monitor is there and gave no value yet."""
    return translate("board", "%1 linked").replace("%1", name)


def monitor_connecting(name: str) -> str:
    """Say that the link is being made."""
    return translate("board", "%1 connecting").replace("%1", name)


def monitor_waiting(name: str) -> str:
    """Say that the wire is there and the monitor has not spoken yet."""
    return translate("board", "%1 waiting").replace("%1", name)


def monitor_silent(name: str, span: str) -> str:
    """Say that the wire is there and the monitor says nothing."""
    return translate("board", "%1 silent %2").replace("%1", name).replace("%2", span)


def monitor_lost(name: str, span: str) -> str:
    """Say that the wire is gone."""
    return translate("board", "%1 lost %2").replace("%1", name).replace("%2", span)


def typed_only() -> str:
    """Say that this chair's values are typed."""
    return translate("board", "Typed, no monitor")


def no_monitor() -> str:
    """Say that an empty chair has no monitor."""
    return translate("board", "No monitor")


def bpm() -> str:
    """Unit of a rate."""
    return translate("board", "/min")


def percent() -> str:
    """Unit of saturation."""
    return "%"


def spo2() -> str:
    """Caption of saturation."""
    return translate("board", "SpO\N{SUBSCRIPT TWO}")


def open_chair_hint() -> str:
    """Footer: what the digits do."""
    return translate("board", "open chair")


def other_chairs_hint() -> str:
    """Footer: what the page keys do when there are more than six chairs."""
    return translate("board", "other chairs")


def choose_card_hint() -> str:
    """Help: what the arrow keys do."""
    return translate("board", "choose a card, Enter opens it")
