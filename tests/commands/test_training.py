"""`training`: finished trainings from a file and back, who stands where; typed to the terminal."""

import shutil
from zipfile import ZipFile

import pandas as pd
import pytest

from salesdash.analysis.answers import Reason
from salesdash.analysis.finishing import Refused
from salesdash.charts import Words
from salesdash.commands import training as command
from salesdash.ingest import finished
from salesdash.ingest.finished import Line
from tests.commands.conftest import over

FILE = """Employee,Training,Completed on,Score,Certificate
Ann,CRM use,2026-03-02,88,C-17
ann ,crm_use,2024-05-03,71,
Bob,CRM 使用,2026-04-02,,https://x.test/c
"""
PEOPLE = """Person,Role,Team,Active From,Active To
Ann,Account executive,East,2026-01-05,
Bob,Clerk,East,2020-01-01,
Old,Clerk,East,2019-01-01,2025-06-30
"""


@pytest.fixture(scope="module")
def made(bought, tmp_path_factory):
    """A home that knows the people, too; to be copied."""
    folder = tmp_path_factory.mktemp("staffed")
    shutil.copytree(bought, folder, dirs_exist_ok=True)
    (folder / "people.csv").write_text(PEOPLE)
    code, _, said = over(folder)(f"import {folder / 'people.csv'}")
    assert code == 0, said
    return folder


@pytest.fixture
def staffed(made, terminal, tmp_path):
    shutil.rmtree(tmp_path / "home")
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return terminal


def bring(terminal, tmp_path, text, more="", name="school.csv", **how):
    (tmp_path / name).write_text(text, "utf-8")
    return terminal(f"training import {name} {more}", **how)


def crm(document, person):
    found = next(each for each in document["people"] if each["person"] == person)
    return next(each for each in found["courses"] if each["course"] == "crm_use")


def test_a_file_counts_for_all_items_and_keeps_what_lapsed_as_history(staffed, tmp_path):
    code, found, _ = bring(staffed, tmp_path, FILE)
    assert code == 0
    assert found["columns"] == {
        "person": "Employee",
        "course": "Training",
        "day": "Completed on",
        "note": "Certificate",
        "score": "Score",
    }
    counts = ("rows", "new", "lapsed", "known", "people", "refused")
    assert {name: found[name] for name in counts} == {
        "rows": 3,
        "new": 3,
        "lapsed": 1,
        "known": 0,
        "people": 2,
        "refused": [],
    }
    _, document, _ = staffed("training list")
    assert (crm(document, "Ann")["state"], crm(document, "Ann")["due"]) == ("done", "2027-03-02")
    assert crm(document, "Bob")["done"] == crm(document, "Bob")["of"] == 10
    (step,) = document["steps"]
    assert (step["kind"], step["file"], step["count"]) == ("import", "school.csv", 3)


def test_the_same_file_twice_adds_nothing(staffed, tmp_path):
    bring(staffed, tmp_path, FILE)
    code, found, _ = bring(staffed, tmp_path, FILE, name="again.csv")
    assert code == 0
    assert (found["new"], found["known"], found["step"]) == (0, 3, None)


def test_a_dry_run_stores_nothing_and_undo_takes_all_of_it_back(staffed, tmp_path):
    _, found, _ = bring(staffed, tmp_path, FILE, "--dry-run")
    assert (found["new"], found["step"]) == (3, None)
    _, document, _ = staffed("training list")
    assert crm(document, "Ann")["state"] == "overdue"  # required since 5 January, within 30 days
    assert crm(document, "Ann")["due"] == "2026-02-04"
    bring(staffed, tmp_path, FILE)
    _, undone, _ = staffed("training undo")
    assert (undone["changed"], undone["undone"]) == (3, True)
    _, document, _ = staffed("training list")
    assert crm(document, "Ann")["state"] == "overdue"
    code, _, _ = staffed("training undo")
    assert code == 2


BAD = """Name,Course,Date
Ana,CRM use,2026-03-02
Ann,CRM usee,2026-03-02
Zacharias,CRM use,2026-03-02
Ann,Negotiation,not a day
Ann,Negotiation,2027-03-02
,Negotiation,2026-03-02
Ann,Negotiation,2026-03-03
"""


def test_every_row_that_cannot_be_taken_is_named_with_its_line_and_reason(staffed, tmp_path):
    code, found, _ = bring(staffed, tmp_path, BAD, "--dry-run")
    assert code == 0
    assert found["new"] == 1
    assert [(each["line"], each["meant"], each["reason"]) for each in found["refused"]] == [
        (2, "Ann", "Nobody is called “Ana”. Did you mean “Ann”?"),
        (3, "CRM use", "There is no course “CRM usee”. Did you mean “CRM use”?"),
        (
            4,
            None,
            "Nobody is called “Zacharias”. Add the person first, or let new names come along.",
        ),
        (5, None, "“not a day” is no date."),
        (6, None, "2 Mar 2027 has not come yet."),
        (7, None, "The cell of the person is empty."),
    ]
    _, found, _ = bring(staffed, tmp_path, BAD, "--new-people")
    assert (found["new"], found["newcomers"]) == (2, ["Zacharias"])  # Ana stays a slip
    _, document, _ = staffed("training list")
    assert "Zacharias" in [each["person"] for each in document["people"]]


