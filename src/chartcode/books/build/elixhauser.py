"""The Elixhauser comorbidities (AHRQ, CMR reference file) become a release.

The workbook has a sheet of measures, which says of each whether it needs "present on admission", and a sheet of
diagnoses with a column of 0 and 1 a measure. Cerebrovascular disease has two columns there, CBVD_POA and CBVD_SQLA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chartcode.books.build import ahrq
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress

SYSTEM = "elixhauser"

_EXPECTED = "expected AHRQ's CMR reference file (a workbook); fetch it again from hcup-us.ahrq.gov"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the measures and their diagnoses.

    Raises:
        Unsuitable: the file is no CMR reference file.
    """
    names = files.matching(r"cmr.*\.xlsx$") or files.matching(r"\.xlsx$")
    if not names:
        raise Unrecognised(f"{files.origin} holds no workbook; {_EXPECTED}")
    progress("reading comorbidities", 0, 1)
    measures = list(_measures(files, names[0]))
    members = list(_members(files, names[0]))
    if not measures or not members:
        raise Unrecognised(f"{names[0]} holds no comorbidity measures and their diagnoses; {_EXPECTED}")
    known = {code for code, _, _ in measures}
    unknown = {row[2] for row in members} - known - {"CBVD_POA", "CBVD_SQLA"}
    if unknown:
        raise Unsuitable(f"{names[0]} maps diagnoses to {', '.join(sorted(unknown))}, which it does not describe")
    told = ahrq.meta(SYSTEM, ahrq.edition(files, wish), files.origin, files.sha256)
    ahrq.release(into, told, measures, members)
    progress("reading comorbidities", 1, 1)


def _measures(files: Files, name: str) -> Iterator[tuple[str, str, int]]:
    for row in ahrq.rows(files, name, "^abbreviation", ("present on admission",)):
        if row[0].startswith("CMR_"):
            yield row[0].removeprefix("CMR_"), row[1], int(row[2].lower() == "yes")


def _members(files: Files, name: str) -> Iterator[ahrq.Member]:
    found = ahrq.rows(files, name, "^icd-10-cm diagnosis$", ("comorbidities",))
    headings = next(found, [])
    for row in found:
        if re.fullmatch(r"[A-Z][0-9][0-9A-Z]{1,5}", row[0]):
            marked = [headings[n] for n, cell in enumerate(row) if n > 2 and cell in ("1", "1.0")]
            yield from ((row[0], place, measure, 0, 0) for place, measure in enumerate(marked))
