"""`leaderboard`: from files to places, and to the words."""

import pytest

from tests.terminal import command, typed

TODAY = ("--today", "2026-11-18")
DEALS = """Deal ID,Owner,Stage,Created Time,Close date,Amount
D-1,Ann,Closed Won,2026-09-01,2026-10-06,600
D-2,Bob,Closed Won,2026-09-01,2026-10-07,250
D-3,Bob,Closed Lost,2026-09-01,2026-10-08,90
D-4,Bob,Closed Won,2025-09-01,2025-10-02,70
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("board")
    file = place / "deals.csv"
    file.write_text(DEALS)
    stages = ("--stage", "Closed Won=won", "--stage", "Closed Lost=lost")
    command(place / "home", *TODAY, "import", file, "--dataset", "deals", *stages)
    return place / "home"


def test_places_figures_and_the_quarter_to_date(home):
    found = command(home, *TODAY, "leaderboard", "won_amount")
    assert [(each["rank"], each["member"], each["value"]) for each in found["lines"]] == [
        (1, "Ann", 600),
        (2, "Bob", 250),
    ]
    assert [each["rank_then"] for each in found["lines"]] == [2, 1]
    assert found["period"] == {"from": "2026-10-01", "to": "2026-10-08"}
    assert (found["total"], found["by"], found["per_day"]) == (850, "person", False)


def test_too_few_and_in_words(home):
    found = command(home, *TODAY, "leaderboard", "win_rate", "--from", "2026-10-01")
    assert [each["why"] for each in found["lines"]] == [
        "Decided deals: 1, too few to rank",
        "Decided deals: 2, too few to rank",
    ]
    said = typed("--home", home, *TODAY, "--lang", "zh", "leaderboard", "won_amount", "--per-day")
    assert said.code == 0
    assert "不在人员名单中" in said.out


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("leaderboard win_rate --per-day", "leaders.per_day"),
        ("leaderboard won_amount --by customer", "usage.choice"),
        ("leaderboard won_amount --teams tomorrow", "usage.choice"),
        ("leaderboard won_amonut", "metric.unknown"),
    ],
)
def test_what_cannot_be_ranked(home, line, key):
    said = typed("--home", home, *TODAY, "--json", *line.split())
    assert said.code == 2
    assert said.document["error"]["key"] == key
