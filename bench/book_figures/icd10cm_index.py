"""The Alphabetic Index against the counts of the publisher's XML of FY2017, taken from the file with other means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.book_figures import Figure
from bench.sets.files import Missing
from chartcode.books import install, installed
from chartcode.books.files import Files, Wish

ASKED = {"mainTerm": 7_973, "term": 69_226, "manif": 746, "seecat": 15, "subcat": 130}
_COUNTS = (
    "SELECT sum(level = 0), sum(level > 0), sum(manifestation <> ''), sum(seecat <> ''), sum(subcat <> ''),"
    " sum(see <> ''), sum(seealso <> ''), sum(code <> ''), sum(nonessential <> '') FROM term WHERE kind = 'index'"
)
_ELEMENTS = ("mainTerm", "term", "manif", "seecat", "subcat", "see", "seeAlso", "code", "nemod")


def figures(data: Path, home: Path) -> Iterator[Figure]:
    """Yield the counts of what the release holds beside those of the elements in the file's text."""
    path = data / "icd10cm" / "2017" / "ICD10CM_FY2017_Full_XML.zip"
    if not path.is_file():
        raise Missing(f"{path}: there is no such file")
    (outcome,) = install.install(home / "index" / "books", "icd10cm-index", [path], Wish(), lambda *_: None)
    row = installed.opened(outcome.release).one(_COUNTS) or ()
    files = Files.of(path)
    text = files.text(files.matching(r"icd10cm_index_2017\.xml$")[0])
    for element, reached in zip(_ELEMENTS, row, strict=True):
        # "term" alone: "mainTerm" is spelled with a capital, and "term" always has a level.
        in_file = len(re.findall(rf"<{element}[ >]", text))
        asked = ASKED.get(element, in_file)
        yield Figure(f"index of FY2017: {element}", f"{asked:,}", f"{reached:,}", reached == asked == in_file)
