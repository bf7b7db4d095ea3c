import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.assign.visits.cues import cues
from chartcode.model.chart import AFFIRMED, HISTORICAL, HYPOTHETICAL, NEGATED, POSSIBLE, Document


def found(text: str) -> list[tuple[str, str, str]]:
    return [(c.name, c.mention.span.text, c.meant) for c in cues(Document("d", text))]


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("She is in septic shock.", "threat", AFFIRMED),
        ("No shock was seen.", "threat", NEGATED),
        ("If she goes into shock, call.", "threat", HYPOTHETICAL),
        ("Questionable sepsis.", "threat", POSSIBLE),
        ("History of sepsis.", "threat", HISTORICAL),
        ("No fever. Septic now.", "threat", AFFIRMED),
        ("No cough, but septic.", "threat", AFFIRMED),
        ("Pulmonary embolism prophylaxis.", "threat", HYPOTHETICAL),
        ("Pulmonary embolism. Risk is known.", "threat", AFFIRMED),
    ],
)
def test_a_cue_is_meant_by_the_words_before_it_in_its_sentence(text, name, meant):
    assert (name, meant) in [(n, m) for n, _, m in found(text)]


def test_a_hyphen_or_a_slash_joins_the_words_of_a_phrase_and_a_full_stop_does_not():
    assert ("x-ray", "X-ray", AFFIRMED) in found("X-ray today")
    assert not [n for n, _, _ in found("He took vitamin x. Ray came.") if n == "x-ray"]


def test_words_may_stand_between_the_words_of_a_phrase():
    names = [n for n, _, _ in found("I discussed this difficult case with Dr. Roe.")]
    assert "discussed with another" in names


def test_the_longest_phrase_stands_alone():
    assert [t for n, t, _ in found("acute on chronic failure")] == ["acute on chronic"]


@given(st.text(max_size=200))
def test_every_cue_shows_its_words_where_they_stand(text):
    document = Document("d", text)
    for cue in cues(document):
        assert document.text[cue.start : cue.end] == cue.mention.span.text
        assert cue.start < cue.end <= len(text)


def test_every_cue_is_asked_for():
    room = resources.files("chartcode.assign.visits")
    source = "".join(file.read_text("utf-8") for file in room.iterdir() if file.name.endswith(".py"))
    table = tomllib.loads(room.joinpath("cues.toml").read_text("utf-8"))
    idle = [name for group, names in table.items() if group != "tests" for name in names if f'"{name}"' not in source]
    assert not idle
