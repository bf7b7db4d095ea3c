from __future__ import annotations

import pytest

from chartcode.assign.placed import PLACED, placed


@pytest.mark.parametrize(
    ("code", "words", "node"),
    [
        ("M19.90", {"degenerative", "knee"}, "M17.9"),
        ("M19.90", {"degenerative", "left", "hip"}, "M16.1"),
        ("M51.9", {"herniated", "lumbar"}, "M51.26"),
        ("M51.9", {"herniated", "cervical", "radiculopathy"}, "M50.1"),
        ("M51.26", {"herniated", "lumbar"}, None),
        ("M19.90", {"shoulder"}, None),
        ("I10", {"knee", "cervical"}, None),
    ],
)
def test_the_place_moves_a_code(code, words, node):
    assert placed(code, words) == node


def test_every_node_is_in_the_book(books):
    assert [node for *_, node in PLACED if not books.icd10cm.known(node)] == []
