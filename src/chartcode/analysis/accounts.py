"""What became of the cases as accounts: charges, days, payments, denials, and what a person billed.

The record does not say it. A facility's accounting does, as CSV or Parquet with these columns (``case_id`` and
``status`` are required, the others may be absent or empty); so do its claims and remittances (``posting``).
"""

from __future__ import annotations

from chartcode.report.columns import Column

ACCOUNTS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("status", "text", "unbilled, rejected (returned before it was decided), billed, paid or denied"),
    Column("charges", "number", "charged, in the currency of the facility"),
    Column("paid", "number", "paid"),
    Column("coded_on", "day", "day on which coding was finished"),
    Column("billed_on", "day", "day on which the claim went out"),
    Column("decided_on", "day", "day on which the payer first decided"),
    Column("carc", "text", "claim adjustment reason code of a denial; of several the one with the most money"),
    Column("coder", "text", "who coded it"),
    Column("billed_visit", "text", "the visit's code as billed"),
    Column("billed_principal", "text", "the first diagnosis as billed"),
    Column("line_charges", "number", "sum of the charges of the lines, to be compared with the claim's"),
    Column("paid_on", "day", "day of the first payment"),
    Column("allowed", "number", "what the payer allows: paid and left to the patient"),
    Column("patient_owes", "number", "left to the patient"),
    Column("contract", "number", "written off by contract"),
    Column("refused", "number", "refused; of a denied claim all that nobody else bears"),
    Column("carc_group", "text", "who bears the denial: CO, PR, OA or PI"),
    Column("rarc", "text", "remittance advice remark codes of a denial, separated by spaces"),
    Column("first_answer", "text", "rejected, denied, partly denied or paid: what was answered first"),
    Column("answers", "integer", "how often payers answered"),
    Column("answered_by", "text", "the payer that answered"),
    Column(
        "claim", "text", "numbers of the case's claims (CLP01), separated by spaces, where they are not its identifier"
    ),
    Column("known_by", "text", "file, X12, both, or neither: where the account comes from; not read from a file"),
)
