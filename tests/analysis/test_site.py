from __future__ import annotations

import re

import pytest

from chartcode.analysis.measure import SECTIONS, measures
from chartcode.analysis.page import counted, listed, tables
from chartcode.analysis.practice import Practice
from chartcode.analysis.site import write_site


@pytest.fixture(scope="module")
def site(practice_files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write_site(Practice.open(*practice_files), folder)
    return folder


def test_every_measure_is_on_its_page_with_its_definition(site):
    for measure in measures():
        page = (site / f"{measure.section}.html").read_text(encoding="utf-8")
        assert f'id="{measure.name}"' in page


def test_the_first_page_says_what_stands_out(site):
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "489 cases" in page
    assert "2025-10" in page


def test_pages_ask_for_nothing_from_anywhere(site):
    for path in site.glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_every_link_leads_somewhere(site):
    for path in site.glob("*.html"):
        for link in re.findall(r'href="([^"#]+)', path.read_text(encoding="utf-8")):
            assert (site / link).is_file(), link


def test_every_table_is_there_in_three_forms(site):
    for ending in ("csv", "xlsx", "parquet"):
        assert (site / "tables" / f"billing-volumes.{ending}").stat().st_size
    for section in SECTIONS:
        assert (site / f"{section}.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_store_gives_the_same_pages(practice_files, tmp_path):
    for place in ("one", "two"):
        write_site(Practice.open(*practice_files), tmp_path / place, ("compliance",))
    for name in ("index.html", "compliance.html", "cases.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_one_section_links_to_no_page_that_is_not_there(practice_files, tmp_path):
    write_site(Practice.open(*practice_files), tmp_path, ("quality",))
    links = re.findall(r'href="([^"#]+)', (tmp_path / "index.html").read_text(encoding="utf-8"))
    assert {"quality.html"} <= set(links)
    assert all((tmp_path / link).is_file() for link in links)


@pytest.mark.parametrize(("lines", "name"), [(tables, "tables"), (listed, "measures"), (counted, "indicators")])
def test_the_reference_is_fresh(lines, name, request):
    page = (request.config.rootpath / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")
    assert page == "".join(f"{line}\n" for line in lines()), f"python -m chartcode.analysis.page {name}"
