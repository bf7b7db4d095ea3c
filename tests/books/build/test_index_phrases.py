from __future__ import annotations

from datetime import date

import pytest

from chartcode.books import Shelf, install
from chartcode.books.build import icd10cm_index
from chartcode.books.build.index_phrases import phrases
from chartcode.books.build.lexicon import Row, build
from chartcode.books.files import Wish
from chartcode.books.lexicon import INDEXED, TITLE, Lexicon
from chartcode.books.words import forms

XML = """<?xml version="1.0" encoding="utf-8"?><ICD10CM.index><version>2026</version><title>INDEX</title><letter>
<title>B</title>
<mainTerm><title>Breakbone<nemod>(dengue)</nemod> grumble NEC</title><code>A90</code></mainTerm>
<mainTerm><title>Grumble, grumbling</title><code>A90</code>
  <term level="1"><title>evening</title><code>A91.-</code>
    <term level="2"><title>with fever</title><code>A92.8</code></term>
    <term level="2"><title>loud</title><code>A92.9</code>
      <term level="3"><title>very</title><code>A92.0</code></term></term></term>
  <term level="1"><title>morning</title><code>E85.4</code><manif>I43</manif></term></mainTerm>
<mainTerm><title>History</title><term level="1"><title>grumbles</title><code>Z86.19</code></term></mainTerm>
</letter></ICD10CM.index>"""


@pytest.fixture
def installed_index(tmp_path, monkeypatch):
    monkeypatch.setattr(icd10cm_index, "_FEWEST", dict.fromkeys(icd10cm_index.KINDS, 1))
    (tmp_path / "index.xml").write_text(XML)
    (outcome,) = install.install(tmp_path / "books", "icd10cm-index", [tmp_path / "index.xml"], Wish(), lambda *_: None)
    return outcome.release


def test_only_what_reads_as_a_diagnosis_becomes_a_phrase(installed_index):
    assert list(phrases(installed_index.path)) == [
        ("A90", "Breakbone grumble"),
        ("A91", "Grumble evening"),
        ("A92.9", "Grumble evening loud"),
    ]


def test_a_better_source_keeps_its_phrase():
    rows = [Row("A90", "Breakbone grumble", "", (), leaf=True), Row("A91", "Other", "", (), leaf=True)]
    indexed = [("A91", "breakbone grumble"), ("A91", "evening grumble"), ("Q99", "not a code here")]
    lexicon = Lexicon(build(rows, "a test", (), indexed=indexed))
    found = [lexicon.look_up(" ".join(forms(phrase))) for _, phrase in indexed]
    assert [(t.codes, t.source) if t else None for t in found] == [(("A90",), TITLE), (("A91",), INDEXED), None]


@pytest.mark.usefixtures("installed_index")
def test_notes_are_searched_for_them_only_where_the_user_wants_it(tmp_path, monkeypatch):
    for setting, known in (("", False), ("off", False), ("on", True)):
        monkeypatch.setenv("CHARTCODE_INDEX_PHRASES", setting)
        lexicon = Shelf.open(tmp_path).at(date(2026, 5, 1)).lexicon
        term = lexicon.look_up(" ".join(forms("evening grumble")))
        assert (term is not None) == known
