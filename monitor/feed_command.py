"""What a monitor's link tells, as the command that writes it into a session's record."""

from monitor import bodies
from monitor.clock import Instant
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.feed import CuffGaveNothing, CuffReading, LinkChanged


def command_of_event(event: LinkChanged | CuffReading | CuffGaveNothing) -> Command:
    """Return the command for `event`, with the link's protocol as its author."""
    device = Author(role=Role.DEVICE, name=event.source.protocol)
    if isinstance(event, LinkChanged):
        return Command(body=_link_change(event), author=device, at=event.at)
    if isinstance(event, CuffReading):
        return Command(
            body=_captured(event), author=device, at=event.received_at, taken_at_ms=event.measured_at_ms
        )
    failed = bodies.CuffFailed(trouble=event.trouble, reason=event.reason, port=event.source.port)
    return Command(body=failed, author=device, at=event.received_at)


def command_of_stood(stood: bodies.LiveStood, at: Instant) -> Command:
    """Return the command for a continuous value that stood beyond a limit until `at`."""
    return Command(body=stood, author=Author(role=Role.DEVICE, name=stood.protocol), at=at)


def _link_change(event: LinkChanged) -> bodies.LinkChange:
    return bodies.LinkChange(
        state=event.state,
        reason=event.reason,
        protocol=event.source.protocol,
        port=event.source.port,
        is_simulated=event.source.is_simulated,
    )


def _captured(event: CuffReading) -> bodies.Captured:
    return bodies.Captured(
        vitals=event.vitals,
        quality=event.quality,
        protocol=event.source.protocol,
        port=event.source.port,
        is_simulated=event.source.is_simulated,
        begun_at_ms=event.begun_at_ms,
        received_at_ms=event.received_at.utc_ms,
        raw_hex=event.raw.hex(),
    )
