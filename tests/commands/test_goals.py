"""Goals by the terminal, in this process, over a home of its own."""

from decimal import Decimal

import pytest

from tests.commands.conftest import ORDERS


def test_a_goal_is_set_listed_changed_and_taken_back(terminal):
    code, done, _ = terminal("goals set sales --target 300 --period 2026-Q4 --why plan")
    (goal,) = done["goals"]
    assert code == 0
    assert (goal["goal"], goal["version"], goal["who"]) == (1, 1, "Ann")
    assert (goal["from"], goal["to"], goal["target"]) == ("2026-10-01", "2026-12-31", 300)
    assert (goal["actual"], goal["reached"]) == (150, Decimal("0.5"))
    # in Q4 2025 and Q3 2026 all was there by now; in between nothing was imported
    assert goal["pace"] == {
        "kind": "learned",
        "expected": 300,
        "share": 1,
        "from": [
            {"from": "2025-10-01", "to": "2025-12-31"},
            {"from": "2026-07-01", "to": "2026-09-30"},
        ],
    }
    assert goal["state"] == "off_pace"
    assert goal["needed_per_working_day"] == Decimal(150) / 32

    terminal("goals set sales --plus 5% --of 2026-Q3 --period 2026-Q4")  # 140 and 5 %
    (goal,) = terminal("goals")[1]["goals"]
    assert (goal["goal"], goal["version"], goal["target"]) == (1, 2, 147)
    assert goal["basis"] == {
        "of": "2026-Q3",
        "percent": 5,
        "value": 140,
        "from": "2026-07-01",
        "to": "2026-09-30",
    }

    _, back, _ = terminal("goals withdraw 1 --why no")
    assert [(r["version"], r["why"], r["withdrawn"]) for r in back["revisions"]] == [
        (1, "plan", False),
        (2, "", False),
        (3, "no", True),
    ]
    assert terminal("goals list")[1] == {"goals": []}
    assert len(terminal("goals revisions 1")[1]["revisions"]) == 3


DEALS = """Deal,Stage,Created,Close date,Amount,Region
D-1,won,2026-09-01,2026-10-20,300,South
D-2,won,2026-09-01,2026-11-17,100,North
D-3,open,2026-09-01,2026-12-01,750,South
D-4,open,2026-09-01,2027-01-05,999,South
"""


def test_a_goal_is_the_target_of_pipeline_coverage(terminal, tmp_path):
    (tmp_path / "deals.csv").write_text(DEALS)
    assert terminal("import deals.csv --dataset deals")[0] == 0
    line = "query pipeline_coverage --from 2026-10-01 --to 2026-12-31"
    blank = terminal(line)[1]
    assert blank["total"] == {"pipeline_coverage": None}
    assert blank["blank"]["pipeline_coverage"].startswith("No target of Won amount for just this")
    terminal("goals set won_amount --target 1000 --period 2026-Q4")
    assert terminal(line)[1]["total"] == {"pipeline_coverage": Decimal("1.25")}  # 750 / (1000-400)
    terminal("goals set won_amount --target 400 --period 2026-Q4 --where region=South")
    found = terminal(f"{line} --by region")[1]
    assert found["rows"] == [["South", Decimal("7.5")], ["North", None]]  # 750 / (400 - 300)
    assert found["total"] == {"pipeline_coverage": Decimal("1.25")}
    terminal("goals set pipeline_coverage --target 3 --period 2026-Q4")
    (goal,) = (g for g in terminal("goals")[1]["goals"] if g["metric"] == "pipeline_coverage")
    assert (goal["actual"], goal["state"]) == (Decimal("1.25"), "off_pace")
    _, text, _ = terminal("query won_amount quota_attainment_won --by region", json=False)
    assert "Quota attainment of won deals: To see this, import: Targets." in text
    terminal("goals set won_amount --target 350 --period 2026-Q4")
    assert terminal(line)[1]["blank"] == {"pipeline_coverage": "The target is reached."}


def test_actual_is_what_query_says(terminal):
    terminal("goals set sales --target 300 --period 2026-Q4 --where region=South")
    (goal,) = terminal("goals list")[1]["goals"]
    line = "query sales --from 2026-10-01 --to 2026-12-31 --where region=South"
    assert goal["actual"] == terminal(line)[1]["total"]["sales"] == 30
    assert goal["scope"] == {"region": ["South"]}


def test_a_goal_for_each_month(terminal):
    _, done, _ = terminal("goals set orders --target 5 --period 2026-Q4 --each month")
    states = [(g["from"], g["series"], g["state"]) for g in done["goals"]]
    assert states == [
        ("2026-11-01", 1, "off_pace"),
        ("2026-12-01", 1, "not_started"),
        ("2026-10-01", 1, "missed"),
    ]


