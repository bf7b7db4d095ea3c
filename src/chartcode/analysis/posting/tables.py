"""The columns of what is posted; ``docs/reference/tables.md`` is made from them."""

from __future__ import annotations

from collections.abc import Mapping

from chartcode.report.columns import Column

PAYMENTS: tuple[Column, ...] = (
    Column("claim", "text", "the provider's number of the claim, as the payer returned it (CLP01)"),
    Column("case_id", "text", "the case of that number; empty if no case of the store has it"),
    Column("payer", "text", "who answered"),
    Column("remittance", "text", "trace number of the remittance (TRN02)"),
    Column("paid_on", "day", "day of the remittance"),
    Column("status", "text", "claim status (CLP02) in words"),
    Column("charge", "number", "charged; less than nought in a reversal"),
    Column("paid", "number", "paid; less than nought where money was taken back"),
    Column("patient", "number", "left to the patient (group PR of deductible, coinsurance, copayment and the like)"),
    Column("contract", "number", "written off by contract"),
    Column("refused", "number", "refused"),
    Column("standing", "text", "counted, reversal, reversed, reversal of nothing, or paid again"),
)
ADJUSTMENTS: tuple[Column, ...] = (
    Column("claim", "text", "the provider's number of the claim"),
    Column("case_id", "text", "the case; empty if none has that number"),
    Column("payer", "text", "who answered"),
    Column("paid_on", "day", "day of the remittance"),
    Column("code", "text", "the line's code or revenue code; empty for the claim as a whole"),
    Column("carc_group", "text", "who bears it: CO, PR, OA, PI or CR"),
    Column("carc", "text", "claim adjustment reason code"),
    Column("words", "text", "the reason in our own words"),
    Column("rarc", "text", "remittance advice remark codes, separated by spaces"),
    Column("kind", "text", "contract, patient, other payer or denial"),
    Column("amount", "number", "not paid"),
    Column("standing", "text", "that of its payment"),
)
REMITTANCES: tuple[Column, ...] = (
    Column("remittance", "text", "trace number"),
    Column("payer", "text", "who pays"),
    Column("paid_on", "day", "day of the payment"),
    Column("claims", "integer", "claims in it"),
    Column("strangers", "integer", "of these, claims that fit no case of the store"),
    Column("paid", "number", "sum of the claims' payments"),
    Column("moved", "number", "taken outside of any claim (PLB); less than nought where given"),
    Column("transferred", "number", "the payment itself (BPR02)"),
    Column("difference", "number", "paid less moved less transferred: nought where it adds up"),
)
ODD: tuple[Column, ...] = (
    Column("what", "text", "what does not fit"),
    Column("claim", "text", "the claim, or the remittance"),
    Column("case_id", "text", "the case, where one is known"),
    Column("payer", "text", "who answered"),
    Column("on", "day", "day of the remittance or status"),
    Column("amount", "number", "the money that it is about"),
    Column("told", "text", "the whole in a sentence"),
)
BILLED: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("claim", "text", "the provider's number of the claim"),
    Column("code", "text", "CPT or HCPCS; empty where the line has a revenue code alone"),
    Column("modifiers", "text", "separated by spaces"),
    Column("revenue", "text", "revenue code"),
    Column("units", "number", "units of service"),
    Column("charge", "number", "charged for the line"),
    Column("source", "text", "837 or 835"),
)
POSTED: Mapping[str, tuple[Column, ...]] = {
    "payments": PAYMENTS,
    "adjustments": ADJUSTMENTS,
    "remittances": REMITTANCES,
    "odd": ODD,
    "billed": BILLED,
}
