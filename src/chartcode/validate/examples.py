"""Runs the examples of rules: what is marked is to be faulted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from chartcode.books import Books
from chartcode.model.notation import Marked, read
from chartcode.validate.rule import Rule


def disagreements(rule: Rule, books: Callable[[date], Books]) -> Iterator[str]:
    """Yield a sentence for each example in which a rule does not do what the marks say.

    Args:
        rule: with its examples.
        books: gives the books of a day, such as ``Shelf.at``; it may raise ``LookupError``.
    """
    for number, example in enumerate(read(rule.examples), start=1):
        day = example.case.day
        try:
            told = difference(rule, example, books(day)) if day else "it has no date"
        except LookupError as error:
            told = f"no books: {error.args[0]}"
        if told:
            yield f"{rule.id}, example {number}: {told}"


def difference(rule: Rule, example: Marked, books: Books) -> str:
    """Return in what the findings of a rule differ from the marks of an example, or the empty string."""
    found = list(rule(example.case, books)) if rule.governs(books.day) else []
    faulted = {id(entry) for finding in found for entry in finding.on}
    marked = {id(mark.on) for mark in example.marks if mark.on is not None}
    if foreign := [mark.rule for mark in example.marks if mark.rule != rule.id]:
        return f"a mark names another rule, {foreign[0]}"
    if faulted - marked:
        return "it faults a line that is not marked"
    if marked - faulted:
        return "it does not fault a line that is marked"
    whole = sum(not finding.on for finding in found)
    if whole != sum(mark.on is None for mark in example.marks):
        return (
            "it does not fault the case as a whole as often as it is marked"
            if not whole
            else (f"it faults the case as a whole {whole} times, which is not what is marked")
        )
    return ""
