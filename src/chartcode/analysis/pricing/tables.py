"""The columns that pricing fills; ``docs/reference/tables.md`` is made from them."""

from __future__ import annotations

from collections.abc import Mapping

from chartcode.report.columns import Column

LINES: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("line", "integer", "the line"),
    Column("code", "text", "CPT or HCPCS"),
    Column("modifiers", "text", "separated by spaces"),
    Column("units", "integer", "units of service"),
    Column("charge", "number", "charge of all units; empty where no list prices the code"),
    Column("revenue", "text", "its revenue code, where a list or the practice file says one"),
    Column("allowed", "number", "expected allowed amount of all units; empty where no list says one"),
    Column("work_rvu", "number", "work RVU of all units"),
    Column("total_rvu", "number", "total RVU of all units, of the place where it was given"),
    Column("charged_by", "text", "the list that the charge is of"),
    Column("allowed_by", "text", "the list that the expected amount is of"),
)
HOSPITAL: tuple[Column, ...] = (
    Column(
        "case_id", "text", "the case: a stay, a visit of the emergency department, or one billed with revenue codes"
    ),
    Column("revenue", "text", "revenue code; empty where nobody says it"),
    Column("what", "text", "what it is, in our own words"),
    Column("units", "number", "units, days of a room"),
    Column("charge", "number", "charge of all units"),
    Column("source", "text", "837 or 835: as billed; else the list"),
)
EXPECTED: tuple[Column, ...] = (
    Column("case_id", "text", "the case, as billed where claims or remittances were read, else as coded"),
    Column("expected", "number", "expected allowed amount of the lines that have one"),
    Column("whole", "yes", "every line has one"),
    Column("basis", "text", "as billed, or as coded"),
    Column("codes", "text", "codes with modifiers, separated by spaces"),
    Column("allowed_by", "text", "the list that says what is expected"),
)
PRICED: Mapping[str, tuple[Column, ...]] = {"priced": LINES, "expected": EXPECTED, "hospital_lines": HOSPITAL}
