"""What a payer asks for and the claim lacks: one sentence a gap, saying where it is to be put.

Required by the 837 guides: billing provider with NPI, tax number, street address and nine-digit ZIP code; payer with
number; subscriber with name, member number, address, birth and sex; rendering or attending provider; dates, diagnoses,
lines with charges. Whole days before 2015-10-01 are ICD-9-CM's.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.model.case import Case
from chartcode.model.claim import (
    ADMITTING,
    ATTENDING,
    AUTO,
    PRINCIPAL,
    PROFESSIONAL,
    REASON,
    RENDERING,
    REPLACEMENT,
    VOID,
    Claim,
    Party,
    Person,
    npi_holds,
)

_STILL_A_PATIENT = "30"
_UNPLANNED = ("1", "2", "5")
_WALK_IN = ("045", "0516", "0526", "0762")
"""Types of visit and revenue codes with which a reason for the visit is asked for (NUBC, form locator 70)."""

_FILE = "of the practice file"
_DESK = "the registration's column"


def gaps(claim: Claim, case: Case) -> Iterator[str]:
    """Yield what is missing or cannot be so."""
    yield from _billing(claim.billing)
    yield from _payer(claim, case)
    yield from _insured(claim)
    yield from _people(claim, case)
    yield from _content(claim, case)
    if claim.frequency in (REPLACEMENT, VOID) and not claim.original:
        yield f"a claim that replaces or voids another names the payer's number of it; fill {_DESK} original"


def _billing(of: Party) -> Iterator[str]:
    if not of.name:
        yield f"the billing provider has no name; put it in [billing] name {_FILE}"
    yield from _npi(of, "the billing provider", "[billing] npi")
    if not of.tax_id:
        yield f"the billing provider has no tax number; put it in [billing] tax_id {_FILE}"
    elif len(of.tax_id) != 9:
        yield f"the billing provider's tax number does not have nine digits; mend [billing] tax_id {_FILE}"
    at = of.address
    if at is None or not (at.lines and at.city and at.state):
        yield f"the billing provider has no street address; put address, city, state, zip in [billing] {_FILE}"
    elif len(at.zip) != 9:
        yield f"the billing provider's ZIP code does not have nine digits; mend [billing] zip {_FILE}"


def _npi(of: Party, who: str, key: str) -> Iterator[str]:
    if not of.id:
        yield f"{who} has no NPI; put it in {key} {_FILE}"
    elif not npi_holds(of.id):
        yield f"{who}'s NPI is none (ten digits, the last a check digit); mend {key} {_FILE}"


def _payer(claim: Claim, case: Case) -> Iterator[str]:
    name = case.chart.encounter.payer
    if not claim.payer.name:
        said = f"no [payers] {_FILE} is called as the record's payer" if name else "no payer is named"
        yield f"{said}; add it to [payers], or name the usual one in [claim] payer"
    elif not claim.payer.id:
        yield f"the payer has no number; put it in id of its [payers] {_FILE}"


def _insured(claim: Claim) -> Iterator[str]:
    subscriber, patient = claim.subscriber, claim.patient
    who = "the patient" if patient is None else "the subscriber"
    yield from _named(subscriber, who, "" if patient is None else "subscriber_")
    if not subscriber.party.id:
        yield f"{who} has no member number; fill {_DESK} member"
    if patient is not None:
        yield from _named(patient, "the patient", "")


def _named(of: Person, who: str, prefix: str) -> Iterator[str]:
    if not of.party.name:
        yield f"{who} has no name; give the registration (--patients), column {prefix}last"
    at = of.party.address
    if at is None or not (at.lines and at.city and at.state and at.zip):
        columns = ", ".join(f"{prefix}{name}" for name in ("address", "city", "state", "zip"))
        yield f"{who} has no whole address; fill the registration's columns {columns}"
    elif len(at.zip) not in (5, 9):
        yield f"{who}'s ZIP code has neither five nor nine digits; mend {_DESK} {prefix}zip"
    if of.born is None:
        yield f"{who}'s day of birth is not known; fill {_DESK} {prefix}born"


def _people(claim: Claim, case: Case) -> Iterator[str]:
    role, what = (RENDERING, "rendering") if claim.kind == PROFESSIONAL else (ATTENDING, "attending")
    who = claim.person(role)
    if who is None:
        named = "is not in" if case.chart.encounter.provider else "is named neither by the record nor by"
        yield f"the {what} provider {named} the practice file; add a table [providers.NAME]"
        return
    yield from _npi(who, f"the {what} provider", "npi of the provider's table")
    if not who.name:
        yield f"the {what} provider has no name; put last and first in the provider's table {_FILE}"


def _content(claim: Claim, case: Case) -> Iterator[str]:
    if not any(d.role == PRINCIPAL for d in claim.diagnoses):
        yield "no diagnosis is coded; a claim has at least one"
    if not claim.lines:
        yield "there is no service to bill; code a service, or put [stay] revenue and daily in the practice file"
    yield from _service(claim) if claim.kind == PROFESSIONAL else _visit(claim)
    if claim.inpatient:
        yield from _stay(claim, case)


def _service(claim: Claim) -> Iterator[str]:
    if not claim.facility_code:
        yield f"the place of service is not known; put it in [claim] place {_FILE}"
    if any(line.first is None for line in claim.lines):
        yield "a service has no day; date the encounter"
    how = claim.circumstances
    if how.related and how.accident is None:
        yield f"the claim is for an accident whose day is not known; fill {_DESK} accident"
    if AUTO in how.related and not how.state:
        yield f"the state in which the car accident was is not known; fill {_DESK} accident_state"


def _visit(claim: Claim) -> Iterator[str]:
    if claim.first is None:
        yield "the encounter has no day; date it"
    if not claim.admission_type:
        yield f"the type of admission or visit is not known; fill {_DESK} admission_type, or [claim] admission_type"
    if not claim.disposition:
        where = "state it in the record" if claim.inpatient else f"put it in [claim] disposition {_FILE}"
        yield f"the patient's discharge status is not known; {where}"

    unplanned = claim.admission_type in _UNPLANNED and any(line.revenue.startswith(_WALK_IN) for line in claim.lines)
    if unplanned and not claim.inpatient and not any(d.role == REASON for d in claim.diagnoses):
        yield f"an unplanned visit's claim has the patient's reason for it; fill {_DESK} reason_for_visit with codes"


def _stay(claim: Claim, case: Case) -> Iterator[str]:
    if not any(d.role == ADMITTING for d in claim.diagnoses):
        yield f"a stay has an admitting diagnosis, and none is coded; add it, or fill {_DESK} admitting_diagnosis"
    if not claim.admission_source:
        yield f"the point of origin is not known; fill {_DESK} admission_source, or [claim] admission_source"
    if not claim.admission_hour:
        yield f"the hour of admission is not known; fill {_DESK} admission_hour"
    if not claim.discharge_hour and claim.disposition != _STILL_A_PATIENT:
        yield f"the hour of discharge is not known; fill {_DESK} discharge_hour"
    undated = [str(o.code) for o in claim.operations if o.on is None]
    if undated:
        yield f"the day is missing of {', '.join(undated)}; date the procedure"
    without = [str(d.code) for d in case.coded if d.poa is None]
    if without:
        yield f"the present-on-admission indicator is missing for {', '.join(without)}"