def test_advice_stands_beside_a_saved_goal_and_forbids_nothing(terminal):
    line = "sales --target 300 --period 2026-Q4 --where region=South --reason plan"
    _, done, _ = terminal(f"goals set {line}")
    lines = {each["letter"]: each for each in done["check"]}
    assert list(lines) == ["specific", "measurable", "achievable", "relevant", "timely"]
    # South: 200 in Q4 2025 and 40 in Q3 2026; of the two quarters between nothing was imported
    assert [unit["value"] for unit in done["history"]["units"]] == [200, 40]
    assert lines["achievable"]["text"] == (
        "1.5× your best quarter (Q4 2025: $200), +50.0% on the quarter a year before ($200), "
        "+650.0% on the quarter before ($40.00), only 2 quarters before it: too few to judge."
    )
    assert lines["specific"]["text"] == ("Sales · South rests on 3 order lines of 2 customers.")
    assert lines["specific"]["judgement"] == "good"  # not in its own way
    assert lines["relevant"]["text"] == "“plan”"
    assert terminal(f"goals check {line}")[1]["check"] == done["check"]
    assert terminal("goals check 1")[1]["check"] == done["check"]


def test_a_check_stores_nothing_and_says_what_stands_in_the_way(terminal):
    terminal("goals set sales --target 300 --period 2026-Q4")
    code, found, _ = terminal("goals check sales --target 0 --period 2026-11-01..2027-01-31")
    lines = {each["letter"]: each for each in found["check"]}
    assert code == 0
    assert lines["specific"]["text"].startswith("Goal 1 of this metric and scope runs from")
    assert lines["achievable"]["text"].startswith("A target is more than zero")
    assert len(terminal("goals")[1]["goals"]) == 1


def test_a_review_keeps_the_figures_of_its_day(terminal, tmp_path):
    terminal("goals set sales --target 300 --period 2026-Q4")
    line = "goals review 1 --word at_risk --note quiet --decision call --next tomorrow"
    (review,) = terminal(line)[1]["reviews"]
    assert (review["review"], review["version"], review["word"]) == (1, 1, "at_risk")
    assert (review["note"], review["decision"], review["next_step"]) == (
        "quiet",
        "call",
        "tomorrow",
    )
    assert (review["day"], review["who"], review["cut"]) == ("2026-11-18", "Ann", 1)
    figures = review["figures"]
    assert (figures["actual"], figures["target"], figures["state"]) == (150, 300, "off_pace")
    assert figures["data_edge"] == "2026-11-17"

    (tmp_path / "more.csv").write_text(ORDERS.replace("A-5", "A-6").replace("30.00", "70.00"))
    terminal("import more.csv")
    terminal("goals set sales --target 250 --period 2026-Q4")
    after = terminal("goals reviews 1")[1]["reviews"]
    assert after == [review]
    (goal,) = terminal("goals list")[1]["goals"]
    assert (goal["actual"], goal["reached"]) == (220, Decimal("0.88"))
    assert goal["original"]["target"] == 300
    assert float(goal["original"]["reached"]) == pytest.approx(220 / 300)
    assert (goal["original"]["comparable"], goal["reviewed"]) == (True, "2026-11-18")

    (mended,) = terminal("goals review 1 --correct 1 --word on_track")[1]["reviews"]
    assert (mended["version"], mended["word"], mended["note"]) == (2, "on_track", "quiet")
    assert mended["figures"] == figures
    for wrong, key in (("1", "goal.missing"), ("1 --correct 9 --note x", "review.unknown")):
        code, told, _ = terminal(f"goals review {wrong}")
        assert (code, told["error"]["key"]) == (2, key)


def test_what_was_reached_of_each_revision_is_told(terminal):
    terminal("goals set sales --target 300 --period 2026-Q4")
    terminal("goals set sales --target 200 --period 2026-Q4")
    revisions = terminal("goals revisions 1")[1]["revisions"]
    assert [each["reached"] for each in revisions] == [Decimal("0.5"), Decimal("0.75")]
    terminal("goals withdraw 1")
    assert len(terminal("goals revisions 1")[1]["revisions"]) == 3


def test_how_often_a_goal_is_reviewed_is_part_of_it(terminal):
    terminal("goals set sales --target 300 --period 2026-Q4 --review month")
    (goal,) = terminal("goals set sales --target 200 --period 2026-Q4")[1]["goals"]
    assert (goal["review"], goal["review_due_since"]) == ("month", None)
    (other,) = terminal("goals set orders --target 9 --period 2026-Q4")[1]["goals"]
    assert other["review"] == "week"


TARGETS = """Period start,Period end,Metric,Region,Target
2026-10-01,2026-12-31,sales,South,60
2026-10-01,2026-10-31,orders,,1
2026-11-01,2026-11-30,orders,,many
"""


