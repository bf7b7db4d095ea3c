from __future__ import annotations

import pytest

from chartcode.assign.causes.place import place


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fell down the stairs at home", "Y92.009"),
        ("cut herself in her kitchen at home", "Y92.000"),
        ("slipped in the bathroom of his apartment", "Y92.031"),
        ("fell in the driveway", "Y92.014"),
        ("fell out of bed at the nursing home", "Y92.129"),
        ("collided on the football field", "Y92.321"),
        ("fell in the school gym", "Y92.39"),
        ("slipped at the grocery store", "Y92.512"),
        ("hit on the interstate", "Y92.411"),
        ("was brought to the hospital", None),
        ("she lives at home with her husband", None),
        ("he was seen at the hospital", None),
        ("she walked to the store", None),
    ],
)
def test_the_place_is_where_it_happened(text, code):
    found = place(text, 0, len(text))
    assert (found[0] if found else None) == code
