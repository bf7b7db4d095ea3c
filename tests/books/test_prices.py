"""Charges of a chargemaster; every number here is invented."""

from __future__ import annotations

import pytest

from chartcode.books.build import chargemaster
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.prices import Price, prices
from chartcode.books.release import Database

ROWS = """Item,CPT,Description,Charge code,Gross charge,Rev code
1,29881-RT,Our own words,77,"$4,100.50",360
2,29881,Our own words,78,4000,0360
3,,Room and board,79,2900,120
4,J9999,A drug,80,,636
5,,Nothing that can be priced,81,12,
6,many,No number,82,12,0250
"""


def built(folder, text, wish=None):
    (folder / "master-2026.csv").write_text(text, encoding="utf-8")
    into = folder / "out.sqlite"
    chargemaster.build(Files.of(folder / "master-2026.csv"), into, wish or Wish(), lambda *_: None)
    return list(prices(Database(into, lambda: None)))


def test_charges_are_kept_by_number_modifier_and_revenue_code(tmp_path):
    found = built(tmp_path, ROWS)
    assert found == [
        Price("", "", "0120", 2900.0), Price("29881", "", "0360", 4000.0), Price("29881", "RT", "0360", 4100.5),
    ]  # fmt: skip
    assert [price.room for price in found] == [True, False, False]


def test_a_list_without_charges_has_none(tmp_path):
    assert built(tmp_path, "CPT,Description\n29881,Our own words\n") == []


def test_columns_of_other_names_are_said(tmp_path):
    wish = Wish(options={"charge": "What it costs"})
    assert built(tmp_path, "CPT,Description,What it costs\n29881,Our own words,12\n", wish)[0].charge == 12
    with pytest.raises(Unsuitable, match="cannot be set"):
        built(tmp_path, "CPT,Description\n29881,Our own words\n", Wish(options={"price": "x"}))
