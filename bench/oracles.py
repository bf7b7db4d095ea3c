"""What the decks of reference answers ask, and what our grouper, rules and models answer.

A claim of a deck becomes a case as any other: the MCE edits are the findings of the catalogue's rules, whose ids stand
in ``EDITS`` beside CMS's name of each edit. The package that carries CMS's editor is not called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from chartcode.model.case import ADMITTING, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Procedure
from chartcode.model.chart import INPATIENT, Chart, Encounter, Patient
from chartcode.model.code import ICD10CM, ICD10PCS, Code, dotted

if TYPE_CHECKING:
    from chartcode.books import Shelf
    from chartcode.validate.rule import Rule

Row = Mapping[str, Any]
Answer = dict[str, object]

_INVALID = ("no_such_code", "not_full_length", "not_in_force", "placeholder", "replaced", "seventh_character")
EDITS = {
    "AGE_CONFLICT": ("mce/age_conflict",),
    "DUPLICATE_OF_PDX": ("mce/duplicate_of_principal",),
    "E_CODE_AS_PDX": ("mce/external_cause_principal",),
    "INCONSISTENT_WITH_LENGTH_OF_STAY": ("mce/length_of_stay",),
    "INVALID_ADMIT_DX": ("mce/invalid_admitting",),
    "INVALID_AGE": ("mce/invalid_age",),
    "INVALID_CODE": (
        *(f"icd10cm/{fault}" for fault in _INVALID),
        *("icd10pcs/no_such_code", "icd10pcs/not_in_force"),
    ),
    "INVALID_DISCHARGE_STATUS": ("mce/invalid_disposition",),
    "INVALID_SEX": ("mce/invalid_sex",),
    "LIMITED_COVERAGE": ("mce/limited_coverage",),
    "MANIFESTATION_AS_PDX": ("mce/manifestation_principal",),
    "NON_COVERED": ("mce/noncovered_procedure",),
    "QUESTIONABLE_ADMISSION": ("mce/questionable_admission",),
    "QUESTIONABLE_OBSTETRIC_ADMISSION": ("mce/delivery_without_outcome",),
    "REQUIRES_SDX": ("mce/requires_secondary",),
    "SEX_CONFLICT": ("mce/sex_conflict",),
    "UNACCEPTABLE_PDX": ("mce/unacceptable_principal",),
    "UNSPECIFIED": ("mce/unspecified_side",),
    "WRONG_PROCEDURE_PERFORMED": ("mce/wrong_procedure",),
}
"""CMS's name of each edit of the Medicare Code Editor, and the rules that find it."""


def case(row: Row) -> Case:
    """Return a deck's inpatient claim as a case."""
    entries: list[Entry] = [_diagnosis(row["pdx"], PRINCIPAL)]
    entries += [_diagnosis(code, SECONDARY) for code in row.get("sdx", ())]
    if row.get("admit_dx", {}).get("code"):
        entries.append(_diagnosis(row["admit_dx"], ADMITTING))
    entries += [Procedure(Code(ICD10PCS, code["code"].strip().upper())) for code in row.get("procedures", ())]
    patient = Patient({0: "M", 1: "F"}.get(row.get("sex", 2)), row.get("age"))
    return Case(Chart("claim", patient=patient, encounter=_encounter(row)), tuple(entries))


def _diagnosis(code: Row, role: str) -> Diagnosis:
    poa = (code.get("poa") or "").strip()
    return Diagnosis(Code(ICD10CM, dotted(code["code"])), role, poa or None)


def _encounter(row: Row) -> Encounter:
    last = _day(row["discharge_date"])
    first = _day(row["admit_date"]) if row.get("admit_date") else None
    status = row.get("discharge_status")
    return Encounter(INPATIENT, first, last, None if status is None else f"{int(status):02d}")


def _day(number: int | str) -> date:
    return date.fromisoformat(str(number))


# --- MS-DRG -----------------------------------------------------------------------------------------------------


