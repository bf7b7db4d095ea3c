from datetime import date

import pytest

from chartcode.books.build import icd10cm_index
from chartcode.books.files import Files, Wish
from chartcode.books.index import AlphabeticIndex, Term
from chartcode.books.release import Database, described, provenance

INDEX = """<ICD10CM.index><version>2030</version><title>ICD-10-CM INDEX TO DISEASES and INJURIES</title><letter>
<title>A</title>
<mainTerm><title>Ache<nemod>(dull) (heavy)</nemod></title><code>R52</code>
  <term level="1"><title>head</title><see>Pang, head</see></term>
  <term level="1"><title>heart</title><see>Pang, heart, with strain</see><seeAlso>Ache, skin; condition</seeAlso></term>
  <term level="1"><title>skin</title><see>Neoplasm, hide, benign</see></term>
  <term level="1"><title>with</title><term level="2"><title>gout</title><code>M10.9</code><manif>M14.8-</manif></term>
  </term></mainTerm>
<mainTerm><title>Pang, pangs</title>
  <term level="1"><title>head</title><code>R51.9</code></term>
  <term level="1"><title>heart</title><code>I20.9</code>
    <term level="2"><title>with</title><term level="3"><title>strain NEC</title><code>I20.1</code></term></term></term>
</mainTerm>
<mainTerm><title>Rattle</title><seecat>N20</seecat></mainTerm>
</letter></ICD10CM.index>"""
TABLE = """<ICD10CM.index><version>2030</version><title>ICD-10-CM TABLE of NEOPLASMS</title>
<indexHeading><head col="1">Neoplasm</head></indexHeading><letter><title>N</title>
<mainTerm><title>Neoplasm, neoplastic</title>
<cell col="2">C80.1</cell><cell col="3">C79.9</cell><cell col="4">D09.9</cell>
<cell col="5">D36.9</cell><cell col="6">D48.9</cell><cell col="7">D49.9</cell>
  <term level="1"><title>hide</title><cell col="2">C44.9-</cell><cell col="5">D23.9</cell>
    <term level="2"><title>ear</title><cell col="2">C44.2-</cell><cell col="5">D23.2-</cell></term></term></mainTerm>
</letter></ICD10CM.index>"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An index of a few invented lines, and its neoplasm table."""
    folder = tmp_path_factory.mktemp("index")
    (folder / "given").mkdir()
    (folder / "given" / "icd10cm_index_2030.xml").write_text(INDEX)
    (folder / "given" / "icd10cm_neoplasm_2030.xml").write_text(TABLE)
    path = folder / "index.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(icd10cm_index, "_FEWEST", dict.fromkeys(icd10cm_index.KINDS, 1))
        wish = Wish(year=2030, release=None, first=date(2029, 10, 1), options={})
        icd10cm_index.build(Files.of(folder / "given"), path, wish, lambda *_: None)
    meta = provenance(path)
    pages = Database(path, lambda: None)

    def nothing():
        raise AssertionError("the derived index was asked")

    return AlphabeticIndex((described(path, meta), pages, meta["parts"]), nothing)


def test_a_term_has_its_modifiers_subterms_and_manifestations(installed):
    term = installed.walk("Ache")
    assert (term.path, term.nonessential, term.code) == (("Ache",), "(dull) (heavy)", "R52")
    assert [t.words for t in term.subterms] == ["head", "heart", "skin", "with"]
    gout = term.subterms[3].subterms[0]
    assert gout == Term(("Ache", "with", "gout"), code="M10.9", manifestation="M14.8-")
    assert gout.codes == ("M10.9", "M14.8-")


def test_references_are_followed(installed):
    head = installed.walk("Ache, head")
    (see,) = head.references
    assert (see.words, see.also, [(t.path, t.code) for t in see.terms]) == (
        "Pang, head",
        False,
        [(("Pang, pangs", "head"), "R51.9")],
    )
    assert installed.walk(", ".join(see.terms[0].path)).code == "R51.9"


def test_a_reference_may_name_the_linking_word_and_the_term_in_one(installed):
    see, also, condition = installed.walk("Ache, heart").references
    assert [t.code for t in see.terms] == ["I20.1"]
    assert (also.also, [t.path for t in also.terms]) == (True, [("Ache", "skin")])
    assert (condition.words, condition.terms) == ("condition", ())


def test_a_reference_into_the_neoplasm_table_leads_to_its_cell(installed):
    ((term,),) = (reference.terms for reference in installed.walk("Ache, skin").references)
    assert (term.path[-2:], term.code) == (("hide", "benign"), "D23.9")


def test_a_reference_to_a_category_is_told(installed):
    assert installed.walk("rattle").category == "N20"


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("ACHE", ("Ache",)),
        ("pang", ("Pang, pangs",)),
        ("aches", ("Ache",)),
        ("Pang, heart, strain", ("Pang, pangs", "heart", "with", "strain NEC")),
        ("head pang", ("Pang, pangs", "head")),
        ("dull ache with gout", ("Ache", "with", "gout")),
        ("pang of the heart with strain", ("Pang, pangs", "heart", "with", "strain NEC")),
    ],
)
def test_words_lead_to_a_term(installed, words, path):
    assert installed.walk(words).path == path


@pytest.mark.parametrize("words", ["", "xyzzy", ", ,", "%", "with"])
def test_what_the_index_does_not_have_is_none(installed, words):
    assert installed.walk(words) is None


def test_the_neoplasm_table_is_a_table(installed):
    site, ear = installed.neoplasms("hide")
    assert site.path == ("Neoplasm, neoplastic", "hide")
    assert (site.malignant, site.benign, site.secondary) == ("C44.9-", "D23.9", "")
    assert ear.path[-1] == "ear"
    assert installed.neoplasms("elbow") == ()


def test_what_is_installed_is_not_derived(installed):
    assert installed.derived is False
    assert installed.derives("drug")
    assert installed.version.startswith("FY2030")


def test_main_terms_by_their_beginning(installed):
    assert installed.main_terms("p") == ["Pang, pangs"]
    assert installed.main_terms() == ["Ache", "Pang, pangs", "Rattle"]


def test_without_an_installed_index_one_is_derived(books):
    index = books.index
    assert index.derived
    assert index.version == "derived"
    assert index.walk("Pneumonia").code == "J18.9"
    assert index.walk("lobar pneumonia").code == "J18.1"
    breast = index.neoplasms("breast")[0]
    assert (breast.malignant, breast.secondary, breast.unspecified) == ("C50.-", "C79.81", "D49.3")
    (aspirin,) = index.drugs("aspirin")
    assert (aspirin.accidental, aspirin.adverse, aspirin.underdosing) == ("T39.011-", "T39.015-", "T39.016-")
    assert index.walk("Fall", kind="external").code.startswith("W")


def test_the_derived_index_leads_to_codes_of_the_list_alone(books):
    for term in ("Fracture", "Diabetes", "Disease"):
        for line in books.index.walk(term).lines():
            if line.code:
                assert books.icd10cm.known(line.code.rstrip("-").rstrip(".")), line
