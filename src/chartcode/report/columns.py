"""The tables of a store and their columns: the contract of ``docs/reference/tables.md``.

The tables are ``cases`` (one row a case), ``lines`` (one row a reported code), ``findings`` (one row a finding),
``indicators`` (one row a quality indicator for which the case is at risk), and ``decisions`` (one row a decision of a
person). Columns may be added, never renamed. No row holds a word of the record: identifiers, codes, days and counts
alone, and of a decision the reason that its person gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``type`` is text, day, integer, number or yes (true or false); ``means`` says what it holds."""

    name: str
    type: str
    means: str


CASES: tuple[Column, ...] = (
    Column("case_id", "text", "the chart's identifier, as in the answers of chartcode code"),
    Column("patient", "integer", "the patient's number in this store alone; empty where the record numbers no patient"),
    Column("facility", "text", "where the patient was treated"),
    Column("provider", "text", "who answers for the encounter"),
    Column("specialty", "text", "the provider's specialty or taxonomy code, where the record says it"),
    Column("payer", "text", "who pays"),
    Column("setting", "text", "inpatient, outpatient, ed or professional"),
    Column("first_day", "day", "admission, or day of service"),
    Column("last_day", "day", "discharge"),
    Column("day", "day", "the day that picks the books: discharge of a stay, else the day of service"),
    Column("month", "text", "year and month of that day, 2026-05"),
    Column("stay_days", "integer", "days from admission to discharge, at least 1; empty outside of stays"),
    Column("age", "integer", "completed years"),
    Column("sex", "text", "F or M"),
    Column("disposition", "text", "patient discharge status, two digits"),
    Column("kind", "text", "kind of the first document"),
    Column("principal", "text", "principal or first-listed diagnosis, ICD-10-CM"),
    Column("principal_title", "text", "its title"),
    Column("category", "text", "its CCSR category, where CCSR is installed"),
    Column("category_title", "text", "the title of that category"),
    Column("diagnoses", "integer", "reported diagnoses"),
    Column("unspecified", "integer", "those whose title says unspecified"),
    Column("confident", "integer", "reported codes of the band confident"),
    Column("codes", "integer", "reported codes of all systems, the visit's among them"),
    Column("without_evidence", "integer", "reported codes without words of the record behind them"),
    Column("procedures", "integer", "reported procedures and service lines"),
    Column("drg", "text", "MS-DRG"),
    Column("drg_title", "text", "its title"),
    Column("drg_version", "text", "version of the grouper"),
    Column("drg_weight", "number", "relative weight, where Table 5 of the year is installed"),
    Column("severity", "text", "MCC, CC or none, by the MS-DRG's title; empty where the DRG has no levels"),
    Column("single_driver", "yes", "the DRG's level rests on one secondary diagnosis"),
    Column("raf", "number", "CMS-HCC score, where the risk extra is installed"),
    Column("hccs", "integer", "CMS-HCC categories"),
    Column("charlson", "number", "Charlson index"),
    Column("mortality_index", "number", "Elixhauser index of mortality"),
    Column("readmission_index", "number", "Elixhauser index of readmission"),
    Column("visit_level", "text", "level of the visit as the record supports it"),
    Column("visit_code", "text", "its code by the book of the day"),
    Column("visit_service", "text", "office, emergency, hospital, ..."),
    Column(
        "planned", "yes", "a stay that is always planned by its principal diagnosis: birth, chemotherapy, radiation"
    ),
    Column("errors", "integer", "findings of severity error"),
    Column("warnings", "integer", "findings of severity warning"),
    Column("queries", "integer", "findings of severity query"),
    Column("accepted", "integer", "findings that a person accepted with a reason"),
    Column("decisions", "integer", "decisions of people in the ledger"),
    Column("added", "integer", "codes that people added, those that replace another among them"),
    Column("removed", "integer", "codes that people rejected, those that were replaced among them"),
    Column("first_drg", "text", "MS-DRG without the decisions of people; empty where nobody decided on a code"),
    Column("first_weight", "number", "its relative weight"),
    Column("first_raf", "number", "CMS-HCC score without the decisions of people"),
    Column("books", "text", "the releases that coded it, book=version, separated by semicolons"),
)
LINES: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("line", "integer", "place among the case's codes, from 1"),
    Column("system", "text", "ICD-10-CM, ICD-10-PCS, CPT or HCPCS"),
    Column("code", "text", "as its book prints it"),
    Column("release", "text", "the release of the book, where the case names it"),
    Column("title", "text", "its title, where one may be shown"),
    Column("role", "text", "principal, first-listed, secondary, procedure, line or visit"),
    Column("poa", "text", "present on admission"),
    Column("modifiers", "text", "separated by spaces"),
    Column("units", "integer", "units of service"),
    Column("pointers", "text", "diagnoses that justify the line, separated by spaces"),
    Column("on", "day", "day of service"),
    Column("confidence", "number", "0 to 1"),
    Column("band", "text", "confident or check"),
    Column("by", "text", "the engine, or person"),
    Column("decided_by", "text", "who added or confirmed the code, where a person did"),
    Column("evidence", "integer", "passages of the record behind the code"),
)
FINDINGS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("rule", "text", "the rule's id"),
    Column("severity", "text", "error, warning, query or info"),
    Column("codes", "text", "the codes that it is on, separated by spaces"),
    Column("remedy", "text", "drop, replace, add, move or ask"),
    Column("accepted", "yes", "a person accepted the finding with a reason"),
)
INDICATORS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("indicator", "text", "the quality indicator, family/name; of conditions acquired in hospital hac/NUMBER"),
    Column("family", "text", "safety, admission, mortality, delivery, care or hac"),
    Column("title", "text", "its title, with the measure after which it is made"),
    Column("counted", "yes", "the case is in the numerator; else it is at risk alone"),
    Column("codes", "text", "the codes that count it, separated by spaces"),
)
DECISIONS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("decision", "integer", "place among the decisions of the case's ledger, from 1"),
    Column("act", "text", "accept, reject, add, or override (a finding stands)"),
    Column("change", "text", "confirmed, removed, added, replaced (told by the new code), or finding accepted"),
    Column("system", "text", "ICD-10-CM, ICD-10-PCS, CPT or HCPCS; empty where it is about a rule"),
    Column("code", "text", "the code that it is about"),
    Column("title", "text", "its title, where it is reported"),
    Column("replaces", "text", "the code whose place it took: rejected by the same person, day and reason"),
    Column("replaced_by", "text", "the code that took its place"),
    Column("rule", "text", "the rule whose finding was accepted, or whose remedy was applied"),
    Column("who", "text", "who decided"),
    Column("on", "day", "when"),
    Column("why", "text", "the reason, in the words of who decided"),
    Column("engine", "text", "the engine that had proposed the code; empty where none had"),
    Column("evidence", "integer", "passages of the record behind the code, as reported"),
    Column("drg_without", "text", "the MS-DRG if this decision alone were undone"),
    Column("weight_change", "number", "what the decision alone adds to the relative weight"),
    Column("raf_change", "number", "what the decision alone adds to the CMS-HCC score"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "cases": CASES,
    "lines": LINES,
    "findings": FINDINGS,
    "indicators": INDICATORS,
    "decisions": DECISIONS,
}
LATER = ("indicators", "decisions")
"""Tables that stores did not always have: a reader does without them."""


def files_of(store: Path) -> dict[str, Path]:
    """Return where each table of a store is, by name: ``s.parquet``, ``s.lines.parquet``, ``s.findings.parquet``."""
    stem = store.with_suffix("") if store.suffix == ".parquet" else store
    return {
        name: stem.with_name(stem.name + (".parquet" if name == "cases" else f".{name}.parquet")) for name in TABLES
    }
