"""`clv`: from a file to what customers are worth, and to the words."""

from datetime import date, timedelta

import pytest

from tests.lifetimes import simulated
from tests.terminal import command, typed

FIRST = date(2025, 1, 1)
TODAY = ("--today", str(FIRST + timedelta(days=simulated.DAYS)))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    place = tmp_path_factory.mktemp("clv")
    lines = ["Order No,Order Date,Customer,Region,Amount"]
    lines += [
        f"{n},{FIRST + timedelta(days=int(day))},C{who:03},{'NS'[who % 2]},{amount:.2f}"
        for n, (who, day, amount) in enumerate(zip(*simulated.rows(500), strict=True))
    ]
    (place / "orders.csv").write_text("\n".join(lines))
    command(place / "home", *TODAY, "import", place / "orders.csv", "--dates", "ymd")
    return place / "home"


def asked(home, text=""):
    return command(home, *TODAY, "clv", *text.split())


def test_parameters_totals_customers_and_the_back_test(home):
    found = asked(home, "--top 3 --by region --horizon 24")
    assert set(found["parameters"]) == {"r", "alpha", "a", "b", "p", "q", "v"}
    assert (found["customers"], found["horizon"], found["kind"]) == (500, 24, "revenue")
    assert found["log_likelihood"] < 0
    assert len(found["top"]) == 3
    assert found["top"][0]["value"] >= found["top"][1]["value"]
    assert 0 <= found["top"][0]["alive"] <= 1
    assert sum(group["customers"] for group in found["groups"]) == 500
    test = found["back_test"]
    orders = {name: float(value) for name, value in test["orders"].items()}
    assert orders["error"] == pytest.approx(orders["came"] / orders["expected"] - 1)
    assert test["weeks"][-1]["came"] == test["orders"]["came"]
    assert set(test["parameters"]) == set(found["parameters"])
    risks = found["at_risk"]
    assert risks["modelled"]
    assert len(risks["customers"]) == min(3, risks["count"])
    assert all(each["reasons"] for each in risks["customers"])


def test_until_a_day_and_filtered(home):
    found = asked(home, "--to 2025-12-31 --where region=N")
    assert (found["as_of"], found["customers"]) == ("2025-12-31", 250)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("are worth about", "Back-test:", "BG/NBD: r 0.", "Orders expected")),
        ("zh", ("预计贡献销售额", "回测：", "BG/NBD：r 0.", "预期订单")),
    ],
)
def test_it_reads_as_a_table(home, monkeypatch, lang, told):
    monkeypatch.setenv("LC_ALL", lang)
    said = typed("--home", home, *TODAY, "clv", "--top", "2")
    assert all(words in said.out for words in told), said.out


def test_too_few_to_say_but_who_is_silent(tmp_path):
    lines = ["Order Date,Customer,Amount"]
    lines += [f"2026-0{month}-02,Ann,100" for month in (1, 2, 3, 4)]
    lines += [f"2026-{month:02}-02,Bob,100" for month in range(1, 11)]
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    now = ("--today", "2026-11-18")
    command(tmp_path / "home", *now, "import", tmp_path / "orders.csv", "--dates", "ymd")
    found = command(tmp_path / "home", *now, "clv")
    assert "too few to say" in found["why"]
    assert (found["parameters"], found["total"], found["top"]) == (None, None, [])
    (ann,) = found["at_risk"]["customers"]
    assert ann["reasons"] == [
        "Buys every 31 days, silent for 183: 5.9 times as long as ever before"
    ]
    said = typed("--home", tmp_path / "home", *now, "clv").out
    assert "At risk: 1 customer" in said
    assert "Ann: Buys every 31 days" in said


def test_without_customers_it_says_so(tmp_path):
    (tmp_path / "orders.csv").write_text("Order Date,Amount\n2026-01-05,5\n2026-01-06,6\n")
    command(tmp_path / "home", *TODAY, "import", tmp_path / "orders.csv", "--dates", "ymd")
    said = typed("--home", tmp_path / "home", *TODAY, "clv").out
    assert "names a customer" in said
    assert "2 lines name no customer" in said
    assert "silent" not in said


@pytest.mark.parametrize(
    "wrong", ["--horizon 0", "--horizon 61", "--top -1", "--by x", "--where x=1"]
)
def test_what_cannot_be_is_named(home, wrong):
    assert typed("--home", home, *TODAY, "clv", *wrong.split()).code == 2
