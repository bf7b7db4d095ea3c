"""What people changed: pairs, engines, and the case as it was before."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.case import PRINCIPAL, Decision, Diagnosis, Rejected
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, Code, icd10cm
from chartcode.model.ledger import changes, undone
from chartcode.model.notation import one

STAY = """inpatient 2026-04-20 2026-04-25, F 70, disposition 01
dx I50.23 poa Y
dx J96.01 poa Y
decision reject E87.6 @2026-04-26 by Ann because not treated
decision reject I50.9 @2026-04-26 by Ben because the echocardiogram names the kind
decision add I50.23 @2026-04-26 by Ben because the echocardiogram names the kind
decision accept J96.01 @2026-04-26 by Ann
decision override icd10cm/excludes1 @2026-04-27 by Ann because the two are unrelated
"""


def case():
    found = one(STAY)
    return replace(found, entries=(*found.entries, Rejected(icd10cm("E87.6"), "rejected by Ann", by="lexical")))


def test_each_decision_says_what_it_was_about():
    found = changes(case())
    assert [c.place for c in found] == [1, 2, 3, 4, 5]
    assert [str(c.code or c.rule) for c in found] == ["E87.6", "I50.9", "I50.23", "J96.01", "icd10cm/excludes1"]
    assert found[0].engine == "lexical"


def test_what_took_the_place_of_another_is_told_from_both_sides():
    gone, added = changes(case())[1:3]
    assert (str(gone.replaced_by), str(added.replaces)) == ("I50.23", "I50.9")
    assert changes(case())[0].replaced_by is None


def test_before_the_decisions_the_old_code_stood_in_the_place_of_the_new_one():
    found = case()
    before = undone(found, changes(found))
    assert [(str(d.code), d.role, d.poa) for d in before.diagnoses] == [
        ("I50.9", PRINCIPAL, "Y"),
        ("J96.01", "secondary", "Y"),
        ("E87.6", "secondary", "Y"),
    ]


def test_one_decision_may_be_undone_alone():
    found = case()
    before = undone(found, changes(found)[:1])
    assert [str(d.code) for d in before.diagnoses] == ["I50.23", "J96.01", "E87.6"]


def test_without_an_added_principal_the_next_one_leads():
    found = one("inpatient 2026-04-20 2026-04-25, F 70\ndx A41.9 poa Y\ndx N39.0 poa Y\ndecision add A41.9 by Ann\n")
    before = undone(found, changes(found))
    assert [(str(d.code), d.role) for d in before.diagnoses] == [("N39.0", PRINCIPAL)]


def test_codes_are_told_by_their_shape():
    found = one("outpatient 2026-05-01, F 70\ndx I10\n")
    shapes = {"99213": CPT, "J1885": HCPCS, "0DTJ4ZZ": ICD10PCS, "E11.42": ICD10CM, "nothing": None}
    for about, system in shapes.items():
        (change,) = changes(found.plus([Decision("add", about)]))
        assert change.code == (Code(system, about) if system else None)


def test_a_remedy_names_its_rule():
    found = one("outpatient 2026-05-01, F 70\ndx I10\n")
    why = "icd10cm/excludes1: E11.9 and E10.9 exclude each other"
    (change,) = changes(found.plus([Decision("reject", "E11.9", why, "chartcode check --fix")]))
    assert change.rule == "icd10cm/excludes1"


ACTS = st.lists(
    st.builds(
        Decision,
        st.sampled_from(["accept", "reject", "add", "override"]),
        st.sampled_from(["I50.23", "J96.01", "E87.6", "99213", "icd10cm/excludes1", "?"]),
        st.sampled_from(["", "said so"]),
        st.sampled_from(["", "Ann"]),
    ),
    max_size=8,
)


@given(ACTS)
def test_any_ledger_can_be_told_and_undone(decisions):
    found = one("inpatient 2026-04-20 2026-04-25, F 70\ndx I50.23 poa Y\ndx J96.01 poa Y\n").plus(decisions)
    told = changes(found)
    assert len(told) == len(decisions)
    assert sum(bool(c.replaces) for c in told) == sum(bool(c.replaced_by) for c in told)
    before = undone(found, told)
    assert sum(isinstance(e, Diagnosis) and e.role == PRINCIPAL for e in before.entries) <= 1
    assert undone(found, ()).entries == found.entries
