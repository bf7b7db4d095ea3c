from chartcode.assign.visits.data import data, reviewed
from chartcode.model.chart import Fact, Span

HEAD = "SUBJECTIVE: Comes in today.\n"
END = "\nASSESSMENT: Cough.\nPLAN: "


def test_the_parts_of_a_panel_count_once(record):
    found = reviewed(record(HEAD + "LABS: WBC 9.2, hemoglobin 13, platelets 200, sodium 140, potassium 4." + END, {}))
    assert sorted(found) == ["chemistry panel", "complete blood count"]


def test_a_test_is_counted_whether_reviewed_or_ordered_and_unnamed_ones_beside_no_other(record):
    assert sorted(reviewed(record(HEAD + END + "Order a TSH and a chest x-ray. Labs in a week.", {}))) == [
        "chest x-ray",
        "thyroid tests",
    ]
    assert list(reviewed(record(HEAD + END + "Get labs.", {}))) == ["laboratory tests unnamed"]


def test_tests_of_the_past_history_and_denied_ones_do_not_count(record):
    assert not reviewed(record("PAST MEDICAL HISTORY: Colon cancer by CT in 2010." + END + "No MRI is needed.", {}))


def test_a_salt_in_the_name_of_a_drug_is_no_test(record):
    assert not reviewed(record(HEAD + END + "Take naproxen sodium 220 mg daily and keep a low sodium diet.", {}))


def test_results_in_numbers_are_not_interpreted_by_reading_them(record):
    element = data(record(HEAD + END + "I independently reviewed the laboratory results.", {}))
    assert element.level == "straightforward"


def test_three_items_are_moderate_two_are_low_one_is_nothing(record):
    one, two, three = (HEAD + END + words for words in ("TSH.", "TSH and EKG.", "TSH, EKG and lipids."))
    levels = [data(record(text, {})).level for text in (HEAD + END, one, two, three)]
    assert levels == ["straightforward", "straightforward", "low", "moderate"]


def test_a_historian_is_low_by_itself_and_an_item_beside_others(record):
    assert data(record(HEAD + "Mother states he coughs." + END, {})).level == "low"
    assert data(record(HEAD + "Mother states he coughs." + END + "TSH and EKG.", {})).level == "moderate"


def test_an_own_reading_or_a_talk_is_moderate_and_both_are_high(record):
    read = HEAD + END + "EKG as read by me shows sinus rhythm."
    talk = HEAD + END + "I discussed the case with Dr. Roe."
    assert data(record(read, {})).level == "moderate"
    assert data(record(talk, {})).level == "moderate"
    both = data(record(read + " " + talk.partition("PLAN: ")[2], {}))
    assert both.level == "high"
    assert len(both.reasons) == 2


def test_results_that_came_coded_count_too(record, books):
    plain = record(HEAD + END, {})
    facts = tuple(Fact("lab", name, (Span("hl7", 0, 3, "abc"),)) for name in ("Potassium", "TSH", "Copper, serum"))
    chart = plain.case.chart
    facts += (Fact("order", "Chest x-ray"), Fact("order", "Consult to podiatry"))
    with_facts = type(plain)(type(plain.case)(type(chart)(chart.id, chart.documents, facts=facts)), books)
    assert sorted(reviewed(with_facts)) == ["chemistry panel", "chest x-ray", "copper, serum", "thyroid tests"]
