"""What is known of the monitors beside one chair at this moment. Nothing here is charted."""

from dataclasses import dataclass, replace

from monitor.feed import CuffBusy, CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue, Source
from monitor.outcome import Why
from monitor.vitals import Quality, Quantity, Vitals

_WORST_FIRST = (
    LinkState.LOST,
    LinkState.SILENT,
    LinkState.CONNECTING,
    LinkState.NEGOTIATING,
    LinkState.CONNECTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One or more monitors at a chair, such as a cuff and an oximeter.

    Attributes:
        links: the newest change of each monitor's link.
        live: newest continuous value of each quantity from each monitor; a withdrawn one is absent.
        busy: cuffs that inflate now.
        not_charted: why the newest determination was not taken up, None when it was.
    """

    links: tuple[LinkChanged, ...] = ()
    live: tuple[LiveValue, ...] = ()
    busy: tuple[CuffBusy, ...] = ()
    not_charted: Why | None = None

    @property
    def link(self) -> LinkChanged | None:
        """The link that needs a look most; None before the first."""
        return min(self.links, key=lambda each: _WORST_FIRST.index(each.state), default=None)

    @property
    def cuff_busy_since_ms(self) -> int | None:
        """UTC milliseconds since a cuff inflates, None when none does."""
        return min((each.since_ms for each in self.busy), default=None)

    @property
    def is_simulated(self) -> bool:
        """Whether any of the monitors can only be a simulated one."""
        return any(each.source.is_simulated for each in self.links)

    def live_value(self, quantity: Quantity) -> LiveValue | None:
        """The newest live value of `quantity`, if a monitor gives one now."""
        found = [each for each in self.live if each.quantity is quantity]
        return max(found, key=lambda each: each.received_at.utc_ms, default=None)

    def after(self, event: FeedEvent) -> "Wire":
        """The wire once `event` is known."""
        match event:
            case LiveValue():
                others = tuple(
                    each
                    for each in self.live
                    if (each.quantity, each.source) != (event.quantity, event.source)
                )
                is_shown = event.value is not None and event.quality is not Quality.DEMO
                return replace(self, live=(*others, event) if is_shown else others)
            case CuffBusy():
                return replace(self, busy=(*_of_others(self.busy, event.source), event))
            case LinkChanged():
                linked = event.state is LinkState.CONNECTED
                return replace(
                    self,
                    links=tuple([each for each in self.links if each.source != event.source] + [event]),
                    live=self.live
                    if linked
                    else tuple(each for each in self.live if each.source != event.source),
                    busy=_of_others(self.busy, event.source),
                )
            case _:  # a determination has ended
                return replace(self, busy=_of_others(self.busy, event.source))

    def without(self, source: Source) -> "Wire":
        """The wire once a monitor was taken away for good."""
        return replace(
            self,
            links=tuple(each for each in self.links if each.source != source),
            live=tuple(each for each in self.live if each.source != source),
            busy=_of_others(self.busy, source),
        )

    def joined(self, reading: CuffReading) -> CuffReading:
        """`reading` with the trusted values that stood beside it, if it is as young as they are."""
        if not reading.is_young:
            return reading
        beside = {
            each.quantity: each.value
            for each in sorted(self.live, key=lambda each: each.received_at.utc_ms)
            if each.quality is Quality.GOOD
        }
        standing = Vitals(
            heart_rate_bpm=beside.get(Quantity.HEART_RATE),
            pulse_rate_bpm=beside.get(Quantity.PULSE_RATE),
            spo2_percent=beside.get(Quantity.SPO2),
            respiratory_rate_bpm=beside.get(Quantity.RESPIRATORY_RATE),
        )
        return replace(reading, vitals=reading.vitals.over(standing))


def _of_others(busy: tuple[CuffBusy, ...], source: Source) -> tuple[CuffBusy, ...]:
    return tuple(each for each in busy if each.source != source)
