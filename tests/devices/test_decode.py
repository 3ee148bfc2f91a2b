"""`decode` prints one JSON object a line for whatever bytes it is given."""

import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from devices.decode import messages_to_json, run_decode
from devices.protocols import dinamap
from devices.protocols.messages import CuffResult, LiveNumber, Message, Temperature
from monitor.errors import UsersError
from monitor.vitals import Quality, Quantity

ROOT = Path(__file__).parents[2]
STREAM = (
    dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))
    + b"\xffnoise\r"
    + dinamap.cuff_frame(status=1, age_s=6, pressures_mmhg=(131, 82, 98))
    + b" NA11"
)
EXPECTED = [
    {
        "kind": "nibp",
        "systolic_mmhg": 131,
        "diastolic_mmhg": 82,
        "map_mmhg": 98,
        "quality": "good",
        "age_s": 3,
    },
    {"kind": "rejected", "reason": "not a line of this protocol", "raw": (b"\xffnoise\r").hex()},
    {
        "kind": "nibp",
        "systolic_mmhg": 131,
        "diastolic_mmhg": 82,
        "map_mmhg": 98,
        "quality": "good",
        "age_s": 6,
    },
    {"kind": "rejected", "reason": "the stream ended inside a line", "raw": (b" NA11").hex()},
]


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_file_gives_its_messages_repeats_included(tmp_path: Path) -> None:
    file = tmp_path / "wire.bin"
    file.write_bytes(STREAM)
    out = io.StringIO()
    assert run_decode("dinamap", str(file), out) == 0
    assert rows(out.getvalue()) == EXPECTED


def test_a_recording_gives_what_the_monitor_sent_however_it_was_cut(tmp_path: Path) -> None:
    file = tmp_path / "a.capture"
    lines = [{"capture": 1, "protocol": "dinamap"}, {"ms": 0, "sent": b" NA!2\r".hex()}]
    lines += [{"ms": at, "read": STREAM[at : at + 7].hex()} for at in range(0, len(STREAM), 7)]
    file.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
    out = io.StringIO()
    assert run_decode("dinamap", str(file), out) == 0
    assert rows(out.getvalue()) == EXPECTED


class Trickle(io.RawIOBase):
    """A pipe that gives a few bytes at a time, and knows how many it gave."""

    def __init__(self, content: bytes, size: int) -> None:
        self._left = io.BytesIO(content)
        self._size = size

    def read1(self, _most: int) -> bytes:
        return self._left.read(self._size)

    @property
    def given(self) -> int:
        return self._left.tell()


def recording(*pieces_read: bytes) -> bytes:
    lines: list[dict[str, Any]] = [{"capture": 1, "protocol": "dinamap"}]
    lines += [{"ms": at, "read": data.hex()} for at, data in enumerate(pieces_read)]
    return b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


@pytest.mark.parametrize("size", [1, 3, 10, 11, 12, 4096])
@pytest.mark.parametrize("content", [STREAM, recording(STREAM)], ids=["bytes", "recording"])
def test_a_pipe_that_gives_a_few_bytes_first_is_read_as_what_it_is(content: bytes, size: int) -> None:
    out = io.StringIO()
    pipe: Any = Trickle(content, size)
    assert run_decode("dinamap", "-", out, standard_input=pipe) == 0
    assert rows(out.getvalue()) == EXPECTED


def test_a_monitors_bytes_that_stop_where_a_recording_would_go_on_are_bytes() -> None:
    out = io.StringIO()
    assert run_decode("dinamap", "-", out, standard_input=io.BytesIO(b'{"capt')) == 0
    (row,) = rows(out.getvalue())
    assert (row["kind"], row["raw"]) == ("rejected", b'{"capt'.hex())


def test_a_long_recording_is_told_as_it_is_read() -> None:
    content = recording(*[STREAM] * 50)
    pipe: Any = Trickle(content, 1000)

    class Told(io.StringIO):
        first_at = 0

        def flush(self) -> None:
            self.first_at = self.first_at or pipe.given

    out = Told()
    assert run_decode("dinamap", "-", out, standard_input=pipe) == 0
    assert 0 < out.first_at <= 1000
    assert len(rows(out.getvalue())) > 50


def test_a_dash_reads_standard_input() -> None:
    out = io.StringIO()
    assert run_decode("dinamap", "-", out, standard_input=io.BytesIO(STREAM)) == 0
    assert rows(out.getvalue()) == EXPECTED


