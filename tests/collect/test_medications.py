"""Drugs with dose, route, frequency and class; no laboratory value, allergy or denial among them."""

from __future__ import annotations

import pytest

from chartcode.collect.medications import medications, named
from chartcode.collect.sections import sections
from chartcode.collect.words import words
from chartcode.model.chart import NEGATED, Document, Fact


def read(text: str) -> list[Fact]:
    return list(medications(Document("n", text, sections=sections(text)), named(words(text))))


def test_a_list_of_medications() -> None:
    text = (
        "MEDICATIONS:\n1. Lisinopril 20 mg p.o. daily.\n2. Lantus 30 units at bedtime.\n"
        "3. Tylenol 650 mg q.4h. p.r.n.\nPLAN: Rest."
    )
    lisinopril, lantus, tylenol = read(text)
    assert (lisinopril.text, lisinopril.status) == ("Lisinopril 20 mg p.o. daily", "home")
    assert dict(lisinopril.attributes) == {
        "generic": "lisinopril",
        "class": "ace inhibitor",
        "dose": "20 mg",
        "route": "p.o.",
        "frequency": "daily",
    }
    assert (lantus.get("class"), lantus.get("dose"), lantus.get("frequency")) == ("insulin", "30 units", "at bedtime")
    assert (tylenol.get("generic"), tylenol.get("as needed")) == ("acetaminophen", "yes")
    assert all(f.evidence[0].text == text[f.evidence[0].start : f.evidence[0].end] for f in read(text))


def test_prose() -> None:
    (fact,) = read("He was given 4 mg of Versed and felt better.")
    assert (fact.text, fact.get("dose")) == ("4 mg of Versed", "4 mg")
    (fact,) = read("She was started on IV vancomycin 1 g every 12 hours.")
    assert (fact.get("route"), fact.get("frequency")) == ("IV", "every 12 hours")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Coumadin", "anticoagulant"),
        ("Plavix", "antiplatelet"),
        ("baby aspirin", "aspirin"),
        ("metformin", "oral hypoglycemic"),
        ("Ozempic", "injectable antidiabetic"),
        ("NovoLog", "insulin"),
        ("prednisone", "systemic steroid"),
        ("Advair Diskus", "inhaled steroid"),
        ("Percocet", "opiate analgesic"),
        ("Celebrex", "nsaid"),
        ("Fosamax", "bisphosphonate"),
        ("tamoxifen", "serm"),
        ("Arimidex", "aromatase inhibitor"),
        ("CellCept", "nucleotide synthesis inhibitor"),
        ("Prograf", "calcineurin inhibitor"),
        ("Humira", "immunosuppressive biologic"),
        ("Toprol-XL", "beta blocker"),
        ("Bactrim", "antibiotic"),
        ("cisplatin", "alkylating agent"),
        ("Premarin", "hormone replacement"),
    ],
)
def test_classes_that_coding_asks_for(name: str, kind: str) -> None:
    (fact,) = read(f"CURRENT MEDICATIONS: {name} daily.")
    assert fact.get("class") == kind


@pytest.mark.parametrize(
    "text",
    [
        "LABS: Potassium 5.9, calcium 8.9, iron 40.",
        "ASSESSMENT: Iron deficiency anemia. Insulin-dependent diabetes. Non-insulin diabetes.",
        "ALLERGIES: Penicillin, codeine.",
        "She is allergic to penicillin.",
        "FAMILY HISTORY: Mother takes Coumadin.",
        "Oxygen saturation 98%. The digoxin level was 0.9.",
        "The culture grew MRSA resistant to oxacillin.",
        "Please ensure that he follows up.",
    ],
)
def test_what_is_no_medication(text: str) -> None:
    assert [f.text for f in read(text)] == []


def test_stopped_and_denied() -> None:
    assert read("Her Coumadin was discontinued.")[0].status == "stopped"
    assert read("We stopped the metformin.")[0].status == "stopped"
    assert read("He is not taking aspirin.")[0].assertion == NEGATED
    assert read("DISCHARGE MEDICATIONS: Keflex 500 mg b.i.d.")[0].status == "discharge"


def test_an_unknown_name_with_a_dose_in_a_list() -> None:
    (fact,) = read("MEDICATIONS: Zyzzomab 40 mg weekly.")
    assert (fact.text, fact.get("generic"), fact.get("dose")) == ("Zyzzomab 40 mg weekly", None, "40 mg")
