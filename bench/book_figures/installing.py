"""What it costs to install ICD-10-CM from the publisher's zips."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from bench.book_figures import Figure
from bench.sets.files import Missing
from chartcode.books import install
from chartcode.books.files import Wish

_MOST = 30
SETS = {
    "FY2026: order file, tabular list, derived index, conversions, POA": (
        "icd10cm/2026/cms_2026_dx.zip",
        "icd10cm/2026/icd10c-tabular-April-1-2026.xml.gz",
        "icd10cm/2026/icd10cm_index_2026_DERIVED.csv.gz",
        "conversion/2026/ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx",
        "poa/2026/POAexemptCodesFY26.zip",
    ),
    "FY2017: order file, tabular list, official index and tables": (
        "icd10cm/2017/cms_2017_dx.zip",
        "icd10cm/2017/ICD10CM_FY2017_Full_XML.zip",
    ),
}


def figures(data: Path, home: Path) -> Iterator[Figure]:
    """Yield the seconds and the steps of progress of each set, into an empty home."""
    for number, (what, names) in enumerate(SETS.items()):
        paths = [data / name for name in names]
        if missing := [path for path in paths if not path.is_file()]:
            raise Missing(f"{missing[0]}: there is no such file")
        told: list[str] = []

        def progress(step: str, _done: int, _total: int, told: list[str] = told) -> None:
            told.append(step)

        wall, used = perf_counter(), process_time()
        outcomes = install.install(home / f"installing-{number}" / "books", "icd10cm", paths, Wish(), progress)
        wall, used = perf_counter() - wall, process_time() - used
        size = sum(outcome.release.path.stat().st_size for outcome in outcomes) / 1e6
        yield Figure(
            f"install {what}",
            f"under {_MOST} s, progress shown",
            f"{wall:.1f} s ({used:.1f} s of processor), {len(outcomes)} releases, {size:.0f} MB,"
            f" {len(told)} steps told",
            wall < _MOST and len(set(told)) >= len(outcomes),
        )
