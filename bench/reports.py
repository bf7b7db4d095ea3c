"""``python -m bench reports``: seconds and memory from a store of cases to all reports.

The store is synthetic: rows of invented cases with their lines, findings and accounts, written as ``chartcode batch``
writes them. What is measured is ``chartcode report all`` from outside, on one core, as its user runs it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import machine
from bench.processes import chartcode, spent
from bench.tables import table
from chartcode.batch.store import Store

_CODES = ("I10", "E11.9", "J44.9", "I50.9", "N18.30", "E78.5", "K21.9", "F32.A", "M54.50", "J18.9", "N39.0", "Z79.4")
_DRGS = (("291", "Heart Failure and Shock with MCC"), ("292", "Heart Failure and Shock with CC"), ("313", "Chest Pain"))
_LEVELS = ("straightforward", "low", "moderate", "high")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000], help="cases in the store (default: 10000)")


def main(options: argparse.Namespace) -> int:
    """Measure and print."""
    print(f"{machine.describe()}; {machine.one_core()}\n")
    rows = []
    for cases in options.cases:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            _write(place, cases)
            command = [chartcode(), "report", "all", str(place / "cases.parquet")]
            cost = spent([*command, "--accounts", str(place / "accounts.csv"), "-o", str(place / "report")])
            if cost.status:
                print(cost.errors, file=sys.stderr)
                return 1
            rows.append((f"{cases:,}", f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.peak:.0f}"))
    print(table(("cases", "seconds", "processor seconds", "peak MB"), rows))
    return 0


def _write(folder: Path, cases: int) -> None:
    chance = random.Random(7)  # noqa: S311 - invented rows, the same every time
    with Store(folder / "cases.parquet") as store, (folder / "accounts.csv").open("w", encoding="utf-8") as accounts:
        accounts.write("case_id,status,charges,paid,coded_on,billed_on,decided_on,carc,billed_visit\n")
        for number in range(cases):
            case = _case(number, chance)
            store.add({"cases": [case], "lines": [*_lines(case, chance)], "findings": [*_findings(case, chance)]})
            day = case["day"]
            denied = chance.random() < 0.08
            values = (
                case["case_id"], "denied" if denied else "paid", chance.randrange(80, 9000), 50, day + timedelta(3),
                day + timedelta(5), day + timedelta(20), "16" if denied else "", "99214",
            )  # fmt: skip
            accounts.write(",".join(map(str, values)) + "\n")


def _case(number: int, chance: random.Random) -> dict[str, Any]:
    day = date(2025, 5, 1) + timedelta(chance.randrange(365))
    stay = chance.random() < 0.15
    drg, title = chance.choice(_DRGS)
    return {
        "case_id": f"c{number:07d}", "facility": f"F{chance.randrange(3)}", "provider": f"P{chance.randrange(40)}",
        "payer": f"Payer {chance.randrange(4)}", "setting": "inpatient" if stay else "outpatient", "day": day,
        "month": day.strftime("%Y-%m"), "stay_days": 3 if stay else None, "age": chance.randrange(90), "sex": "F",
        "principal": chance.choice(_CODES), "category": f"CIR{chance.randrange(30):03d}", "diagnoses": 5,
        "unspecified": chance.randrange(3), "confident": 3, "codes": 7, "without_evidence": 0, "procedures": 2,
        "drg": drg if stay else None, "drg_title": title if stay else None, "drg_weight": 1.1 if stay else None,
        "severity": "CC" if stay else None, "single_driver": stay, "visit_level": chance.choice(_LEVELS),
        "visit_code": "99213", "errors": chance.randrange(2), "warnings": 1, "queries": chance.randrange(2),
        "accepted": 0, "decisions": 0, "books": "icd10cm=FY2026-10-01",
    }  # fmt: skip


def _lines(case: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for line in range(1, 8):
        yield {
            "case_id": case["case_id"], "line": line, "system": "ICD-10-CM" if line < 6 else "CPT",
            "code": chance.choice(_CODES) if line < 6 else "83036", "release": "FY2026-10-01", "role": "secondary",
            "poa": "Y", "modifiers": "" if line < 6 else "25", "units": 1, "confidence": 0.8, "evidence": 1,
        }  # fmt: skip


def _findings(case: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(2):
        rule = chance.choice(("icd10cm/excludes1", "icd10cm/code_first", "claim/pointer"))
        yield {"case_id": case["case_id"], "rule": rule, "severity": "warning", "codes": "I10", "accepted": False}
