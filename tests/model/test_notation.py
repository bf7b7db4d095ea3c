"""The napkin notation: what a line means, and that a case survives the way there and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.case import (
    ADMITTING,
    FIRST_LISTED,
    MENTIONS,
    PRINCIPAL,
    SECONDARY,
    Case,
    Decision,
    Diagnosis,
    Mention,
    Procedure,
    Visit,
)
from chartcode.model.chart import ASSERTIONS, FACT_KINDS, SETTINGS, Chart, Document, Fact, Section, Span
from chartcode.model.notation import NotationError, one, read, write

WHOLE = """\
inpatient 2025-11-03 2025-11-07, F 67, disposition 01, id d001
note assessment: Acute on chronic systolic heart failure. No pneumonia.
note: Signed by the attending: yes
med insulin glargine; status: home; dose: 20 units
lab creatinine; code: LOINC-less; value: 2.1
dx I50.23 poa Y "systolic heart failure"
dx J18.9 poa Y "pneumonia" negated
"""


def test_a_case_says_what_its_lines_say():
    case = one(WHOLE.replace("; code: LOINC-less", ""))
    assert case.chart.id == "d001"
    assert (case.chart.patient.sex, case.chart.patient.age) == ("F", 67)
    assert case.day == date(2025, 11, 7)
    assert case.chart.encounter.disposition == "01"
    assert [(d.code.value, d.role, d.poa) for d in case.diagnoses] == [
        ("I50.23", PRINCIPAL, "Y"),
        ("J18.9", SECONDARY, "Y"),
    ]
    heart, lung = case.diagnoses
    document = case.chart.document("note")
    span = heart.evidence[0].span
    assert document.text[span.start : span.end] == span.text == "systolic heart failure"
    assert heart.evidence[0].section == "assessment"
    assert lung.evidence[0].assertion == "negated"
    drug, creatinine = case.chart.facts
    assert (drug.kind, drug.status, drug.get("dose")) == ("medication", "home", "20 units")
    assert creatinine.get("value") == "2.1"


def test_words_that_stand_nowhere_are_added_to_the_document():
    case = one('outpatient, M 5\ndx E11.9 "diabetes" family in family history by nurse "sugar"')
    family, sugar = case.diagnoses[0].evidence
    assert (family.section, family.assertion, family.author) == ("family history", "family", "nurse")
    assert sugar.section == ""
    document = case.chart.document("note")
    assert document.text == "family history: diabetes\nsugar\n"
    assert document.section_at(family.span.start) == "family history"


def test_a_section_chooses_among_the_places_of_the_same_words():
    text = 'ed\nnote family history: asthma\nnote assessment: asthma\ndx J45.909 "asthma" in assessment\n'
    case = one(text)
    assert case.diagnoses[0].evidence[0].section == "assessment"
    assert write(case) == text


def test_roles_follow_the_order_unless_a_line_says_otherwise():
    assert [d.role for d in one("ed\ndx I10\ndx E11.9").diagnoses] == [FIRST_LISTED, SECONDARY]
    case = one("inpatient\nadmit dx R07.9\ndx I10\ndx E11.9 principal")
    assert [d.role for d in case.diagnoses] == [SECONDARY, PRINCIPAL]
    assert case.admitting is not None
    assert case.admitting.role == ADMITTING


def test_codes_are_taken_in_any_spelling():
    assert one("ed\ndx e1142").diagnoses[0].code.value == "E11.42"


def test_procedures_of_all_systems():
    case = one("outpatient\ndx M17.11\npx 73562 x2 -RT -59 @2025-11-03 -> M17.11\npx J1885\npx 0SRC0J9\npx 0001F")
    assert [str(p.code.system) for p in case.procedures] == ["CPT", "HCPCS", "ICD-10-PCS", "CPT"]
    knee = case.procedures[0]
    assert (knee.units, knee.modifiers, knee.on, knee.pointers) == (2, ("RT", "59"), date(2025, 11, 3), ("M17.11",))


def test_ages_in_days_and_years():
    newborn = one("inpatient, M, age 3 days").chart.patient
    assert (newborn.age, newborn.age_days) == (0, 3)
    assert one("ed, F 4").chart.patient.age == 4
    assert one("ed, age 4").chart.patient.age == 4


def test_marks_name_the_rule_and_the_line_that_it_faults():
    first, second = read("# a remark\ned ! claim/no_diagnosis\n\n\ned\ndx I10 ! a/b c/d\ndx E11.9\n")
    assert [(m.rule, m.on, m.line) for m in first.marks] == [("claim/no_diagnosis", None, 2)]
    assert [(m.rule, m.on, m.line) for m in second.marks] == [
        ("a/b", second.case.diagnoses[0], 6),
        ("c/d", second.case.diagnoses[0], 6),
    ]


def test_decisions():
    case = one("ed\ndx I10\ndecision override icd10cm/excludes1 @2025-11-09 by J. Doe because both, by two doctors")
    assert case.decisions == (
        Decision("override", "icd10cm/excludes1", "both, by two doctors", "J. Doe", date(2025, 11, 9)),
    )


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("home 2025-11-03", 1, "setting"),
        ("ed 2025-11-33", 1, "a day such as 2025-11-03"),
        ("ed 2025-11-03 2025-11-01", 1, "not before the first"),
        ("ed 2025-11-03 2025-11-04 2025-11-05", 1, "at most a first and a last day"),
        ("ed, F old", 1, "an age in years"),
        ("ed, age 3 weeks", 1, "an age in years or days"),
        ("ed, height 3", 1, "disposition NN"),
        ("ed\ndx pneumonia", 2, "an ICD-10-CM code such as E11.42"),
        ("ed\ndx", 2, "an ICD-10-CM code"),
        ("ed\ndx I10 poa Q", 2, "after poa"),
        ("ed\ndx I10 third", 2, "a role"),
        ('ed\ndx I10 "unclosed', 2, "two quotation marks"),
        ('ed\ndx I10 "words" perhaps', 2, "negated"),
        ("ed\n\ned\npx ABC", 4, "PCS"),
        ("ed\npx 99213 twice", 2, "units"),
        ("ed\npx 99213 -> knee", 2, "ICD-10-CM codes after ->"),
        ("ed\nnote no colon here", 2, "note SECTION: WORDS"),
        ("ed\nfact weather rain", 2, "a kind of fact"),
        ("ed\nmed", 2, "the thing in a few words"),
        ("ed\nmed aspirin; daily", 2, "name: value"),
        ("ed\nmed aspirin; assertion: maybe", 2, "an assertion"),
        ("ed\nmed aspirin; code: 1191", 2, "a system"),
        ("ed\nhello", 2, "at the beginning"),
        ("ed\nvisit", 2, "at the beginning"),
        ("ed\ndecision ponder I10", 2, "accept | reject"),
    ],
)
def test_errors_name_the_line_and_what_was_expected(text, line, expected):
    with pytest.raises(NotationError, match=rf"^line {line}: expected .*") as caught:
        list(read(text))
    assert expected in str(caught.value)


def test_one_wants_one_case():
    with pytest.raises(NotationError, match="holds 0"):
        one("# nothing\n")
    with pytest.raises(NotationError, match="holds 2"):
        one("ed\n\ned")


def test_a_real_document_becomes_lines_under_the_names_of_its_sections():
    text = "Knee pain.\n\nASSESSMENT:\nOsteoarthritis;\n  right knee.\nSigned"
    start, body, end = text.index("ASS"), text.index("Osteo"), text.index("Signed")
    document = Document("d", text, sections=(Section("assessment", start, body, end),))
    span = document.span(body, body + len("Osteoarthritis;\n  right knee"))
    knee = Diagnosis(one("ed\ndx M17.11").diagnoses[0].code, evidence=(Mention(span, section="assessment"),))
    written = write(Case(Chart("d", (document,))).plus([knee]))
    assert "note assessment: right knee.\n" in written
    assert "note: Knee pain.\nnote assessment: Osteoarthritis;\n" in written
    assert one(written).diagnoses[0].evidence[0].span.text == "Osteoarthritis; right knee"


# -- there and back ---------------------------------------------------------------------------------------------------

CODES = st.from_regex(r"[A-Z]\d[0-9A-Z]([0-9A-Z]{1,4})?", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")) | st.just(" "), min_size=1).map(
    lambda s: " ".join(s.split())
)
WORDS = WORDS.filter(bool)
NAMES = st.from_regex(r"[a-z]([a-z -]{0,10}[a-z])?", fullmatch=True)
PLAIN = WORDS.map(lambda s: s.replace(";", "").replace('"', "").replace(",", "").strip()).filter(bool)
DAYS = st.dates(date(2015, 10, 1), date(2030, 1, 1))


@st.composite
def dx_lines(draw):
    quotes = draw(
        st.lists(
            st.tuples(WORDS, st.sampled_from(("", *ASSERTIONS)), st.none() | NAMES.filter(lambda n: " by" not in n))
        )
    )
    tails = [
        '"' + w.replace("\\", "\\\\").replace('"', '\\"') + '" ' + a + (f" in {s}" if s else "") for w, a, s in quotes
    ]
    role = draw(st.sampled_from(("", "principal", "secondary", "first-listed")))
    poa = draw(st.sampled_from(("", "poa Y", "poa 1")))
    verb = draw(st.sampled_from(("dx", "admit dx")))
    return " ".join([verb, draw(CODES), role, poa, *tails])


NOTES = st.builds(lambda name, words: f"note {name}: {words}", st.just("") | NAMES, WORDS)
MEDS = st.builds(
    lambda kind, text, value: f"fact {kind} {text}; dose: {value}; status: home",
    st.sampled_from(FACT_KINDS),
    PLAIN,
    PLAIN,
)
PX = st.builds(lambda units, on, to: f"px 73562 x{units} -RT @{on} -> {to}", st.integers(1, 99), DAYS, CODES)
OTHERS = st.sampled_from(("visit moderate 99214", 'visit low "two stable problems"', "decision reject I10 because why"))
HEADS = st.builds(
    lambda setting, day, sex, age: f"{setting} {day}{sex}{age}",
    st.sampled_from(SETTINGS),
    DAYS,
    st.sampled_from(("", ", F", ", M 3")),
    st.sampled_from(("", ", age 9 days", ", born 1958-01-01", ", mentions", ", payer A & B, id x1")),
)


@given(HEADS, st.lists(NOTES | MEDS | PX | OTHERS | dx_lines(), max_size=8))
def test_what_is_written_reads_as_the_same_case(head, lines):
    case = one("\n".join([head, *lines]))
    assert one(write(case)) == case


@given(st.text(max_size=60))
def test_any_text_is_a_case_or_an_error_that_names_a_line(text):
    try:
        list(read(text))
    except NotationError as error:
        assert str(error).startswith("line ")  # noqa: PT017


def test_entries_built_by_hand():
    span = Span("note", 0, 4, "knee")
    case = Case(Chart("case", (Document("note", "knee\n"),), facts=(Fact("equipment", "cane"),)))
    case = case.plus([Visit("low", "99213", evidence=(Mention(span),))])
    assert one(write(case)) == Case(case.chart, case.entries)
    assert one(write(Case(case.chart, case.entries, mode=MENTIONS))).mode == MENTIONS
    assert isinstance(case.entries[0], Visit | Procedure)


@pytest.mark.parametrize(
    "line",
    [
        "visit moderate",
        "visit moderate 99214 -25 office established problems moderate data low risk moderate mdm minutes 25",
        "visit high 99285 emergency problems high data high risk high mdm",
        "visit high 99291 critical_care time minutes 45",
        "visit low 99213 -95 office established time minutes 20 place 10",
        "visit not_applicable G0439 preventive",
        "visit cannot_tell office new",
    ],
)
def test_a_visit_comes_back_as_it_was_written(line):
    case = one(f"professional 2026-03-02, F 67\n{line}")
    assert line in write(case)
    assert one(write(case)) == case


@pytest.mark.parametrize(
    "line",
    ["visit low problems much", "visit low minutes long", "visit low 9921", "visit low minutes"],
)
def test_a_visit_with_a_stray_word_is_refused(line):
    with pytest.raises(NotationError, match="line 2"):
        one(f"professional 2026-03-02\n{line}")