def test_an_empty_file_gives_nothing_and_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    out = io.StringIO()
    assert run_decode("dinamap", str(tmp_path / "empty"), out) == 0
    assert out.getvalue() == ""


def test_an_unknown_protocol_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="Known: dinamap"):
        run_decode("welch-allyn", "-", io.StringIO())
    with pytest.raises(UsersError, match=r"nothing\.bin"):
        run_decode("dinamap", str(tmp_path / "nothing.bin"), io.StringIO())
    with pytest.raises(UsersError):
        run_decode("dinamap", str(tmp_path), io.StringIO())


def test_a_live_pipe_is_decoded_as_it_comes() -> None:
    program = (
        "import sys; from devices.decode import run_decode; sys.exit(run_decode('dinamap', '-', sys.stdout))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(STREAM[:22])
        child.stdin.flush()
        assert json.loads(child.stdout.readline()) == EXPECTED[0]
        child.stdin.close()
        assert child.wait() == 0


def test_no_qt_is_loaded_for_it() -> None:
    program = "import sys, devices.decode; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def number(quantity: Quantity, value: int | None, quality: Quality, raw: bytes) -> LiveNumber:
    return LiveNumber(quantity=quantity, value=value, quality=quality, raw=raw)


@pytest.mark.parametrize(
    ("spo2", "rate", "expected"),
    [
        ((97, Quality.GOOD), (70, Quality.GOOD), {"spo2_percent": 97, "pulse_rate_bpm": 70}),
        (
            (97, Quality.GOOD),
            (70, Quality.QUESTIONABLE),
            {"spo2_percent": 97, "pulse_rate_bpm": 70, "quality": "questionable"},
        ),
        ((97, Quality.GOOD), (None, Quality.INVALID), {"spo2_percent": 97}),
        ((None, Quality.INVALID), (70, Quality.GOOD), {"kind": "rate", "pulse_rate_bpm": 70}),
        ((None, Quality.INVALID), (None, Quality.INVALID), {"quality": "invalid"}),
    ],
)
def test_values_of_one_frame_are_one_object_and_an_absent_one_spoils_no_other(
    spo2: tuple[int | None, Quality], rate: tuple[int | None, Quality], expected: dict[str, Any]
) -> None:
    raw = b"one frame"
    messages = [number(Quantity.SPO2, *spo2, raw), number(Quantity.PULSE_RATE, *rate, raw)]
    for order in (messages, messages[::-1]):
        assert messages_to_json(order) == [{"kind": "spo2", "quality": "good", **expected}]


RAW = b"one frame"
CUFF = CuffResult(
    systolic_mmhg=131,
    diastolic_mmhg=82,
    map_mmhg=98,
    pulse_rate_bpm=None,
    age_s=40,
    quality=Quality.GOOD,
    raw=RAW,
)
WARMTH = Temperature(celsius=Decimal("37.0"), age_s=4, quality=Quality.GOOD, raw=RAW)
SATURATION = number(Quantity.SPO2, 97, Quality.QUESTIONABLE, RAW)
HEART = number(Quantity.HEART_RATE, 72, Quality.GOOD, RAW)
BREATH = number(Quantity.RESPIRATORY_RATE, 14, Quality.GOOD, RAW)


@pytest.mark.parametrize(
    ("together", "kind", "age_s"),
    [
        ((CUFF, SATURATION, HEART, BREATH, WARMTH), "nibp", 40),
        ((SATURATION, HEART, BREATH), "spo2", None),
        ((HEART, BREATH, WARMTH), "rate", None),
        ((BREATH, WARMTH), "respiration", None),
        ((WARMTH,), "temperature", 4),
    ],
)
def test_what_stands_together_is_of_one_kind_in_whatever_order_it_came(
    together: tuple[Message, ...], kind: str, age_s: int | None
) -> None:
    found = [messages_to_json(order) for order in permutations(together)]
    assert all(each == found[0] for each in found)
    (row,) = found[0]
    assert (row["kind"], row.get("age_s")) == (kind, age_s)
    assert row["quality"] == ("questionable" if SATURATION in together else "good")
    values = {key for key in row if key.endswith(("_mmhg", "_bpm", "_percent", "_celsius"))}
    assert len(values) == len(together) + 2 * (CUFF in together)
