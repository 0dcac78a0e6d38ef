"""Pipeline movement of one real export: no second one stands, so dates tell it, against pandas."""

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config, imports
from salesdash.analysis.moments import Moments
from salesdash.analysis.movement import Asked
from salesdash.imports import Home, Request
from salesdash.selection import Selection
from tests.analysis.movements import adds_up, told

pytestmark = pytest.mark.real
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2018, 1, 2, 9)
FILE = "sales_pipeline.csv"


@pytest.fixture(scope="module")
def home(shared_data, tmp_path_factory):
    settings = config.load(ROOT / "config.yaml")
    opened = Home.open(tmp_path_factory.mktemp("maven"), now=NOW, settings=settings)
    file = shared_data / "maven_crm" / FILE
    request = Request(file, file.name, dataset="deals", as_of=datetime(2017, 12, 31, 20))
    imports.commit(opened, imports.stage(opened, request, NOW), "Ana", NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def data(shared_data) -> pd.DataFrame:
    file = shared_data / "maven_crm" / FILE
    return pd.read_csv(file, parse_dates=["engage_date", "close_date"])


def moved(home: Home, first: str, agent: str | None = None):
    known = Moments(home.warehouse, home.done())
    selection = Selection(None) if agent is None else Selection(None).where("person", agent)
    then, now = known.find(first), known.newest()
    assert then is not None
    assert now is not None
    return Asked(home.warehouse, selection, known.events, then, now).build()


@pytest.mark.parametrize("agent", [None, "Darcel Schlecht"])
@pytest.mark.parametrize("first", ["2017-09-30", "2017-11-15"])
def test_what_moved_until_the_end_of_2017(home, data, first, agent):
    """Open deals state no amount; those without a first day are taken as open before."""
    rows = data if agent is None else data[data.sales_agent == agent]
    day = pd.Timestamp(first)
    begun = rows.engage_date.isna() | (rows.engage_date <= day)
    decided = rows.deal_stage.isin(["Won", "Lost"])
    later = decided & (rows.close_date > day)
    won, lost = (later & (rows.deal_stage == stage) for stage in ("Won", "Lost"))
    opened = begun & (~decided | later)
    fresh = ~begun & (~decided | later)
    found = moved(home, first, agent)
    assert found.is_reconstructed
    assert (found.opening.deals, found.closing.deals) == (opened.sum(), (~decided).sum())
    assert {kind: deals for kind, (deals, _) in told(found).items()} == {
        "new": fresh.sum(),
        "lost": lost.sum(),
        "won": won.sum(),
    }
    assert told(found)["won"][1] == -rows.close_value[won].sum()
    assert found.opening.amount == rows.close_value[opened].sum()
    assert adds_up(found)


def test_the_last_quarter_of_all(home):
    found = moved(home, "2017-09-30")
    assert (found.closing.deals, found.closing.amount, found.priced) == (2089, 0, False)
    assert told(found)["won"][1] == -2_802_496  # what was won in Q4, as on every screen
    assert [note.key for note in found.notes] == [
        "movement.note.begun",
        "movement.note.uncreated",
    ]
    assert dict(found.notes[1].values)["count"] == 500
    assert found.then.day == date(2017, 9, 30)
