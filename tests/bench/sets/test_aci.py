import json

import pytest
from bench.sets.files import Missing

from bench.sets import aci

VISIT = {"encounter_id": "v1", "subset": "clinic", "note": "ASSESSMENT: gout.", "icd10cm": ["M10.9", "M109", "I10"]}


@pytest.mark.parametrize("whole_folder", [False, True])
def test_a_file_or_a_folder(tmp_path, whole_folder):
    file = tmp_path / "aci_test.jsonl"
    file.write_text(json.dumps(VISIT))
    (note,) = aci.read(tmp_path if whole_folder else file)
    assert (note.id, note.kind, [i.code for i in note.items]) == ("v1", "clinic", ["M10.9", "I10"])


def test_a_split_is_a_part_of_the_name(tmp_path):
    for name in ("train", "test"):
        (tmp_path / f"aci_{name}.jsonl").write_text(json.dumps({**VISIT, "encounter_id": name}))
    assert [n.id for n in aci.read(tmp_path, "test")] == ["test"]
    with pytest.raises(Missing, match="valid"):
        aci.read(tmp_path, "valid")


def test_an_object_without_codes_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"encounter_id": "v1", "note": ""}')
    with pytest.raises(Missing, match="lacks 'icd10cm'"):
        aci.read(tmp_path)
