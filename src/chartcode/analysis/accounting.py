"""The accounts of the cases: from a file, from what was posted (``posting``), or from both, the payers' word first.

Where both speak of a case, the days of coding, the coder and the visit as billed are the file's, whether and what was
paid is the remittance's. Where only claims and remittances are given, a case of which they say nothing is unbilled.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.analysis.accounts import ACCOUNTS
from chartcode.analysis.posting import COLUMNS, POSTED, Posting, events
from chartcode.report.claims.reasons import REASONS
from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

_WORDS = (Column("carc", "text", "claim adjustment reason code"), Column("words", "text", "our own words for it"))
_TAXONOMIES = (Column("case_id", "text", "the case"), Column("taxonomy", "text", "the provider's, on its claim"))
_KNOWN = {c.name: c for c in ACCOUNTS}
_ANSWERED = "('paid', 'denied')"
_OF_THE_FILE = frozenset(("coded_on", "coder", "billed_visit", "billed_principal", "line_charges", "claim"))


def account(practice: Practice, file: Path | None, remit: Sequence[Path]) -> None:
    """Make the views accounts, today and those of posting; say what is lacking.

    Raises:
        NoStore: the file of accounts cannot be used.
    """
    practice.table("reasons", _WORDS, REASONS.items())
    if file is not None:
        practice.read("filed", file, ACCOUNTS)
    if remit:
        _post(practice, remit, filed=file is not None)
    else:
        practice.lacks["remittances"] = "no remittance (835) was given; name files or folders with --remit"
        for name, columns in POSTED.items():
            practice.table(name, columns)
        practice.table("taxonomies", _TAXONOMIES)
    if file is None and not remit:
        practice.lacks["accounts"] = (
            "no accounts were given; name them with --accounts FILE, or what payers answered with --remit FILE"
        )
        practice.table("accounts", ACCOUNTS)
    elif not remit:
        shown = ", ".join(f'"{c.name}"' for c in ACCOUNTS[:-1])
        practice.view("accounts", f"SELECT {shown}, 'file' AS known_by FROM filed")  # noqa: S608 - names of our own
    practice.view("today", _TODAY)


_NUMBERS = "SELECT unnest(string_split(claim, ' ')), case_id FROM filed WHERE claim IS NOT NULL"
_TODAY = """
SELECT coalesce(max(greatest(coalesce(coded_on, DATE '1900-01-01'), coalesce(billed_on, DATE '1900-01-01'),
                             coalesce(decided_on, DATE '1900-01-01'), coalesce(paid_on, DATE '1900-01-01'))),
                (SELECT max(day) FROM cases)) AS today FROM accounts"""


def _post(practice: Practice, remit: Sequence[Path], *, filed: bool) -> None:
    """Post what was sent and answered, and join it to the file's accounts, if there are any."""
    _, ids = practice.ask("SELECT case_id FROM read_cases")  # all: a claim of another period is no stranger
    numbers = practice.ask(_NUMBERS)[1] if filed else []
    posting = Posting((row[0] for row in ids), numbers).take(events(remit))
    practice.notes += posting.notes
    if not posting.remittances:
        practice.lacks["remittances"] = "the files named with --remit hold no remittance (835)"
    for name, rows in posting.rows().items():
        practice.table(f"all_{name}", POSTED[name], rows)
        within = "case_id IS NULL OR " if name != "billed" else ""
        whole = practice.whole if "case_id" in {c.name for c in POSTED[name]} else "TRUE"
        practice.view(name, f"SELECT * FROM all_{name} WHERE {within if whole != 'TRUE' else ''}{whole}")  # noqa: S608 - as above
    practice.table("taxonomies", _TAXONOMIES, posting.taxonomies())
    columns = (ACCOUNTS[0], *(_KNOWN[name] for name in COLUMNS))
    practice.table("posted", columns, posting.accounts())
    if not filed:
        practice.table("filed", ACCOUNTS)
    everyone = "" if filed else " UNION SELECT case_id FROM cases"
    parts = ", ".join(_column(c.name) for c in ACCOUNTS[1:])
    practice.view(
        "joined",
        f"SELECT i.case_id, {parts} FROM (SELECT case_id FROM filed UNION SELECT case_id FROM posted{everyone}) i"  # noqa: S608 - as above
        f" LEFT JOIN filed f USING (case_id) LEFT JOIN posted p USING (case_id)",
    )
    practice.view("accounts", f"SELECT * FROM joined WHERE {practice.whole}")  # noqa: S608 - as above
    for what, name in (("charges", "charges"), ("payments", "paid")):
        other = practice.count(
            f"SELECT count(*) FROM filed f JOIN posted p USING (case_id) WHERE abs(f.{name} - p.{name}) > 0.005"  # noqa: S608 - as above
        )
        if other:
            practice.notes.append(
                f"{other:,} accounts have other {what} than claims and remittances: theirs are counted."
            )


def _column(name: str) -> str:
    """Return the SQL of a column of the accounts, of f (the file) and p (what was posted)."""
    if name == "status":
        open_ = f"p.status IS NOT NULL AND f.status NOT IN {_ANSWERED}"
        posted = f"p.status IN {_ANSWERED} OR f.status IS NULL OR ({open_})"
        return f"CASE WHEN {posted} THEN coalesce(p.status, 'unbilled') ELSE f.status END AS status"
    if name == "known_by":
        return (
            "CASE WHEN f.case_id = p.case_id THEN 'both' WHEN f.case_id IS NOT NULL THEN 'file'"
            " WHEN p.case_id IS NOT NULL THEN 'X12' ELSE 'neither' END AS known_by"
        )
    if name in _OF_THE_FILE:
        return f'f."{name}"'
    if name == "billed_on":
        return "coalesce(f.billed_on, p.billed_on) AS billed_on"
    return f'coalesce(p."{name}", f."{name}") AS "{name}"'
