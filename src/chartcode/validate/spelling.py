"""What is wrong with a code that is not reportable on a day: one answer for each code, so that one rule reports it."""

from __future__ import annotations

from dataclasses import dataclass

from chartcode.books.icd10cm import ICD10CM
from chartcode.model.code import dotted

NO_SUCH_CODE = "no such code"
NOT_FULL_LENGTH = "not full length"
NOT_IN_FORCE = "not in force"
PLACEHOLDER = "placeholder"
REPLACED = "replaced"
SEVENTH_CHARACTER = "seventh character"

CATEGORY = 3
SIX = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One of the kinds above, and the valid codes that may be meant, the likeliest first."""

    kind: str
    instead: tuple[str, ...] = ()


def fault(code: str, book: ICD10CM) -> Fault | None:
    """Return what is wrong with a code on the book's day, or None if it is reportable."""
    if not code.replace(".", ""):
        return Fault(NO_SUCH_CODE)
    if book.valid(code):
        return None
    if book.validity(code):
        others = dict.fromkeys((*book.successors(code), *book.predecessors(code)))
        valid = tuple(c for c in others if book.valid(c)) or book.leaves(code)
        return Fault(REPLACED, valid) if valid else Fault(NOT_IN_FORCE)
    respelled = _respelled(code, book)
    if respelled:
        return Fault(PLACEHOLDER, (respelled,))
    leaves = book.leaves(code)
    if leaves:
        padded = code.replace(".", "").ljust(SIX, "X")
        only_seventh = all(leaf.replace(".", "")[:SIX] == padded for leaf in leaves)
        return Fault(SEVENTH_CHARACTER if only_seventh else NOT_FULL_LENGTH, leaves)
    stem = dotted(code[:-1].rstrip("X"))
    siblings = tuple(leaf for leaf in book.leaves(stem) if leaf[:-1] == code[:-1])
    if siblings and book.seventh_characters(stem):
        return Fault(SEVENTH_CHARACTER, siblings)
    return Fault(NO_SUCH_CODE, _shortened(code, book))


def _respelled(code: str, book: ICD10CM) -> str | None:
    """Return the code with placeholders where they belong: ``W19A`` is meant as ``W19.XXXA``."""
    bare = code.replace(".", "")
    body, last = bare[:-1].rstrip("X"), bare[-1]
    if len(body) >= CATEGORY:
        filled = dotted(body.ljust(SIX, "X") + last)
        if filled != code and book.valid(filled):
            return filled
    without = dotted(bare.rstrip("X"))
    return without if without != code and len(without) >= CATEGORY and book.valid(without) else None


def _shortened(code: str, book: ICD10CM) -> tuple[str, ...]:
    """Return the longest valid beginning of a code, as a tuple of none or one."""
    bare = code.replace(".", "")
    beginnings = (dotted(bare[:n]) for n in range(len(bare) - 1, CATEGORY - 1, -1))
    return next(((c,) for c in beginnings if book.valid(c)), ())
