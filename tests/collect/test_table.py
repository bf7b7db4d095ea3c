"""Tables: delimiters, encodings, quoted line breaks, wide and long codes, sheets, and rows that are refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect import Unreadable, read, table
from chartcode.collect.source import Source
from chartcode.collect.table_columns import BadMap, Columns, read_map
from chartcode.model.chart import INPATIENT, NEGATED, OUTPATIENT, Chart
from chartcode.model.code import CPT, ICD9CM, ICD10CM, Code

NOTES = """encounter_id,note_text,note_type,note_date,sex,age
1,"First line,
MEDICATIONS: aspirin 81 mg daily.",Discharge Summary,2026-03-04,F,70
2,Cough.,Progress Note,2026-03-05,M,44
1,"She said ""well"".",Progress Note,2026-03-03,F,70
"""
WIDE = (
    "KEY_NIS,I10_DX1,I10_DX2,I10_DX3,DXPOA1,DXPOA2,I10_PR1,AGE,FEMALE,DISPUNIFORM\n7,I2510,E119,,Y,N,02703DZ,66,1,1\n"
)


def charts(data: str | bytes, written: str | None = None) -> list[Chart | Unreadable]:
    held = data.encode() if isinstance(data, str) else data
    assert table.recognise(held[:4096]) or written
    reader = table.Mapped(read_map(written) if written else Columns({}))
    return list(reader.charts(Source("t", "t.csv", held=held)))


def only(data: str | bytes, written: str | None = None) -> Chart:
    (chart,) = charts(data, written)
    assert isinstance(chart, Chart)
    return chart


def test_rows_of_one_encounter_make_one_chart_wherever_they_stand():
    one, two = charts(NOTES)
    assert (one.id, [d.kind for d in one.documents]) == ("1", ["discharge summary", "progress note"])
    assert one.documents[0].text == "First line,\nMEDICATIONS: aspirin 81 mg daily."
    assert one.documents[1].text == 'She said "well".'
    assert (one.encounter.setting, one.patient.sex, one.patient.age) == (INPATIENT, "F", 70)
    assert [f.get("dose") for f in one.facts] == ["81 mg"]
    assert (two.id, two.documents[0].on) == ("2", date(2026, 3, 5))


def test_the_provider_and_the_specialty_are_the_encounters():
    encounter = only("csn,note_text,Provider,Provider Taxonomy\n1,Cough.,Roe,207Q00000X\n").encounter
    assert (encounter.provider, encounter.specialty) == ("Roe", "207Q00000X")


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_line_ends_and_encodings_are_found(mark, end, encoding):
    text = f'csn{mark}note{mark}sex{end}1{mark}"Temp 38°C; cough, and | more\tso"{mark}F{end}'
    chart = only(text.encode(encoding))
    assert (chart.documents[0].text, chart.patient.sex) == ("Temp 38°C; cough, and | more\tso", "F")


def test_numbered_columns_belong_together():
    chart = only(WIDE)
    found = [(f.kind, f.code.value if f.code else "", f.get("poa")) for f in chart.facts]
    assert found == [("diagnosis", "I25.10", "Y"), ("diagnosis", "E11.9", "N"), ("procedure", "02703DZ", None)]
    assert (chart.patient.sex, chart.patient.age, chart.encounter.disposition) == ("F", 66, "01")
    assert chart.documents[0].author == "coder"
    for fact in chart.facts:
        (span,) = fact.evidence
        assert chart.documents[0].text[span.start : span.end] == span.text
        assert fact.get("at") == "line 2"


def test_a_code_a_row_in_the_order_of_its_rank():
    rows = "subject_id,hadm_id,seq_num,icd_code,icd_version,long_title\n"
    rows += "1,9,2,25000,9,Diabetes\n1,9,1,4019,9,Hypertension\n"
    assert [(f.text, f.code) for f in only(rows).facts] == [
        ("Hypertension", Code(ICD9CM, "4019")),
        ("Diabetes", Code(ICD9CM, "25000")),
    ]


def test_a_list_of_codes_in_one_cell():
    facts = only("id,dx,sex\n1,E11.9; I10,F\n").facts
    assert [f.code for f in facts] == [Code(ICD10CM, "E11.9"), Code(ICD10CM, "I10")]


def test_lines_of_a_claim():
    facts = only("id,cpt,modifier,units,date of service\nC1,99213-25,,1,02/01/2026\nC1,J1100,JZ,4,02/01/2026\n").facts
    assert facts[0].code == Code(CPT, "99213")
    assert [(f.get("modifiers"), f.get("units")) for f in facts] == [("25", "1"), ("JZ", "4")]


def test_drugs_results_and_allergies():
    rows = "csn\tmed\tdose\troute\tstatus\tlab\tvalue\tunit\tflag\tallergen\treaction\n"
    rows += "1\tWarfarin\t5 mg\toral\tdiscontinued\tINR\t4.1\t\tH\tPenicillin\thives\n"
    drug, allergy, lab = only(rows).facts
    assert (drug.kind, drug.get("route"), drug.status) == ("medication", "oral", "stopped")
    assert (lab.get("name"), lab.get("value"), lab.get("abnormal")) == ("INR", "4.1", "high")
    assert (allergy.kind, allergy.get("reaction")) == ("allergy", "hives")


def test_a_generic_table_of_facts():
    rows = "encounter,code system,code,description,negated\n"
    rows += "e,SNOMED CT,44054006,Diabetes type 2,false\ne,LOINC,4548-4,A1c,yes\n"
    diabetes, lab = only(rows).facts
    assert (diabetes.kind, str(diabetes.code)) == ("diagnosis", "44054006")
    assert (lab.kind, lab.assertion) == ("lab", NEGATED)


def test_json_lines_with_nested_values():
    lines = '{"nid": "a", "note": {"words": "ASSESSMENT: Cough."}, "codes": ["R05.9", "I10"]}\n{"nid": "b"}\nno\n'
    one, empty, bad = charts(lines, "text=note.words,document=nid,dx=codes")
    assert isinstance(one, Chart)
    assert (one.id, [str(f.code) for f in one.facts if f.code]) == ("a", ["R05.9", "I10"])
    assert "neither a note nor a code" in str(empty)
    assert isinstance(bad, Unreadable)
    assert (bad.place, bad.record) == ("line 3", b"no\n")


def test_excel():
    rows = ["<row><c t='inlineStr'><is><t>Visit ID</t></is></c><c t='inlineStr'><is><t>Note</t></is></c></row>"]
    rows += ["<row><c><v>12</v></c><c t='inlineStr'><is><t>Cough since Monday.</t></is></c></row>"]
    chart = only(workbook("".join(rows)))
    assert (chart.id, chart.documents[0].text) == ("12", "Cough since Monday.")
    with pytest.raises(Unreadable, match="workbook is damaged"):
        charts(workbook("")[:-200] + b"x")


def workbook(rows: str) -> bytes:
    base = "http://schemas.openxmlformats.org"
    links, main = f"{base}/officeDocument/2006/relationships", f"{base}/spreadsheetml/2006/main"
    pointing = f"<Relationships xmlns='{base}/package/2006/relationships'><Relationship Id='r' Type='{links}/"
    kinds = "application/vnd.openxmlformats-package.relationships+xml"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{base}/package/2006/content-types'>"
        f"<Default Extension='rels' ContentType='{kinds}'/>"
        "<Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"{pointing}officeDocument' Target='xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{links}'>"
        "<sheets><sheet name='A' sheetId='1' r:id='r'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"{pointing}worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet xmlns='{main}'><sheetData>{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


def test_parquet():
    arrow = pytest.importorskip("pyarrow")
    files = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    columns = {"visit_id": [1, 1], "text": ["Cough.", "Fever."], "note_date": [date(2026, 1, 2), date(2026, 1, 3)]}
    files.write_table(arrow.table(columns), out)
    chart = only(out.getvalue())
    assert [(d.text, d.on) for d in chart.documents] == [("Cough.", date(2026, 1, 2)), ("Fever.", date(2026, 1, 3))]
    with pytest.raises(Unreadable, match="Parquet file is damaged"):
        charts(out.getvalue()[:-40])


def test_bad_rows_are_refused_with_their_line_and_the_rest_goes_on():
    rows = 'id,text,sex\n1,Cough.,F\n2,only two\n,Fever.,M\n4,"bad"quote,F\n5,Rash.,M\n'
    results = charts(rows)
    assert [c.id for c in results if isinstance(c, Chart)] == ["1", "5"]
    told = [(u.place, u.record) for u in results if isinstance(u, Unreadable)]
    assert told == [("line 3", b"2,only two\n"), ("line 4", b""), ("line 5", b'4,"bad"quote,F\n')]


def test_rows_that_differ_on_the_encounter_are_told():
    chart = only("id,text,sex,admit date\n1,Cough.,F,2026-01-02\n1,Fever.,M,2026-01-02\n")
    assert "the rows differ on the patient's sex: F (line 2), M (line 3); taken as F" in chart.remarks


def test_the_callers_words_serve_where_columns_are_silent():
    (chart,) = read(b"id,text,sex\n1,Cough.,F\n", setting=OUTPATIENT, day=date(2026, 2, 1), sex="M", age=50)
    assert isinstance(chart, Chart)
    assert (chart.patient.sex, chart.patient.age, chart.encounter.on) == ("F", 50, date(2026, 2, 1))


@pytest.mark.parametrize(
    "note", ["Sex, age, and dates vary.\nShe is well.", "a;b\n1;2", "ASSESSMENT: Cough, fever\nx, y", '{"a": 1}']
)
def test_notes_and_strange_tables_are_not_taken_for_tables_of_records(note):
    assert not table.recognise(note.encode())


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("txt=a", "did you mean 'text'"),
        ("text=", "maps nothing"),
        ("nowhere.toml", "no such file"),
    ],
)
def test_a_map_that_does_not_fit_says_so(written, says):
    with pytest.raises(BadMap, match=says):
        read_map(written)


def test_a_map_from_a_file(tmp_path):
    file = tmp_path / "map.toml"
    file.write_text('text = "a"\ndx = ["D*"]\n', encoding="utf-8")
    assert [f.code for f in only("a,D1,D2\nCough.,R05.9,I10\n", str(file)).facts] == [
        Code(ICD10CM, "R05.9"),
        Code(ICD10CM, "I10"),
    ]
    file.write_text("text = 3\n", encoding="utf-8")
    with pytest.raises(BadMap, match="must be a column's heading"):
        read_map(str(file))


def test_a_heading_that_is_not_there_names_those_that_are():
    with pytest.raises(Unreadable, match=r"no column is called 'x' .mapped to text.; the columns are 'a', 'b'"):
        charts("a,b\n1,2\n", "text=x")


def test_memory_stays_flat():
    def peak(count: int) -> int:
        rows = "".join(
            f'{n % 7},"Note {n}: stable, no fever, eats well and walks in the corridor.",F\n' for n in range(1)
        )
        data = ("id,text,sex\n" + "".join(rows.replace("0,", f"{n},", 1) for n in range(count))).encode()
        tracemalloc.start()
        assert sum(isinstance(c, Chart) for c in table.charts(Source("t", "t", held=data))) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(50)
    assert peak(1500) < 1.5 * peak(300) + 200_000


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(NOTES) - 1), st.integers(0, 255)), max_size=10))
def test_a_damaged_table_raises_nothing_but_the_readers_own(changes):
    data = bytearray(NOTES.encode())
    for place, byte in changes:
        data[place] = byte
    try:
        for result in table.charts(Source("t", "t", held=bytes(data))):
            assert isinstance(result, Chart | Unreadable)
    except Unreadable:
        return
