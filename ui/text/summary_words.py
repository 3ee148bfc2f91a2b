"""A session in one breath: baseline, peak, minutes above, who was told, what was done, return to the band."""

from PySide6.QtCore import QCoreApplication

from monitor import bodies
from monitor.policy import Policy
from monitor.summary import BandState, Summary
from monitor.view import Happened, Reading, SessionView
from ui.text import happened
from ui.text.formats import pressure
from ui.text.summary_parts import (
    baseline,
    fate,
    filled,
    limit_pair,
    minute,
    minute_min,
    minutes_above,
    reading_pressure,
)

translate = QCoreApplication.translate

MOST_ACTS = 8  # in one breath; who was told comes before what was done


def sentence(view: SessionView, summary: Summary) -> str:
    """Say the session in one breath: baseline, peak, minutes above, who was told, what was done, return."""
    parts = [
        filled(translate("summary", "Baseline %1."), baseline(summary.baseline))
        if summary.baseline
        else translate("summary", "No baseline."),
        _peak_sentence(view, summary),
        _exposure_sentence(summary),
        _acts_sentence(view, summary),
        _band_sentence(view, summary),
    ]
    return " ".join(part for part in parts if part)


def _peak_sentence(view: SessionView, summary: Summary) -> str:
    peak = summary.peak_systolic
    if peak is None:
        return translate("summary", "No set was charted.")
    said = filled(
        translate("summary", "Peak %1 at %2"),
        reading_pressure(peak.reading),
        minute_min(view, peak.reading.at_ms),
    )
    said = ", ".join(part for part in (said, fate(view, peak)) if part)
    if summary.higher_captured is not None:
        said += "; " + higher_captured(view, summary.higher_captured)
    return f"{said}."


def higher_captured(view: SessionView, reading: Reading) -> str:
    """Name a higher value that nobody accepted."""
    text = translate("summary", "captured, not accepted: %1 at %2")
    return filled(text, reading_pressure(reading), minute(view, reading.at_ms))


def _exposure_sentence(summary: Summary) -> str:
    text = translate("summary", "%1 at or above %2")
    parts = [
        filled(text, minutes_above(each), limit_pair(each))
        for each in summary.exposures
        if each.minutes is not None
    ]
    return f"{', '.join(parts)}." if parts else ""


def _acts_sentence(view: SessionView, summary: Summary) -> str:
    acts = sorted((*summary.told, *summary.done), key=lambda item: (item.at_ms, item.entry.sequence))
    if not acts:
        return ""
    first = sorted(acts, key=lambda item: item not in summary.told)[:MOST_ACTS]
    told = [act(view, item) for item in acts if item in first]
    if len(acts) > len(told):
        told.append(filled(translate("summary", "and %1 more acts"), str(len(acts) - len(told))))
    said = "; ".join(told)
    return f"{said[:1].upper()}{said[1:]}."


def act(view: SessionView, item: Happened) -> str:
    """Write one thing that was done, with its minute: "told Dr Lindqvist +13"."""
    body = item.body
    match body:
        case bodies.ClinicianTold():
            text = filled(translate("summary", "told %1"), body.who)
        case bodies.InfusionPaused():
            text = translate("summary", "paused")
        case bodies.RateChanged():
            text = filled(translate("summary", "rate %1 mL/h"), happened.decimal(body.rate_ml_per_h))
        case bodies.FlagAnswered():
            text = happened.action(body.action).lower()
        case _:
            text = happened.event(body) or ""
    return f"{text} {minute(view, item.at_ms)}"


def _band_sentence(view: SessionView, summary: Summary) -> str:
    band, since = summary.band, ""
    if band.since is not None:
        since = minute_min(view, band.since.at_ms)
    text = {
        BandState.BACK: translate("summary", "Charted sets back %1 from %2"),
        BandState.NEVER_LEFT: translate("summary", "Charted sets always %1"),
        BandState.STILL_OUT: translate("summary", "Last charted set not yet %1"),
    }.get(band.state)
    if text is None:
        return ""
    said = filled(text, recovery_band(view.policy), since)
    if band.captured_out:
        text = translate("summary", "%1; outside that, captured and not accepted: %2")
        said = filled(text, said, _captured(view, band.captured_out))
    return f"{said}."


def recovery_band(policy: Policy) -> str:
    """Say what counts as recovered: near the baseline, and over and under the policy's pressures."""
    rule = policy.recovery
    return filled(
        translate("summary", "within %1% of baseline, under %2, systolic at least %3"),
        str(rule.within_baseline_percent),
        pressure(rule.systolic_under_mmhg, rule.diastolic_under_mmhg),
        str(rule.systolic_at_least_mmhg),
    )


def _captured(view: SessionView, readings: tuple[Reading, ...]) -> str:
    """Name the first of them, and count the others."""
    first = readings[0]
    said = filled(translate("summary", "%1 at %2"), reading_pressure(first), minute(view, first.at_ms))
    if len(readings) == 1:
        return said
    return filled(translate("summary", "%1 and %2 more"), said, str(len(readings) - 1))
