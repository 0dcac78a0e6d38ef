"""`cohorts`: from a file to who came back, and to the words."""

import pytest

from tests.terminal import command, typed

TODAY = ("--today", "2026-11-18")
FILE = """Order No,Order Date,Customer,Region,Amount
1,2025-06-02,Zed,S,1.00
2,2026-08-03,Ann,N,10.00
3,2026-08-20,Bob,S,20.00
4,2026-10-05,Bob,N,40.00
5,2026-11-05,Ann,N,8.00
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("cohorts")
    (place / "orders.csv").write_text(FILE)
    command(place / "home", *TODAY, "import", place / "orders.csv", "--dates", "ymd")
    return place / "home"


def asked(home, text=""):
    return command(home, *TODAY, "cohorts", *text.split())


def august(found):
    return next(row for row in found["rows"] if row["cohort"]["name"] == "Aug 2026")


def test_cells_have_all_measures(home):
    found = asked(home)
    cells = august(found)["cells"]
    assert (found["grain"], found["measure"], found["metric"]) == ("month", "share", "sales")
    assert [cell and cell["value"] for cell in cells[:5]] == [1, 0, 0.5, 0.5, None]
    assert cells[2] == {
        "value": 0.5,
        "customers": 1,
        "share": 0.5,
        "amount": 40,
        "per_customer": 20,
        "size": 2,
        "cohorts": 1,
        "running": False,
    }
    assert cells[3]["running"]
    assert (found["first"], found["known_from"]) == ("2025-06-02", "2026-07-01")


def test_measure_grain_length_day_and_filter(home):
    amounts = asked(home, "--measure per-customer --grain quarter --length 2")
    assert [row["cells"][0]["value"] for row in amounts["rows"]] == [15, None]
    assert (amounts["rest"]["customers"], amounts["rest"]["earlier"]) == (1, [0, 0])
    early = asked(home, "--to 2026-09-15 --where region=S")
    assert august(early)["size"] == 1
    assert [cell and cell["running"] for cell in august(early)["cells"][:3]] == [False, True, None]


def test_members_of_a_dimension(home):
    found = asked(home, "--by region")
    assert {row["member"]: row["size"] for row in found["rows"]} == {"N": 1, "S": 1}
    assert all(row["cohort"] is None for row in found["rows"])


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("buy again in the month after", "Jun 2025 or earlier", "(50.0%)", "Average")),
        ("zh", ("新客户在首购次月再次购买", "2025年6月或更早", "(50.0%)", "平均")),
    ],
)
def test_it_reads_as_a_table(home, monkeypatch, lang, told):
    monkeypatch.setenv("LC_ALL", lang)
    said = typed("--home", home, *TODAY, "cohorts", "--length", "18")
    assert all(words in said.out for words in told), said.out


def test_without_customers_it_says_why(tmp_path):
    (tmp_path / "orders.csv").write_text("Order Date,Amount\n2026-10-01,5\n2026-10-02,6\n")
    command(tmp_path / "home", *TODAY, "import", tmp_path / "orders.csv", "--dates", "ymd")
    assert "Customer" in asked(tmp_path / "home")["why"]
    assert "Customer" in typed("--home", tmp_path / "home", *TODAY, "cohorts").out


@pytest.mark.parametrize("wrong", ["--grain day", "--measure much", "--by nothing", "--where x=1"])
def test_what_does_not_exist_is_named(home, wrong):
    assert typed("--home", home, *TODAY, "cohorts", *wrong.split()).code == 2
