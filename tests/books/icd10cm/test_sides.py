from __future__ import annotations

import pytest

from chartcode.books.icd10cm.sides import SIDES


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("M25.561", "right"),
        ("M25.562", "left"),
        ("M25.569", "unspecified"),
        ("M17.0", "bilateral"),
        ("S52.501A", "right"),
        ("S52.509A", "unspecified"),
        ("E11.3211", "right"),  # by its seventh character
        ("E11.3213", "bilateral"),
        ("E11.3219", "unspecified"),
        ("C50.919", "unspecified"),
        ("C50.911", "right"),
        ("M25.579", "unspecified"),  # "unspecified ankle and joints of unspecified foot"
        ("G81.00", "unspecified"),
        ("G81.03", "right"),
        ("I69.354", "left"),
        ("M54.30", "unspecified"),
        ("H53.461", "right"),  # "bilateral field defects, right side"
        ("R10.11", "right"),
        ("I50.1", None),  # left ventricular failure
        ("K51.50", None),  # left sided colitis
        ("T81.500A", None),  # accidentally left in body
        ("I83.218", "right"),  # "with both ulcer ... and inflammation"
        ("H26.9", None),  # unspecified cataract
        ("H54.1131", None),  # each eye of its own
        ("I10", None),
        ("nonsense", None),
    ],
)
def test_the_side_of_a_code(book, code, side):
    assert book.side(code) == side


@pytest.mark.parametrize(
    ("code", "right", "left", "both", "unspecified"),
    [
        ("M25.561", "M25.561", "M25.562", None, "M25.569"),
        ("M17.11", "M17.11", "M17.12", "M17.0", "M17.10"),
        ("M17.0", "M17.11", "M17.12", "M17.0", "M17.10"),
        ("S52.509B", "S52.501B", "S52.502B", None, "S52.509B"),
        ("E11.3219", "E11.3211", "E11.3212", "E11.3213", "E11.3219"),
        ("H40.1111", "H40.1111", "H40.1121", "H40.1131", "H40.1191"),
        ("S00.10XA", "S00.11XA", "S00.12XA", None, "S00.10XA"),
        ("G81.00", "G81.01", "G81.04", None, "G81.00"),  # Guidelines I.C.6.a: the right is taken to be dominant
        ("M25.56", "M25.561", "M25.562", None, "M25.569"),  # a subcategory that names no side
        ("I10", None, None, None, None),
        ("nonsense", None, None, None, None),
    ],
)
def test_the_same_on_another_side(book, code, right, left, both, unspecified):
    assert [book.with_side(code, side) for side in SIDES] == [right, left, both, unspecified]


def test_the_other_side_of_the_other_side_is_the_code_itself(shelf, book):
    valid = list(shelf.icd10cm.validity.codes("", book.day))
    opposite = {"right": "left", "left": "right"}
    sided = 0
    for code in valid[::7]:
        side = book.side(code)
        other = book.with_side(code, opposite[side]) if side in opposite else None
        if other:
            sided += 1
            assert book.valid(other), code
            assert (book.side(other), book.with_side(other, side)) == (opposite[side], code)
    assert sided > 3_000
