"""Faults of the program, told without a patient's words: an error's own message may hold them, its place never does."""

from __future__ import annotations


def place(error: BaseException) -> str:
    """Return an error's kind and where it was raised: a file of ours or of a library, and a line; no values."""
    last = error.__traceback__
    while last and last.tb_next:
        last = last.tb_next
    kind = type(error).__name__
    if last is None:
        return kind
    file = last.tb_frame.f_code.co_filename.replace("\\", "/")
    ours = file.rpartition("/chartcode/")[2]
    return f"{kind} at {ours.rpartition('/site-packages/')[2]}, line {last.tb_lineno}"
