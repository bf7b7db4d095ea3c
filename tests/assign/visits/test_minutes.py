import pytest

from chartcode.assign.visits.minutes import minutes, of_discharge


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Total time 45 minutes.", 45),
        ("Approximately 25 minutes spent with the patient, most of it counseling.", 25),
        ("I spent over 40 minutes with her.", 40),
        ("Time spent in evaluation and talk about this procedure was 65 minutes.", 65),
        ("I spoke with the patient for over 60 minutes.", 60),
        ("I spent 30 to 40 minutes with him.", 30),
        ("I spent 1 hour with him.", 60),
        ("35 minutes of critical care.", 35),
        ("Total time 20 minutes; 45 minutes total time on the date.", 45),
        ("He walks 30 minutes a day.", None),
        ("She spent 20 minutes exercising.", None),
        ("Chest pain for 20 minutes.", None),
        ("Operative time was 90 minutes.", None),
        ("Nothing about time.", None),
        ("Time spent with the patient was 1.5 hours.", 90),
        ("Critical care time was 45 minutes, excluding procedure time.", 45),
        ("In addition, 40 minutes were spent in supportive psychotherapy.", None),
        ("Advance care planning: 35 minutes were spent with her on the living will.", None),
    ],
)
def test_the_total_time_is_read_and_other_times_are_not(record, words, expected):
    found = minutes(record(f"SUBJECTIVE: Comes in today. {words}\nPLAN: Rest.", {}))
    assert (found[0] if found else None) == expected
    if found:
        assert found[1].span.text in words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("More than 30 minutes were spent on the discharge.", 31),
        ("Discharge time was 40 minutes.", 40),
        ("Thirty days later he was well; discharged home.", None),
        ("He walked for 40 minutes.", None),
    ],
)
def test_the_minutes_of_a_discharge_are_told_beside_the_word(record, words, expected):
    found = of_discharge(record(f"HOSPITAL COURSE: He got better. {words}\nDISPOSITION: Home.", {}))
    assert (found[0] if found else None) == expected
