"""Measured values, as numbers."""

from __future__ import annotations

import pytest

from chartcode.model.notation import one
from chartcode.validate.measures import lab, sign

HEAD = "inpatient 2025-11-03 2025-11-07, F 67\n"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("fact lab sodium; name: sodium; value: 124", (124.0,)),
        ("fact lab Sodium [serum]; value: 124.5", (124.5,)),
        ("fact lab sodium, serum; value: 124", (124.0,)),
        ("fact lab sodium; name: sodium; value: <124", ()),
        ("fact lab sodium; name: sodium; value: 120-124", ()),
        ("fact lab sodium; name: sodium; value: low", ()),
        ("fact lab sodium; name: sodium", ()),
        ("fact lab sodium; name: sodium; value: 2.8", ()),
        ("fact lab urine sodium; name: urine sodium; value: 124", ()),
        ("fact lab sodium; name: sodium; value: 124; assertion: hypothetical", ()),
        ("fact vital sodium; name: sodium; value: 124", ()),
    ],
)
def test_only_plain_numbers_of_the_test_itself_count(line, values):
    assert lab(one(f"{HEAD}{line}\ndx I10\n"), "sodium", 90, 190) == values


def test_signs_are_kept_apart_and_in_order():
    case = one(f"{HEAD}fact vital pulse; name: pulse; value: 118\nfact vital pulse; name: pulse; value: 90\ndx I10\n")
    assert sign(case, "pulse", 20, 300) == (118.0, 90.0)
    assert lab(case, "pulse", 20, 300) == ()
