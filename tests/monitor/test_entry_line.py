"""The entry field reads what was typed, or stops with a reason: no digit is dropped, swapped or moved."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.entry_line import Chip, ChipState, EntryLine, ProblemKind, TimeOfDay, parse_line
from monitor.plausibility import Blocked, BlockReason
from monitor.policy_file import default_policy
from monitor.vitals import Quantity, Vitals

POLICY = default_policy()
SYS, DIA, PR, SPO2 = Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.PULSE_RATE, Quantity.SPO2
RR, MOAA = Quantity.RESPIRATORY_RATE, Quantity.MOAA_S


def line(text: str) -> EntryLine:
    return parse_line(text, POLICY)


def problem(text: str) -> ProblemKind | None:
    found = line(text).problem
    return None if found is None else found.kind


def vitals(*values: int | None) -> Vitals:
    systolic, diastolic, rate, spo2, breaths, moaa_s = [*values, None, None, None, None][:6]
    return Vitals(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        pulse_rate_bpm=rate,
        spo2_percent=spo2,
        respiratory_rate_bpm=breaths,
        moaa_s=moaa_s,
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("128/827698", (128, 82, 76, 98)),
        ("128827698", (128, 82, 76, 98)),
        ("128/82 76 98", (128, 82, 76, 98)),
        ("128 82+76\t98", (128, 82, 76, 98)),
        ("  128 / 82  76   98  ", (128, 82, 76, 98)),
        ("9860120100", (98, 60, 120, 100)),
        ("210110100100", (210, 110, 100, 100)),
        ("128/82", (128, 82)),
        ("128/82/76", (128, 82, 76)),
        ("290/150 18 45", (290, 150, 18, 45)),
        ("290/150 18 45 ", (290, 150, 18, 45)),
        ("300/250 ", (300, 250)),
        ("300/200 35 5 ", (300, 200, 35, 5)),
        ("128/82 76 98 16 5", (128, 82, 76, 98, 16, 5)),
        ("128827698 6 0", (128, 82, 76, 98, 6, 0)),
        ("128/82 . 98", (128, 82, None, 98)),
        ("128/82 . . 16", (128, 82, None, None, 16)),
        ("128/82 .", (128, 82)),
        ("128/82 . /98", (128, 82, None, 98)),
        (". . 76 98", (None, None, 76, 98)),
        ("128/82 250 ", (128, 82, 250)),
        ("128/82 300 100", (128, 82, 300, 100)),
        ("128/82 76 9 ", (128, 82, 76, 9)),
        ("20/10 ", (20, 10)),
        ("128/82 76 98 0 ", (128, 82, 76, 98, 0)),
    ],
)
def test_a_line_is_read_as_typed(text: str, values: tuple[int | None, ...]) -> None:
    found = line(text)
    assert found.problem is None
    assert found.vitals == vitals(*values)
    assert found.taken_at is None


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("128/8276998", ProblemKind.SURPLUS_DIGIT, "8"),
        ("128/8276998 ", ProblemKind.SURPLUS_DIGIT, "8"),
        ("128/8276984", ProblemKind.SURPLUS_DIGIT, "4"),
        ("1288276981", ProblemKind.SURPLUS_DIGIT, "1"),
        ("1284/82", ProblemKind.SURPLUS_DIGIT, "4"),
        ("1282/82", ProblemKind.SURPLUS_DIGIT, "2"),
        ("1280/82", ProblemKind.NEEDS_SEPARATOR, "0"),
        ("128/82764", ProblemKind.NEEDS_SEPARATOR, "4"),
        ("300150", ProblemKind.NEEDS_SEPARATOR, "300150"),
        ("128/82 76 98 165", ProblemKind.SURPLUS_DIGIT, "165"),
        ("128/82 76 98 16 55", ProblemKind.SURPLUS_DIGIT, "55"),
        ("128/82 76 98 16 55 ", ProblemKind.SURPLUS_DIGIT, "55"),
        ("128/82 76 984 ", ProblemKind.BLOCKED, "984"),
        ("128/8220 ", ProblemKind.SURPLUS_DIGIT, "20"),
        ("128/82 76 98 16 5 3", ProblemKind.SURPLUS_DIGIT, "3"),
        ("128/82 76 98 16 5 .", ProblemKind.STRAY_DOT, "."),
        ("128/82 076", ProblemKind.LEADING_ZERO, "076"),
        ("128/82 76 98 08", ProblemKind.LEADING_ZERO, "08"),
        ("/82 76", ProblemKind.EMPTY_FIELD, "/"),
        ("\t82 76", ProblemKind.EMPTY_FIELD, "\t"),
        ("128//82", ProblemKind.EMPTY_FIELD, "//"),
        ("128/82//76", ProblemKind.EMPTY_FIELD, "//"),
        ("128/ +82", ProblemKind.EMPTY_FIELD, "/ +"),
        ("128/82 76.5", ProblemKind.STRAY_DOT, "."),
        ("128/82.98", ProblemKind.STRAY_DOT, "."),
        ("128/82 .98", ProblemKind.STRAY_DOT, "."),
        ("128/82. 98", ProblemKind.STRAY_DOT, "."),
        ("-128/82", ProblemKind.UNEXPECTED_CHARACTER, "-"),
        ("128/82 o", ProblemKind.UNEXPECTED_CHARACTER, "o"),
        ("128/82\n76", ProblemKind.UNEXPECTED_CHARACTER, "\n"),
        ("１２８/82", ProblemKind.UNEXPECTED_CHARACTER, "１"),  # noqa: RUF001 - full-width digits
        ("١٢٨", ProblemKind.UNEXPECTED_CHARACTER, "١"),  # noqa: RUF001 - Arabic digits
        ("128²", ProblemKind.UNEXPECTED_CHARACTER, "²"),
        ("128/82 @2460", ProblemKind.BAD_TIME, "@2460"),
        ("128/82 @1060", ProblemKind.BAD_TIME, "@1060"),
        ("128/82 @10245", ProblemKind.BAD_TIME, "@10245"),
        ("128/82 @102 ", ProblemKind.BAD_TIME, "@102"),
        ("128/82 @1024 76", ProblemKind.BAD_TIME, "@1024"),
        ("128/82 @1024@1025", ProblemKind.BAD_TIME, "@1024"),
        ("1" * 9000, ProblemKind.BLOCKED, "111"),
        ("3" * 9000, ProblemKind.NEEDS_SEPARATOR, "3" * 9000),
    ],
)
def test_a_doubtful_line_stops_at_its_first_doubt(text: str, kind: ProblemKind, at: str) -> None:
    found = line(text)
    assert found.problem is not None
    assert (found.problem.kind, found.problem.text) == (kind, at)
    assert found.problem.shows_while_typing
    assert found.vitals is None
    assert [chip.state for chip in found.chips].count(ChipState.WRONG) == 1
    assert found.chips[-1].text == at


def test_a_vital_that_runs_on_at_one_length_only_asks_for_a_separator() -> None:
    narrowed = [
        replace(known, three_digits_after=None) if known.quantity is SPO2 else known
        for known in POLICY.ranges
    ]
    found = parse_line("128/82761", replace(POLICY, ranges=tuple(narrowed))).problem
    assert found is not None
    assert found.kind is ProblemKind.NEEDS_SEPARATOR


@pytest.mark.parametrize(
    ("text", "quantity", "reason", "value", "limit"),
    [
        ("12/80", SYS, BlockReason.TOO_LOW, 12, 20),
        ("301/80", SYS, BlockReason.TOO_HIGH, 301, 300),
        ("128/9 ", DIA, BlockReason.TOO_LOW, 9, 10),
        ("300/251 ", DIA, BlockReason.TOO_HIGH, 251, 250),
        ("82/128", SYS, BlockReason.TOP_NOT_ABOVE_BOTTOM, 82, 128),
        ("82/82", SYS, BlockReason.TOP_NOT_ABOVE_BOTTOM, 82, 82),
        ("128/82 9 ", PR, BlockReason.TOO_LOW, 9, 10),
        ("128/82 768 ", PR, BlockReason.TOO_HIGH, 768, 300),
        ("128/82 76 0 ", SPO2, BlockReason.TOO_LOW, 0, 1),
        ("128/82 76 101", SPO2, BlockReason.TOO_HIGH, 101, 100),
        ("128/82 76 98 16 6", MOAA, BlockReason.TOO_HIGH, 6, 5),
    ],
)
def test_what_cannot_be_is_blocked_with_its_number(
    text: str, quantity: Quantity, reason: BlockReason, value: int, limit: int
) -> None:
    found = line(text).problem
    assert found is not None
    assert found.kind is ProblemKind.BLOCKED
    assert found.blocked == Blocked(quantity=quantity, reason=reason, value=value, limit=limit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ProblemKind.EMPTY),
        ("   ", ProblemKind.EMPTY),
        (". .", ProblemKind.EMPTY),
        ("@1024", ProblemKind.EMPTY),
        ("12", ProblemKind.UNFINISHED),
        ("128/8", ProblemKind.UNFINISHED),
        ("128/82 17", ProblemKind.UNFINISHED),
        ("128/82 76 9", ProblemKind.UNFINISHED),
        ("3", ProblemKind.UNFINISHED),
        ("128/82 @", ProblemKind.UNFINISHED),
        ("128/82 @102", ProblemKind.UNFINISHED),
        ("128", ProblemKind.MISSING_PRESSURE),
        ("128/", ProblemKind.MISSING_PRESSURE),
        ("128 . 76", ProblemKind.MISSING_PRESSURE),
        (". 82 76", ProblemKind.MISSING_PRESSURE),
    ],
)
def test_a_line_not_yet_whole_is_not_saved_and_not_called_wrong(text: str, kind: ProblemKind) -> None:
    found = line(text)
    assert problem(text) is kind
    assert found.problem is not None
    assert not found.problem.shows_while_typing
    assert found.problem.text == (found.chips[-1].text if kind is ProblemKind.UNFINISHED else "")
    assert found.vitals is None
    assert ChipState.WRONG not in [chip.state for chip in found.chips]


def test_the_chips_show_how_far_the_line_has_come() -> None:
    assert line("128/82 . 9").chips == (
        Chip(quantity=SYS, text="128", state=ChipState.DONE, value=128),
        Chip(quantity=DIA, text="82", state=ChipState.DONE, value=82),
        Chip(quantity=PR, text=".", state=ChipState.SKIPPED),
        Chip(quantity=SPO2, text="9", state=ChipState.TYPING, digits_to_go=1),
    )
    assert line("1").chips[-1].digits_to_go == 2
    assert line("12").chips[-1].digits_to_go == 1
    assert line("128/82 @1").chips[-1] == Chip(
        quantity=None, text="@1", state=ChipState.TYPING, digits_to_go=3
    )
    assert line("128/82 76 98 1").chips[-1] == Chip(quantity=RR, text="1", state=ChipState.DONE, value=1)
    assert line("3").chips == (Chip(quantity=SYS, text="3", state=ChipState.TYPING),)
    assert line("12/80").chips[0].quantity is SYS
    assert line("128/82 x").chips[-1].quantity is None
    assert line("128/82 08").chips[-1].quantity is PR


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("128/82 @1024", 10, 24),
        ("128/82@0000", 0, 0),
        ("128/82 @2359 ", 23, 59),
        ("128/82 . . @0905", 9, 5),
        ("128/82 17@1005", 10, 5),
    ],
)
def test_a_time_can_be_given(text: str, hour: int, minute: int) -> None:
    found = line(text)
    assert found.problem is None
    assert found.taken_at == TimeOfDay(hour=hour, minute=minute)
    assert found.chips[-1].state is ChipState.DONE
    assert line("128/82").taken_at is None


FIRST = {
    SYS: lambda value: (str(value)[0] in "12" and value > 99) or (str(value)[0] in "456789" and value < 100),
    DIA: lambda value: (str(value)[0] == "1" and value > 99) or (str(value)[0] in "23456789" and value < 100),
    PR: lambda value: (str(value)[0] in "12" and value > 99) or (str(value)[0] in "3456789" and value < 100),
    SPO2: lambda value: value == 100 or value >= 50,
}


@st.composite
def run_on_sets(draw: st.DrawFn) -> tuple[int, int, int, int]:
    systolic = draw(st.integers(21, 299).filter(FIRST[SYS]))
    diastolic = draw(st.integers(20, min(199, systolic - 1)).filter(FIRST[DIA]))
    rate = draw(st.integers(30, 299).filter(FIRST[PR]))
    return systolic, diastolic, rate, draw(st.integers(50, 100))


@given(run_on_sets())
def test_every_usual_set_reads_back_with_and_without_separators(values: tuple[int, int, int, int]) -> None:
    systolic, diastolic, rate, spo2 = values
    for text in (
        f"{systolic}{diastolic}{rate}{spo2}",
        f"{systolic}/{diastolic}{rate}{spo2}",
        f"{systolic}/{diastolic} {rate} {spo2}",
        f"{systolic}+{diastolic}\t{rate}{spo2}",
    ):
        assert line(text).vitals == vitals(*values)


@st.composite
def possible_sets(draw: st.DrawFn) -> tuple[int, ...]:
    systolic = draw(st.integers(20, 300))
    return (
        systolic,
        draw(st.integers(10, 250).filter(lambda diastolic: diastolic < systolic)),
        draw(st.integers(10, 300)),
        draw(st.integers(1, 100)),
        draw(st.integers(0, 99)),
        draw(st.integers(0, 5)),
    )


@given(possible_sets(), st.sampled_from(["/", " ", "+", "\t", "  ", " / "]))
def test_every_possible_set_reads_back_between_separators(values: tuple[int, ...], separator: str) -> None:
    text = separator.join(map(str, values)) + " "
    assert line(text).vitals == vitals(*values)


@given(st.text(max_size=40) | st.text(alphabet="0123456789 /+.@\t", max_size=24))
def test_any_text_gives_a_line_that_is_either_whole_or_says_why_not(text: str) -> None:
    found = line(text)
    assert (found.problem is None) is (found.vitals is not None)
    assert [chip.state for chip in found.chips[:-1]].count(ChipState.WRONG) == 0


@given(st.text(alphabet="0123456789 /+.\t", max_size=24))
def test_no_digit_is_dropped_swapped_or_invented(text: str) -> None:
    found = line(text)
    shown = "".join(chip.text for chip in found.chips if chip.text.isdigit())
    typed = "".join(character for character in text if character.isdigit())
    assert typed.startswith(shown)
    if found.problem is None:
        assert shown == typed
