"""What holds a start is one sentence: a capital only at its beginning."""

from fractions import Fraction

from monitor.gate import Gate, GateLevel, GateReason, GateSide, Missing
from monitor.vitals import Quantity
from ui.text.refusals import gate_list


def reason(quantity: Quantity, value: int, limit: int, *, is_latest: bool = False) -> GateReason:
    return GateReason(
        level=GateLevel.HOLD,
        quantity=quantity,
        side=GateSide.FROM,
        value=Fraction(value),
        limit=limit,
        is_latest=is_latest,
    )


def gate(*reasons: GateReason, missing: tuple[Missing, ...] = ()) -> Gate:
    return Gate(level=GateLevel.HOLD, reasons=reasons, missing=missing, sets_wanted=0)


def test_only_the_first_reason_begins_with_a_capital() -> None:
    held = gate(
        reason(Quantity.SYSTOLIC, 163, 160),
        reason(Quantity.DIASTOLIC, 101, 100),
        reason(Quantity.HEART_RATE, 121, 120, is_latest=True),
    )
    assert gate_list(held) == (
        "Systolic 163 (baseline) is 160 or over; diastolic 101 (baseline) is 100 or over; "
        "heart rate 121 (latest) is 120 or over"
    )


def test_after_what_is_missing_no_reason_begins_with_a_capital() -> None:
    held = gate(reason(Quantity.SYSTOLIC, 163, 160), missing=(Missing.SPO2,))
    assert gate_list(held) == "Missing: an SpO₂; systolic 163 (baseline) is 160 or over"


def test_an_abbreviation_keeps_its_capitals() -> None:
    held = gate(reason(Quantity.SYSTOLIC, 163, 160), reason(Quantity.MAP, 120, 110))
    assert gate_list(held).endswith("; MAP 120 (baseline) is 110 or over")
