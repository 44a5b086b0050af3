"""`palermo import --dry-run --json`: what was read, without a database; the code says whether a plan was found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from palermo import cli
from palermo.plan import samples
from tests.cli.conftest import Run

SAMPLES = Path(samples.__file__).parent
NO_DATABASE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
TABLE = """\
Code,Action,Lead,Status
1.1,Train every inspector,Ministry of Labour,Complete
1.2,Open a shelter,Police,Ongoing
"""


def test_a_table_is_read_without_a_database(palermo: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(TABLE)
    done = palermo("import", str(file), "--dry-run", "--json", **NO_DATABASE)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["found"] is True
    assert [row["text"] for row in told["rows"]] == ["Train every inspector", "Open a shelter"]
    assert [row["status"] for row in told["rows"]] == ["complete", "ongoing"]
    assert [row["printed_status"] for row in told["rows"]] == ["Complete", "Ongoing"]
    assert told["rows"][0]["leads"] == ["Ministry of Labour"]
    assert told["counts"]["things"] == 2
    promised = {"section", "text", "lead_in", "start", "start_on", "due", "status", "printed_status", "leads"}
    assert promised | {"supporting", "is_new", "lines", "page", "doubts", "row"} <= told["rows"][0].keys()
    assert not (tmp_path / "data" / "palermo.sqlite3").exists()


def test_running_text_holds_no_plan_and_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader,\n\nthis is a letter about the weather. It was warm.\n\nYours\n" * 20)
    assert cli.main(["import", str(file), "--dry-run", "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["found"], told["rows"]) == (False, [])
    assert told["refusal"].startswith("No plan was found")


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("broken.json", b'{"format": "palermo-plan/1"'), ("program", b"\x7fELF\x02\x01\x01\x00" * 99)],
)
def test_what_cannot_be_read_ends_with_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert cli.main(["import", str(file), "--dry-run", "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {"error", "message"}
    assert told["message"].endswith(".")


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(tmp_path / "nothing.txt"), "--dry-run"]) == 4
    assert "no such file" in capsys.readouterr().err


def test_our_own_plan_file_is_shown_as_any_document_is(capsys: pytest.CaptureFixture[str]) -> None:
    file = SAMPLES / "example-country-2023.json"
    assert cli.main(["import", str(file), "--dry-run", "--json"]) == 0
    told, source = json.loads(capsys.readouterr().out), json.loads(file.read_text())
    assert [row["text"] for row in told["rows"]] == [each["text"]["en"] for each in source["deliverables"]]
    assert [row["section"] for row in told["rows"]] == [each["section"] or "" for each in source["deliverables"]]
    assert [row["start"] for row in told["rows"]] == [each["start"]["printed"] for each in source["deliverables"]]
    assert told["counts"]["with_doubts"] == 0


def test_the_words_for_people_name_every_doubt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(TABLE.replace("Ongoing", "Mostly harmless"))
    assert cli.main(["import", str(file), "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "2 rows, 1 of them with doubts" in told
    assert "Mostly harmless" in told


SECTIONS = """\
GOAL A: FEWER VICTIMS
Outcome A.1 Young people know the risks
No. Activity Lead agency Deadline Status
A.1.1 Run a campaign in schools Ministry of Education 2024 Complete
A.1.2 Print leaflets for job centres Employment Agency 2025 Ongoing
"""


def test_a_row_names_its_section_by_code_and_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(SECTIONS)
    assert cli.main(["import", str(file), "--dry-run", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["rows"][1]
    assert (row["section"], row["section_path"]) == ("A.1", ["FEWER VICTIMS", "Young people know the risks"])
    assert row["lines"] == [5, 5]


def test_a_section_without_a_code_is_named_by_its_title(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Objective,Action,Status\nReach schools,Teach,Complete\n,Tell,Ongoing\n")
    assert cli.main(["import", str(file), "--dry-run", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["section"], row["section_path"]) for row in rows] == [("Reach schools", ["Reach schools"])] * 2
