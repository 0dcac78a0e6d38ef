"""Leaderboards of a real CRM export by agent, against pandas; coverage without any day."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config, imports
from salesdash.analysis import coverage, leading
from salesdash.analysis.asking import Question
from salesdash.analysis.leaders import Board, Leaders
from salesdash.imports import Home, Request
from salesdash.periods import Comparison, Grain, Period, Window
from salesdash.selection import Selection
from salesdash.workspace import Stamp, Terms

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2018, 1, 2, 9)
Q4 = Period(date(2017, 10, 1), date(2018, 1, 1))
SELECTION = Selection(Window(Q4, Grain.QUARTER, Q4), Comparison.PREVIOUS)


@pytest.fixture(scope="module")
def home(shared_data, tmp_path_factory):
    settings = config.load(ROOT / "config.yaml")
    home = Home.open(tmp_path_factory.mktemp("maven"), now=NOW, settings=settings)
    for name, dataset in (("sales_pipeline.csv", "deals"), ("sales_teams.csv", "people")):
        file = shared_data / "maven_crm" / name
        staged = imports.stage(home, Request(file, name, dataset=dataset), NOW)
        assert not staged.questions
        imports.commit(home, staged, "Ana", NOW)
    yield home
    home.close()


@pytest.fixture(scope="module")
def data(shared_data) -> pd.DataFrame:
    folder = shared_data / "maven_crm"
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    deals = deals.merge(pd.read_csv(folder / "sales_teams.csv"), on="sales_agent")
    deals["won"] = (deals.deal_stage == "Won").astype(int)
    deals["days"] = (deals.close_date - deals.engage_date).dt.days
    return deals[deals.deal_stage.isin(["Won", "Lost"])]


def within(data: pd.DataFrame, first: str, end: str) -> pd.DataFrame:
    return data[(data.close_date >= first) & (data.close_date < end)]


def asked(home: Home, metric: str) -> Leaders:
    question = Question(home.warehouse, config.load(ROOT / "config.yaml"), SELECTION, NOW.date())
    return leading.build(question, Board(metric))


FIGURES = {
    "won_amount": lambda each: each[each.won == 1].close_value.sum(),
    "won_deals": lambda each: each.won.sum(),
    "win_rate": lambda each: each.won.mean(),
    "average_deal_size": lambda each: each[each.won == 1].close_value.mean(),
    "sales_cycle_days": lambda each: each[each.won == 1].days.mean(),
}


@pytest.mark.parametrize("metric", FIGURES)
def test_figures_and_places_of_a_quarter(home, data, metric):
    column = "sales_agent"
    now = within(data, "2017-10-01", "2018-01-01").groupby(column).apply(FIGURES[metric])
    then = within(data, "2017-07-01", "2017-10-01").groupby(column).apply(FIGURES[metric])
    ascending = metric == "sales_cycle_days"
    found = asked(home, metric)
    assert len(found.lines) == len(now) == 30
    places = now.rank(method="min", ascending=ascending)
    before = then.rank(method="min", ascending=ascending)
    for line in found.lines:
        assert float(line.figure.value) == pytest.approx(now[line.member])
        assert line.rank == places[line.member]
        assert line.rank_then == before.get(line.member)
    assert [line.rank for line in found.placed] == sorted(places)


def test_the_first_of_the_quarter(home):
    first = asked(home, "won_amount").placed[0]
    assert (first.member, first.figure.value) == ("Darcel Schlecht", 357_666)


def test_coverage_where_no_open_deal_states_an_amount_or_a_day(home):
    """All of the next quarter's target is missing, and nothing is known to be due."""
    quarter = Period(date(2018, 1, 1), date(2018, 4, 1))
    home.workspace.goals.add([Terms("won_amount", quarter, Decimal(10**6))], Stamp("Ana", NOW))
    chosen = Selection(Window(quarter, Grain.QUARTER, quarter))
    question = Question(home.warehouse, config.load(ROOT / "config.yaml"), chosen, NOW.date())
    found = coverage.build(question)
    assert found.figures["missing"].value == 10**6
    assert (found.figures["coverage"].value, found.deals) == (0, 0)
