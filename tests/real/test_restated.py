"""A real export comes again with other deals: what was restated, against pandas."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from salesdash.analysis.asking import Question
from salesdash.analysis.restating import Restating, Shown
from salesdash.config import load
from salesdash.imports import Home
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from tests.browser.homes import ROOT
from tests.terminal import command

pytestmark = pytest.mark.real

Q3, Q4 = (
    Window(Period(date(2017, 7, 1), date(2017, 10, 1)), Grain.QUARTER),
    Window(Period(date(2017, 10, 1), date(2018, 1, 1)), Grain.QUARTER),
)


@pytest.fixture(scope="module")
def files(shared_data, tmp_path_factory) -> tuple[Path, Path]:
    """The deals of Maven, and the same a week later.

    Of those won in the third quarter 40 brought 100 more, 5 closed on 2 October, 7 were lost after
    all, and 30 were not known before.
    """
    folder: Path = tmp_path_factory.mktemp("exports")
    rows = pd.read_csv(shared_data / "maven_crm" / "sales_pipeline.csv")
    won = rows[(rows.deal_stage == "Won") & rows.close_date.between("2017-07-01", "2017-09-30")]
    late = won.index[100:130]
    before, after = folder / "before.csv", folder / "after.csv"
    rows.drop(late).to_csv(before, index=False)
    rows.loc[won.index[:40], "close_value"] += 100
    rows.loc[won.index[40:45], "close_date"] = "2017-10-02"
    rows.loc[won.index[45:52], "deal_stage"] = "Lost"
    rows.loc[won.index[45:52], "close_value"] = 0
    rows.to_csv(after, index=False)
    return before, after


@pytest.fixture(scope="module")
def found(files, tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("maven")
    events = [command(folder, "--as", "Ana", "import", file)["event"] for file in files]
    known = load(ROOT / "config.yaml")
    home = Home.open(folder, now=datetime(2018, 1, 2), settings=known)
    shown = Shown(("won_amount", "won_deals", "win_rate"), (Q3, Q4), *events)
    question = Question(home.warehouse, known, Selection(None), date(2018, 1, 2))
    asked = Restating(question, shown, {event.id: event for event in home.done()})
    yield asked.build(), list(asked.units())
    home.close()


def won_in(file: Path, quarter: str):
    rows = pd.read_csv(file, parse_dates=["close_date"])
    inside = rows.close_date.dt.to_period("Q").astype(str) == quarter
    return rows[(rows.deal_stage == "Won") & inside].close_value


def test_figures_then_and_now_are_those_of_the_two_files(found, files):
    answer, _ = found
    told = {(each.metric, each.window): each for each in answer.totals}
    for window, quarter in ((Q3, "2017Q3"), (Q4, "2017Q4")):
        then, now = (won_in(file, quarter) for file in files)
        amount, deals = told["won_amount", window], told["won_deals", window]
        assert (amount.then.value, amount.now.value) == (then.sum(), now.sum())
        assert (deals.then.value, deals.now.value) == (len(then), len(now))
        assert amount.moved == now.sum() - then.sum()
        assert (amount.rest, deals.rest) == (None, None)


def test_every_deal_that_moved_is_told_with_the_file_behind_it(found, files):
    answer, units = found
    (part,) = answer.lists
    # a deal that closed in the other quarter left one and came to the other
    assert dict(part.files[0].ways) == {"late": 30, "amount": 40, "moved": 10, "status": 7}
    assert part.count == len(units) == 87
    assert {by.file for _, unit in units for by in unit.by} == {"after.csv"}
    effects = sum(unit.effects[0].value for _, unit in units)
    both = [sum(won_in(file, q).sum() for q in ("2017Q3", "2017Q4")) for file in files]
    assert effects == Decimal(int(both[1] - both[0]))
    lost = [unit for _, unit in units if unit.how == "status"]
    assert all(("Won", "Lost") in [(f.then, f.now) for f in unit.fields] for unit in lost)
