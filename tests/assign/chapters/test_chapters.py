"""Notes of obstetrics, newborns, oncology and pairs of the Index, coded as an expert would.

A note of the files begins with ``=== name | setting sex age | codes | may``: the first of the codes stands first, the
others follow in any order; ``may`` are beginnings of codes that may stand beside them; anything else is an error.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FILES = sorted(path.stem for path in Path(__file__).parent.glob("*.txt"))


def notes(file):
    _, *blocks = Path(__file__).with_name(f"{file}.txt").read_text().split("\n=== ")
    for block in blocks:
        head, _, text = block.partition("\n")
        name, who, wanted, *may = (part.strip() for part in head.split(" | "))
        yield pytest.param(
            who, text, wanted.split(), tuple((may or [""])[0].split()), id=f"{file}: {name.rstrip(' |')}"
        )


NOTES = [note for file in FILES for note in notes(file)]


@pytest.mark.parametrize(("who", "text", "wanted", "may"), NOTES)
def test_the_codes_of_a_note(who, text, wanted, may, code):
    found = list(code(who, text).diagnosis_codes)
    missing = [c for c in wanted if c not in found]
    extra = [c for c in found if c not in wanted and not (may and c.startswith(may))]
    told = f"found {found}; missing {missing}; not expected {extra}; first {wanted[0]}"
    assert not missing, told
    assert not extra, told
    assert found[0] == wanted[0], told


@pytest.mark.parametrize(("who", "text"), [n.values[:2] for n in NOTES if n.id.startswith("manifestations")])
def test_a_manifestation_never_leads(who, text, code, books):
    assert "manifestation" not in books.icd10cm.flags(code(who, text).diagnosis_codes[0])
