"""Signs and symptoms that routinely come with a reported disease are not coded beside it (Guidelines I.B.5)."""

from __future__ import annotations

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books


def drop_integral(standing: list[Candidate], books: Books) -> None:
    """Reject the standing signs that belong to another standing code, by the table ``integral_signs.pairs``."""
    for pair in books.parameters.get("integral_signs.pairs", ()):
        diseases = [c for c in standing if c.code.startswith(tuple(pair["of"])) and not c.why]
        if not diseases:
            continue
        for candidate in standing:
            if candidate.code.startswith(tuple(pair["sign"])) and not candidate.why and candidate not in diseases:
                candidate.why = f"routinely comes with {diseases[0].code} (Guidelines I.B.5)"
