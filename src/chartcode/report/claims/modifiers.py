"""Modifiers that depend on who bills and who pays, and so are put on when a claim is made, not when a record is coded.

Of an operation that was stopped the physician's line has 53, the hospital's outpatient line 73 before anesthesia and 74
after it (CMS, Medicare Claims Processing Manual, chapter 4, section 20.6.4). The lesser of several operations have 51
only where the payer asks for it: Medicare puts it on itself (chapter 12, section 40.6), others differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chartcode.books import starter
from chartcode.model.case import BEFORE_ANESTHESIA, Mention
from chartcode.model.claim import Line

_DISCONTINUED, _EARLY, _LATE, _MULTIPLE = "53", "73", "74", "51"
_SURGERY = range(10004, 69991)


def of_hospital(modifiers: tuple[str, ...], evidence: Iterable[Mention]) -> tuple[str, ...]:
    """Return a line's modifiers as a hospital reports them: 53 is the physician's."""
    theirs = _EARLY if any(mention.term == BEFORE_ANESTHESIA for mention in evidence) else _LATE
    return tuple(theirs if one == _DISCONTINUED else one for one in modifiers)


def multiple(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return professional lines with 51 on each day's operations but the dearest one.

    Add-on codes are no operations of their own, and a line that has 51 or an assistant's modifier is left as it is.
    Which codes are exempt beside these, the fee schedule says where it is installed (rule ``cpt/multiple_not_needed``).
    """
    counted = [n for n, line in enumerate(lines) if _operation(line)]
    first: dict[object, int] = {}
    for n in counted:
        leader = first.setdefault(lines[n].first, n)
        if (lines[n].charge or 0) > (lines[leader].charge or 0):
            first[lines[n].first] = n
    lesser = {n for n in counted if n not in first.values()}
    return tuple(
        replace(line, modifiers=(_MULTIPLE, *line.modifiers)[:4]) if n in lesser else line
        for n, line in enumerate(lines)
    )


def _operation(line: Line) -> bool:
    code = str(line.code or "")
    if not code.isdigit() or int(code) not in _SURGERY or code in starter.addons():
        return False
    entry = starter.cpt().get(code)
    return not (entry and "add" in entry.marks) and not {_MULTIPLE, "80", "81", "82", "AS"} & set(line.modifiers)
