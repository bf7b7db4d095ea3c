"""Collect: anything -> Chart. What a record says and where, without judging it."""

from chartcode.collect.formats import read
from chartcode.collect.note import chart_from_text
from chartcode.collect.source import Unreadable

__all__ = ["Unreadable", "chart_from_text", "read"]
