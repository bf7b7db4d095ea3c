from datetime import date

import pytest

from chartcode.books import installed, invented
from chartcode.books.build import coverage
from chartcode.books.coverage import Coverage
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import Database

DAY = date(2025, 11, 3)
ARTICLE = {
    "article.csv": "article_id,article_version,title,article_eff_date,article_end_date\n5,1,T,01/01/2024,12/31/2024\n",
    "article_x_hcpc_code.csv": "article_id,article_version,hcpc_code_id\n5,1,82306\n",
    "article_x_icd10_noncovered.csv": "article_id,article_version,icd10_code_id\n5,1,Z00.00\n",
}


def built(tmp_path, files, name="coverage.sqlite", wish=None):
    path = tmp_path / name
    given = {file: (lambda text=text: text.encode()) for file, text in files.items()}
    coverage.build(Files("given", "0", given), path, wish or Wish(), lambda *_: None)
    return Database(path, lambda: None)


@pytest.fixture(scope="module")
def policies(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    invented.install(folder)
    (release,) = installed.releases(folder, "coverage")
    return Coverage([(release.version, installed.opened(release))])


def test_policies_of_a_service_by_contractor_and_day(policies):
    assert [p.id for p in policies.policies("82306", DAY)] == ["L90001", "L90002"]
    (found,) = policies.policies("82306", DAY, "01112")
    assert found.title == "Invented policy on vitamin D testing"
    assert policies.policies("82306", date(2023, 1, 1)) == ()
    assert policies.policies("99213", DAY) == ()


def test_the_codes_that_support_are_those_of_the_highest_version(policies):
    (found,) = policies.policies("82306", DAY, "01112")
    assert policies.supports(found, "E55.9")
    assert policies.supports(found, "I10") is False


def test_a_policy_of_codes_that_do_not_support(tmp_path):
    found = Coverage([("x", built(tmp_path, ARTICLE))])
    (policy,) = found.policies("82306", date(2024, 6, 1), "99999")
    assert policy.id == "A5"
    assert not policy.contractors
    assert found.supports(policy, "Z00.00") is False
    assert found.supports(policy, "E55.9") is True
    assert found.policies("82306", DAY) == ()


def test_determinations_and_articles_may_be_two_exports(tmp_path, policies):
    article = built(tmp_path, ARTICLE)
    lcd = policies._pages["L"]
    both = Coverage([("2025-10-01-lcd", lcd), ("2024-01-01-article", article), ("2020-01-01-article", article)])
    assert both.version == "2025-10-01-lcd, 2024-01-01-article, 2020-01-01-article"
    assert [p.id for p in both.policies("82306", date(2024, 6, 1))] == ["A5", "L90001", "L90002"]


def test_an_export_names_its_kinds_in_its_version(tmp_path):
    pages = built(tmp_path, ARTICLE, wish=Wish(release="2026-11-20"))
    assert pages.one("SELECT value FROM release WHERE key = 'version'") == ("2026-11-20-article",)


def test_what_is_no_export_is_refused(tmp_path):
    with pytest.raises(Unsuitable, match="holds neither"):
        built(tmp_path, {"a.csv": "a\n"})
    with pytest.raises(Unsuitable, match="names no services"):
        built(tmp_path, {"article.csv": ARTICLE["article.csv"]})
