"""Splits, copies and the way back by the terminal."""

from decimal import Decimal


def told(document) -> list[tuple[object, ...]]:
    return [
        (g["goal"], g["scope"].get("region", [""])[0], g["from"], g["target"], g["parent"])
        for g in document["goals"]
    ]


def test_a_quarter_is_split_over_regions_and_taken_back_in_one_step(terminal):
    line = "goals split sales --target 900 --period 2027-Q3 --by region --floor 600"
    code, seen, _ = terminal(f"{line} --dry-run")
    assert (code, seen["dry_run"]) == (0, True)
    # third quarter of 2026: North 100, South 40
    expected = [
        (None, "", "2027-07-01", 900, None),
        (None, "North", "2027-07-01", Decimal("642.86"), None),
        (None, "South", "2027-07-01", Decimal("257.14"), None),
    ]
    assert told(seen) == expected
    assert seen["notes"] == ["Members get their shares of Q3 2026."]
    assert terminal("goals")[1] == {"goals": []}

    done = terminal(line)[1]
    assert told(done) == [
        (number, *row[1:4], 1 if number > 1 else None) for number, row in enumerate(expected, 1)
    ]
    (parts,) = done["goals"][0]["parts"]
    assert (parts["by"], parts["goals"], parts["gap"], parts["stated"]) == (
        ["region"],
        [2, 3],
        0,
        True,
    )
    assert done["goals"][1]["parts"] == []
    assert [g["floor"] for g in done["goals"]] == [600, Decimal("428.57"), Decimal("171.43")]
    assert [g["version"] for g in terminal(line)[1]["goals"]] == [1, 1, 1]  # nothing changed

    assert terminal("goals undo")[1] == {"goals": []}
    assert len(terminal("goals undo")[1]["goals"]) == 3


def test_a_standing_goal_is_split_over_months(terminal):
    terminal("goals set orders --target 7 --period 2027-Q1")
    done = terminal("goals split 1 --each month --how days")[1]
    # 21, 20 and 23 working days of 64: 2.3, 2.2, 2.5
    assert [(g["target"], g["parent"]) for g in done["goals"]] == [
        (7, None),
        (2, 1),
        (2, 1),
        (3, 1),
    ]
    assert done["notes"] == ["Over time by working days (64 in all)."]
    _, text, _ = terminal("goals split 1 --each month --how equal --dry-run", json=False)
    assert "The same for each month." in text
    assert "Nothing was set" in text
    terminal("goals withdraw 1")
    code, refused, _ = terminal("goals split 1 --each month")
    assert (code, refused["error"]["key"]) == (2, "goal.withdrawn")


def test_last_year_is_copied_as_it_was_or_as_it_was_planned(terminal):
    line = "goals copy sales --period 2027-Q3 --by region --of actuals --plus 10"
    done = terminal(line)[1]
    assert told(done) == [
        (1, "North", "2027-07-01", 110, None),
        (2, "South", "2027-07-01", 44, None),
    ]
    assert done["goals"][0]["basis"]["value"] == 100
    done = terminal("goals copy sales --period 2028-Q3 --by region --plus=-50%")[1]
    assert [g["target"] for g in done["goals"]] == [55, 22]
    code, refused, _ = terminal("goals copy sales --period 2029 --each month")
    assert (code, refused["error"]["key"]) == (2, "split.nothing_to_copy")


def test_what_cannot_be_split_is_said(terminal):
    for line, key in (
        ("goals split sales --target 9 --period 2027-Q1", "split.into_nothing"),
        ("goals split gross_margin --target 9 --period 2027-Q1 --by region", "split.does_not_add"),
        ("goals split sales --target 9 --period 2027-Q3 --by colour", "dimension.unknown"),
        ("goals split sales --target 9 --period 2027-Q3 --by region --how luck", "usage.choice"),
        ("goals split sales --target 9 --period 2027-Q3 --by region --step 0", "split.step"),
        ("goals split 7 --by region", "goal.unknown"),
        ("goals undo", "goal.nothing_written"),
    ):
        code, refused, _ = terminal(line)
        assert code == 2
        assert refused["error"]["key"] == key, line


PLAN = """2026年销售目标（单位：千元）,,,,
区域,10月,11月,12月,合计
South,0.02,0.03,0.05,0.1
North,0.1,0.2,0.3,0.5
"""


def test_a_wide_file_lands_without_a_question_and_is_undone(terminal, tmp_path):
    (tmp_path / "plan.csv").write_text(PLAN)
    code, done, _ = terminal("goals import plan.csv")
    assert (code, done["counts"]["loaded"]) == (0, 6)
    told = " ".join(each["text"] for each in done["warnings"])
    assert "multiplied by 1000" in told
    assert "The months are of 2026" in told
    assert "合计 says 0.5 for North, its columns add up to 0.6" in told
    goals = terminal("goals")[1]["goals"]
    south = {g["from"]: g["target"] for g in goals if g["scope"] == {"region": ["South"]}}
    assert south == {"2026-10-01": 20, "2026-11-01": 30, "2026-12-01": 50}
    terminal(f"undo {done['event']}")
    assert terminal("goals")[1] == {"goals": []}


def test_the_year_of_bare_months_is_asked_and_answered(terminal, tmp_path):
    (tmp_path / "plan.csv").write_text("Region,Jan,Feb\nSouth,20,30\n")
    code, asked, _ = terminal("goals import plan.csv")
    assert code == 1
    assert [(q["id"], q["options"]) for q in asked["questions"]] == [
        ("year", ["2027", "2026", "2025"])
    ]
    code, _, _ = terminal("goals import plan.csv --year 2027")
    assert code == 0
    assert terminal("goals")[1]["goals"][0]["from"] == "2027-01-01"


def test_floor_and_stretch_of_a_file(terminal, tmp_path):
    rows = "2026-11,South,100,80,120", "2026-12,South,100,90,", "2026-10,South,100,120,130"
    (tmp_path / "t.csv").write_text("\n".join(("Month,Region,Target,Floor,Stretch", *rows)))
    assert terminal("goals import t.csv")[0] == 0
    found = {g["from"]: (g["floor"], g["stretch"]) for g in terminal("goals")[1]["goals"]}
    assert found == {
        "2026-11-01": (80, 120),
        "2026-12-01": (90, None),
        "2026-10-01": (None, None),  # both above the target: they cannot be meant
    }
