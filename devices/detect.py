"""Find out which monitor speaks on a port: listen, try line settings, ask what is harmless, judge by content.

What an adapter calls itself proves nothing: the same bridge chip sits in many monitors' cables. Only
questions that read are asked. One port is searched at a time by one thread; ports are searched side by side.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from devices.profile import Profile
from devices.protocols.messages import Decoder, FrameRejected, Ignored, Message, Request
from devices.transport.base import LinkFault, Transport
from devices.transport.serial_port import LineSettings
from monitor.clock import Clock
from monitor.link_report import PortSearched, SearchOutcome

LISTEN_S = 2.6  # two frames of a monitor that sends each second, and a moment
ANSWER_S = 1.2  # an answer takes a tenth of that
TURN_S = 0.1  # bounds how long a stop takes
READ_BYTES = 4096

Open = Callable[[str, LineSettings], Transport]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """One kind of monitor at one line setting, and what it has shown so far."""

    profile: Profile
    line: LineSettings
    decoder: Decoder
    good: int = 0


class PortSearch:
    """Searches one port. `report` may be read from any thread.

    Args:
        port: a setting as `devices.address` reads it.
        profiles: the kinds to look for; those without `proof_frames` are left out.
        open_port: makes a closed transport to a port at a line setting.
        clock: real time.
    """

    def __init__(self, *, port: str, profiles: Iterable[Profile], open_port: Open, clock: Clock) -> None:
        self._port = port
        self._open_port = open_port
        self._clock = clock
        self._stopping = threading.Event()
        self._plan = _plan(profiles)
        self._step = 0
        self._steps = sum(2 for _ in self._plan) or 1
        self._report = PortSearched(port=port, outcome=SearchOutcome.SEARCHING, share=0.0)

    @property
    def report(self) -> PortSearched:
        """How far the search is, or what it found."""
        return self._report

    def stop(self) -> None:
        """Let the search end soon, having found nothing."""
        self._stopping.set()

    def run(self) -> None:
        """Search until something is found, everything was tried, or `stop` was called."""
        try:
            for line, profiles in self._plan:
                found = self._try_line(line, profiles)
                if found is not None:
                    self._report = found
                    return
                if self._stopping.is_set():
                    break
            self._end(SearchOutcome.NOTHING, "Nothing known was heard.")
        except LinkFault as fault:
            self._end(SearchOutcome.CLOSED, str(fault))

    def _try_line(self, line: LineSettings, profiles: Sequence[Profile]) -> PortSearched | None:
        candidates = [_Candidate(profile=each, line=line, decoder=each.new_decoder()) for each in profiles]
        wire = self._open_port(self._port, line)
        wire.open()
        try:
            candidates = self._hear(wire, candidates, LISTEN_S)
            self._advance()
            for asked in profiles:
                if self._proven(candidates) is not None or self._stopping.is_set():
                    break
                for question in (*asked.set_up, *asked.polls):  # one answer may not be proof enough
                    wire.write(question)
                    candidates = self._hear(wire, candidates, ANSWER_S)
            self._advance()
        finally:
            wire.close()
        return self._proven(candidates)

    def _hear(self, wire: Transport, candidates: list[_Candidate], for_s: float) -> list[_Candidate]:
        until_s = self._clock.monotonic_s() + for_s
        while self._clock.monotonic_s() < until_s and not self._stopping.is_set():
            data = wire.read(READ_BYTES, TURN_S)
            if data:
                candidates = [_having_heard(each, data) for each in candidates]
                if self._proven(candidates) is not None:
                    break
        return candidates

    def _proven(self, candidates: Sequence[_Candidate]) -> PortSearched | None:
        for each in candidates:
            proof = each.profile.proof_frames
            if proof is not None and each.good >= proof:
                return PortSearched(
                    port=self._port,
                    outcome=SearchOutcome.FOUND,
                    share=1.0,
                    protocol=each.profile.name,
                    title=each.profile.title,
                    line_settings=each.line.text,
                    frames=each.good,
                )
        return None

    def _advance(self) -> None:
        self._step += 1
        self._report = replace(self._report, share=min(self._step / self._steps, 1.0))

    def _end(self, outcome: SearchOutcome, reason: str) -> None:
        if self._stopping.is_set():
            outcome, reason = SearchOutcome.STOPPED, ""
        self._report = replace(self._report, outcome=outcome, share=1.0, reason=reason)


class Search:
    """Searches several ports side by side, each in a thread of its own."""

    def __init__(self, searches: Sequence[PortSearch]) -> None:
        self._searches = tuple(searches)
        self._threads = [
            threading.Thread(target=each.run, name=f"search {each.report.port}", daemon=True)
            for each in self._searches
        ]

    @property
    def reports(self) -> tuple[PortSearched, ...]:
        """Each port, in the order given."""
        return tuple(each.report for each in self._searches)

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        """Let every search end soon. Does not wait."""
        for search in self._searches:
            search.stop()

    def stop(self) -> None:
        """Let every search end, and wait for it."""
        self.ask_to_stop()
        self.join()

    def join(self, timeout_s: float | None = None) -> None:
        """Wait until every port is searched or stopped; for each at most `timeout_s`, None without end."""
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout_s)


def _plan(profiles: Iterable[Profile]) -> list[tuple[LineSettings, list[Profile]]]:
    """Each line setting with the kinds that may use it; what most kinds use comes first."""
    pairs = [
        (line, profile)
        for profile in profiles
        if profile.proof_frames is not None
        for line in (profile.line, *profile.other_lines)
    ]
    ordered = sorted(pairs, key=lambda pair: pair[0].text)
    plan = [(line, [profile for _, profile in same]) for line, same in groupby(ordered, lambda pair: pair[0])]
    return sorted(plan, key=lambda step: -len(step[1]))


def _having_heard(candidate: _Candidate, data: bytes) -> _Candidate:
    good = sum(_speaks_for_it(message) for message in candidate.decoder.feed(data))
    return replace(candidate, good=candidate.good + good)


def _speaks_for_it(message: Message) -> bool:
    return not isinstance(message, FrameRejected | Request | Ignored)
