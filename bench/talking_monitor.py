"""A monitor on TCP that a measurement makes speak, and that answers questions in between as its kind does."""

import socket
import threading

from devices.protocols import dinamap

_NOTHING_MEASURED = dinamap.cuff_frame(status=1, age_s=None, pressures_mmhg=(0, 0, 0))


class TalkingMonitor:
    """Speaks when told to; to questions it repeats what it told last, and of a cuff nothing."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self._host: socket.socket | None = None
        self._percent = 97
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up."""
        self._listener.close()
        self._thread.join(1.0)

    def tell_spo2(self, percent: int) -> None:
        """Send an SpO2."""
        with self._lock:
            self._percent = percent
            self._send(dinamap.spo2_frame(percent=percent))

    def tell_cuff(self, systolic_mmhg: int, diastolic_mmhg: int) -> None:
        """Send a determination that ended just now."""
        pressures = (systolic_mmhg, diastolic_mmhg, diastolic_mmhg + (systolic_mmhg - diastolic_mmhg) // 3)
        with self._lock:
            self._send(dinamap.cuff_frame(status=1, age_s=0, pressures_mmhg=pressures))

    def _send(self, frame: bytes) -> None:
        assert self._host is not None  # noqa: S101 - a measurement of nothing
        self._host.sendall(frame)

    def _answer(self) -> None:
        decoder = dinamap.DinamapDecoder()
        try:
            self._host, _ = self._listener.accept()
            self._host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._host:
                while data := self._host.recv(4096):
                    for message in decoder.feed(data):
                        with self._lock:
                            self._send(self._reply(message.raw))
        except OSError:
            return

    def _reply(self, question: bytes) -> bytes:
        if question.startswith(b" OA"):
            return dinamap.spo2_frame(percent=self._percent)
        if question.startswith((b" RA", b" RC")):
            return dinamap.rate_frame(source=2, bpm=72)
        return _NOTHING_MEASURED
