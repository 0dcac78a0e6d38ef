"""The pipeline of a real CRM export, against pandas over the same file."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config, imports
from salesdash.analysis import pipeline
from salesdash.analysis.answers import Member
from salesdash.analysis.pipeline import Pipeline
from salesdash.imports import Home, Request
from salesdash.periods import Period, Window
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]
ALL = Selection(None)
NOW = datetime(2018, 1, 2, 9)
STYLES = ("sales_pipeline.csv", "sales_pipeline_us_dates.csv")
QUARTERS = {"Q1": 1_134_672, "Q2": 3_086_111, "Q3": 2_982_255, "Q4": 2_802_496}


@pytest.fixture(scope="module", params=STYLES)
def house(request, shared_data, tmp_path_factory):
    settings = config.load(ROOT / "config.yaml")
    home = Home.open(tmp_path_factory.mktemp("maven"), now=NOW, settings=settings)
    file = shared_data / "maven_crm" / request.param
    staged = imports.stage(home, Request(file, file.name, dataset="deals"), NOW)
    assert not staged.questions
    imports.commit(home, staged, "Ana", NOW)
    assert home.done()[-1].counts["loaded"] == 8800
    yield home.warehouse
    home.close()


@pytest.fixture(scope="module")
def data(shared_data) -> pd.DataFrame:
    file = shared_data / "maven_crm" / STYLES[0]
    return pd.read_csv(file, parse_dates=["engage_date", "close_date"])


def asked(house: Warehouse, selection: Selection = ALL, by="person") -> Pipeline:
    return pipeline.build(house, selection, NOW.date(), by)


def test_what_is_open_won_and_lost(house):
    found = asked(house)
    assert [(bar.label, bar.figures[1]) for bar in found.stages.bars] == [
        (Member("Prospecting"), 500),
        (Member("Engaging"), 1589),
    ]
    assert (found.standing.deals, found.standing.amount) == (2089, None)
    assert (found.closed.won, found.closed.lost) == (4238, 2473)
    assert (found.closed.won_amount, found.closed.lost_amount) == (10_005_534, None)
    assert found.edge == date(2017, 12, 31)
    counts = {note.key.rpartition(".")[2]: dict(note.values)["count"] for note in found.notes}
    assert counts == {
        "uncreated": 500,
        "unpriced": 2089,
        "unexpected": 2089,
        "lost_unpriced": 2473,
    }


def test_how_long_it_takes(house, data):
    found = asked(house)
    won = data[data.deal_stage == "Won"]
    took = (won.close_date - won.engage_date).dt.days
    assert round(found.cycle_length.mean, 2) == 51.78
    assert found.cycle_length.median == took.median()
    opened = data[data.deal_stage == "Engaging"]
    ages = (pd.Timestamp(found.edge) - opened.engage_date).dt.days
    assert found.usual.usual == took.quantile(0.9, interpolation="inverted_cdf")
    assert found.older == (ages > found.usual.usual).sum()
    assert sum(bar.figures[0] for bar in found.ages.bars) == 1589


@pytest.mark.parametrize(("by", "column"), [("person", "sales_agent"), ("product", "product")])
def test_win_rates(house, data, by, column):
    found = asked(house, by=by)
    assert round(found.conversion.level, 4) == 0.6315
    closed = data[data.deal_stage.isin(["Won", "Lost"])]
    wanted = (closed.deal_stage == "Won").groupby(closed[column]).agg(["mean", "count", "sum"])
    assert len(found.conversion.bars) == len(wanted)
    for bar in found.conversion.bars:
        rate, decided, won = bar.figures[:3]
        assert (decided, won) == tuple(wanted.loc[bar.label.value, ["count", "sum"]])
        assert rate == pytest.approx(wanted.loc[bar.label.value, "mean"])


@pytest.mark.parametrize("quarter", range(4))
def test_amounts_won_by_quarter(house, quarter):
    ends = [date(2017, month, 1) for month in (1, 4, 7, 10)] + [date(2018, 1, 1)]
    window = Window(Period(ends[quarter], ends[quarter + 1]))
    found = asked(house, Selection(window))
    assert found.closed.won_amount == list(QUARTERS.values())[quarter]