def test_a_file_of_which_nothing_can_be_taken_is_refused(staffed, tmp_path):
    code, found, _ = bring(staffed, tmp_path, "Person,Course,Date\nAna,CRM use,2026-03-02\n")
    assert (code, found["new"], len(found["refused"])) == (1, 0, 1)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Person,Course,Date\n", "finished.empty"),
        ("Course,Date\nCRM use,2026-03-02\n", "finished.no_person"),
        ("Person,Date\nAnn,2026-03-02\n", "finished.no_course"),
        ("Person,Course\nAnn,CRM use\n", "finished.no_day"),
        ("Person,Course,Date\nAnn,CRM use,soon\n", "finished.no_dates"),
        ("Person,Course,Date\nAnn,CRM use,02/03/2026\n", "finished.which_order"),
    ],
)
def test_a_file_that_cannot_be_understood_says_what_is_missing(staffed, tmp_path, text, key):
    code, found, _ = bring(staffed, tmp_path, text)
    assert (code, found["error"]["key"]) == (1, key)
    assert found["error"]["place"]["file"] == "school.csv"


def test_day_and_month_are_never_guessed_and_can_be_said(staffed, tmp_path):
    text = "Person,Course,Date\nAnn,CRM use,02/03/2026\n"
    _, _, _ = bring(staffed, tmp_path, text, "--dates dmy")
    _, document, _ = staffed("training list")
    assert crm(document, "Ann")["due"] == "2027-03-02"


def test_a_workbook_with_chinese_headers(staffed, tmp_path):
    rows = [
        ("Ann", "CRM 使用", "2026年3月2日", 92, "证书 17"),
        ("Bob", "谈判技巧", "2026年3月9日", 80, None),
    ]
    heads = ["学员姓名", "培训课程", "完成日期", "成绩", "备注"]
    pd.DataFrame(rows, columns=heads).to_excel(tmp_path / "结业.xlsx", index=False)
    code, found, _ = staffed("training import 结业.xlsx", lang="zh")
    assert code == 0
    assert (found["new"], found["refused"]) == (2, [])
    code, said, _ = staffed("training import 结业.xlsx", json=False, lang="zh")
    assert "2 行此前已有" in said


def test_the_board_in_words_shows_who_left_with_what_they_finished(staffed, tmp_path):
    bring(staffed, tmp_path, "Person,Course,Date\nOld,CRM use,2025-03-02\n")
    code, said, _ = staffed("training", json=False)
    assert code == 0
    assert "Old (left 2025-06-30)" in said
    _, said, _ = bring(staffed, tmp_path, BAD, "--dry-run", json=False)
    assert "school.csv would bring 1 finished training" in said
    assert "6 rows cannot be taken:" in said
    _, said, _ = bring(staffed, tmp_path, BAD, "--new-people", json=False)
    assert "1 name is new: Zacharias." in said
    assert "`training undo 2` takes this back." in said
    _, said, _ = staffed("training undo 2", json=False)
    assert said.strip() == "Step 2 is undone: 2 of 2 changes came back."


def test_a_damaged_line_is_refused_with_its_cells(staffed, tmp_path):
    text = "Person,Course,Date\nAnn,CRM use,2026-03-02\nBob,CRM use,2026-03-02,x,y\n"
    _, found, _ = bring(staffed, tmp_path, text, "--dry-run")
    assert (found["rows"], found["new"]) == (2, 1)
    (bad,) = found["refused"]
    assert (bad["line"], bad["person"]) == (3, "Bob | CRM use | 2026-03-02 | x | y")


def test_an_archive_of_several_files_is_refused(staffed, tmp_path):
    with ZipFile(tmp_path / "both.zip", "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, FILE)
    code, found, _ = staffed("training import both.zip")
    assert (code, found["error"]["key"]) == (1, "dated.several")


def test_more_rows_than_anybody_finished_are_refused(staffed, tmp_path, monkeypatch):
    monkeypatch.setattr(finished, "MOST", 2)
    code, found, _ = bring(staffed, tmp_path, FILE)
    assert (code, found["error"]["key"]) == (1, "finished.many")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_template_and_the_refused_rows_come_back_as_a_file(staffed, tmp_path, lang):
    """What is downloaded has headers that are read again, and cells no spreadsheet runs."""
    told = Words(lang)
    header = command.template(told).strip()
    line = Line(3, "=Ana", "CRM", "soon", None, "1", "x")
    text = command.refused_csv((Refused(line, Reason("learning.refused.no_told")),), told)
    first, second = text.splitlines()
    assert first.startswith(header)
    assert second.startswith("'=Ana,CRM,soon,1,x,3,")
    code, found, _ = bring(staffed, tmp_path, f"{header}\nAnn,CRM use,2026-03-02,88,C-1\n")
    assert (code, found["new"], len(found["columns"])) == (0, 1, 5)


@pytest.mark.parametrize("line", ["fly", "import", "undo x", "undo 99", "import gone.csv"])
def test_what_cannot_be_done_is_said(staffed, line):
    code, found, _ = staffed(f"training {line}")
    assert code in (1, 2)
    assert found["error"]["text"]
