from __future__ import annotations

import pytest

from chartcode.assign.consciousness import consciousness


@pytest.mark.parametrize(
    ("text", "character"),
    [
        ("no loss of consciousness", "0"),
        ("he denies loc", "0"),
        ("she did not lose consciousness", "0"),
        ("loc: negative", "0"),
        ("lost consciousness for about 2 minutes", "1"),
        ("a brief loss of consciousness", "1"),
        ("loss of consciousness of 45 minutes", "2"),
        ("was unconscious for 2 hours", "3"),
        ("unconscious for 8 hours", None),
        ("was unconscious for 8 hours", "4"),
        ("was unconscious for 3 days", "5"),
        ("was knocked out", "9"),
        ("positive loss of consciousness", "9"),
        ("unknown loss of consciousness", "A"),
        ("he fell on his head", None),
    ],
)
def test_what_is_told_gives_the_sixth_character(text, character):
    assert consciousness(text) == character
