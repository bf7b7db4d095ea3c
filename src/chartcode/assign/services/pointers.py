"""Which diagnoses justify a line: those that share its words or its sentence, else the first of the record.

A claim line points to at most four diagnoses (CMS-1500, item 24E).
"""

from __future__ import annotations

from chartcode.assign.services.line import Line
from chartcode.books.words import SMALL, forms
from chartcode.model.case import Case, Diagnosis

MOST = 4
_VACCINES = range(90460, 90757)
_FOR_VACCINES = "Z23"
_EMPTY = frozenset(("right", "left", "bilateral", "unspecified", "initial", "encounter", "disease", "procedure", "performed", "preoperative", "postoperative", "diagnosis", "disorder", "acute", "chronic", "history")) | SMALL  # fmt: skip


def pointers(line: Line, case: Case) -> tuple[str, ...]:
    """Return the codes of the diagnoses that justify a line, the best first, at most four."""
    diagnoses = case.diagnoses
    if not diagnoses:
        return ()
    if line.code.isdigit() and int(line.code) in _VACCINES and _FOR_VACCINES in case.diagnosis_codes:
        return (_FOR_VACCINES,)
    words = {w for p in line.passages for w in forms(p.text[:400])} - _EMPTY
    scored = [(_shared(d, words, line), -n, d) for n, d in enumerate(diagnoses)]
    best = sorted((s for s in scored if s[0] > 0), key=lambda s: (s[0], s[1]), reverse=True)[:MOST]
    return tuple(d.code.value for _, _, d in best) or (diagnoses[0].code.value,)


def _shared(diagnosis: Diagnosis, words: set[str], line: Line) -> int:
    own = set(forms(diagnosis.title)) - _EMPTY
    for mention in diagnosis.evidence[:3]:
        own |= set(forms(mention.span.text[:120])) - _EMPTY
    near = any(p.start <= m.span.start < p.end for m in diagnosis.evidence for p in line.passages)
    return len(own & words) + 2 * near
