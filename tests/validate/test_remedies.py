"""Safe remedies, applied."""

from __future__ import annotations

import pytest

from chartcode.model.case import INFO, Finding, Remedy
from chartcode.model.notation import one
from chartcode.validate import catalogue, validate
from chartcode.validate.questions import cm
from chartcode.validate.remedies import ROUNDS, mended


def codes(text, books):
    case, done = mended(one(text), books, validate)
    return [(d.code.value, d.role) for d in case.diagnoses], [f.rule for f in done], case


def test_both_sides_become_one_code_that_keeps_its_place(books):
    listed, rules, case = codes("outpatient 2026-05-01, F 67\ndx M17.12\ndx M17.11\ndx I10\n", books)
    assert listed == [("M17.0", "first-listed"), ("I10", "secondary")]
    assert rules == ["icd10cm/both_sides"]
    assert {(d.act, d.about) for d in case.decisions} == {("reject", "M17.11"), ("reject", "M17.12"), ("add", "M17.0")}
    assert all(d.why.startswith("icd10cm/both_sides: ") and d.who for d in case.decisions)


def test_of_two_entries_with_one_code_only_the_faulted_one_goes(books):
    listed, rules, _ = codes("outpatient 2026-05-01, F 67\ndx I10\ndx I10\n", books)
    assert listed == [("I10", "first-listed")]
    assert rules == ["icd10cm/duplicate"]


def test_a_first_diagnosis_that_goes_leaves_its_place_to_the_next(books):
    listed, _, _ = codes("ed 2026-05-01, F 27\ndx Y92.9\ndx S93.401A\n", books)
    assert listed[0] == ("S93.401A", "first-listed")


def test_what_is_moved_takes_the_place_and_the_role(books):
    listed, rules, _ = codes("ed 2026-05-01, F 27\ndx T31.20\ndx T24.311A\n", books)
    assert listed == [("T24.311A", "first-listed"), ("T31.20", "secondary")]
    assert rules == ["icd10cm/burn_extent_first"]


def test_what_a_person_accepted_and_what_needs_judgement_stays(books):
    text = "outpatient 2026-05-01, F 67\ndx M17.11\ndx M17.12\ndx E11.9\ndx E10.9\n"
    listed, rules, _ = codes(text + "decision override icd10cm/both_sides because two episodes\n", books)
    assert len(listed) == 4
    assert rules == []


def test_remedies_that_undo_each_other_come_to_an_end(books):
    def quarrel(case, _):
        there, other = ("I10", "I11.9") if case.diagnosis_codes[0] == "I10" else ("I11.9", "I10")
        yield Finding("x", case.diagnoses[:1], Remedy("replace", cm(there), cm(other), safe=True), "site/x", INFO)

    _, done = mended(one("outpatient 2026-05-01\ndx I10\n"), books, quarrel)
    assert 0 < len(done) <= ROUNDS


@pytest.mark.parametrize(
    "remedy", [Remedy("ask", safe=True), Remedy("replace", cm("I10"), safe=True), Remedy("add", safe=True)]
)
def test_a_remedy_that_does_not_say_how_changes_nothing(remedy, books):
    def vague(case, _):
        yield Finding("x", case.diagnoses, remedy, "site/x", INFO)

    case = one("outpatient 2026-05-01\ndx I10\n")
    assert mended(case, books, vague) == (case, ())


def test_every_safe_remedy_of_the_examples_mends_its_finding(desk):
    from chartcode.model.notation import read

    tried = 0
    for rule in catalogue():
        for example in read(rule.examples):
            books = desk.at(example.case.day)

            def alone(case, with_books, rule=rule):
                return rule(case, with_books) if rule.governs(with_books.day) else ()

            if any(finding.remedy and finding.remedy.safe for finding in alone(example.case, books)):
                case, done = mended(example.case, books, alone)
                tried += 1
                assert done, rule.id
                assert not [f for f in alone(case, books) if f.remedy and f.remedy.safe], rule.id
    assert tried > 15
