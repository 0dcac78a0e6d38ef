"""`bridge`: from a file to the parts of a change, and to the words."""

import pytest

from tests.terminal import command, typed

TODAY = ("--today", "2026-11-18")
FILE = """Order No,Order Date,Customer,Region,Quantity,Amount
1,2026-08-03,Ann,N,1,10.00
2,2026-09-03,Ann,N,2,20.00
3,2026-10-05,Ann,N,2,20.00
4,2026-10-06,Bob,S,2,40.00
"""
"""20.00 in September, 60.00 in October: twice the customers, half as much again for each unit."""

OCTOBER = "--from 2026-10-01 --to 2026-10-31 --compare previous"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("bridge")
    file = place / "orders.csv"
    file.write_text(FILE)
    command(place / "home", *TODAY, "import", file, "--dates", "ymd")
    return place / "home"


def asked(home, text):
    return command(home, *TODAY, "bridge", *text.split())


def test_parts_sum_to_the_change(home):
    found = asked(home, f"sales {OCTOBER}")
    assert (found["start"], found["now"], found["change"]) == (20, 60, 40)
    assert {each["lever"]: float(each["part"]) for each in found["parts"]} == {
        "customers": 25,
        "orders_per_customers": 0,
        "units_per_orders": 0,
        "sales_per_units": 15,
    }
    assert sum(each["share"] for each in found["parts"]) == 1
    assert [each["part"] for each in found["dropped"]] == ["listed"]
    assert found["comparison"]["kind"] == "previous"


def test_a_mix_and_a_target(home):
    """Prices are 10 in the north; the south's came with its units, so that is mix."""
    found = asked(home, f"sales {OCTOBER} --by region --target 100")
    told = {each["lever"]: float(each["part"]) for each in found["parts"]}
    assert (told["planned"], told["mix"], told["sales_per_units"]) == (-80, 15, 0)
    assert found["change"] == sum(each["part"] for each in found["parts"]) == -40
    assert (found["by"], found["target"]) == ("region", 100)


def test_without_dates_it_is_the_quarter_to_date_beside_last_year(home):
    found = asked(home, "sales")
    assert found["period"] == {"from": "2026-10-01", "to": "2026-10-06"}
    assert found["comparison"] == {"kind": "last-year"}
    assert found["why"]  # nothing is known of 2025


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            ("Sales +$40.00 against the period before: Customers +$25.00", "from $20.00 to $60"),
        ),
        ("zh", ("成交客户数 +$25.00", "从 $20.00 到 $60.00：+$40.00")),
    ],
)
def test_it_reads_as_a_table(home, monkeypatch, lang, told):
    monkeypatch.setenv("LC_ALL", lang)
    said = typed("--home", home, *TODAY, "bridge", "sales", *OCTOBER.split())
    assert all(words in said.out for words in told), said.out


@pytest.mark.parametrize("wrong", ["salse", "sales --by nothing"])
def test_what_does_not_exist_is_named(home, wrong):
    assert typed("--home", home, *TODAY, "bridge", *wrong.split()).code == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("bridge sales --to 9999-12-31", "is no day"),
        ("bridge sales --from 0001-01-01", "is no day"),
        (f"bridge sales --target {'9' * 40}", "too large"),
        (f"training import {'x' * 300}.csv", "too long"),
    ],
)
def test_what_goes_beyond_all_bounds_is_said(home, wrong, said):
    found = typed("--home", home, *TODAY, *wrong.split())
    assert found.code == 2
    assert said in found.err


def test_a_bridge_from_days_of_ones_own(home):
    found = asked(home, "sales --from 2026-10-01 --to 2026-10-31 --against 2026-08-03..2026-08-03")
    assert found["comparison"] == {"kind": "days", "from": "2026-08-03", "to": "2026-08-03"}
    assert (found["start"], found["now"], found["change"]) == (10, 60, 50)
    assert sum(each["part"] for each in found["parts"]) == 50
    assert found["sentence"].startswith("Sales +$50.00 against 3 Aug 2026: ")
