from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.icd10pcs.tables import axis_names, cover, fits

endings = st.sets(st.text("0XZ", min_size=4, max_size=4), max_size=40)


@given(endings)
def test_rows_make_exactly_the_codes_each_once(codes):
    made = ["".join(code) for row in cover(codes) for code in product(*row)]
    assert sorted(made) == sorted(codes)


def test_like_values_share_a_row():
    assert cover(["0ZZZ", "3ZZZ", "0ZZX", "3ZZX"]) == [("03", "Z", "Z", "XZ")]


def test_open_axes_fit_any_value():
    assert fits("0DTJ4ZZ", "0DT??Z")
    assert not fits("0DTJ4ZZ", "0DT??X")


def test_axes_have_the_names_of_their_section():
    assert axis_names("B")[4] == "Contrast"
    assert axis_names("0")[3] == axis_names("1")[3] == "Body Part"
    assert all(len(axis_names(section)) == 7 for section in "0123456789BCDFGHX")
