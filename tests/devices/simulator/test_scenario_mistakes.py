"""Each mistake in a scenario's file is a sentence that names the place, what stands there and what may."""

import pytest

from devices.profiles import PROFILES
from devices.simulator.scenario import parse_scenario
from monitor.errors import UsersError

TOP = 'title = "t"\nserved_start_minute = 1\ninfusion_minutes = 40\n'
PERSON = TOP + '[patient]\nage_years = 71\nsex = "female"\nhypertension = true\nbeta_blocker = false\n'
SURGE = TOP + (
    "[[surge]]\nbegins_minute = 1\nrises_minutes = 3\nholds_minutes = 0\nfalls_minutes = 3\n"
    "systolic_mmhg = 1\ndiastolic_mmhg = 1\nrate_bpm = 1\n"
)
FAULT = TOP + '[[fault]]\nkind = "noise"\nbegins_minute = 1\nends_minute = 2\n'
COUGH = TOP + '[[event]]\nwhat = "cough"\nminute = 3\nlasts_minutes = 1\n'
PAUSE = TOP + '[[event]]\nwhat = "pause"\nminute = 5\nlasts_minutes = 10\n'

TOP_KEYS = (
    "the keys are title, monitor, served_start_minute, infusion_minutes, dose_ug_per_kg, patient, event,"
    " surge, leftover, fault, must, must_not"
)
PATIENT_KEYS = (
    "the keys are age_years, sex, hypertension, beta_blocker, people, baseline, rise, per_decade_over_45,"
    " female, course, noise, cough, arm_moved, syncope, desaturation, cuff"
)
HAPPENS = (
    'one of "cough", "arm_moved", "syncope", "desaturation", "cuff_off", "probe_off", "pause", "rate", "stop"'
)
FAULTS = (
    'one of "unplugged", "silent", "half_open", "hangs_up", "hangs_up_after", "noise", "truncated",'
    ' "bad_sum", "split",'
    ' "merged", "flood", "old_cuff", "wrong_clock", "demo"'
)
_NAMES = ", ".join(f'"{name}"' for name in sorted(PROFILES))
MONITORS = f'one of {_NAMES}, or two as "omron+nonin"'
BASELINE_SYSTOLIC = "[mean, deviation], the mean a whole number from 60 to 220 and the deviation from 0 to 50"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            TOP.replace('title = "t"\n', ""),
            "above the first table: title is missing, and must be a text in quotes.",
        ),
        (TOP.replace('"t"', "5"), "above the first table: title is 5, and must be a text in quotes."),
        (TOP.replace('"t"', '" "'), 'above the first table: title is " ", and must be a text in quotes.'),
        (
            TOP.replace("40", "0"),
            "above the first table: infusion_minutes is 0, and must be a whole number from 10 to 240.",
        ),
        (
            TOP.replace("40", "241"),
            "above the first table: infusion_minutes is 241, and must be a whole number from 10 to 240.",
        ),
        (
            TOP.replace("40", '"40"'),
            'above the first table: infusion_minutes is "40", and must be a whole number from 10 to 240.',
        ),
        (
            TOP.replace("40", "40.5"),
            "above the first table: infusion_minutes is 40.5, and must be a whole number from 10 to 240.",
        ),
        (
            TOP.replace("40", "true"),
            "above the first table: infusion_minutes is true, and must be a whole number from 10 to 240.",
        ),
        (
            TOP.replace("40", "10:30:00"),
            "above the first table: infusion_minutes is 10:30:00, and must be a whole number from 10 to 240.",
        ),
        (
            TOP + "dose_ug_per_kq = 500\n",
            (
                "above the first table: there is no key dose_ug_per_kq here, perhaps dose_ug_per_kg is meant;"
                f" {TOP_KEYS}."
            ),
        ),
        (TOP + 'mood = "good"\n', f"above the first table: there is no key mood here; {TOP_KEYS}."),
        (
            TOP + "dose_ug_per_kg = -1\n",
            "above the first table: dose_ug_per_kg is -1, and must be a whole number from 1 to 5000.",
        ),
        (
            TOP + 'monitor = "dinamapp"\n',
            f'above the first table: monitor is "dinamapp", and must be {MONITORS}.',
        ),
        (
            PERSON.replace("71", "-5"),
            "[patient]: age_years is -5, and must be a whole number from 1 to 120.",
        ),
        (
            PERSON.replace("hypertension = true", 'hypertension = "no"'),
            '[patient]: hypertension is "no", and must be true or false, without quotes.',
        ),
        (
            PERSON.replace("beta_blocker = false", "beta_blocker = 0"),
            "[patient]: beta_blocker is 0, and must be true or false, without quotes.",
        ),
        (
            PERSON.replace('"female"', '"woman"'),
            '[patient]: sex is "woman", and must be one of "female", "male".',
        ),
        (
            PERSON.replace('"female"', '["female"]'),
            '[patient]: sex is ["female"], and must be one of "female", "male".',
        ),
        (
            TOP + "[patient]\nage_years = 71\n",
            '[patient]: sex is missing, and must be one of "female", "male".',
        ),
        (
            TOP + "[patient]\nagee_years = 71\n",
            f"[patient]: there is no key agee_years here, perhaps age_years is meant; {PATIENT_KEYS}.",
        ),
        (
            TOP + "[[patient]]\n",
            "above the first table: patient is [{}], and must be a table that begins with [patient].",
        ),
        (
            TOP + "[patient]\nbaseline = 120\n",
            "[patient]: baseline is 120, and must be a table that begins with [patient.baseline].",
        ),
        (
            TOP + "[patient.baseline]\nsystolic_mmhg = [900, 3]\n",
            f"[patient.baseline]: systolic_mmhg is [900, 3], and must be {BASELINE_SYSTOLIC}.",
        ),
        (
            TOP + "[patient.baseline]\nsystolic_mmhg = [120, 51]\n",
            f"[patient.baseline]: systolic_mmhg is [120, 51], and must be {BASELINE_SYSTOLIC}.",
        ),
        (
            TOP + "[patient.baseline]\nsystolic_mmhg = 120\n",
            f"[patient.baseline]: systolic_mmhg is 120, and must be {BASELINE_SYSTOLIC}.",
        ),
        (
            TOP + "[patient.baseline]\nsystolic_mmhg = [70, 3]\n",
            "[patient.baseline]: diastolic_mmhg is 76, and must not be above systolic_mmhg, which is 70.",
        ),
        (
            TOP + "[patient.cuff]\ninflates_least_s = 50\n",
            "[patient.cuff]: inflates_least_s is 50, and must not be above inflates_most_s, which is 40.",
        ),
        (
            TOP + "[patient.cuff]\ninterval_s = 0\n",
            "[patient.cuff]: interval_s is 0, and must be a whole number from 30 to 7200.",
        ),
        (
            TOP + "[patient.noise]\nsystolic_mmhg = [1, 2]\n",
            "[patient.noise]: systolic_mmhg is [1, 2], and must be a whole number from 0 to 50.",
        ),
        (
            TOP + "[patient.course]\nrises_in_minute = 18\n",
            (
                "[patient.course]: there is no key rises_in_minute here, perhaps rises_in_minutes is meant;"
                " the keys are rises_in_minutes, is_full_at_minutes, falls_in_minutes, dose_ug_per_kg,"
                " surge_ends_below_percent."
            ),
        ),
        (
            COUGH.replace("minute = 3", "minuts = 3"),
            (
                "[[event]] number 1: there is no key minuts here, perhaps minute is meant;"
                " the keys are what, minute, lasts_minutes, percent."
            ),
        ),
        (
            COUGH.replace("minute = 3", "minute = -3"),
            "[[event]] number 1: minute is -3, and must be a whole number from 0 to 600.",
        ),
        (
            COUGH.replace("lasts_minutes = 1", "lasts_minutes = 0"),
            "[[event]] number 1: lasts_minutes is 0, and must be a whole number from 1 to 600.",
        ),
        (COUGH.replace("cough", "coff"), f'[[event]] number 1: what is "coff", and must be {HAPPENS}.'),
        (
            COUGH.replace('what = "cough"\n', ""),
            f"[[event]] number 1: what is missing, and must be {HAPPENS}.",
        ),
        (
            COUGH + "percent = 50\n",
            "[[event]] number 1: there is no key percent here; the keys are what, minute, lasts_minutes.",
        ),
        (
            COUGH + '[[event]]\nwhat = "rate"\nminute = 3\npercent = 5000\n',
            "[[event]] number 2: percent is 5000, and must be a whole number from 1 to 1000.",
        ),
        (
            TOP + '[[event]]\nwhat = "stop"\nminute = 3\npercent = 0\n',
            "[[event]] number 1: there is no key percent here; the keys are what, minute.",
        ),
        (
            PAUSE + '[[event]]\nwhat = "stop"\nminute = 14\n',
            "[[event]] number 2: minute is 14, and the pump is paused until minute 15.",
        ),
        (
            PAUSE + '[[event]]\nwhat = "stop"\nminute = 50\n',
            "[[event]] number 2: minute is 50, and the infusion has ended by minute 50.",
        ),
        (
            TOP + '[[event]]\nwhat = "rate"\nminute = 20\npercent = 1\n',
            "[[event]] number 1: with it the infusion ends at minute 2020, and must end by minute 270.",
        ),
        (
            TOP + "[event]\nminute = 3\n",
            "above the first table: event is a table, and must be tables that each begin with [[event]].",
        ),
        (
            TOP + "surge = 1\n",
            "above the first table: surge is 1, and must be tables that each begin with [[surge]].",
        ),
        (
            TOP + "fault = [1]\n",
            "above the first table: fault is [1], and must be tables that each begin with [[fault]].",
        ),
        (
            SURGE.replace("rises_minutes = 3", "rises_minutes = 0"),
            "[[surge]] number 1: rises_minutes is 0, and must be a whole number from 1 to 600.",
        ),
        (
            SURGE.replace("rate_bpm = 1\n", ""),
            "[[surge]] number 1: rate_bpm is missing, and must be a whole number from -150 to 150.",
        ),
        (
            FAULT.replace("noise", "earthquake"),
            f'[[fault]] number 1: kind is "earthquake", and must be {FAULTS}.',
        ),
        (
            FAULT.replace("ends_minute = 2", "ends_minute = 1"),
            "[[fault]] number 1: ends_minute is 1, and must be later than begins_minute, 1.",
        ),
        (
            FAULT + "one_in = 0\n",
            "[[fault]] number 1: one_in is 0, and must be a whole number from 1 to 100000.",
        ),
        (
            FAULT + "extra = 3\n",
            (
                "[[fault]] number 1: there is no key extra here; the keys are kind, begins_minute,"
                " ends_minute, one_in, by_s."
            ),
        ),
        (
            TOP + "[leftover]\nsystolic_mmhg = 120\n",
            "[leftover]: diastolic_mmhg is missing, and must be a whole number from 10 to 250.",
        ),
        (
            TOP + '[[must]]\nlevel = "panic"\n',
            '[[must]] number 1: level is "panic", and must be one of "watch", "notify", "act_now".',
        ),
        (
            TOP + '[[must_not]]\nlevle = "notify"\n',
            (
                "[[must_not]] number 1: there is no key levle here, perhaps level is meant;"
                " the keys are condition, level, state."
            ),
        ),
    ],
)
def test_a_mistake_is_said_with_its_place_and_what_may_stand_there(text: str, sentence: str) -> None:
    with pytest.raises(UsersError) as refused:
        parse_scenario("mine", text)
    assert str(refused.value) == f"mine.toml, {sentence}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "mine.toml cannot be read as TOML: "),
        ('title = "t"\ntitle = "u"\n', "mine.toml cannot be read as TOML: Cannot overwrite a value (at "),
        ("title = " + "9" * 5000, "mine.toml cannot be read as TOML: "),
    ],
)
def test_what_is_no_toml_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(UsersError) as refused:
        parse_scenario("mine", text)
    assert str(refused.value).startswith(sentence)


def test_what_was_found_is_not_said_at_any_length() -> None:
    with pytest.raises(UsersError) as refused:
        parse_scenario("mine", TOP.replace("40", '"' + "4" * 1000 + '"'))
    assert "4…, and must be" in str(refused.value)
    assert len(str(refused.value)) < 200
