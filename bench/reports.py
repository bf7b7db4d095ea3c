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
_FEES = "code,charge,allowed,work rvu,total rvu\n83036,38,10,,\n99214,310,129,2,4.1\n"
_OF_STAYS = [
    (f, f"{f} {n}") for f, several in (("safety", 12), ("admission", 10), ("mortality", 1)) for n in range(several)
]
_OF_VISITS = [("care", f"care {n}") for n in range(13)]
_LEVELS = ("straightforward", "low", "moderate", "high")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000], help="cases in the store (default: 10000)")
    parser.add_argument("--fees", action="store_true", help="a list of fees too, so that every line is priced")
    parser.add_argument(
        "--mail", action="store_true", help="remittances (835) in the place of payments in the accounts"
    )


def main(options: argparse.Namespace) -> int:
    """Measure and print."""
    print(f"{machine.describe()}; {machine.one_core()}\n")
    rows = []
    for cases in options.cases:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            _write(place, cases)
            command = [chartcode(), "report", "all", str(place / "cases.parquet")]
            if options.fees:
                (place / "fees.csv").write_text(_FEES, encoding="utf-8")
                command += ["--fees", str(place / "fees.csv")]
            if options.mail:
                _mail(place, cases)
                command += ["--remit", str(place / "mail")]
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
            rows = {"cases": [case], "lines": [*_lines(case, chance)], "findings": [*_findings(case, chance)]}
            store.add({**rows, "indicators": _indicators(case, chance), "decisions": _decisions(case, chance)})
            day = case["day"]
            denied = chance.random() < 0.08
            values = (
                case["case_id"], "denied" if denied else "paid", chance.randrange(80, 9000), 50, day + timedelta(3),
                day + timedelta(5), day + timedelta(20), "16" if denied else "", "99214",
            )  # fmt: skip
            accounts.write(",".join(map(str, values)) + "\n")


def _mail(folder: Path, cases: int) -> None:
    """Write a remittance for every five thousand cases; one claim of twelve is denied."""
    (folder / "mail").mkdir()
    for first in range(0, cases, 5000):
        numbers = range(first, min(cases, first + 5000))
        rows = [_answer(number, denied=number % 12 == 0) for number in numbers]
        paid = 160 * sum(number % 12 != 0 for number in numbers)
        head = (
            "ISA*00*          *00*          *ZZ*MUTUAL         *ZZ*CLINIC         *260601*0815*^*00501*000000001*0*P*:~"
            "GS*HP*MUTUAL*CLINIC*20260601*0815*1*X*005010X221A1~ST*835*0001*005010X221A1~"
            f"BPR*I*{paid}*C*ACH************20260601~TRN*1*T{first}*1999999999~N1*PR*MUTUAL~N1*PE*CLINIC*XX*1234567893~LX*1~"
        )
        text = head + "".join(rows) + "SE*1*0001~GE*1*1~IEA*1*000000001~"
        (folder / "mail" / f"{first}.835").write_text(text, encoding="ascii")


def _answer(number: int, *, denied: bool) -> str:
    told = "CAS*CO*50*310~LQ*HE*N115~" if denied else "CAS*CO*45*130~CAS*PR*2*20~"
    status, paid, patient = ("4", 0, 0) if denied else ("1", 160, 20)
    claim = f"CLP*c{number:07d}*{status}*310*{paid}*{patient}*12*P{number}*11*1~"
    return f"{claim}SVC*HC:99214:25*310*{paid}~DTM*472*20260301~{told}"


def _case(number: int, chance: random.Random) -> dict[str, Any]:
    day = date(2025, 5, 1) + timedelta(chance.randrange(365))
    stay = chance.random() < 0.15
    drg, title = chance.choice(_DRGS)
    decided = int(number % 20 == 0)
    return {
        "case_id": f"c{number:07d}", "patient": str(chance.randrange(1 + number // 2)),
        "facility": f"F{chance.randrange(3)}", "provider": f"P{chance.randrange(40)}",
        "payer": f"Payer {chance.randrange(4)}", "setting": "inpatient" if stay else "outpatient", "day": day,
        "month": day.strftime("%Y-%m"), "stay_days": 3 if stay else None, "age": chance.randrange(90), "sex": "F",
        "principal": chance.choice(_CODES), "category": f"CIR{chance.randrange(30):03d}", "diagnoses": 5,
        "unspecified": chance.randrange(3), "confident": 3, "codes": 7, "without_evidence": 0, "procedures": 2,
        "drg": drg if stay else None, "drg_title": title if stay else None, "drg_weight": 1.1 if stay else None,
        "severity": "CC" if stay else None, "single_driver": stay, "visit_level": chance.choice(_LEVELS),
        "visit_code": "99213", "errors": chance.randrange(2), "warnings": 1, "queries": chance.randrange(2),
        "accepted": 0, "decisions": 2 * decided, "added": decided, "removed": decided,
        "books": "icd10cm=FY2026-10-01", "planned": False if stay else None, "disposition": "01" if stay else None,
        "first_day": day - timedelta(3) if stay else day, "last_day": day, "first_drg": "293" if stay else None,
    }  # fmt: skip


def _lines(case: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for line in range(1, 8):
        yield {
            "case_id": case["case_id"], "line": line, "system": "ICD-10-CM" if line < 6 else "CPT",
            "code": chance.choice(_CODES) if line < 6 else "83036", "release": "FY2026-10-01", "role": "secondary",
            "poa": "Y", "modifiers": "" if line < 6 else "25", "units": 1, "confidence": 0.8, "evidence": 1,
        }  # fmt: skip


def _indicators(case: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """Return as many indicators as a case is at risk of: a stay of all that ask for no operation, a visit of three."""
    asked = _OF_STAYS if case["setting"] == "inpatient" else chance.sample(_OF_VISITS, 3)
    return [
        {"case_id": case["case_id"], "indicator": f"{family}/{name}", "family": family, "title": name,
         "counted": chance.random() < 0.02, "codes": ""}
        for family, name in asked
    ]  # fmt: skip


def _decisions(case: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """Return the decisions of one case of twenty: a code removed, another added."""
    if not case["decisions"]:
        return []
    told = {"case_id": case["case_id"], "who": f"coder {chance.randrange(9)}", "on": case["day"], "why": "not treated"}
    return [
        {**told, "decision": 1, "act": "reject", "change": "removed", "code": "E87.6", "system": "ICD-10-CM"},
        {**told, "decision": 2, "act": "add", "change": "added", "code": "E43", "system": "ICD-10-CM",
         "drg_without": "293", "weight_change": 0.3},
    ]  # fmt: skip


def _findings(case: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    for _ in range(2):
        rule = chance.choice(("icd10cm/excludes1", "icd10cm/code_first", "claim/pointer"))
        yield {"case_id": case["case_id"], "rule": rule, "severity": "warning", "codes": "I10", "accepted": False}
