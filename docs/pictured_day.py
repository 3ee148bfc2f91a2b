"""What happens in the pictured clinic, by the clock: five invented people, none of them real."""

from decimal import Decimal

from docs.pictured_acts import doing, linking, read, seat, start, typed
from docs.pictured_clinic import CLINICIAN, Act, PicturedClinic, Script
from monitor import bodies
from monitor.feed import LinkState
from monitor.terms import FlagAction, Phase, RejectReason, Severity

CABLE_OUT = "The cable of serial:/dev/ttyUSB0 is gone. Check both ends; Vigil connects by itself."
QUIET = "No answer for 7 s. Check that the monitor is on and its cable is in."


def links() -> Script:
    """Four monitors, one with its cable out for three minutes, one silent later on."""
    return [
        *((f"09:28:0{chair}", linking(chair, LinkState.CONNECTED)) for chair in (1, 2, 5, 6)),
        ("10:10", linking(1, LinkState.LOST, CABLE_OUT)),
        ("10:13", linking(1, LinkState.CONNECTED)),
        ("10:38", linking(6, LinkState.SILENT, QUIET)),
    ]


def okafor() -> Script:
    """Chair 1: a notify that its repeat does not confirm, a pause, a slower rate."""
    return [
        ("09:50", seat(1, "OKAFOR, Ruth", "1979-03-12", "40417")),
        ("09:56", typed(1, 126, 80, 71, 98)),
        ("09:59", typed(1, 122, 76, 69, 98)),
        ("10:04", start(1)),
        ("10:08", doing(1, bodies.Noted(text="Cuff moved"))),
        ("10:09", typed(1, 138, 86, 76, 98)),
        ("10:13:20", doing(1, bodies.EffectOpened(effect="dissociation", severity=Severity.MILD))),
        ("10:16", typed(1, 184, 108, 92, 96, moaa_s=4)),
        ("10:16:20", doing(1, bodies.FlagAnswered(action=FlagAction.RECHECKING))),
        ("10:17", doing(1, bodies.ClinicianTold(who=CLINICIAN))),
        ("10:17:10", doing(1, bodies.InfusionPaused(reason="pressure"))),
        ("10:18", read(1, 158, 96, 88, 97)),
        ("10:18:20", doing(1, bodies.EffectOpened(effect="dissociation", severity=Severity.MODERATE))),
        ("10:18:40", doing(1, bodies.EffectOpened(effect="nausea", severity=Severity.MILD))),
        ("10:19:30", doing(1, _ondansetron())),
        ("10:20", read(1, 148, 92, 84, 97, is_accepted=False)),
        ("10:20:10", doing(1, bodies.InfusionResumed())),
        ("10:22", doing(1, bodies.RateChanged(rate_ml_per_h=Decimal(60)))),
        ("10:23", typed(1, 140, 88, 80, 98, moaa_s=4)),
        ("10:25", doing(1, bodies.EffectClosed(effect="nausea"))),
        ("10:27:40", typed(1, 128, 82, 76, 98, moaa_s=4)),
    ]


def okafor_ends() -> Script:
    """Chair 1 to its end, for review and report."""
    return [
        *okafor(),
        ("10:37", typed(1, 132, 84, 78, 98)),
        ("10:47", typed(1, 136, 84, 76, 98)),
        ("10:55", doing(1, bodies.InfusionStopped(reason="completed"))),
        ("10:56", doing(1, bodies.EffectClosed(effect="dissociation"))),
        ("11:00", typed(1, 130, 82, 74, 98)),
        ("11:15", typed(1, 124, 80, 72, 98)),
        ("11:30", typed(1, 122, 78, 70, 98)),
        ("11:34", doing(1, bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None))),
        ("11:38", doing(1, bodies.Signed(meaning="Charted by me and complete", head=""))),
    ]


def brandt() -> Script:
    """Chair 5: a notify that is confirmed, and later an act now."""
    return [
        ("09:46", seat(5, "BRANDT, Jonas", "1971-06-02", "40102", dose_mg=40)),
        ("09:54", read(5, 130, 82, 72, 98)),
        ("09:57", read(5, 130, 82, 74, 98)),
        ("10:03", start(5, dose_mg=40)),
        ("10:08", read(5, 142, 88, 80, 98)),
        ("10:18", read(5, 156, 94, 86, 97)),
        ("10:26:20", read(5, 186, 112, 90, 97)),
        ("10:28", read(5, 188, 112, 92, 97)),
        ("10:28:40", doing(5, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))),
        ("10:28:50", doing(5, bodies.ClinicianTold(who=CLINICIAN))),
        ("10:33", read(5, 170, 102, 88, 97)),
        ("10:37", read(5, 184, 110, 92, 97)),
        ("10:41", read(5, 204, 118, 96, 97)),
    ]


def werner() -> Script:
    """Chair 6: an ordinary session, in recovery when its monitor falls silent."""
    return [
        ("09:29", seat(6, "WERNER, Lena", "1988-11-20", "40230", dose_mg=32)),
        ("09:35", read(6, 118, 74, 66, 98)),
        ("09:38", read(6, 118, 74, 64, 98)),
        ("09:44", start(6, dose_mg=32)),
        ("09:49", read(6, 124, 78, 70, 98)),
        ("09:59", read(6, 132, 82, 74, 98)),
        ("10:09", read(6, 134, 84, 74, 98)),
        ("10:19", read(6, 130, 82, 72, 98)),
        ("10:24", doing(6, bodies.InfusionStopped(reason="completed"))),
        ("10:29", read(6, 124, 78, 68, 98)),
    ]


def kovac() -> Script:
    """Chair 2: quiet, then a reading that nobody has confirmed yet."""
    return [
        ("10:10", seat(2, "KOVAC, Milan", "1966-09-30", "40388")),
        ("10:16", read(2, 132, 84, 76, 98)),
        ("10:20", read(2, 132, 84, 78, 98)),
        ("10:24", start(2)),
        ("10:29", read(2, 144, 88, 82, 97)),
        ("10:39", read(2, 158, 94, 86, 97)),
        ("10:41:40", read(2, 182, 106, 88, 96)),
    ]


def adeyemi() -> Script:
    """Chair 4: no monitor, one baseline set so far."""
    return [
        ("10:33", seat(4, "ADEYEMI, Tola", "1991-01-08", None)),
        ("10:39", typed(4, 132, 84, 78, 97)),
    ]


def raised_baseline() -> Script:
    """Chair 3: a baseline that holds the start."""
    return [
        ("10:00", seat(3, "SILVA, Ana", "1958-02-17", "40455")),
        ("10:06", typed(3, 164, 96, 84, 97)),
        ("10:10", typed(3, 162, 98, 82, 97)),
    ]


def everybody() -> Script:
    """All five and the wires."""
    return [*links(), *okafor(), *brandt(), *werner(), *kovac(), *adeyemi()]


def rejecting(chair: int, reason: RejectReason) -> Act:
    """Reject the reading that waits."""

    def act(clinic: PicturedClinic) -> None:
        captured = clinic.seated(chair).waiting[-1].entry.sequence
        clinic.act(chair, bodies.Rejected(captured=captured, reason=reason))

    return act


def _ondansetron() -> bodies.DrugGiven:
    return bodies.DrugGiven(name="Ondansetron", dose_text="4 mg", route="IV", by="M.D.", response="")
