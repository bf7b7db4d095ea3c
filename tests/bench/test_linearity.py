import pytest

from bench import linearity


def test_exponents_by_hand():
    assert linearity.exponent([(100, 1.0), (200, 2.0)]) == pytest.approx(1)
    assert linearity.exponent([(50, 9.0), (100, 1.0), (200, 4.0)]) == pytest.approx(2)
    assert linearity.exponent([(100, 1.0)]) == 0


def test_four_lengths_of_the_shape():
    timed, stopped = linearity.growth("x" * 80, len, patience=1e9)
    assert timed == [(10, 10), (20, 20), (40, 40), (80, 80)]
    assert stopped == ""


def test_growth_stops_before_patience_is_spent():
    # quadratic: 100, 400, 1,600 seconds would come next; 1,600 is more than 1,500
    timed, stopped = linearity.growth("x" * 80, lambda words: float(len(words) ** 2), patience=1500)
    assert [size for size, _ in timed] == [10, 20]
    assert stopped == "patience"


def test_a_refusal_is_an_answer():
    def refuse(words):
        if len(words) > 20:
            raise ValueError("too long")
        return 1.0

    timed, stopped = linearity.growth("x" * 80, refuse, patience=10)
    assert len(timed) == 2
    assert stopped == "refused at 0.00 MB (ValueError)"


def test_notes_grow_to_the_size():
    assert linearity.grown(["ab", "cd"], 10) == "ab\n\ncd\n\nab"
    assert linearity.grown([], 10) == ""


def test_the_shapes_keep_the_length_about():
    words = "HISTORY: He has gout. No fever;\nno chills?\n\n" * 100
    for name, shape in linearity.SHAPES.items():
        assert len(words) * 0.7 < len(shape(words)) < len(words) * 1.5, name
    assert "\n" not in linearity.SHAPES["one endless line"](words)
    assert linearity.SHAPES["a table"]("a b c").startswith("| a b | c |")
    assert not set(".;\n?") & set(linearity.SHAPES["no sentences"](words))


def test_steep_steps_are_named():
    steps = [(100, {"a": 1.0, "b": 1.0, "c": 0.01}), (200, {"a": 2.0, "b": 4.0, "c": 0.1})]
    assert linearity.steep(steps) == "b 2.00"
    assert linearity.steep(steps[:1]) == ""
