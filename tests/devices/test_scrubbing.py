"""What is recorded of a wire names nobody, and decodes to what the wire said, however it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.profiles import PROFILES
from devices.protocols.hl7 import Hl7Decoder
from devices.protocols.hl7_scrubbing import Hl7Scrubber
from devices.protocols.messages import FrameRejected
from devices.protocols.omron import OmronDecoder, OmronScrubber
from tests.devices.protocols import streams, test_hl7, test_omron

if TYPE_CHECKING:
    from devices.capture import NewScrubber, Scrubber
    from devices.protocols.messages import Decoder

NOISE = b"\x00\xffDOE JANE 4711"
HL7_STREAM = NOISE + test_hl7.STREAM + b"\x0bPID|||4711||PRIVATE^TESTNAME" + test_hl7.STREAM
OMRON_STREAM = NOISE + b"\r\n" + test_omron.STREAM + NOISE + b"\xff" + test_omron.STREAM
HL7_WORDS = (*test_hl7.PATIENT_WORDS, b"DOE", b"JANE")
OMRON_WORDS = (b"PQ-77", b"4410", b"LANE", b"DOE", b"JANE", b"4711")


def values(decoder: Decoder, data: bytes) -> list[object]:
    """What is decoded; of what is rejected only that it was."""
    told = decoder.feed(data)
    return ["rejected" if isinstance(each, FrameRejected) else each for each in told]


@pytest.mark.parametrize(
    ("scrub", "decoder", "original", "words", "stream"),
    [
        (Hl7Scrubber(), Hl7Decoder(), Hl7Decoder(), HL7_WORDS, HL7_STREAM),
        (OmronScrubber(), OmronDecoder(), OmronDecoder(), OMRON_WORDS, OMRON_STREAM),
    ],
    ids=["hl7", "omron"],
)
def test_names_are_gone_and_readings_stay(
    scrub: Scrubber, decoder: Decoder, original: Decoder, words: tuple[bytes, ...], stream: bytes
) -> None:
    assert all(word in stream for word in words[:2])
    scrubbed = scrub(stream)
    assert [word for word in words if word in scrubbed] == []
    told = values(decoder, scrubbed)
    assert told == values(original, stream)
    assert len([each for each in told if each != "rejected"]) > 5


@pytest.mark.parametrize(
    ("new", "stream"),
    [(Hl7Scrubber, HL7_STREAM), (OmronScrubber, OMRON_STREAM)],
    ids=["hl7", "omron"],
)
def test_it_is_the_same_however_the_wire_was_read(new: NewScrubber, stream: bytes) -> None:
    whole = new()(stream)
    scrub = new()
    assert b"".join(scrub(byte) for byte in streams.bytewise(stream)) == whole
    for at in range(0, len(stream), 7):
        scrub = new()
        assert scrub(stream[:at]) + scrub(stream[at:]) == whole


@given(st.binary(max_size=400), st.integers(0, 400))
def test_noise_of_any_kind_is_masked_and_never_stops_it(data: bytes, at: int) -> None:
    for scrub in (Hl7Scrubber(), OmronScrubber()):
        masked = scrub(data[:at]) + scrub(data[at:])
        assert len(masked) <= len(data) + 2
    assert values(OmronDecoder(), OmronScrubber()(data)) == values(OmronDecoder(), data)


def test_every_kind_that_can_name_a_person_has_a_scrubber() -> None:
    scrubbed = {name for name, profile in PROFILES.items() if profile.new_scrubber is not None}
    assert scrubbed == {"hl7", "hl7-ca", "omron"}
