import pytest

STAY = "DISCHARGE SUMMARY\n\nHOSPITAL COURSE: {}\n"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("He was on mechanical ventilation for 3 days.", "4"),
        ("He was on mechanical ventilation for five days.", "5"),
        ("He was on mechanical ventilation for 23 hours.", "3"),
        ("He was on mechanical ventilation for 96 hours.", "4"),
        ("She was put on mechanical ventilation from 1/29 to 2/6/06.", "5"),
        ("She was put on mechanical ventilation from 12/31 to 1/2.", "4"),
        ("He was placed on mechanical ventilation on 3/4. He was extubated on 3/12 without trouble.", "5"),
        ("He was on the ventilator after surgery. He was extubated the next morning.", "3"),
        ("He was on the ventilator.", "?"),
    ],
)
def test_hours_of_ventilation_pick_the_duration(codes, said, value):
    assert codes(STAY.format(said)) == {f"5A19{value}5Z"}
