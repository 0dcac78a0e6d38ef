"""`compare`: from a file to members and levels that sum, and to the words."""

import pytest

from tests.terminal import command, typed

TODAY = ("--today", "2026-11-18")
FILE = """Order No,Order Date,Customer,Region,City,Quantity,Amount
1,2026-08-03,Ann,S,Nice,1,1.00
2,2026-09-03,Ann,N,Lille,2,70.00
3,2026-09-04,Bob,N,Reims,2,30.00
4,2026-09-05,Bob,S,Nice,2,50.00
5,2026-09-06,Cid,W,Brest,1,9.00
6,2026-10-05,Ann,N,Lille,2,20.50
7,2026-10-06,Bob,N,Reims,2,40.00
8,2026-10-07,Ann,S,Nice,1,60.00
9,2026-10-08,Dan,,Lyon,1,5.00
"""
"""September: N 100, S 50, W 9. October: N 60.50, S 60, no region 5. A city lies in one region."""

OCTOBER = "--from 2026-10-01 --to 2026-10-31 --compare previous"
SEEN = "\n".join(
    f"{n},2026-07-0{n % 9 + 1},Ann,{region},{city},1,0.00"
    for n, (region, city) in enumerate(
        [("N", "Lille"), ("N", "Reims"), ("S", "Nice"), ("W", "Brest")] * 3, 20
    )
)
"""Rows of nothing, so that each city was seen often enough to tell where it lies."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("compare")
    file = place / "orders.csv"
    file.write_text(FILE + SEEN + "\n")
    command(place / "home", *TODAY, "import", file, "--dates", "ymd")
    return place / "home"


def asked(home, text):
    return command(home, *TODAY, "compare", *text.split())


def told(found):
    return [(r["member"], r["now"], r["then"], r["contribution"]) for r in found["rows"]]


def test_members_contributions_and_a_total_that_is_asked(home):
    found = asked(home, f"sales --by region {OCTOBER}")
    assert told(found) == [
        ("N", 60.5, 100, -39.5),
        ("S", 60, 50, 10),
        ("W", 0, 9, -9),
        ("", 5, 0, 5),
    ]
    total = found["total"]
    assert (total["now"], total["then"], total["contribution"]) == (125.5, 159, -33.5)
    north = found["rows"][0]
    assert (north["rank"], north["rank_then"], float(north["ratio"])) == (1, 1, -0.395)
    assert float(north["share"]) == pytest.approx(60.5 / 125.5)
    assert float(north["points"]) == pytest.approx(-39.5 / 159)
    assert (found["members"], found["apart"], found["next"]) == (4, None, "city")


def test_each_level_is_a_contribution_to_the_one_above(home):
    found = asked(home, f"sales --within region=N {OCTOBER}")
    assert found["by"] == "city"
    assert told(found) == [("Lille", 20.5, 70, -49.5), ("Reims", 40, 30, 10)]
    assert [(each["dimension"], each["members"], each["change"]) for each in found["levels"]] == [
        (None, None, -33.5), ("region", ["N"], -39.5),
    ]  # fmt: skip
    assert found["total"]["contribution"] == -39.5
    deeper = asked(home, f"sales --by customer --within region=N --within city=Lille {OCTOBER}")
    assert [each["change"] for each in deeper["levels"]] == [-33.5, -39.5, -49.5]
    assert told(deeper) == [("Ann", 20.5, 70, -49.5)]


def test_the_first_members_and_the_others_as_one(home):
    found = asked(home, f"sales --by region --top 1 --sort value {OCTOBER}")
    assert told(found) == [("N", 60.5, 100, -39.5), (None, 65, 59, 6)]
    assert found["rows"][1]["members"] == 3
    ranked = asked(home, f"sales --by region --sort rank {OCTOBER}")
    assert [row["member"] for row in ranked["rows"]] == ["N", "S", "W", ""]


def test_days_of_ones_own(home):
    found = asked(
        home, "sales --by region --from 2026-10-01 --to 2026-10-31 --against month:2026-08"
    )
    assert (found["total"]["then"], found["comparison"]["kind"]) == (1, "days")


def test_a_ratio_has_no_contributions_and_says_why(home):
    found = asked(home, f"average_order_value --by region {OCTOBER}")
    assert {row["contribution"] for row in found["rows"]} == {None}
    assert "add up" in found["apart"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("N: Sales −$39.50", "−$39.50", "Total")), ("zh", ("−$39.50", "合计"))],
)
def test_it_reads_as_a_table(home, monkeypatch, lang, words):
    monkeypatch.setenv("LC_ALL", lang)
    said = typed("--home", home, *TODAY, "compare", "sales", "--by", "region", *OCTOBER.split())
    assert all(each in said.out for each in words), said.out


@pytest.mark.parametrize(
    "wrong",
    ["salse", "sales --by planet", "sales --within planet=Mars", "sales --within N",
     "sales --sort size", "sales --compare previous --against month:2026-08"],
)  # fmt: skip
def test_what_does_not_exist_is_named(home, wrong):
    assert typed("--home", home, *TODAY, "compare", *wrong.split()).code == 2
