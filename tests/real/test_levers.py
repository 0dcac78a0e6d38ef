"""The levers of the Maven pipeline's fourth quarter of 2017, against pandas over the same file."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.terminal import command

pytestmark = pytest.mark.real
TODAY = ("--today", "2017-11-15")
EDGE = pd.Timestamp("2017-11-15")
LEFT = 32
"""Working days from 16 November to 31 December."""


@pytest.fixture(scope="module")
def deals(shared_data) -> pd.DataFrame:
    file = shared_data / "maven_crm" / "sales_pipeline.csv"
    return pd.read_csv(file, parse_dates=["engage_date", "close_date"])


@pytest.fixture(scope="module")
def home(shared_data, tmp_path_factory):
    place = tmp_path_factory.mktemp("maven")
    command(place, *TODAY, "import", shared_data / "maven_crm" / "sales_pipeline.csv")
    wish = ("--plus", "5%", "--of", "2017-Q2", "--period", "2017-Q4")
    command(place, *TODAY, "goals", "set", "won_amount", *wish)
    return place


def per(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def factors(deals: pd.DataFrame, first, last) -> dict[str, float]:
    """The chain by hand: new deals, decided each, won of these, their amount; and the cycle."""
    new = deals["engage_date"].between(first, last).sum()
    closed = deals[deals["close_date"].between(first, last)]
    won = closed[closed["deal_stage"] == "Won"]
    return {
        "created": new,
        "decided_per_created": per(len(closed), new),
        "won_per_decided": per(len(won), len(closed)),
        "amount_per_won": won["close_value"].mean(),
        "cycle": (won["close_date"] - won["engage_date"]).dt.days.mean(),
    }


def test_what_each_lever_alone_would_have_to_be(home, deals):
    found = command(home, *TODAY, "goals", "levers", "1")
    assert found["working_days_left"] == LEFT == np.busday_count("2017-11-16", "2018-01-01")
    first = pd.Timestamp(np.busday_offset("2017-11-15", 1 - LEFT))
    assert found["past"] == {"from": str(first.date()), "to": "2017-11-15"}

    won = deals[deals["deal_stage"] == "Won"].set_index("close_date")["close_value"].sort_index()
    missing = Decimal("3240416.55") - int(won["2017-10-01":EDGE].sum())
    made = won[first:EDGE].sum()
    assert (
        (found["missing"], found["made"]) == (missing, made) == (Decimal("1992091.55"), 1_213_625)
    )
    times = float(missing) / made
    assert float(found["times"]) == pytest.approx(times)

    now = factors(deals, first, EDGE)
    told = {each["lever"]: each for each in found["levers"]}
    assert {name: float(each["now"]) for name, each in told.items()} == pytest.approx(now)
    needed = {name: value * times for name, value in now.items()}
    needed |= {"created": np.ceil(needed["created"]), "cycle": now["cycle"] / times}
    assert {name: float(each["needed"]) for name, each in told.items()} == pytest.approx(needed)


def test_the_range_of_a_year_and_who_is_best(home, deals):
    found = command(home, *TODAY, "goals", "levers", "1")
    past = []
    for back in range(53):
        last = EDGE - pd.Timedelta(days=7 * back)
        first = pd.Timestamp(np.busday_offset(last.date(), 1 - LEFT))
        if first >= deals["engage_date"].min():
            past.append(factors(deals, first, last))
    told = {each["lever"]: each for each in found["levers"]}
    for name in ("created", "decided_per_created", "won_per_decided", "amount_per_won", "cycle"):
        values = [each[name] for each in past if each[name] == each[name] and each[name]]
        ends = sorted(float(told[name][end]["value"]) for end in ("low", "high"))
        assert ends == pytest.approx([min(values), max(values)]), name

    recent = deals[deals["close_date"].between(found["past"]["from"], EDGE)]
    closed = recent.groupby("sales_agent")["deal_stage"]
    rates = closed.apply(lambda stages: (stages == "Won").mean())[closed.size() >= 10]
    assert told["won_per_decided"]["best"]["member"] == rates.idxmax() == "Reed Clapper"
    assert [each["lever"] for each in found["levers"]][:2] == ["created", "won_per_decided"]
    assert told["won_per_decided"]["standing"] == "before"
    assert told["cycle"]["standing"] == "never"
