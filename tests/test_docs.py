"""The documentation is true: its commands and code run, its links resolve, nothing that it lists is stale."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chartcode.cli import main, parser
from chartcode.cli.page import page
from chartcode.model.case import (
    ADMITTING,
    Case,
    Decision,
    Diagnosis,
    Finding,
    Group,
    Mention,
    PartialProcedure,
    Procedure,
    Rejected,
    Remedy,
    Rival,
    Visit,
)
from chartcode.model.chart import FACT_KINDS, Chart, Document, Fact, Repeat, Span
from chartcode.model.code import CPT, ICD10CM, Code
from chartcode.model.plain import plain

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "bench" / "RESULTS.md"])
WALKS = [DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md"))]

BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
STATUS = re.compile(r"  # exit status (\d)$")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_page_of_the_command_is_fresh():
    told = "make it anew: python -m chartcode.cli.page > docs/reference/cli.md"
    assert (DOCS / "reference" / "cli.md").read_text(encoding="utf-8") == page(parser()), told


def test_the_page_of_the_command_has_every_verb_and_every_option(capsys):
    shown = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    verbs = re.findall(r"^    (\w+) ", parser().format_help(), re.MULTILINE)
    assert {"code", "check", "explain"} <= set(verbs)
    for verb in verbs:
        _, _, rest = shown.partition(f"\n## chartcode {verb}\n")
        assert rest, f"{verb} is not in the page"
        with pytest.raises(SystemExit):
            main([verb, "--help"])
        part = rest.partition("\n## chartcode ")[0]
        for option in set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out)) - {"--help"}:
            assert f"`{option}`" in part or f"`chartcode code {option}" in part, f"{verb} {option} is not in the page"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_relative_link_resolves(path):
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            headings = HEADING.findall(target.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}, link


@pytest.mark.parametrize("path", WALKS, ids=named)
def test_what_a_guide_shows_runs(path, tmp_path, monkeypatch, capsys):
    """Run each guide from top to bottom in an empty folder with the examples: files first, then commands and code."""
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
        body = block["body"]
        if block["file"]:
            there = tmp_path / block["file"]
            there.parent.mkdir(exist_ok=True)
            there.write_text(body, encoding="utf-8")
        elif block["kind"] == "python":
            exec(compile(body, named(path), "exec"), {})  # noqa: S102 - our own documentation
        elif block["kind"] == "sh":
            for line in body.splitlines():
                _run(line, capsys)
        elif block["kind"] == "json":
            for line in body.splitlines():
                json.loads(line)


def _run(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a line that calls the command; what installs is run by the CI."""
    if not line.startswith("chartcode "):
        assert line.startswith("pip install "), f"a guide's sh block has a line that no test runs: {line}"
        return
    expected = STATUS.search(line)
    words = shlex.split(STATUS.sub("", line))[1:]
    status = main(words)
    shown = capsys.readouterr()
    assert status == (int(expected[1]) if expected else 0), f"{line}: {shown.err}"
    assert shown.out or "-o" in words or "--output" in words, f"{line} prints nothing"


def test_the_examples_of_how_to_are_all_run():
    blocks = [b for path in WALKS for b in BLOCK.finditer(path.read_text(encoding="utf-8"))]
    assert sum(b["kind"] == "sh" and "chartcode " in b["body"] for b in blocks) >= 10
    assert sum(b["kind"] == "python" for b in blocks) >= 3


def full_case() -> Case:
    """Return a case that has one of everything, so that every key is written."""
    mention = Mention(Span("note", 0, 5, "cough"))
    code = Code(ICD10CM, "R05.9")
    diagnosis = Diagnosis(code, evidence=(mention,), rivals=(Rival(code, "less specific"),))
    remedy = Remedy("drop", (code,), (code,))
    facts = tuple(
        Fact(kind, "a thing", (mention.span,), code, on=date(2026, 3, 1), attributes=(("name", "x"),))
        for kind in FACT_KINDS
    )
    return Case(Chart("c", (Document("note", "cough", repeats=(Repeat(0, 5, "other", 3),)),), facts=facts)).plus(
        [
            diagnosis,
            replace(diagnosis, role=ADMITTING),
            Rejected(code, "negated", (mention,)),
            Procedure(Code(CPT, "99213"), evidence=(mention,)),
            PartialProcedure("0DTJ?ZZ", "Approach", (("0", "Open"),), evidence=(mention,)),
            Visit("low", evidence=(mention,)),
            Decision("accept", "R05.9", evidence=(mention,)),
            Finding("a fault", (diagnosis,), remedy),
            Group("MS-DRG", "43", "1"),
        ]
    )


def keys(tree: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield (place, key) of every object of a tree; the names of books and of attributes are data, not keys."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield place, key
            if key not in ("books", "attributes"):
                yield from keys(value, place if place == "facts" else key)
    elif isinstance(tree, list):
        for value in tree:
            yield from keys(value, place)


def documented() -> dict[str, set[str]]:
    """Return the words set as code under each heading of the contract's page."""
    text = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    parts = re.split(r"^#+ ", text, flags=re.MULTILINE)
    return {p.partition("\n")[0].strip("`").lower(): set(re.findall(r"`(\w+)`", p)) for p in parts if p.strip()}


SECTION = {
    "": "the case",
    "admitting": "diagnoses",
    "rivals": "diagnoses",
    "choices": "partial_procedures",
    "rejected": "rejected codes",
    "codes": "remedy",
    "instead": "remedy",
}


def test_every_key_of_the_json_contract_is_documented_in_its_place():
    parts = documented()
    found = set(keys(plain(full_case())))
    assert {"", "evidence", "facts", "remedy", "rivals", "visit", "decisions", "groups"} <= {
        place for place, _ in found
    }
    for place, key in sorted(found):
        heading = SECTION.get(place, place)
        assert key in parts.get(heading, ()), f"{place or 'the case'}: {key} is not in docs/reference/json.md"


def test_every_explained_key_is_written():
    written = {key for _, key in keys(plain(full_case()))}
    text = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    for row in re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", text, re.MULTILINE):
        for key in re.findall(r"`(\w+)`", row):
            assert key in written, f"{key} is explained and never written"


def test_no_document_names_a_place_of_one_machine():
    for path in PAGES:
        told = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.~$}])/(?:home|root|tmp|work|Users)/", told), (
            f"{named(path)} names a machine's folder"
        )
