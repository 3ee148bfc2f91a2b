"""Two patients can always be told apart on the board, and nobody's whole name stands there without need."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.bodies import Patient
from ui.text.names import short_names


def patient(name: str, birth_date: str = "1979-03-12") -> Patient:
    return Patient(name=name, birth_date=birth_date, clinic_number=None, allergies="none")


def test_initials_are_enough_for_different_people() -> None:
    names = short_names({1: patient("OKAFOR, Ruth"), 5: patient("BAKER, Jo")})
    assert names == {1: "R.O.", 5: "J.B."}


def test_shared_initials_get_letters_of_the_family_name_first() -> None:
    names = short_names({1: patient("OKAFOR, Ruth"), 2: patient("OSTROW, Rita"), 3: patient("BAKER, Jo")})
    assert names == {1: "R.Ok.", 2: "R.Os.", 3: "J.B."}


def test_a_name_without_a_comma_has_its_family_name_last() -> None:
    names = short_names({1: patient("Ruth Okafor"), 2: patient("OSTROW, Rita")})
    assert names == {1: "R.Ok.", 2: "R.Os."}


def test_the_same_name_is_told_apart_by_birth_year() -> None:
    names = short_names({1: patient("OKAFOR, Ruth"), 2: patient("OKAFOR, Ruth", "1951-01-02")})
    assert names == {1: "Rut.Oka. 1979", 2: "Rut.Oka. 1951"}


def test_two_records_of_one_person_are_told_apart_by_chair() -> None:
    names = short_names({1: patient("OKAFOR, Ruth"), 2: patient("OKAFOR, Ruth")})
    assert len(set(names.values())) == 2
    assert names[2].endswith("#2")


@given(
    st.dictionaries(
        st.integers(1, 24), st.sampled_from(["OKAFOR, Ruth", "OKA, Ru", "O, R", "R", "Ruth O", ""])
    )
)
def test_names_never_collide(who: dict[int, str]) -> None:
    names = short_names({chair: patient(name) for chair, name in who.items()})
    assert len(set(names.values())) == len(who)
