from pathlib import Path

import pytest

from chartcode.books import embedded
from chartcode.books.build.search_sources import CPT, HCPCS, ICD10CM, ICD10PCS, Sources, listed, said
from chartcode.books.search.reading import Words


@pytest.fixture(scope="module")
def sources(desk):
    pcs = embedded.icd10pcs(desk.folder, desk.icd10pcs.ever, lambda *_: None)
    return Sources.of({"icd10cm-tabular": (desk.tabular.path,), "icd10pcs": (pcs,)}, cpt_starter=True)


@pytest.fixture(scope="module")
def phrases(sources):
    found = {}
    for phrase in said(sources, Words.shipped()):
        found.setdefault((phrase.book, phrase.code), []).append(phrase)
    return found


def words(phrase):
    return [group[0].form for group in phrase.groups]


def test_every_book_lists_its_entries(sources):
    entries = {(e.book, e.code): e for e in listed(sources)}
    assert entries[(ICD10CM, "E1142")].title == "Type 2 diabetes mellitus with diabetic polyneuropathy"
    assert entries[(ICD10PCS, "0DTJ4ZZ")].title.startswith("Resection of Appendix")
    assert (HCPCS, "J1885") in entries
    assert (CPT, "99213") in entries
    assert (ICD10CM, "S93401A") not in entries  # seventh characters are chosen when an entry is shown


def test_our_terms_inclusion_terms_and_aliases_are_said(phrases):
    assert ["heart", "attack"] in map(words, phrases[(ICD10CM, "I219")])
    assert any(p.beginnings for p in phrases[(CPT, "33016")])
    assert phrases[(HCPCS, "J1885")]


def test_a_pattern_leads_to_the_codes_that_it_allows_the_plainest_first(phrases):
    trusts = {
        code: p.trust
        for (book, code), those in phrases.items()
        for p in those
        if book == ICD10PCS and words(p) == ["cholecystectomy"]
    }
    surest = max(trusts, key=trusts.__getitem__)
    assert surest == "0FT40ZZ"
    assert {code[:4] for code in trusts} == {"0FT4", "0FB4"}  # the index of procedures names Excision too
    assert all(trusts[code] < trusts[surest] for code in trusts if code.startswith("0FB4"))


def test_the_index_of_procedures_is_said(phrases):
    assert any(words(p) == ["adenoidectomy"] for p in phrases[(ICD10PCS, "0CTQ0ZZ")])


def test_the_cpt_starter_may_be_off(desk):
    off = Sources.of({"icd10cm-tabular": (desk.tabular.path,)}, cpt_starter=False)
    assert not any(entry.book == CPT for entry in listed(off))


def test_a_shelf_without_a_tabular_list_says_so():
    with pytest.raises(LookupError, match="simple-icd-10-cm"):
        Sources.of({"icd10cm": (Path("x"),)}, cpt_starter=True)