def drg_expected(row: Row) -> Answer:
    """Return CMS's answer: groups, categories, return code, severities."""
    wanted = row["expected"]
    answer: Answer = {
        key: wanted[key] for key in ("initial_drg", "initial_mdc", "final_drg", "final_mdc") if key in wanted
    }
    if "return_code" in wanted:
        answer["return_code"] = _family(wanted["return_code"])
    if "sdx_severity" in row:
        answer["sdx_severity"] = sorted((s["code"], s["severity"]) for s in row["sdx_severity"])
    if "pdx_severity" in row:
        answer["pdx_severity"] = row["pdx_severity"]
    return answer


def drg_ours(row: Row) -> Answer:
    """Return ours to the same questions."""
    from dataclasses import replace

    from chartcode.books.msdrg import MSDRG
    from chartcode.group.msdrg import stay_of

    stay = stay_of(case(row))
    if stay is None:
        raise ValueError("the claim has no principal diagnosis")
    drg = MSDRG(_day(row["discharge_date"]), version(row)).group(
        replace(stay, hospital=row.get("hospital_status", stay.hospital))
    )
    found: Answer = {
        "initial_drg": int(drg.initial),
        "initial_mdc": int(drg.initial_mdc),
        "final_drg": int(drg.code),
        "final_mdc": int(drg.mdc),
        "return_code": _family(drg.status),
        "sdx_severity": sorted((part.code, part.severity or "NONE") for part in drg.secondary),
        "pdx_severity": drg.principal.severity or "NONE",
    }
    return {key: found[key] for key in drg_expected(row)}


def version(row: Row) -> str | None:
    """Return the version that a deck names (431 is 43.1), or None for the day's."""
    number = row.get("version")
    return None if not number else f"{number // 10}.{number % 10}" if number % 10 else str(number // 10)


def _family(code: str) -> str:
    return "HAC_STATUS_INVALID" if code.startswith("HAC_STATUS_INVALID") else code


# --- Medicare Code Editor -----------------------------------------------------------------------------------------


def mce_expected(row: Row) -> Answer:
    """Return CMS's edits, each with its count, and what becomes of the claim."""
    wanted = row["expected"]
    edits: Answer = {name: count for name, count in wanted["edits"].items() if count}
    return edits | ({"edit_type": wanted["edit_type"]} if "edit_type" in wanted else {})


def mce_ours(row: Row) -> Answer:
    """Return the edits that our rules find, each with the number of lines that it is on."""
    claim = case(row)
    books = _shelf().at(_day(row["discharge_date"]))
    found: Counter[str] = Counter()
    for name, rules in _editor().items():
        for rule in rules:
            if rule.governs(books.day):
                found[name] += sum(max(len(finding.on), 1) for finding in rule(claim, books))
    edits: Answer = {name: count for name, count in found.items() if count}
    stopped = "PREPAYMENT" if edits.keys() - {"INVALID_ADMIT_DX"} else "NONE"
    return edits | ({"edit_type": stopped} if "edit_type" in row.get("expected", {}) else {})


@cache
def _editor() -> Mapping[str, tuple[Rule, ...]]:
    from chartcode.validate import chosen

    return {name: chosen(rules) for name, rules in EDITS.items()}


@cache
def _shelf() -> Shelf:
    from chartcode.books import Shelf

    return Shelf.open()


# --- CMS-HCC ------------------------------------------------------------------------------------------------------


def hcc_expected(row: Row) -> Answer:
    """Return the categories and the raw score."""
    answer: Answer = {"hcc": sorted(map(str, row["hcc"]))}
    if row.get("raf_raw") is not None:
        answer["raf_raw"] = f"{row['raf_raw']:.3f}"
    return answer


def hcc_ours(row: Row) -> Answer:
    """Return ours, for the payment year of 2026 unless the deck names another."""
    from chartcode.books.hcc import HCC
    from chartcode.group.risk import Person, risk

    model = HCC(date(int(row.get("payment_year", 2026)) - 1, 7, 1), row["model"])
    person = Person(
        row["age"],
        row["sex"],
        row.get("segment"),
        originally_disabled=bool(row.get("orig_disabled")),
        medicaid=bool(row.get("medicaid")),
    )
    found = risk(model, (dotted(code) for code in row["dx"]), person)
    answer: Answer = {
        "hcc": sorted(found.categories),
        "raf_raw": f"{found.score:.3f}" if found.score is not None else None,
    }
    return {key: answer[key] for key in hcc_expected(row)}
