"""A claim as a payer takes it: who, for whom, to whom, when, which diagnoses, which lines.

The terms are those of the 837 guides (005010X222A1 professional, 005010X223A2 institutional); the CMS-1500, the UB-04
and FHIR's Claim are other faces of the same. Names and addresses do not show in ``repr``. What the guides know and no
field here names is carried: segments as they came (``*`` between elements, ``:`` between components), so that a claim
that was read can be written again without loss.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartcode.model.code import Code

PROFESSIONAL = "professional"
INSTITUTIONAL = "institutional"
KINDS = (PROFESSIONAL, INSTITUTIONAL)

PRINCIPAL = "principal"
SECONDARY = "secondary"
ADMITTING = "admitting"
REASON = "reason for visit"
EXTERNAL = "external cause"
ROLES = (PRINCIPAL, SECONDARY, ADMITTING, REASON, EXTERNAL)

RENDERING, ATTENDING, OPERATING, REFERRING, FACILITY = "82", "71", "72", "DN", "77"
"""Who takes part in a claim, by the entity identifier codes of X12 (NM101)."""

SELF = "18"
"""The patient is the subscriber (SBR02, PAT01)."""

AUTO, EMPLOYMENT, OTHER = "AA", "EM", "OA"
RELATED = {AUTO: "auto", EMPLOYMENT: "employment", OTHER: "other"}
"""The kinds of accident that a claim may be for, by the related causes of X12 (CLM11)."""

VOID = "8"
REPLACEMENT = "7"


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone is: one or two lines, city, state (two letters), ZIP code (digits)."""

    lines: tuple[str, ...] = field(default=(), repr=False)
    city: str = field(default="", repr=False)
    state: str = ""
    zip: str = field(default="", repr=False)
    country: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organization on a claim.

    ``name`` is the last name of a person; ``id`` is the NPI of a provider (``id_kind`` XX), the number of a member
    (MI), of a payer (PI). ``tax_id`` is the employer's number (``tax_kind`` EI) or a social security number (SY).
    ``taxonomy`` is the provider's specialty. ``references`` are further numbers, ``carried`` further segments.
    """

    name: str = field(default="", repr=False)
    first: str = field(default="", repr=False)
    middle: str = field(default="", repr=False)
    suffix: str = field(default="", repr=False)
    person: bool = False
    id: str = field(default="", repr=False)
    id_kind: str = ""
    address: Address | None = None
    tax_id: str = field(default="", repr=False)
    tax_kind: str = ""
    taxonomy: str = ""
    references: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    contact: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    carried: tuple[str, ...] = field(default=(), repr=False)

    @property
    def called(self) -> str:
        """The name as one says it."""
        return " ".join(filter(None, (self.first, self.middle, self.name, self.suffix)))


@dataclass(frozen=True, slots=True)
class Person:
    """The subscriber, or a patient who is not the subscriber.

    ``relationship`` is the patient's to the subscriber (18 self, 01 spouse, 19 child, G8 other); ``filing`` the kind of
    payer (CI commercial, MB Medicare Part B, MA Part A, MC Medicaid, ...); ``order`` P, S or T for the first, second or
    third payer. The last three are the subscriber's.
    """

    party: Party
    born: date | None = field(default=None, repr=False)
    sex: str = ""
    relationship: str = SELF
    group: str = field(default="", repr=False)
    group_name: str = field(default="", repr=False)
    filing: str = ""
    order: str = "P"
    carried: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A diagnosis on the claim, in one of ``ROLES``; ``poa`` is Y, N, U, W or empty (exempt, or not asked for)."""

    code: Code
    role: str = SECONDARY
    poa: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An ICD-10-PCS procedure of a stay; the first on the claim is the principal one."""

    code: Code
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A service line.

    ``charge`` is None where nobody said it; ``unit`` is UN (units), MJ (minutes) or DA (days); ``pointers`` are places
    in the list of diagnoses, counted from 1. ``further`` are elements after those that have a name here.
    """

    code: Code | None = None
    modifiers: tuple[str, ...] = ()
    charge: Decimal | None = None
    quantity: Decimal = Decimal(1)
    unit: str = "UN"
    pointers: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    revenue: str = ""
    place: str = ""
    description: str = field(default="", repr=False)
    ndc: str = ""
    ndc_quantity: Decimal | None = None
    ndc_unit: str = ""
    control: str = ""
    further: tuple[str, ...] = ()
    carried: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How an illness or injury came about.

    A professional claim says the days of its onset (or of the last menstrual period) and of an accident, and of which
    kinds (``RELATED``) the accident was; ``state`` is where a car was in it. An institutional claim says the state and
    ``occurrences``: codes of the NUBC (form locators 31 to 34) with their days.
    """

    onset: date | None = None
    last_period: date | None = None
    accident: date | None = None
    related: tuple[str, ...] = ()
    state: str = ""
    occurrences: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: ``kind`` is one of ``KINDS``; ``charge`` the sum of the lines' charges.

    ``facility_code`` is the place of service (professional) or the first two digits of the type of bill; ``frequency``
    1 for the first claim, 7 for one that replaces ``original`` (the payer's number of it), 8 for one that voids it.
    ``remarks`` explain choices (limits, pointers); ``gaps`` name what a payer asks for and the record lacks, one
    sentence each: a claim with gaps is a draft.
    """

    kind: str
    id: str
    billing: Party = Party()
    payer: Party = Party()
    subscriber: Person = Person(Party())
    patient: Person | None = None
    pay_to: Party | None = None
    people: tuple[tuple[str, Party], ...] = ()
    facility_code: str = ""
    frequency: str = "1"
    original: str = ""
    authorization: str = ""
    charge: Decimal | None = None
    signature: str = "Y"
    assignment: str = "A"
    benefits: str = "Y"
    release: str = "Y"
    further: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    admitted: date | None = None
    admission_hour: str = ""
    discharge_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    disposition: str = ""
    circumstances: Circumstances = Circumstances()
    drg: str = ""
    diagnoses: tuple[Listed, ...] = ()
    operations: tuple[Operation, ...] = ()
    lines: tuple[Line, ...] = ()
    carried: tuple[str, ...] = field(default=(), repr=False)
    remarks: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def treated(self) -> Person:
        """The patient, who may be the subscriber."""
        return self.patient or self.subscriber

    @property
    def inpatient(self) -> bool:
        """Whether the claim is for a stay (types of bill 11, 12, 18, 21, 41)."""
        return self.kind == INSTITUTIONAL and self.facility_code in ("11", "12", "18", "21", "41")

    def person(self, role: str) -> Party | None:
        """Return who has a role (``RENDERING``, ``ATTENDING``, ...), or None."""
        return next((party for has, party in self.people if has == role), None)

    @property
    def pointed(self) -> tuple[Listed, ...]:
        """The diagnoses that a line may point to, in order."""
        return tuple(d for d in self.diagnoses if d.role in (PRINCIPAL, SECONDARY))


def npi_holds(value: str) -> bool:
    """Tell whether a National Provider Identifier has ten digits and the right last one.

    The check digit is that of ISO 7812 (Luhn) over 80840 and the number (45 CFR 162.406; CMS, NPI check digit).
    """
    if len(value) != 10 or not (value.isascii() and value.isdigit()):
        return False
    digits = [int(d) for d in "80840" + value]
    doubled = [d if n % 2 else d * 2 for n, d in enumerate(digits, start=len(digits) % 2)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0
