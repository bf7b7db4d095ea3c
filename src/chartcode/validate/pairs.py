"""The pairs of service lines of one day that an NCCI edit joins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from chartcode.books import Books
from chartcode.books.ncci import NOT_APPLICABLE, Edit
from chartcode.model.case import Case, Procedure
from chartcode.validate.services import books_of, day_of, services, table


def pairs(case: Case, books: Books) -> Iterator[tuple[Procedure, Procedure, Edit]]:
    """Yield each pair that an edit in force on its day joins: the column 1 line, the column 2 line, the edit.

    The claim is of one patient and one provider. Edits with indicator 9 do not apply and are left out.
    """
    days: dict[date, list[Procedure]] = defaultdict(list)
    for line in services(case):
        days[day_of(line, books)].append(line)
    for day, lines in days.items():
        book = books_of(lines[0], books).ncci.pairs
        if book is None:
            continue
        for a, b in combinations(lines, 2):
            edit = book.between(a.code.value, b.code.value, table(case), day) if a.code != b.code else None
            if edit and edit.modifier != NOT_APPLICABLE:
                yield (a, b, edit) if edit.column1 == a.code.value else (b, a, edit)
