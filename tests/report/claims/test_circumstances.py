"""How it came about: by the record's external causes, its coded onsets, and what the front desk says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from chartcode.books.parameters import Parameters
from chartcode.model.chart import Fact
from chartcode.model.claim import INSTITUTIONAL
from chartcode.model.code import icd10cm
from chartcode.model.notation import one
from chartcode.report.claims.build import claim_of
from chartcode.report.claims.fhir import bundle
from chartcode.report.claims.registration import BadRegistration, registrations
from chartcode.report.claims.sheets import cms1500, ub04

VISIT = "professional 2026-05-04, F 40, id V-1\ndx S52.501A\ndx {}\nvisit low 99213 office established\n"


def desk(**said):
    names = ["case", *said]
    return registrations(",".join(names) + "\n" + ",".join(["V-1", *said.values()]) + "\n")["V-1"]


@pytest.mark.parametrize(
    ("code", "related"),
    [
        ("W19.XXXA", ("OA",)),
        ("V43.52XA", ("AA",)),
        ("V03.10XA", ("AA",)),
        ("Y99.0", ("EM",)),
        ("X78.9XXA", ()),  # on purpose
        ("Y04.0XXA", ()),  # by another
        ("Y92.230", ()),
        ("I10", ()),
    ],
)
def test_external_causes_say_of_which_kind_the_accident_was(clinic, code, related):
    claim = claim_of(one(VISIT.format(code)), clinic)
    assert claim.circumstances.related == related
    assert any(code in remark for remark in claim.remarks) == bool(related)
    missing = [gap for gap in claim.gaps if "accident" in gap]
    assert len(missing) == (0 if not related else 2 if related == ("AA",) else 1)


def test_the_front_desk_has_the_last_word(clinic):
    said = desk(accident="2026-05-03", related="employment auto", accident_state="az", onset="2026-05-03")
    claim = claim_of(one(VISIT.format("W19.XXXA")), clinic, said)
    assert claim.circumstances.related == ("EM", "AA")
    (sheet,) = cms1500(claim)
    assert [sheet.value(n) for n in ("10a", "10b", "10c", "14", "15")] == [
        "yes", "yes AZ", "no", "05/03/2026 431", "05/03/2026 439",
    ]  # fmt: skip
    assert not [gap for gap in claim.gaps if "accident" in gap]


def test_an_onset_of_the_record_is_told_and_an_old_one_is_not(clinic):
    case = one("professional 2026-05-04, F 40, id V-1\ndx J20.9\nvisit low 99213 office established\n")

    def seen(onset):
        fact = Fact("diagnosis", "bronchitis", code=icd10cm("J20.9"), attributes=(("onset", onset),))
        return claim_of(replace(case, chart=replace(case.chart, facts=(fact,))), clinic).circumstances.onset

    assert seen("2026-04-29") == date(2026, 4, 29)
    assert seen("2020-01-01") is None
    assert seen("2026-05-05") is None
    assert seen("spring") is None


def test_a_pregnancys_last_period_takes_the_place_of_the_onset(clinic):
    claim = claim_of(one(VISIT.format("I10")), clinic, desk(last_period="2026-01-15"))
    (sheet,) = cms1500(claim)
    assert sheet.value("14") == "01/15/2026 484"


def test_a_hospital_says_it_by_occurrence_codes(clinic):
    text = "ed 2026-05-04, F 40, id V-1\ndx S52.501A\ndx Y99.0\nvisit low 99283 emergency\n"
    at_work = claim_of(one(text), clinic, desk(accident="2026-05-04"), INSTITUTIONAL)
    assert at_work.circumstances.occurrences == (("04", date(2026, 5, 4)),)
    assert at_work.circumstances.related == ()
    (sheet,) = ub04(at_work)
    assert sheet.value("31a") == "04 05/04/2026"
    fall = claim_of(one(text.replace("Y99.0", "W19.XXXA")), clinic, None, INSTITUTIONAL)
    assert any("occurrence code" in remark for remark in fall.remarks)
    said = claim_of(one(text.replace("Y99.0", "W19.XXXA")), clinic, desk(occurrences="05:2026-05-04"), INSTITUTIONAL)
    assert said.circumstances.occurrences == (("05", date(2026, 5, 4)),)
    assert not any("occurrence code" in remark for remark in said.remarks)


@pytest.mark.parametrize(
    "said", [{"related": "home"}, {"occurrences": "05"}, {"occurrences": "1:2026-05-04"}, {"accident": "May"}]
)
def test_what_cannot_be_read_is_refused_without_its_words(said):
    with pytest.raises(BadRegistration, match="line 2") as fault:
        desk(**said)
    assert "home" not in str(fault.value)


def test_the_beginnings_are_in_the_book(books):
    codes = [code for code, _, valid in books.icd10cm.entries() if valid]
    for kind, beginnings in Parameters(books.day)["claim.accidents"].items():
        for beginning in beginnings:
            assert any(code.startswith(beginning) for code in codes), (kind, beginning)


def test_fhir_says_the_accident_and_the_onset(clinic):
    said = desk(accident="2026-05-03", related="auto", accident_state="AZ", onset="2026-05-03")
    claim = claim_of(one(VISIT.format("V43.52XA")), clinic, said)
    entries = [entry["resource"] for entry in json.loads(bundle(claim))["entry"]]
    (made,) = [resource for resource in entries if resource["resourceType"] == "Claim"]
    assert made["accident"]["date"] == "2026-05-03"
    assert made["accident"]["type"]["coding"][0]["code"] == "MVA"
    assert made["accident"]["locationAddress"] == {"state": "AZ"}
    assert made["supportingInfo"][0]["timingDate"] == "2026-05-03"
