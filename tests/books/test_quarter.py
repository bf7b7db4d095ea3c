from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.quarter import Quarter, quarter_of


@pytest.mark.parametrize(
    ("name", "quarter"),
    [
        ("medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f1.zip", "2026Q3"),
        ("ccioph-v302r0-f4.txt", "2024Q3"),
        ("ccipra_v313r1.txt", "2025Q4"),
        ("medicare-ncci-2026-q3-practitioner-services-mue-table.zip", "2026Q3"),
        ("ptp_prac_2024-07-01.csv", "2024Q3"),
        ("pprrvu_2024Jul_indicators.csv", "2024Q3"),
        ("october-2025-alpha-numeric-hcpcs-file.zip", "2025Q4"),
        ("Q1_2025.csv", "2025Q1"),
        ("edits.csv", None),
    ],
)
def test_the_spellings_of_the_publishers(name, quarter):
    found = Quarter.named(name)
    assert (str(found) if found else None) == quarter


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_lies_in_its_quarter(day):
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert Quarter.named(str(quarter)) == quarter
    assert (quarter.last - quarter.first).days in (89, 90, 91)


def test_what_the_user_says_outranks_the_name_and_disagreement_is_refused():
    files = Files("given.zip", "0", {"a_2024Q3.csv": bytes, "b_2024Q4.csv": bytes})
    assert str(quarter_of(files, Wish(release="2025Q1"), files.names)) == "2025Q1"
    assert str(quarter_of(files, Wish(first=date(2025, 4, 1)), files.names)) == "2025Q2"
    with pytest.raises(Unsuitable, match="2024Q3, 2024Q4"):
        quarter_of(files, Wish(), files.names)
    with pytest.raises(Unsuitable, match="does not say which"):
        quarter_of(Files("x.csv", "0", {"x.csv": bytes}), Wish(), ("x.csv",))
    with pytest.raises(Unsuitable, match="is no quarter"):
        quarter_of(files, Wish(release="summer"), files.names)
