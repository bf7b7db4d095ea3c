from collections.abc import Callable

import pytest

from chartcode.books import Books, Shelf
from chartcode.collect import chart_from_text
from chartcode.model.case import Case, Decision, Procedure

OPERATION = """PREOPERATIVE DIAGNOSIS: {diagnosis}

POSTOPERATIVE DIAGNOSIS: {diagnosis}

PROCEDURE PERFORMED: {title}

ANESTHESIA: General.

DESCRIPTION OF PROCEDURE: The patient was brought to the operating room and prepped and draped. {body}
"""


def operation(title: str, body: str = "The procedure was done without complication.", diagnosis: str = "Pain.") -> str:
    return OPERATION.format(title=title, body=body, diagnosis=diagnosis)


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Laparoscopic cholecystectomy.", {"47562"}),
        ("Laparoscopic cholecystectomy with intraoperative cholangiogram.", {"47563"}),
        ("Open reduction and internal fixation of right lateral malleolus.", {"27792"}),
        ("Left knee arthroscopy with partial medial meniscectomy.", {"29881"}),
        ("Left knee arthroscopy with partial medial and lateral meniscectomy.", {"29880"}),
        ("Right total knee arthroplasty.", {"27447"}),
        ("1. Tonsillectomy and adenoidectomy.\n2. Bilateral myringotomy with placement of tubes.", {"42821", "69436"}),
        ("Repair of right inguinal hernia.", {"49505"}),
        ("Phacoemulsification with intraocular lens implant, left eye.", {"66984"}),
        ("Laparoscopic appendectomy.", {"44970"}),
        ("Primary low transverse cesarean section.", {"59514"}),
        ("Cystoscopy.", {"52000"}),
        ("Cystoscopy with left ureteral stent placement.", {"52332"}),
    ],
)
def test_titles_of_operations(coded: Callable[..., dict[str, Procedure]], title: str, codes: set[str]) -> None:
    assert set(coded(operation(title))) == codes


@pytest.mark.parametrize(
    ("title", "code", "modifiers"),
    [
        ("Right total knee arthroplasty.", "27447", ("RT",)),
        ("Bilateral carpal tunnel release.", "64721", ("50",)),
        ("Release of A1 pulley, right index finger.", "26055", ("F6",)),
        ("Hammertoe correction, left second toe.", "28285", ("T1",)),
        ("Repair of ectropion, left lower eyelid.", "67917", ("E2",)),
        ("Laparoscopic cholecystectomy.", "47562", ()),
    ],
)
def test_side_digit_and_lid(
    coded: Callable[..., dict[str, Procedure]], title: str, code: str, modifiers: tuple[str, ...]
) -> None:
    assert coded(operation(title))[code].modifiers == modifiers


def test_two_digits_are_two_lines(ledger: Callable[..., list[object]]) -> None:
    text = operation("Release of A1 pulley, right index and middle fingers.")
    lines = [e.modifiers for e in ledger(text) if isinstance(e, Procedure) and e.code.value == "26055"]
    assert lines == [("F6",), ("F7",)]


def test_further_levels_add_units(coded: Callable[..., dict[str, Procedure]]) -> None:
    lines = coded(operation("Anterior cervical discectomy and fusion C4-C5, C5-C6 and C6-C7."))
    assert lines["22551"].units == 1
    assert lines["22552"].units == 2


def test_what_another_includes_is_rejected_with_its_reason(rejected: Callable[..., dict[str, str]]) -> None:
    told = rejected(operation("1. Colonoscopy.\n2. Snare polypectomy of a sigmoid polyp."))
    assert told["45378"].startswith("included in 45385")


