"""Copied-forward passages: what is one, what is none, and that each sentence is looked up once."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect import chart_from_text
from chartcode.collect.repeats import with_repeats
from chartcode.model.chart import Document

COURSE = (
    "She was diuresed with intravenous furosemide and her weight fell by four kilograms. "
    "Creatinine rose to 1.9 and came back to 1.2."
)


def documents(*texts: str) -> tuple[Document, ...]:
    made = [chart_from_text(text, f"d{n}").documents[0] for n, text in enumerate(texts)]
    return with_repeats(made)


def passages(document: Document) -> list[tuple[str, str]]:
    return [(r.document, document.text[r.start : r.end]) for r in document.repeats]


def test_a_copied_passage_is_marked_where_it_stands_again():
    first, second = documents(
        f"HOSPITAL COURSE: {COURSE}\n", f"PLAN: Home.\nHOSPITAL COURSE: {COURSE} She is better.\n"
    )
    assert passages(first) == []
    ((source, words),) = passages(second)
    assert source == "d0"
    assert words.endswith(COURSE)
    assert first.text[second.repeats[0].at :].startswith(words)


def test_other_line_breaks_are_the_same_words():
    _, second = documents(COURSE, COURSE.replace(" ", "\n", 3).replace("four kilo", "four\n  kilo"))
    assert len(passages(second)) == 1


def test_one_changed_word_is_no_copy():
    text = "There is no evidence of pneumonia, effusion, edema or any other acute disease of the chest today."
    assert passages(documents(text, text.replace("no evidence", "evidence"))[1]) == []


def test_the_same_words_under_another_heading_are_no_copy():
    text = "diabetes mellitus type 2 with neuropathy, hypertension, gout, asthma, psoriasis, migraine and anemia."
    assert passages(documents(f"ASSESSMENT: {text}", f"FAMILY HISTORY: {text}")[1]) == []


def test_short_sentences_alone_are_no_copies():
    assert passages(documents("Stable. Doing well today.", "Stable. No fever. Doing well today.")[1]) == []


def test_a_passage_twice_in_one_note_needs_to_be_long():
    long = COURSE + " " + COURSE.replace("She", "The patient").replace("Creatinine", "Her creatinine")
    assert passages(documents(f"{COURSE} Then. {COURSE}")[0]) == []
    ((source, words),) = passages(documents(f"{long}\n\n{long}\n")[0])
    assert (source, words) == ("d0", long)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["A b c d e f g h i j k l m.", "No.", "x\n", "PLAN: y. ", "Z z z! "]), max_size=30))
def test_passages_lie_in_order_within_the_text_and_repeat_what_stands_elsewhere(pieces):
    text = " ".join(pieces)
    made = documents(text, text)
    by_id = {d.id: d for d in made}
    for document in made:
        last = 0
        for repeat in document.repeats:
            assert last <= repeat.start < repeat.end <= len(document.text)
            words = document.text[repeat.start : repeat.end].split()
            assert by_id[repeat.document].text[repeat.at :].split()[: len(words)] == words
            assert (repeat.document, repeat.at) != (document.id, repeat.start)
            last = repeat.end


def test_twice_the_text_takes_about_twice_the_time():
    def spent(count: int) -> float:
        text = "\n".join(f"Line {n} of the note says that item {n * n} was seen and was stable." for n in range(count))
        document = chart_from_text(text, "d").documents[0]
        began = perf_counter()
        with_repeats([document, document])
        return perf_counter() - began

    spent(100)
    small, large = min(spent(2000) for _ in range(3)), min(spent(8000) for _ in range(3))
    assert large < 12 * small
