"""Invented notes beside this file, and their service lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.assign.noted import noted

NOTES = list(noted(Path(__file__).with_name("notes")))


@pytest.mark.parametrize(("options", "text", "want"), [n[1:] for n in NOTES], ids=[n[0] for n in NOTES])
def test_lines(lines: Callable[..., str], options: dict[str, object], text: str, want: str) -> None:
    assert lines(text, **options) == want


def test_there_are_many() -> None:
    assert len(NOTES) > 80
