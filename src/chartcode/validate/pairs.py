"""The pairs of service lines of one day that an NCCI edit joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chartcode.books import Books
from chartcode.books.ncci import NOT_APPLICABLE, Edit
from chartcode.model.case import Case, Procedure
from chartcode.validate.services import books_of, day_of, services, table


def pairs(case: Case, books: Books) -> Iterator[tuple[Procedure, Procedure, Edit]]:
    """Yield each column 2 line with the first column 1 line that an edit in force on their day joins it to.

    The claim is of one patient and one provider. Edits with indicator 9 do not apply and are left out.
    """
    days: dict[date, dict[str, list[Procedure]]] = defaultdict(dict)
    for line in services(case):
        days[day_of(line, books)].setdefault(line.code.value, []).append(line)
    for day, lines in days.items():
        if len(lines) < 2:
            continue
        book = books_of(next(iter(lines.values()))[0], books).ncci.pairs
        for edit in book.among(lines, table(case), day) if book else ():
            if edit.modifier != NOT_APPLICABLE:
                yield from ((lines[edit.column1][0], second, edit) for second in lines[edit.column2])
