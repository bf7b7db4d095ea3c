from __future__ import annotations

import pytest

from chartcode.books.build.sheets import sheet, table
from chartcode.books.files import Files, Unsuitable

COLUMNS = {"code": r"^hcpcs", "text": "long", "note": "remark"}


def given(tmp_path, content, name="codes.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return Files.of(path), name


@pytest.mark.parametrize("mark", [",", "\t", "|", ";"])
def test_columns_are_found_by_their_headings(tmp_path, mark):
    lines = ["A notice, with commas, in it", "", mark.join(["Remark", "HCPCS code", "LONG text"])]
    lines += [mark.join(["", f"A000{n}", '"splint  of wood"']) for n in range(9)]
    files, name = given(tmp_path, b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    rows = list(table(files, name, COLUMNS))
    assert rows[0] == {"code": "A0000", "text": "splint of wood", "note": ""}
    assert len(rows) == 9


def test_a_missing_column_is_named_with_what_is_there(tmp_path):
    files, name = given(tmp_path, b"HCPCS,Short,Remark\nA0001,a,b\n")
    with pytest.raises(Unsuitable, match=r"codes\.csv lacks the column text; .*HCPCS, Short, Remark"):
        list(table(files, name, COLUMNS))
    assert list(table(files, name, COLUMNS, optional=["text"])) == [{"code": "A0001", "text": "", "note": "b"}]


def test_an_empty_file_lacks_its_columns(tmp_path):
    files, name = given(tmp_path, b"\n\n")
    with pytest.raises(Unsuitable, match="lacks the columns code, text, note"):
        list(table(files, name, COLUMNS))


def test_a_short_row_has_empty_cells(tmp_path):
    files, name = given(tmp_path, b"HCPCS,Long,Remark\nA0001\n")
    assert list(table(files, name, COLUMNS)) == [{"code": "A0001", "text": "", "note": ""}]


def test_a_file_that_only_claims_to_be_a_workbook_is_refused(tmp_path):
    files, name = given(tmp_path, b"HCPCS,Long,Remark\n", "codes.xlsx")
    with pytest.raises(Unsuitable, match="cannot be read as a workbook"):
        list(sheet(files, name))


def test_the_conversion_workbook_is_read(shared):
    files = Files.of(shared / "codesets" / "conversion" / "2026" / "ICD-10-CM-CONVERSION-TABLE-FY2026.xlsx")
    rows = list(table(files, files.names[0], {"new": "^current code", "from": "^effective", "old": "^previous code"}))
    assert rows[0] == {"new": "A04.71", "from": "2017", "old": "A04.7"}
    assert len(rows) == 5_892
