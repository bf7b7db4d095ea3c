import pytest
from bench.chapters import NAMES, chapter


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("A00.0", 1), ("B99.9", 1), ("C4A.9", 2), ("D3A.00", 2), ("D49.9", 2), ("D50.0", 3), ("D89.9", 3), ("E11.9", 4),
        ("F01.50", 5), ("G99.8", 6), ("H59.89", 7), ("H60.00", 8), ("I10", 9), ("J98.9", 10), ("K95.89", 11),
        ("L99", 12), ("M1A.00X0", 13), ("N99.89", 14), ("O9A.511", 15), ("P96.9", 16), ("Q99.9", 17), ("R99", 18),
        ("S00.00XA", 19), ("T88.9XXA", 19), ("U07.1", 22), ("V00.01XA", 20), ("Y99.9", 20), ("Z3A.00", 21),
    ],
)  # fmt: skip
def test_first_and_last_categories(code, number):
    assert chapter(code).split()[0] == str(number)


def test_chapters_are_listed_by_number():
    assert [int(name.split()[0]) for name in NAMES] == list(range(1, 23))
