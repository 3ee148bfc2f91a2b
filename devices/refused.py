"""The report of a monitor that is set up and that no link can be made to, so that its page can say why."""

from devices.profiles import PROFILES
from monitor.clock import Instant
from monitor.feed import LinkState, Source
from monitor.link_report import LinkReport, StateSpan
from monitor.settings import MonitorLink


def refused_report(monitor: MonitorLink, reason: str, now: Instant) -> LinkReport:
    """Return a report of `monitor`, lost since `now` because of `reason`. Its protocol may be unknown."""
    profile = PROFILES.get(monitor.protocol)
    return LinkReport(
        source=Source(protocol=monitor.protocol, port=monitor.port, is_simulated=False),
        line_settings=profile.line.text if profile else "",
        quiet_time_s=profile.quiet_time_s if profile else None,
        history=(StateSpan(since=now, state=LinkState.LOST, reason=reason),),
        frames=0,
        bad_sums=0 if profile and profile.has_sums else None,
        rejected=0,
        resyncs=0,
        unanswered=0,
        links_lost=0,
        hang_ups=0 if profile and profile.may_hang_up else None,
        slowest_reply_ms=None,
        lines=(),
        title=profile.title if profile else monitor.protocol,
        set_up_note=profile.set_up_note if profile else "",
    )
