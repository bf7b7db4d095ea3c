"""Books that a user has to install: where they are absent, a rule says that it did not check."""

import shutil
from datetime import date

import pytest

from chartcode.books import Shelf, invented
from chartcode.model.case import INFO, Case, Diagnosis, Procedure
from chartcode.model.chart import Chart
from chartcode.model.code import CPT, ICD10CM, Code
from chartcode.model.notation import one
from chartcode.pipeline import recheck
from chartcode.validate import catalogue, validate
from chartcode.validate.needs import NOT_CHECKED
from chartcode.validate.services import contractor, is_visit, medicare, services

TWO_LINES = """\
professional 2025-11-03, F 67
dx M17.11
px 99213 -> M17.11
px 20610 -RT -> M17.11
"""


def not_checked(text, desk):
    case = one(text)
    return [f for f in validate(case, desk.at(case.day)) if f.message.startswith(NOT_CHECKED)]


def test_each_absent_book_is_named_once_and_as_a_remark(desk):
    found = not_checked(TWO_LINES, desk)
    systems = ["addon", "coverage", "mue", "ncci-ptp", "pfs"]
    assert sorted(f.message.rpartition(" ")[2].rstrip("'") for f in found) == systems
    assert {f.severity for f in found} == {INFO}
    assert all("2025-11-03" in f.message for f in found)
    assert all(f.on == () for f in found)


def test_no_rule_that_lacks_its_book_faults_anything(desk):
    case = one(TWO_LINES)
    for rule in catalogue():
        if rule.needs:
            assert all(f.message.startswith(NOT_CHECKED) for f in rule(case, desk.at(case.day)))


def test_a_case_without_lines_is_not_told_of_books(desk):
    assert not_checked("professional 2025-11-03, F 67\ndx M17.11\n", desk) == []
    assert not_checked("inpatient 2025-11-03 2025-11-05, F 67\ndx M17.11\npx 0SRC0J9\n", desk) == []


def test_one_line_makes_no_pair_and_another_payer_asks_for_no_policy(desk):
    one_line = "professional 2025-11-03, F 67, payer Blue\ndx M17.11\npx 99213 -> M17.11\n"
    said = " ".join(f.message for f in not_checked(one_line, desk))
    assert "ncci-ptp" not in said
    assert "coverage" not in said
    assert "mue" in said


def test_a_case_names_the_releases_that_it_was_checked_by(desk, tmp_path):
    shutil.copytree(desk.folder, tmp_path / "books")
    invented.install(tmp_path / "books")
    case = recheck(one(TWO_LINES), Shelf.open(tmp_path))
    assert dict(case.books).items() >= {"ncci-ptp": "2025Q4", "mue": "2025Q4", "pfs": "2025Q4"}.items()
    assert any(f.rule == "cpt/visit_without_25" for f in case.findings)
    assert not any(f.message.startswith(NOT_CHECKED) for f in case.findings)
    assert "ncci-ptp" not in dict(recheck(one(TWO_LINES), desk).books)


def test_rules_that_need_books_are_most_of_those_of_lines():
    needing = [rule for rule in catalogue() if rule.needs]
    assert len(needing) >= 20
    assert {rule.id.partition("/")[0] for rule in needing} == {"ncci", "cpt", "claim", "coverage"}


@pytest.mark.parametrize(
    ("payer", "governs", "number"),
    [
        (None, True, None),
        ("Medicare", True, None),
        ("Medicare 10112", True, "10112"),
        ("MAC 05102", True, "05102"),
        ("Blue", False, None),
    ],
)
def test_medicare_and_its_contractors_by_the_payer(payer, governs, number):
    case = one(f"professional 2025-11-03, F 67{f', payer {payer}' if payer else ''}\ndx I10\n")
    assert medicare(case) is governs
    assert contractor(case) == number


def test_visits_are_known_by_their_numbers():
    text = "professional 2025-11-03, F 67\ndx I10\n" + "".join(
        f"px {code}\n" for code in ("99213", "99291", "92014", "G0439", "20610", "99000", "97110", "J3301")
    )
    assert [is_visit(line) for line in services(one(text))] == [True] * 4 + [False] * 4


def test_a_line_of_a_day_without_books_is_checked_by_those_of_the_case(desk):
    case = one("professional 2025-11-03, F 67\ndx I10\npx 99213 @2031-01-01 -> I10\n")
    assert case.day == date(2025, 11, 3)
    assert not any("could not be checked" in f.message for f in validate(case, desk.at(case.day)))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_first_and_the_last_of_all_days_break_no_rule(desk, tmp_path, day):
    shutil.copytree(desk.folder, tmp_path / "books")
    invented.install(tmp_path / "books")
    case = one(TWO_LINES + f"px 27447 @{day.isoformat()} -> M17.11\npx 99214 @{day.isoformat()} -> M17.11\n")
    checked = recheck(case, Shelf.open(tmp_path))
    assert not any("could not be checked" in f.message for f in checked.findings)
    assert "cpt/visit_without_57" in {f.rule for f in checked.findings}


def test_a_code_of_no_characters_is_no_code(desk):
    case = Case(Chart("c"), (Diagnosis(Code(ICD10CM, "")), Procedure(Code(CPT, ""))))
    found = {f.rule: f.message for f in validate(case, desk.at(date(2025, 11, 3)))}
    assert "icd10cm/no_such_code" in found
    assert not any("could not be checked" in message for message in found.values())
