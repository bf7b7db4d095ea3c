"""A site's rules: the language, what it refuses, and what it says of cases."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.model.case import QUERY
from chartcode.model.notation import one
from chartcode.validate import validate
from chartcode.validate.examples import disagreements
from chartcode.validate.site import site_rules
from chartcode.validate.site.places import Unsound

CASE = """\
inpatient 2025-11-03 2025-11-07, F 67, payer Medicare 10112, facility North Hospital, disposition 01
note assessment: Pneumonia. Diabetes.
fact lab creatinine; name: creatinine; value: 2.4; unit: mg/dl
med vancomycin
dx J18.9 poa Y "Pneumonia"
dx E11.9 poa N "Diabetes"
px 5A1945Z @2025-11-03
px 99213 -25 x2
"""


def written(*parts, name="site/one"):
    return "\n".join(("[[rule]]", f'id = "{name}"', 'title = "A fault."', *parts))


def messages(books, *parts, case=CASE):
    return [finding.message for finding in validate(one(case), books, site_rules(written(*parts), "f.toml"))]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('diagnosis = { code = "J18*" }', True),
        ('diagnosis = { code = "J17*" }', False),
        ('diagnosis = { code = ["A*", "E11.9"], poa = "N" }', True),
        ('diagnosis = { role = "principal", code = "e11*" }', False),
        (
            'diagnosis = { words = "pneumon", section = "assessment", author = "provider", assertion = "affirmed" }',
            True,
        ),
        ('diagnosis = { system = "ICD-10-PCS" }', False),
        ('procedure = { code = "5A19*" }', True),
        ('procedure = { code = "99*", modifier = "25", units = { above = 1 } }', True),
        ('procedure = { code = "99*", without_modifier = "25" }', False),
        ('fact = { kind = "lab", name = "creatinine", value = { at_least = 2.0, below = 3 } }', True),
        ('fact = { kind = "lab", name = "creatinine", value = { above = 2.4 } }', False),
        ('fact = { kind = "medication", words = "VANCO" }', True),
        ('fact = { kind = "medication", value = { above = 0 } }', False),
        ('count = { diagnosis = { code = "*" }, at_least = 3 }', False),
        ('count = { diagnosis = { code = "*" }, at_most = 2 }', True),
        ('patient = { sex = "F", age = { at_least = 65 } }', True),
        ('patient = { sex = ["M", "unknown"] }', False),
        ("patient = { age_days = { at_most = 28 } }", False),
        ('encounter = { setting = "inpatient", days = { at_most = 4 }, disposition = "0*" }', True),
        ("encounter = { since = 2025-12-01 }", False),
        ('encounter = { since = 2025-11-01, until = "2025-11-30" }', True),
        ('payer = "*medicare*"', True),
        ('payer = ["aetna*", "cigna*"]', False),
        ('facility = "north*"', True),
        ('not = { payer = "*medicare*" }', False),
        ('any = [ { payer = "x" }, { facility = "*hospital" } ]', True),
        ('all = [ { payer = "x" }, { facility = "*hospital" } ]', False),
        ('payer = "*medicare*", facility = "south*"', False),
    ],
)
def test_conditions(condition, holds, books):
    assert messages(books, f"when = {{ {condition} }}") == (["A fault."] if holds else [])


def test_for_each_goes_through_entries_and_names_them(books):
    rule = (
        'severity = "query"',
        'message = "{code} was not there on admission"',
        'remedy = "look at the indicator"',
        'for_each = { diagnosis = { code = "*" } }',
        'when = { not = { each = { poa = "Y" } } }',
    )
    (found,) = validate(one(CASE), books, site_rules(written(*rule), "f.toml"))
    assert (found.message, found.severity, found.rule) == ("E11.9 was not there on admission", QUERY, "site/one")
    assert found.on[0].code.value == "E11.9"
    assert found.remedy.say == "look at the indicator"
    assert messages(
        books, 'message = "{code} has many units"', "for_each = { procedure = { units = { above = 1 } } }"
    ) == ["99213 has many units"]
    assert messages(books, 'for_each = { fact = { kind = "lab" } }') == ["A fault."]


def test_a_rule_governs_its_days_only(books):
    assert messages(books, "since = 2026-06-01", 'when = { payer = "*" }') == []
    assert messages(books, "until = 2026-04-30", 'when = { payer = "*" }') == []
    assert messages(books, 'since = "2026-05-01"', 'when = { payer = "*" }') == ["A fault."]


def test_examples_of_a_rule_are_tests(desk):
    examples = (
        "examples = '''\noutpatient 2025-11-03, F 67\ndx I10    ! site/one\n\noutpatient 2025-11-03, F 67\ndx {}\n'''"
    )
    rule = 'for_each = { diagnosis = { code = "I10" } }'
    (good,) = site_rules(written(rule, examples.format("E11.9")), "f.toml")
    (bad,) = site_rules(written(rule, examples.format("I10")), "f.toml")
    assert list(disagreements(good, desk.at)) == []
    assert list(disagreements(bad, desk.at)) == ["site/one, example 2: it faults a line that is not marked"]
    assert good.title == "A fault."
    assert pickle.loads(pickle.dumps(good)).id == "site/one", "rules go to other processes"  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[rule]", r"f\.toml: not TOML: .*line 1"),
        ("", "there is no rule in it"),
        ("[[rules]]\nid = 'site/a'", "no 'rules' here; is 'rule' meant"),
        (written('when = { diagnosis = { cod = "I10" } }'), r"rule 1 \(site/one\), when, diagnosis: .*is 'code' meant"),
        (written("when = { al = [] }"), "is 'all' meant"),
        (written("when = { all = [] }"), "at least one condition"),
        (written('when = { all = { payer = "x" } }'), "all: expected a list"),
        (written("when = {}"), "the condition is empty"),
        (written('when = { diagnosis = { code = "I*0" } }'), "a star only at the beginning or the end"),
        (written("when = { diagnosis = { code = [] } }"), "at least one string"),
        (written("when = { diagnosis = { code = 10 } }"), "a string, or a list of strings"),
        (written('when = { diagnosis = { poa = "y" } }'), "no 'y'"),
        (written('when = { fact = { kind = "labs" } }'), "is 'lab' meant"),
        (written("when = { fact = { value = { over = 3 } } }"), "no 'over' here"),
        (written('when = { fact = { value = { above = "3" } } }'), "above: expected a number"),
        (written("when = { fact = { value = {} } }"), "one of at_least"),
        (written("when = { patient = {} }"), "give sex, age or age_days"),
        (written("when = { encounter = {} }"), "give setting"),
        (written('when = { encounter = { setting = "impatient" } }'), "is 'inpatient' meant"),
        (written('when = { count = { diagnosis = { code = "*" } } }'), "at_least or at_most"),
        (written('when = { each = { code = "*" } }'), "give it for_each"),
        (written("for_each = { diagnosis = {}, procedure = {} }"), "one of diagnosis, procedure, fact"),
        (written('severity = "fatal"', 'when = { payer = "x" }'), "no 'fatal'"),
        (written('since = "yesterday"', 'when = { payer = "x" }'), "since: expected a day"),
        (written("since = 2026-01-01T00:00:00", 'when = { payer = "x" }'), "since: expected a day"),
        (written("since = 2026-01-02", "until = 2026-01-01", 'when = { payer = "x" }'), "not before since"),
        (written('when = { payer = "x" }', "examples = 'somewhere'"), "examples: line 1"),
        (written(), "looks for nothing"),
        (written('when = { payer = "x" }', name="icd10cm/one"), "a name like 'site/"),
        (written('when = { payer = "x" }') + "\n" + written('when = { payer = "x" }'), "is there twice"),
        (written("when = " + "{ not = " * 9 + '{ payer = "x" }' + " }" * 9), "nested more than 8 deep"),
        (written("when = " + "{ not = " * 3000 + '{ payer = "x" }' + " }" * 3000), "nested too deep"),
        (written("when = { any = [" + '{ payer = "x" }, ' * 201 + "] }"), "more than 200 conditions"),
        (written(f'when = {{ payer = "{"x" * 201}" }}'), "at most 200 characters"),
        ("x" * 1_000_001, "longer than"),
    ],
)
def test_what_is_amiss_is_told_in_one_sentence_with_its_place(text, told):
    with pytest.raises(Unsound, match=told) as caught:
        site_rules(text, "f.toml")
    assert "\n" not in str(caught.value)


@given(
    st.recursive(
        st.text(max_size=5) | st.integers() | st.booleans(),
        lambda s: (
            st.lists(s, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    (
                        "all",
                        "any",
                        "not",
                        "each",
                        "diagnosis",
                        "fact",
                        "code",
                        "poa",
                        "count",
                        "at_least",
                        "patient",
                        "age",
                    )
                ),
                s,
                max_size=3,
            )
        ),
    )
)
@settings(deadline=None, max_examples=60)
def test_anything_is_a_condition_or_refused(value):
    from chartcode.validate.site.conditions import condition

    try:
        condition("here", value, "diagnosis")(one(CASE), None)
    except Unsound as refused:
        assert str(refused).startswith("here")  # noqa: PT017 - both ends are right


def test_the_largest_rule_ends_soon(books):
    part = '{ diagnosis = { words = "*' + "a" * 190 + 'b*" } }'
    case = CASE + "".join(f'dx I10 "{"a" * 500}"\n' for _ in range(50))
    began = time.perf_counter()
    assert messages(books, f"when = {{ any = [ {', '.join([part] * 199)} ] }}", case=case) == []
    assert time.perf_counter() - began < 5