def test_what_a_report_compares_with_was_done_on_another_day(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = (
        "EXAM: Chest x-ray, two views.\n"
        "COMPARISON: CT of the abdomen dated 02/13/2026.\n"
        "FINDINGS: The lungs are clear.\n"
        "IMPRESSION: No acute disease.\n"
    )
    assert set(coded(text)) == {"71046"}


def test_a_transplanted_kidney_is_no_transplantation(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = operation("Angioplasty of the iliac artery.", diagnosis="Stenosis of the artery of a transplanted kidney.")
    assert "50360" not in coded(text)
    assert "50360" in coded(operation("Kidney transplantation."))


def test_a_replacement_redone_is_no_first_one(coded: Callable[..., dict[str, Procedure]]) -> None:
    title = "Left total knee arthroplasty with polyethylene exchange of the knee."
    assert "27447" not in coded(operation(title))


def test_peel_and_pleura_removed_together_are_one_number(coded: Callable[..., dict[str, Procedure]]) -> None:
    assert set(coded(operation("Left thoracotomy with total decortication and parietal pleurectomy."))) == {"32320"}


def test_scopes_are_read_in_the_body(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = operation("Colonoscopy.", "A polyp of the sigmoid colon was removed with a hot snare.")
    assert set(coded(text)) == {"45385"}


def test_every_line_has_evidence_a_title_and_its_book(coded: Callable[..., dict[str, Procedure]]) -> None:
    line = coded(operation("Left total hip replacement."))["27130"]
    assert line.evidence
    assert line.evidence[0].span.text == "total hip replacement"
    assert line.path == ("CPT starter", line.title)


@pytest.mark.parametrize(
    "text",
    [
        "SUBJECTIVE: She had a cholecystectomy in 1998.\n\nPLAN: We will schedule a colonoscopy.",
        "PLAN: I recommend an MRI of the lumbar spine and referral for knee arthroscopy.",
        "PAST SURGICAL HISTORY: Appendectomy, tonsillectomy.\n\nASSESSMENT: Hypertension.\n\nPLAN: No change.",
    ],
)
def test_planned_and_past_services_are_none(coded: Callable[..., dict[str, Procedure]], text: str) -> None:
    assert coded(text) == {}


def test_drug_units_by_dose(coded: Callable[..., dict[str, Procedure]]) -> None:
    lines = coded("SUBJECTIVE: Back pain.\n\nPLAN: She was given Toradol 60 mg IM in the office today.")
    assert lines["J1885"].units == 4
    assert lines["96372"].units == 1


def test_drug_without_dose_asks(coded: Callable[..., dict[str, Procedure]]) -> None:
    line = coded("SUBJECTIVE: Back pain.\n\nPLAN: She was given Toradol IM in the office today.")["J1885"]
    assert line.band == "check"
    assert any("ask for it" in reason for reason in line.reasons)


def test_discarded_drug(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = "SUBJECTIVE: Back pain.\n\nPLAN: She was given Toradol 30 mg IM today, and 30 mg wasted."
    assert coded(text)["J1885"].modifiers == ("JW",)


def test_vaccines_and_their_administration(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = "SUBJECTIVE: Annual visit.\n\nPLAN: She received a flu shot and a Tdap today."
    lines = coded(text)
    assert set(lines) == {"90656", "90715", "90471", "90472"}
    assert lines["90472"].units == 1


def test_repairs_of_one_class_are_added_up(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = (
        "CHIEF COMPLAINT: Laceration.\n\nPHYSICAL EXAM: There is a 2 cm laceration of the chin and a 1.5 cm laceration"
        " of the forehead.\n\nEMERGENCY DEPARTMENT COURSE: The wounds were irrigated and closed with 5-0 nylon sutures."
    )
    assert set(coded(text, setting="ed")) == {"12013"}


@pytest.mark.parametrize(
    ("exam", "code"),
    [
        ("MRI OF THE LEFT KNEE WITHOUT CONTRAST", "73721"),
        ("CT OF THE ABDOMEN AND PELVIS WITH INTRAVENOUS CONTRAST", "74177"),
        ("CT HEAD WITHOUT CONTRAST", "70450"),
        ("CHEST, TWO VIEWS", "71046"),
        ("SCREENING MAMMOGRAM, BILATERAL", "77067"),
    ],
)
def test_imaging_by_region_contrast_and_views(coded: Callable[..., dict[str, Procedure]], exam: str, code: str) -> None:
    text = f"EXAM: {exam}.\n\nCLINICAL HISTORY: Pain.\n\nFINDINGS: No acute finding is seen.\n\nIMPRESSION: Normal."
    assert set(coded(text)) == {code}


def test_people_rule(ledger: Callable[..., list[object]]) -> None:
    text = operation("Laparoscopic cholecystectomy.")
    made = ledger(text, Decision("reject", "47562", who="Ada"), Decision("add", "49320", who="Ada"))
    assert [e.code.value for e in made if isinstance(e, Procedure)] == ["49320"]


def test_without_a_book_of_cpt_none_of_its_numbers_is_made(monkeypatch: pytest.MonkeyPatch, desk: Shelf) -> None:
    from datetime import date

    from chartcode.assign.services import services

    monkeypatch.setenv("CHARTCODE_CPT_STARTER", "off")
    books = Books(date(2026, 5, 1), desk)
    chart = chart_from_text(operation("Laparoscopic cholecystectomy."), "note", setting="outpatient")
    assert not books.cpt.installed
    assert [e for e in services(Case(chart), books) if isinstance(e, Procedure)] == []


def test_only_numbers_of_the_book(coded: Callable[..., dict[str, Procedure]], books: Books) -> None:
    lines = coded(operation("Left knee arthroscopy with chondroplasty.\nInjection of Kenalog 40 mg."))
    assert lines
    assert all(books.cpt.valid(c) or books.hcpcs.valid(c) for c in lines)


def test_anesthesia_of_an_operation_in_minutes(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = (
        "ANESTHESIA RECORD\n\nPROCEDURE: Laparoscopic cholecystectomy.\n\nASA class II.\n\n"
        "Anesthesia time: 75 minutes.\n\nFINDINGS: The course was uneventful."
    )
    lines = coded(text)
    assert set(lines) == {"00790"}
    assert lines["00790"].units == 75
    assert lines["00790"].modifiers == ("P2",)


@pytest.mark.parametrize(
    ("title", "modifier"),
    [
        ("Staged excision of a subcutaneous lipoma of the back.", "58"),
        ("Return to the operating room for evacuation of a wound hematoma.", "78"),
    ],
)
def test_modifiers_of_the_global_period(coded: Callable[..., dict[str, Procedure]], title: str, modifier: str) -> None:
    lines = coded(operation(title))
    assert lines
    assert all(modifier in line.modifiers for line in lines.values())


def test_the_lesser_endoscopy_is_distinct(coded: Callable[..., dict[str, Procedure]]) -> None:
    lines = coded(operation("Colonoscopy with snare polypectomy and cold forceps biopsy of the terminal ileum."))
    assert lines["45385"].modifiers == ()
    assert lines["45380"].modifiers == ("59",)


def test_an_add_on_code_needs_its_primary(
    coded: Callable[..., dict[str, Procedure]], rejected: Callable[..., dict[str, str]]
) -> None:
    alone = operation("Arthroscopic subacromial decompression, left shoulder.")
    assert "goes with" in rejected(alone)["29826"]
    together = operation("Arthroscopic rotator cuff repair and subacromial decompression, left shoulder.")
    assert set(coded(together)) == {"29827", "29826"}


def test_what_was_done_before_is_no_part_of_today_s_operation(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = operation("Bilateral tubal ligation.", diagnosis="Desires sterilization, previous cesarean section.")
    assert set(coded(text)) == {"58600"}


def test_equipment_handed_over(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = "SUBJECTIVE: Ankle sprain.\n\nPLAN: He was given crutches today. He continues to use his cane."
    lines = coded(text)
    assert lines["E0114"].modifiers == ("NU",)
    assert "E0100" not in lines


def test_pointers_name_diagnoses_that_justify_the_line(books: Books) -> None:
    from datetime import date

    from chartcode.assign.services import services
    from chartcode.model.case import FIRST_LISTED, Diagnosis
    from chartcode.model.code import ICD10CM, Code

    chart = chart_from_text(operation("Right carpal tunnel release."), "n", setting="outpatient", day=date(2026, 5, 1))
    entries = (
        Diagnosis(Code(ICD10CM, "I10"), FIRST_LISTED, title="Essential (primary) hypertension"),
        Diagnosis(Code(ICD10CM, "G56.01"), title="Carpal tunnel syndrome, right upper limb"),
    )
    lines = [e for e in services(Case(chart).plus(entries), books) if isinstance(e, Procedure)]
    assert lines[0].pointers == ("G56.01",)


def test_mentions_mode_reports_no_services(books: Books) -> None:
    from chartcode.assign.services import services

    chart = chart_from_text(operation("Right carpal tunnel release."), "n", setting="outpatient")
    assert list(services(Case(chart, mode="mentions"), books)) == []


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Coronary artery bypass grafting x3 using the left internal mammary artery and saphenous vein grafts.",
         {"33533": (), "33518": ()}),
        ("Closed reduction of left distal radius fracture with application of a short arm cast.", {"25605": ("LT",)}),
        ("Shave biopsy of a lesion of the right cheek.", {"11102": ()}),
        ("Excision of basal cell carcinoma of the nose, 1.2 cm.", {"11642": ()}),
        ("Complex closure of a 5 cm laceration of the forehead.", {"13132": ()}),
        ("Robotic assisted laparoscopic radical prostatectomy.", {"55866": ()}),
    ],
)  # fmt: skip
def test_families(coded: Callable[..., dict[str, Procedure]], title: str, lines: dict[str, tuple[str, ...]]) -> None:
    assert {code: line.modifiers for code, line in coded(operation(title)).items()} == lines


def test_levels_on_both_sides(coded: Callable[..., dict[str, Procedure]]) -> None:
    lines = coded(operation("Lumbar facet joint injections at L3-L4, L4-L5 and L5-S1 bilaterally."))
    assert {code: (line.modifiers, line.units) for code, line in lines.items()} == {
        "64493": (("50",), 1),
        "64494": (("50",), 1),
        "64495": (("50",), 1),
    }


def test_an_endless_sentence_is_read_in_pieces(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = operation("Laparoscopic cholecystectomy and " + "more of the same and " * 3000)
    assert set(coded(text)) == {"47562"}


def test_each_drug_has_the_dose_behind_it(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = (
        "CHIEF COMPLAINT: Back pain.\n\nEMERGENCY DEPARTMENT COURSE: The patient was given IV Norflex 60 mg,"
        " Zofran 4 mg, and morphine sulfate 4 mg and improved."
    )
    lines = coded(text, setting="ed")
    assert {code: lines[code].units for code in ("J2360", "J2405", "J2270")} == {"J2360": 1, "J2405": 4, "J2270": 1}
    assert lines["96374"].units == 1


def test_an_operation_of_the_past_in_a_visit_s_list_is_none(coded: Callable[..., dict[str, Procedure]]) -> None:
    text = "SUBJECTIVE: Sore throat.\n\nOPERATIONS: She is status post a tonsillectomy.\n\nPLAN: Fluids and rest."
    assert coded(text) == {}
