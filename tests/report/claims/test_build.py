"""From a case to a claim: limits, pointers, present on admission, charges; what is missing is said and not made up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from chartcode.model.case import ERROR, Finding, Group
from chartcode.model.claim import ADMITTING, EXTERNAL, PRINCIPAL, REASON, npi_holds
from chartcode.model.code import MSDRG, icd10cm
from chartcode.model.notation import read
from chartcode.report.claims.build import claim_of
from chartcode.report.claims.practice import BadPractice, Practice, practice
from chartcode.report.claims.registration import BadRegistration, registrations

VISIT = """professional 2026-05-01, F 67, id own
dx I10
dx E11.9
visit moderate 99213 -25 office established
px 71046 -26 -> E11.9
"""
STAY = """inpatient 2026-01-01 2026-01-05, F 67, disposition 01, id own
admit dx R50.9
dx A41.9 poa Y
dx Z79.4 poa 1
dx Y92.230 poa N
px 0DTJ4ZZ @2026-01-02
px 5A1935Z @2026-01-03
"""


def case_of(text):
    return next(iter(read(text))).case


def test_a_visit_becomes_a_whole_professional_claim(clinic, desk_of):
    claim = claim_of(case_of(VISIT), clinic, desk_of["own"])
    assert claim.gaps == ()
    assert [(str(line.code), line.modifiers, line.charge, line.pointers) for line in claim.lines] == [
        ("99213", ("25",), Decimal("120.00"), (1, 2)),
        ("71046", ("26",), Decimal("20.00"), (2,)),
    ]
    assert (claim.charge, claim.facility_code, claim.kind) == (Decimal("140.00"), "11", "professional")
    assert claim.remarks == ("nothing says what 99213 was for: it points to the first diagnoses of the claim",)


def test_a_stay_becomes_a_whole_institutional_claim(clinic, desk_of):
    claim = claim_of(case_of(STAY), clinic, desk_of["own"])
    assert claim.gaps == ()
    assert [(str(d.code), d.role, d.poa) for d in claim.diagnoses] == [
        ("A41.9", PRINCIPAL, "Y"), ("R50.9", ADMITTING, ""), ("Y92.230", EXTERNAL, "N"), ("Z79.4", "secondary", ""),
    ]  # fmt: skip
    assert [str(o.code) for o in claim.operations] == ["0DTJ4ZZ", "5A1935Z"]
    (room,) = claim.lines
    assert (room.revenue, room.quantity, room.charge) == ("0120", Decimal(4), Decimal(6000))
    assert (claim.admission_hour, claim.discharge_hour, claim.disposition) == ("0900", "1130", "01")


def test_both_are_written_without_a_fault(clinic, desk_of, faults, again):
    from datetime import date

    from chartcode.report.claims.x12 import Envelope, interchange

    for text, who in ((VISIT, "own"), (STAY, "own"), (VISIT, "child")):
        claim = claim_of(case_of(text), clinic, desk_of[who])
        written = interchange([claim], Envelope("S1", "R1", "ELM", "HOUSE", "ANN", "5555550100", date(2026, 5, 9)))
        assert faults(written) == []
        assert again(written) == [replace(claim, remarks=(), gaps=())]


def test_every_gap_is_one_sentence_that_says_where_to_put_it():
    gaps = claim_of(case_of(VISIT), Practice()).gaps
    assert len(gaps) == len(set(gaps)) > 9
    assert all(not gap.endswith(".") and ("; " in gap) for gap in gaps)
    for what in ("NPI", "tax number", "birth", "member number", "charge", "payer", "rendering"):
        assert any(what in gap for gap in gaps), what


def test_each_thing_that_is_taken_away_is_missed(clinic, desk_of):
    """One gap more for each thing less."""
    case, own = case_of(VISIT), desk_of["own"]
    billing = clinic.billing
    for field, empty, told in (("id", "", "NPI"), ("id", "1234567890", "check digit"), ("tax_id", "", "tax number"),
                               ("address", None, "street address"), ("name", "", "no name")):  # fmt: skip
        gaps = claim_of(case, replace(clinic, billing=replace(billing, **{field: empty})), own).gaps
        assert len(gaps) == 1, gaps
        assert told in gaps[0]
    for field, told in (("payer", "payer"), ("provider", "rendering"), ("place", "place of service")):
        case_without = case_of(VISIT.replace("office established", "")) if field == "place" else case
        gaps = claim_of(case_without, replace(clinic, **{field: ""}), own).gaps
        assert len(gaps) == 1, gaps
        assert told in gaps[0]
    gaps = claim_of(case, replace(clinic, fees={"99213": Decimal(120)}), own).gaps
    assert gaps == ("71046 has no charge; add it to [fees] of the practice file",)


def test_an_error_of_the_rules_is_a_gap_until_it_is_accepted(clinic, desk_of):
    case = case_of(VISIT)
    found = Finding("no such code", rule="icd10cm/no_such_code", severity=ERROR)
    assert claim_of(case.plus([found]), clinic, desk_of["own"]).gaps == (
        "the rules refuse it (icd10cm/no_such_code): no such code",
    )
    assert claim_of(case.plus([replace(found, accepted="known")]), clinic, desk_of["own"]).gaps == ()


def test_a_professional_claim_keeps_twelve_diagnoses_and_says_which_it_leaves_out(clinic, desk_of):
    listed = [f"S{n:02d}.0XXA" for n in range(14)]
    text = "professional 2026-05-01, F 67, id own\n" + "".join(f"dx {code}\n" for code in ["W19.XXXA", *listed])
    text = text.replace("dx W19.XXXA\ndx S00.0XXA", "dx S00.0XXA\ndx W19.XXXA") + "px 99213 -> S13.0XXA S00.0XXA\n"
    claim = claim_of(case_of(text), clinic, desk_of["own"])
    kept = [str(d.code) for d in claim.diagnoses]
    assert len(kept) == 12
    assert kept[0] == "S00.0XXA"
    assert kept[-1] == "S13.0XXA"
    assert "W19.XXXA" not in kept
    assert claim.lines[0].pointers == (12, 1)
    told = claim.remarks[0]
    assert told.startswith("15 diagnoses are coded and the claim has room for 12")
    assert all(code in told for code in ("W19.XXXA", "S11.0XXA", "S12.0XXA"))


def test_an_institutional_claim_keeps_twenty_five_and_those_that_decide_the_group(clinic, desk_of):
    listed = [f"S{n:02d}.0XXA" for n in range(30)]
    text = "inpatient 2026-01-01 2026-01-05, F 67, id own\n" + "".join(f"dx {c} poa Y\n" for c in [*listed, "W19.XXXA"])
    case = case_of(text).plus([Group(MSDRG, "43", "853", drivers=(icd10cm("S29.0XXA"),))])
    claim = claim_of(case, clinic, desk_of["own"])
    kept = [str(d.code) for d in claim.pointed]
    assert len(kept) == 25
    assert "S29.0XXA" in kept
    assert [str(d.code) for d in claim.diagnoses if d.role == EXTERNAL] == ["W19.XXXA"]
    assert claim.drg == "853"
    assert any("S28.0XXA" in remark for remark in claim.remarks)


def test_a_line_points_to_four_and_says_so(clinic, desk_of):
    text = "professional 2026-05-01, id own\ndx I10\ndx E11.9\ndx J45.909\ndx N39.0\ndx Z79.4\n"
    claim = claim_of(case_of(text + "px 99213 -> I10 E11.9 J45.909 N39.0 Z79.4\n"), clinic, desk_of["own"])
    assert claim.lines[0].pointers == (1, 2, 3, 4)
    assert any("points to 4" in remark for remark in claim.remarks)


def test_an_emergency_visit_asks_for_the_reason_of_it(clinic, desk_of):
    case = case_of("ed 2026-05-01, F 67, id own\ndx I10\npx 99283 -> I10\n")
    own = desk_of["own"]
    assert len(claim_of(case, clinic, own).gaps) == 1
    told = replace(own, reasons=(icd10cm("R51.9"),))
    claim = claim_of(case, clinic, told)
    assert claim.gaps == ()
    assert [str(d.code) for d in claim.diagnoses if d.role == REASON] == ["R51.9"]
    assert (claim.facility_code, claim.lines[0].revenue) == ("13", "0450")


def test_the_front_desk_may_say_the_admitting_diagnosis(clinic, desk_of):
    case = case_of(STAY.replace("admit dx R50.9\n", ""))
    own = desk_of["own"]
    (gap,) = claim_of(case, clinic, own).gaps
    assert "admitting_diagnosis" in gap
    claim = claim_of(case, clinic, replace(own, admitting=icd10cm("R50.9")))
    assert claim.gaps == ()
    assert [str(d.code) for d in claim.diagnoses if d.role == ADMITTING] == ["R50.9"]


def test_a_place_that_nobody_said_is_remarked(clinic, desk_of):
    case = case_of("professional 2026-05-01, F 67, id own\ndx I10\npx 71046 -> I10\n")
    claim = claim_of(case, clinic, desk_of["own"])
    assert claim.facility_code == "11"
    assert claim.remarks == ("nothing says where the services were given: 11, the practice's usual place, is named",)


def test_a_visit_from_afar_says_where_the_patient_was(clinic, desk_of):
    case = case_of("professional 2026-05-01, F 67, id own\ndx I10\nvisit low 99213 -95 office established place 10\n")
    claim = claim_of(case, clinic, desk_of["own"])
    assert claim.facility_code == "10"


def test_a_long_id_is_shortened_the_same_way_each_time(clinic):
    case = case_of(VISIT.replace("id own", "id somewhere/deep/within/a/folder/visit-17.txt"))
    one, two = (claim_of(case, clinic).id for _ in range(2))
    assert one == two
    assert len(one) <= 20


def test_the_record_names_the_provider_the_facility_and_the_payer_as_it_likes(clinic, desk_of):
    text = VISIT.replace("id own", "id own, provider Dr. ANN ROE MD, facility elm annex, payer mutual of nowhere")
    claim = claim_of(case_of(text), clinic, desk_of["own"])
    assert [(role, party.id) for role, party in claim.people] == [("82", "1987654328"), ("77", "1000000004")]
    assert claim.payer.id == "MN1"
    assert claim_of(case_of(text.replace("ROE", "POE")), clinic, desk_of["own"]).people[0][0] == "77"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = ", "not TOML"),
        ("[biling]\n", "no key 'biling'"),
        ("[interchange]\nsendr = '1'\n", "[interchange] has no key 'sendr'"),
        ("[billing]\nnip = '1'\n", "[billing] has no key 'nip'"),
        ("[fees]\n99213 = 'much'\n", "[fees] 99213 is not an amount"),
        ("fees = 3\n", "fees must be a table"),
    ],
)
def test_a_bad_practice_is_refused_by_place(text, told):
    with pytest.raises(BadPractice) as error:
        practice(text)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("last\nSECRET\n", "no column 'case'"),
        ("case,shoe\nx,SECRET\n", "no column 'shoe'"),
        ("case,born\nx,SECRET\n", "line 2: born is not a day"),
        ("case,relationship\nx,SECRET\n", "line 2: the relationship"),
        ("case,reason_for_visit\nx,SECRET\n", "line 2: reason_for_visit has what is no ICD-10-CM code"),
        ("case,last\nx,SECRET\nx,SECRET\n", "line 3: the case stands"),
    ],
)
def test_a_bad_registration_is_refused_without_its_words(text, told):
    with pytest.raises(BadRegistration) as error:
        registrations(text)
    assert told in str(error.value)
    assert "SECRET" not in str(error.value)


def test_revenue_goes_by_the_longest_beginning_and_fees_by_modifier(clinic):
    assert (clinic.revenue_of("99283"), clinic.revenue_of("99213"), clinic.revenue_of("J1885")) == ("0450", "0510", "")
    assert clinic.fee("71046", ("26",)) == Decimal(20)
    assert clinic.fee("71046", ("RT",)) == Decimal(65)


NUMBERS = [("1234567893", True), ("1234567890", False), ("123456789", False), ("", False)]


@pytest.mark.parametrize(("number", "holds"), NUMBERS)
def test_a_national_provider_identifier_has_a_check_digit(number, holds):
    assert npi_holds(number) is holds


def test_no_name_or_address_shows_in_a_printed_claim(clinic, desk_of):
    printed = repr(claim_of(case_of(VISIT), clinic, desk_of["own"]))
    assert not [word for word in ("Doe", "Jane", "Oak", "86001", "M77", "1958") if word in printed]
