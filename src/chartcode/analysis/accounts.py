"""What became of the cases as accounts: charges, days, payments, denials, and what a person billed.

The record does not say it; a facility's accounting does, as CSV or Parquet with these columns (``case_id`` and
``status`` are required, the others may be absent or empty).
"""

from __future__ import annotations

from chartcode.report.rows import Column

ACCOUNTS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("status", "text", "unbilled, billed, paid or denied"),
    Column("charges", "number", "charged, in the currency of the facility"),
    Column("paid", "number", "paid"),
    Column("coded_on", "day", "day on which coding was finished"),
    Column("billed_on", "day", "day on which the claim went out"),
    Column("decided_on", "day", "day on which the payer decided"),
    Column("carc", "text", "claim adjustment reason code of a denial"),
    Column("coder", "text", "who coded it"),
    Column("billed_visit", "text", "the visit's code as billed"),
    Column("billed_principal", "text", "the first diagnosis as billed"),
    Column("line_charges", "number", "sum of the charges of the lines, to be compared with the claim's"),
)
