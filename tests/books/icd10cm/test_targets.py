from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.icd10cm.targets import parse, read


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("diabetes (E08-E13)", ["E08-E13"]),
        ("hypertension (I10-I1A)", ["I10-I1A"]),
        ("diverticular disease (K57.-)", ["K57"]),
        ("insulin (Z79.4)", ["Z79.4"]),
        ("opioid poisoning (T40.0-T40.2-)", ["T40.0-T40.2"]),
        ("arteries (I70.2--I70.7-)", ["I70.2-I70.7"]),
        ("pancreas (K85-K86.-)", ["K85-K86"]),
        ("rheumatic fever (I01.0 -I01.9)", ["I01.0-I01.9"]),
        ("head injury (S00 - S09)", ["S00-S09"]),
        ("arthritis, if known (M05.00 to M05.8A)", ["M05.00-M05.8A"]),
        ("drug dependence (F11.-F17.-)", ["F11-F17"]),
        ("infections (J00-J06; J20-J22)", ["J00-J06", "J20-J22"]),
        ("stealing (F31.-,  F32.-, F33.-)", ["F31", "F32", "F33"]),
        ("hemorrhage (I60.-. I61.-, I62.-)", ["I60", "I61", "I62"]),
        ("angina (I25.70-I25.73-, I25.79-)", ["I25.70-I25.73", "I25.79"]),
        (
            "sequelae (I69.01-I69.11-, I69.21-I69.31-, I69.81- I69.91-)",
            ["I69.01", "I69.11", "I69.21", "I69.31", "I69.81", "I69.91"],
        ),
        ("anemia due to lack of vitamin B12 (D51.-)", ["D51"]),
        ("lack of glucose-6-phosphate dehydrogenase (G6PD) (D55.0)", ["D55.0"]),
        ("peritonitis K65.-", ["K65"]),
        ("explantation of knee prosthesis (Z89.52-", ["Z89.52"]),
        ("electrolyte imbalance (E87.8}", ["E87.8"]),
        ("tuberculosis, any type in A15 (J65)", ["J65"]),
        ("injuries in S06.1- to S06.6-, and S06.81- to S06.89-, code to the injury", ["S06.1-S06.6", "S06.81-S06.89"]),
        ("code, if applicable, for codes G31.0-G31.83, to identify:", []),
        ("underlying disease, such as:", []),
        ("adverse effect (T36-T50 with fifth or sixth character 5)", ["T36-T50 with fifth or sixth character 5"]),
        ("adverse effect (T36-T50 with fifth or six character 5)", ["T36-T50 with fifth or sixth character 5"]),
        ("underdosing (T36-T50 with final character 6)", ["T36-T50 with fifth or sixth character 6"]),
        ("toxin (T36-T65 with fifth or sixth character 1-4 or 6)", ["T36-T65 with fifth or sixth character 1-4, 6"]),
        ("toxin (T51-T65 with fifth or sixth character to indicate intent), for pneumonopathy", ["T51-T65"]),
        ("salicylates (T39.0-, with sixth character 1-4)", ["T39.0 with 6th character 1-4"]),
        ("whooping cough (A37 with fifth-character 1)", ["A37 with 5th character 1"]),
        ("respiratory failure (J96. with 5th character 2)", ["J96 with 5th character 2"]),
        ("amnestic syndrome (F10-F19 with 5th character .6)", ["F10-F19 with 5th character 6"]),
        ("drug psychosis (F11-F19 with fifth to sixth characters 51)", ["F11-F19 with 5th and 6th characters 51"]),
        ("aphasia (I69. with final characters -20)", ["I69 with 5th and 6th characters 20"]),
        ("angiopathy (E08-E13 with .51-.52)", ["E08-E13 with .51, .52"]),
        ("psychoactive drug use (F11-F19 with .15. .25, .95)", ["F11-F19 with .15, .25, .95"]),
        ("hyperosmolarity (E08, E11 with final characters .00 or .01)", ["E08 with .00, .01", "E11 with .00, .01"]),
        ("acidosis - see categories E08-E10, E11 with ketoacidosis", ["E08-E10 with .1", "E11 with .1"]),
        ("open fracture (S92.-with 7th character B)", ["S92 with 7th character B"]),
        ("open fracture (S42.- with 7th character B or C)", ["S42 with 7th character B, C"]),
        ("concussion (S06.0X- with seventh character S)", ["S06.0X with 7th character S"]),
        ("forearm (S52.- with open fracture 7th character)", ["S52 with 7th character B, C, E, F, H, J, M, N, Q, R"]),
    ],
)
def test_the_books_ways_of_pointing(text, targets):
    assert list(read(text)) == targets


@pytest.mark.parametrize(
    ("target", "allowed", "refused"),
    [
        (
            "T36-T50 with fifth or sixth character 5",
            "T45.515A T36.0X5A T39.95XA T50.A15D",
            "T45.511A T45.1X1A T45.551A T39.91XA T36",
        ),
        (
            "T36-T65 with fifth or sixth character 1-4",
            "T45.511A T65.91XA T51.0X1A T39.94",
            "T45.515A T39.95XA T45.1X5A",
        ),
        ("E08-E13 with .51, .52", "E11.51 E08.52", "E11.59 E11.5 E11"),
        ("I69 with 5th and 6th characters 20", "I69.320 I69.020", "I69.321 I69.32"),
        ("S42 with 7th character B, C", "S42.001B S42.001C", "S42.001A S42.001"),
        ("J96 with 5th character 2", "J96.02 J96.22", "J96.01 J96.2"),
    ],
)
def test_conditions_look_at_the_characters_they_name(target, allowed, refused):
    pattern = parse(target)
    assert [code for code in allowed.split() if not pattern.allows(code)] == []
    assert [code for code in refused.split() if pattern.allows(code)] == []


def test_a_target_in_no_known_spelling_is_refused():
    for wrong in ("", "I", "E08 - E13", "I10 with pain", "I10 with 9th character 1"):
        with pytest.raises(ValueError, match=r"does not name a code|is not a condition"):
            parse(wrong)


codes = st.builds(
    lambda a, b, c, rest: f"{a}{b}{c}" + (f".{rest}" if rest else ""),
    st.sampled_from(string.ascii_uppercase),
    st.sampled_from(string.digits),
    st.sampled_from(string.digits + "AB"),
    st.text(string.digits + "AX", max_size=4),
)
suffixes = st.sampled_from(["", "-", ".-"])


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, str]:
    """A list of codes and ranges as the book may print it, and as we spell it."""
    printed, ours = [], []
    for _ in range(draw(st.integers(1, 5))):
        first, last = draw(codes), draw(st.none() | codes)
        end = draw(suffixes)
        end = end.lstrip(".") if "." in (last or first) else end
        if last is None:
            printed.append(first + end)
            ours.append(first)
        else:
            printed.append(f"{first}-{last}{end}")
            ours.append(first if first == last else f"{first}-{last}")
    return ", ".join(printed), "|".join(dict.fromkeys(ours))


@given(spelled(), st.text(string.ascii_lowercase + " ", max_size=20))
def test_any_list_is_read_as_it_is_meant(lists, words):
    printed, ours = lists
    assert "|".join(read(f"{words} ({printed})")) == ours


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault_and_what_is_read_can_be_parsed(text):
    for target in read(text):
        parse(target)


@given(spelled())
def test_our_spelling_is_read_back_as_itself(lists):
    _, ours = lists
    for target in ours.split("|"):
        assert read(f"({target})") == (target,)
        assert parse(target).first == target.split("-", maxsplit=1)[0]
