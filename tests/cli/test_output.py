from __future__ import annotations

import os

import pytest

from chartcode.cli.output import output

NOTE = "Date of service: 05/01/2026\nASSESSMENT: Hypertension.\n"


@pytest.fixture
def note(tmp_path):
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    return tmp_path / "n.txt"


def others(folder):
    return sorted(p.name for p in folder.iterdir() if p.name != "n.txt")


@pytest.mark.parametrize("form", ["table", "jsonl", "html"])
def test_a_file_says_what_the_screen_says(form, run, note, tmp_path, capsys):
    assert run("code", note, "--format", form, "-o", tmp_path / "out") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert run("code", note, "--format", form) == 0
    assert capsys.readouterr().out == (tmp_path / "out").read_text(encoding="utf-8")
    assert others(tmp_path) == ["out"]


def test_the_file_holds_the_good_charts_where_one_is_bad(run, note, tmp_path, capsys):
    assert run("code", tmp_path / "nowhere.txt", note, "--format", "jsonl", "-o", tmp_path / "out.jsonl") == 1
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert others(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("options", [("--date", "1999-01-01"), ("--date", "2100-01-01"), ("--setting", "moon")])
def test_a_wrong_call_leaves_the_old_file(options, run, note, tmp_path):
    (tmp_path / "out.jsonl").write_text("old\n", encoding="utf-8")
    assert run("code", note, *options, "-o", tmp_path / "out.jsonl") == 2
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old\n"
    assert others(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("target", ["", "no/such/folder/out.jsonl"])
def test_where_no_file_can_be_is_one_sentence(target, run, note, tmp_path, capsys):
    assert run("code", note, "-o", tmp_path / target) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "Traceback" not in told.err
    assert others(tmp_path) == []


def test_until_all_is_written_nothing_is_there(tmp_path):
    target = tmp_path / "out"
    with output(str(target)) as stream:
        stream.write("half")
        stream.flush()
        assert not target.exists()
    assert target.read_text(encoding="utf-8") == "half"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_after_an_error_nothing_is_there(error, tmp_path):
    def write_half():
        with output(str(tmp_path / "out")) as stream:
            stream.write("half")
            raise error

    with pytest.raises(error):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_lines_end_alike_everywhere(tmp_path):
    with output(str(tmp_path / "out")) as stream:
        stream.write("Sj\u00f6gren\n")
    assert (tmp_path / "out").read_bytes() == "Sj\u00f6gren\n".encode()


def test_a_device_is_written_directly():
    if not os.path.exists(os.devnull):  # noqa: PTH110 - a device and not a path of ours
        pytest.skip("this system has no null device by that name")
    with output(os.devnull) as stream:
        stream.write("gone")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_is_followed_and_kept(tmp_path):
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with output(str(tmp_path / "link")) as stream:
        stream.write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"
