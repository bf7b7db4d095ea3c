"""Collect: anything -> Chart. What a record says and where, without judging it."""

from chartcode.collect.note import chart_from_text
from chartcode.collect.text import Unreadable, read

__all__ = ["Unreadable", "chart_from_text", "read"]
