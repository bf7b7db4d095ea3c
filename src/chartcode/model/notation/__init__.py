"""A case on a napkin: text that a coder can type, to and from a Case.

The notation carries what the rules look at, so one form serves the examples of the rules, tests, bug reports and the
command line. It is a sketch: a case that was read from it is written back unchanged, while a case that engines built
loses its confidences, paths and rivals, and its documents become one. ``docs/reference/notation.md`` is the manual.

    inpatient 2025-11-03 2025-11-07, F 67, disposition 01
    note assessment: Acute on chronic systolic heart failure. No pneumonia.
    med insulin glargine; status: home
    dx I50.23 poa Y "systolic heart failure"
    dx J18.9 poa Y "pneumonia" negated    ! icd10cm/negated_only
"""

from chartcode.model.notation.line import NotationError
from chartcode.model.notation.reading import Mark, Marked, one, read
from chartcode.model.notation.writing import write

__all__ = ["Mark", "Marked", "NotationError", "one", "read", "write"]
