from __future__ import annotations

import pytest

from chartcode.assign.settle.burns import extent


@pytest.mark.parametrize(
    ("whole", "third", "code"),
    [(0, 0, "T31.0"), (9, 9, "T31.0"), (10, 0, "T31.10"), (25, 12, "T31.21"), (100, 95, "T31.99"), (15, 40, "T31.11")],
)
def test_the_extent_is_tens_of_the_whole_and_of_the_third_degree(whole, third, code):
    assert extent("T31", whole, third) == code


def test_every_extent_is_in_the_book(books):
    for category in ("T31", "T32"):
        for whole in range(101):
            for third in range(0, whole + 1, 5):
                assert books.icd10cm.valid(extent(category, whole, third))
