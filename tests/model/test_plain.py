import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.model import case as model
from chartcode.model.case import (
    Case,
    Diagnosis,
    Element,
    Finding,
    Group,
    Mention,
    Procedure,
    Rejected,
    Remedy,
    Rival,
    Visit,
)
from chartcode.model.chart import ASSERTIONS, FACT_KINDS, SETTINGS, Chart, Document, Encounter, Fact, Patient, Span
from chartcode.model.code import CPT, ICD10CM, Code
from chartcode.model.plain import FACTS, plain
from chartcode.model.reading import case

CONTRACT = {
    "": "id setting date books diagnoses rejected procedures visit facts findings groups remarks",
    "diagnoses": "code role poa confidence band title evidence by path rivals",
    "rejected": "code why evidence",
    "procedures": "system code modifiers units confidence band evidence",
    "findings": "rule severity message codes remedy",
    "groups": "system version code title drivers",
}

words = st.text(max_size=12)
days = st.none() | st.dates(date(2015, 10, 1), date(2027, 9, 30))
codes = st.sampled_from(["E11.42", "I10", "S82.61XA", "Z79.4", "A04.25"]).map(lambda c: Code(ICD10CM, c))
spans = st.builds(Span, words, st.integers(0, 999), st.integers(0, 999), words)
mentions = st.tuples(st.builds(Mention, spans, words, st.sampled_from(ASSERTIONS), words, words, words))
paths = st.lists(words, max_size=3).map(tuple)
confidences = st.integers(0, 100).map(lambda n: n / 100)
bands = st.sampled_from(model.BANDS)
diagnoses = st.builds(
    Diagnosis,
    codes,
    st.sampled_from(["principal", "first-listed", "secondary"]),
    st.sampled_from(["Y", "N", "U", "W", "1", None]),
    confidences,
    bands,
    words,
    mentions,
    words,
    paths,
    st.tuples(st.builds(Rival, codes, words)),
    paths,
)
levels = st.sampled_from(model.LEVELS)
elements = st.builds(Element, st.sampled_from(model.ELEMENTS), levels, paths, mentions)
visits = st.builds(
    Visit,
    levels,
    st.none() | st.just("99214"),
    levels,
    levels,
    levels,
    mentions,
    words,
    words,
    st.sampled_from(["mdm", "time", ""]),
    st.none() | st.integers(0, 300),
    st.lists(elements, max_size=3).map(tuple),
    paths,
    words,
    bands,
    paths,
    paths,
)
procedures = st.builds(
    Procedure,
    st.just(Code(CPT, "99213")),
    paths,
    st.integers(0, 9),
    days,
    confidences,
    bands,
    words,
    mentions,
    words,
    paths,
    paths,
    paths,
)
remedies = st.builds(Remedy, words, st.tuples(codes), st.tuples(codes), words, st.booleans())
facts = st.builds(Fact, st.sampled_from(FACT_KINDS), words, st.tuples(spans), st.none() | codes, words, days)
charts = st.builds(
    Chart,
    words,
    st.tuples(st.builds(Document, words, st.just(""), words, st.just(()), days)),
    st.builds(Patient, st.sampled_from(["F", "M", None]), st.none() | st.integers(0, 120), days, st.none()),
    st.builds(Encounter, st.sampled_from(SETTINGS), days, days, st.sampled_from(["01", "20", None])),
    st.lists(facts, max_size=3).map(lambda fs: tuple(sorted(fs, key=lambda f: list(FACTS).index(f.kind)))),
    paths,
)


@st.composite
def cases(draw):
    entries = [
        *draw(st.lists(diagnoses, max_size=3)),
        *draw(st.lists(st.builds(Rejected, codes, words, mentions, words, paths), max_size=2)),
        *draw(st.lists(procedures, max_size=2)),
        *draw(st.lists(visits, max_size=1)),
    ]
    faulted = tuple(e for e in entries if isinstance(e, Diagnosis))[:1]
    findings = st.builds(
        Finding,
        words,
        st.just(faulted),
        st.none() | remedies,
        words,
        st.sampled_from(model.SEVERITIES),
        st.none() | words,
    )
    groups = st.builds(Group, words, words, words, words, st.tuples(codes), st.none() | confidences, paths)
    entries += [*draw(st.lists(findings, max_size=2)), *draw(st.lists(groups, max_size=2))]
    return Case(draw(charts), tuple(entries), draw(st.sampled_from(model.MODES)), (("icd10cm", "FY2026-04-01"),))


@settings(max_examples=50, deadline=None)
@given(cases())
def test_a_case_survives_the_way_through_json(one):
    tree = json.loads(json.dumps(plain(one)))
    again = case(tree)
    assert plain(again) == tree
    assert again.diagnoses == one.diagnoses
    assert again.groups == one.groups
    assert again.visit == one.visit
    assert again.chart.encounter == one.chart.encounter or not one.day


def test_every_kind_of_fact_has_its_key():
    assert set(FACTS) == set(FACT_KINDS)


def test_the_keys_of_the_contract_are_there():
    code = Code(ICD10CM, "E11.42")
    diagnosis = Diagnosis(code, evidence=(Mention(Span("d1", 0, 4, "pain")),))
    entries = (
        diagnosis,
        Rejected(code, "negated"),
        Procedure(Code(CPT, "99213")),
        Finding("a fault", (diagnosis,)),
        Group("MS-DRG", "44", "291"),
    )
    tree = plain(Case(Chart("d1"), entries))
    assert set(CONTRACT[""].split()) <= tree.keys()
    for key, names in CONTRACT.items():
        if key:
            assert set(names.split()) <= tree[key][0].keys()
    assert {"medications", "equipment", "allergies", "vitals", "labs"} <= tree["facts"].keys()
    assert {"document", "start", "end", "text"} <= tree["diagnoses"][0]["evidence"][0].keys()
    assert tree["findings"][0]["codes"] == ["E11.42"]


def test_a_small_tree_written_by_hand_is_enough():
    one = case(
        {"id": "x", "setting": "inpatient", "date": "2026-05-01", "diagnoses": [{"code": "i5023"}, {"code": "I10"}]}
    )
    assert one.diagnosis_codes == ("I50.23", "I10")
    assert [d.role for d in one.diagnoses] == ["principal", "secondary"]
    assert one.day == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("tree", "place"),
    [
        ([], "case"),
        ({}, "'id'"),
        ({"id": "x", "setting": "ward of secrets"}, "case.setting"),
        ({"id": "x", "date": "secret"}, "case.date"),
        ({"id": "x", "diagnoses": {"code": "I10"}}, "case.diagnoses"),
        ({"id": "x", "diagnoses": [{"code": "I10"}, {"title": "secret"}]}, r"case.diagnoses\[1\] has no 'code'"),
        ({"id": "x", "diagnoses": [{"code": "secret words"}]}, r"case.diagnoses\[0\].code"),
        ({"id": "x", "procedures": [{"code": "1", "system": "secret"}]}, r"case.procedures\[0\].system"),
        ({"id": "x", "diagnoses": [{"code": "I10", "confidence": "secret"}]}, r"case.diagnoses\[0\].confidence"),
        ({"id": "x", "remarks": ["secret", 1]}, "case.remarks"),
        ({"id": "x", "patient": {"age": True}}, "case.patient.age"),
    ],
)
def test_a_wrong_shape_is_named_by_its_place_and_not_by_its_content(tree, place):
    with pytest.raises(ValueError, match=place) as fault:
        case(tree)
    assert "secret" not in str(fault.value)
