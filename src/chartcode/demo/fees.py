"""The fees of the invented practice, and the files in which its user finds them: a list of fees, a practice file."""

from __future__ import annotations

import csv
import io
from typing import Any

from chartcode.demo.phrases import table
from chartcode.demo.setting import providers


def charge(code: str) -> float:
    """Return the charge of one unit of a code, or of ``room`` for a day; nought where there is none."""
    return float(table("fees").get(code, {}).get("charge", 0))


def allowed(code: str, payer: dict[str, Any]) -> float:
    """Return what a payer allows by its contract for a code."""
    return round(float(table("fees")[code]["allowed"]) * float(payer["allows"]), 2)


def fees_csv() -> str:
    """Return the list of fees: charges and relative values, and for each payer what its contract allows."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("code", "payer", "revenue", "charge", "allowed", "work rvu", "total rvu"))
    for code, fee in table("fees").items():
        work = fee.get("work")
        total = "" if work is None else round(work * 2.05, 2)
        rows.writerow(
            ("" if code == "room" else code, "", fee.get("revenue", ""), fee["charge"], "", work or "", total)
        )
        for payer in table("practice")["payer"] if "allowed" in fee else ():
            rows.writerow((code, payer["name"], "", "", allowed(code, payer), "", ""))
    return out.getvalue()


def practice_toml() -> str:
    """Return the practice file: who works there, by taxonomy; for claims it lacks numbers and addresses."""
    lines = [
        "# The practice of the demonstration, invented as everything in it.",
        "[billing]",
        'name = "Millbrook Health"',
    ]
    for provider in providers():
        last, _, first = provider.name.partition(", ")
        lines += ["", f'[providers."{provider.name}"]', f'last = "{last}"', f'first = "{first}"']
        lines.append(f'taxonomy = "{provider.taxonomy}"')
    return "\n".join([*lines, ""])