def test_a_file_of_targets_is_imported_shown_and_taken_back(terminal, tmp_path):
    (tmp_path / "targets.csv").write_text(TARGETS)
    code, done, _ = terminal("goals import targets.csv")
    assert (code, done["event"], done["dataset"]) == (0, 2, "targets")
    assert (done["counts"]["loaded"], done["counts"]["rejected"]) == (2, 1)
    assert terminal("rejects 2")[1]["rejects"][0]["value"] == "many"
    goals = terminal("goals")[1]["goals"]
    found = [(g["metric"], g["goal"], g["origin"], g["actual"], g["state"]) for g in goals]
    assert found == [
        ("sales", None, "import", 30, "off_pace"),  # all 60 were expected, see above
        ("orders", None, "import", 1, "reached"),
    ]
    terminal("goals set sales --target 50 --period 2026-Q4 --where region=South")
    by_hand = [g for g in terminal("goals")[1]["goals"] if g["metric"] == "sales"]
    assert [(g["goal"], g["target"]) for g in by_hand] == [(1, 50)]
    assert "already imported as event 2" in terminal("goals import targets.csv", json=False)[1]
    terminal("undo 2")
    assert [g["goal"] for g in terminal("goals")[1]["goals"]] == [1]


def test_a_target_from_a_file_is_reviewed_by_its_code(terminal, tmp_path):
    (tmp_path / "targets.csv").write_text(TARGETS)
    terminal("goals import targets.csv")
    code = next(g["code"] for g in terminal("goals")[1]["goals"] if g["metric"] == "orders")
    assert terminal(f"goals reviews {code}")[1] == {"goal": code, "reviews": []}
    (review,) = terminal(f"goals review {code} --word on_track")[1]["reviews"]
    assert (review["figures"]["actual"], review["figures"]["target"]) == (1, 1)
    assert len(terminal(f"goals reviews {code}")[1]["reviews"]) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_goals_read_as_a_table(terminal, lang):
    assert "goals set" in terminal("goals", json=False, lang=lang)[1]
    told = terminal(
        "goals set sales --target 300 --period 2026-Q4 --where region=South",
        json=False,
        lang=lang,
    )[1]
    assert {"en": "No reason given", "zh": "未说明理由"}[lang] in told
    told = terminal("goals check 1", json=False, lang=lang)[1]
    assert {"en": "1.5× your best quarter", "zh": "1.5×"}[lang] in told
    table = terminal("goals list", json=False, lang=lang)[1]
    assert {"en": "Sales · South", "zh": "销售额 · South"}[lang] in table
    assert {"en": "Q4 2026", "zh": "2026年四季度"}[lang] in table
    assert {"en": "Off pace", "zh": "落后进度"}[lang] in table
    terminal("goals withdraw 1")
    assert "goals review N" in terminal("goals reviews 1", json=False, lang=lang)[1]
    told = terminal("goals revisions 1", json=False, lang=lang)[1]
    assert {"en": "withdrawn", "zh": "已撤回"}[lang] in told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reviews_read_as_a_table(terminal, lang):
    terminal("goals set sales --target 300 --period 2026-Q4")
    told = terminal("goals review 1 --word off_track --next Ann", json=False, lang=lang)[1]
    assert {"en": "Off track", "zh": "偏离"}[lang] in told
    assert {"en": "next step: Ann", "zh": "下一步: Ann"}[lang] in told


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("goals sell", "goal.action"),
        ("goals set", "goal.missing"),
        ("goals set sales --target 5", "goal.missing"),
        ("goals set sales --period 2026", "goal.one_target"),
        ("goals set sales --period 2026 --target 5 --plus 5", "goal.one_target"),
        ("goals set sales --period 2026 --target 0", "goal.not_positive"),
        ("goals set sales --period 2026 --target 5 --each day", "usage.choice"),
        ("goals set sales --period 2026 --target 5 --each moon", "usage.choice"),
        ("goals set sales --period 2026 --target 5 --where regoin=North", "dimension.unknown"),
        ("goals set slaes --period 2026 --target 5", "metric.unknown"),
        ("goals withdraw one", "goal.unknown"),
        ("goals withdraw 1", "goal.unknown"),
        ("goals withdraw 99999999999999999999", "goal.unknown"),
        ("goals review", "goal.missing"),
        ("goals check", "goal.missing"),
        ("goals check sales --target 5", "goal.missing"),
        ("goals check 4", "goal.unknown"),
        ("goals set sales --period 2026-12-31..2026-10-01 --target 5", "goal.ends_first"),
        ("goals set sales --period 0001-Q1 --target 5", "period.out_of_range"),
        ("goals set sales --period 9999 --target 5", "period.unknown"),
        ("goals check sales --period 0001 --target 5", "period.out_of_range"),
        ("goals review 1 --word on_track", "goal.unknown"),
        ("goals reviews f0000000000", "goal.unknown"),
        ("goals set sales --period 2026 --target 5 --review daily", "usage.choice"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_done_is_told(terminal, line, key, lang):
    code, told, _ = terminal(line, lang=lang)
    assert (code, told["error"]["key"]) == (2, key)
    assert "{" not in told["error"]["text"]
