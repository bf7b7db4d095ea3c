from dataclasses import replace

import pytest

from chartcode.assign.visits.category import category
from chartcode.assign.visits.record import Record
from chartcode.model.chart import CODED_ENTRIES, Document

OFFICE = """SUBJECTIVE: {told}
OBJECTIVE: Lungs clear. Blood pressure 120/80.
ASSESSMENT: Hypertension.
PLAN: Continue lisinopril. Return to the office in three months."""
ADMISSION = """CHIEF COMPLAINT: Short of breath.
HISTORY OF PRESENT ILLNESS: A 70-year-old man who comes to the hospital and is being admitted.
PAST MEDICAL HISTORY: Heart failure.
PHYSICAL EXAMINATION: Crackles at both bases.
ASSESSMENT AND PLAN: Heart failure. Admit to telemetry, give intravenous furosemide."""


def of(record, text, setting="outpatient", dx=None):
    return category(record(text, dx or {}, setting=setting))


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("She comes back for followup.", "established"),
        ("He is a new patient and wants to establish care.", "new"),
        ("She has a cough.", "established"),
    ],
)
def test_an_office_visit_is_new_or_established_by_its_words(record, told, status):
    found = of(record, "OFFICE VISIT\n" + OFFICE.format(told=told))
    assert (found.service, found.status) == ("office", status)
    assert found.why


def test_a_consultation_is_taken_as_new(record):
    found = of(record, "CONSULTATION\n" + OFFICE.format(told="She has a cough."))
    assert (found.service, found.status, found.consultation) == ("office", "new", True)


def test_an_emergency_visit_has_no_status(record):
    found = of(record, "EMERGENCY DEPARTMENT NOTE\n" + OFFICE.format(told="She has a cough."), "ed")
    assert (found.service, found.status) == ("emergency", "")
    assert found.acute_care


def test_the_physician_who_admits_makes_an_initial_hospital_visit(record):
    found = of(record, "HISTORY AND PHYSICAL\n" + ADMISSION, "professional")
    assert (found.service, found.status) == ("hospital", "initial")


def test_a_progress_note_is_a_later_hospital_visit_and_in_a_nursing_home_one_of_there(record):
    text = "PROGRESS NOTE\n" + OFFICE
    found = of(record, text.format(told="He feels better."), "professional")
    assert (found.service, found.status) == ("hospital", "subsequent")
    home = of(record, text.format(told="Seen at the nursing home."), "professional")
    assert (home.service, home.status) == ("nursing", "subsequent")


@pytest.mark.parametrize(
    ("title", "setting"),
    [
        ("OPERATIVE NOTE", "outpatient"),
        ("RADIOLOGY REPORT", "outpatient"),
        ("DISCHARGE SUMMARY", "inpatient"),
        ("HISTORY AND PHYSICAL", "inpatient"),
        ("PATHOLOGY REPORT", "outpatient"),
    ],
)
def test_reports_operations_and_a_hospitals_own_stay_are_no_visits(record, title, setting):
    text = f"{title}\nFINDINGS: A polyp of the colon was removed.\nIMPRESSION: Polyp."
    assert of(record, text, setting) is None


def test_the_work_of_another_profession_is_no_visit(record):
    text = OFFICE.format(told="Seen for speech therapy. The speech language pathology goals: short term goals are met.")
    assert of(record, text) is None


def test_a_leaflet_is_no_visit(record):
    text = "WARTS: This is a very common growth. People who swim get it. You should call your doctor.\nPLAN: Wait."
    assert of(record, text) is None


def test_a_first_listed_examination_without_complaint_is_preventive(record):
    text = "OFFICE VISIT\n" + OFFICE.format(told="Here for her annual physical.")
    assert of(record, text, dx={"Z00.00": "annual physical"}).service == "preventive"
    assert of(record, text, dx={"I10": "Hypertension"}).service == "office"


def test_critical_care_needs_its_minutes(record):
    text = "EMERGENCY DEPARTMENT NOTE\n" + OFFICE.format(told="In shock.")
    assert (
        of(record, text + " Critical care time was 45 minutes: total time 45 minutes.", "ed").service == "critical_care"
    )
    assert of(record, text + " Critical care was given.", "ed").service == "emergency"


def test_an_examination_for_somebody_else_is_one(record):
    text = "OFFICE VISIT\n" + OFFICE.format(told="Sent for an independent medical examination.")
    assert of(record, text).service == "independent_examination"


@pytest.mark.parametrize(
    ("parts", "is_visit"),
    [
        ("HISTORY OF PRESENT ILLNESS: A cough.\nPHYSICAL EXAMINATION: Clear.\nIMPRESSION: Cold.", True),
        ("DIAGNOSIS: A cold.\nPHYSICAL EXAMINATION: Clear.\nPLAN: Rest.", True),
        ("PHYSICAL EXAMINATION: Clear. Heart regular.\nVITAL SIGNS: Pulse 70.", True),
        ("FINDINGS: Clear.\nIMPRESSION: Normal.", False),
        ("The patient is well.", False),
    ],
)
def test_a_note_of_no_named_kind_is_a_visit_by_how_it_is_built(record, parts, is_visit):
    read = record(parts, {})
    chart = read.case.chart
    document = replace(chart.documents[0], kind="other")
    bare = Record(replace(read.case, chart=replace(chart, documents=(document,))), read.books)
    assert (category(bare) is not None) == is_visit


def test_a_reason_for_admission_is_one_of_a_hospital(record):
    text = "REASON FOR ADMISSION: Chemotherapy.\nPHYSICAL EXAMINATION: Well.\nPLAN: Start."
    assert of(record, text, "professional").service == "hospital"


def test_the_tale_of_a_stay_told_afterwards_is_no_visit(record):
    text = "CHIEF COMPLAINT: Memory loss.\nPHYSICAL EXAMINATION: Slow.\nHOSPITAL COURSE: A biopsy was done."
    read = record(text, {}, setting="professional")
    chart = read.case.chart
    document = replace(chart.documents[0], kind="other")
    assert category(Record(replace(read.case, chart=replace(chart, documents=(document,))), read.books)) is None


def test_a_systems_extract_is_no_visit_and_a_note_in_it_is_one(record):
    read = record("HISTORY OF PRESENT ILLNESS: A cough.\nPHYSICAL EXAMINATION: Clear.\nPLAN: Rest.", {})
    chart = read.case.chart
    sheet = Document("sheet", "TSH 3.1", CODED_ENTRIES)
    for kind, service in (("other", None), ("office visit", "office")):
        documents = (replace(chart.documents[0], kind=kind), sheet)
        found = category(Record(replace(read.case, chart=replace(chart, documents=documents)), read.books))
        assert (found and found.service) == service


def test_a_well_child_check_is_preventive_whatever_is_found_at_it(record):
    text = "OFFICE VISIT\n" + OFFICE.format(told="Comes with mom for a well-child check; he spits up.")
    assert of(record, text, dx={"I10": "Hypertension"}).service == "office"
    child = record(text, {"I10": "Hypertension"}, age=1)
    assert category(child).service == "preventive"
