"""The pipeline as a whole: the sentence, what is late, what is left out."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from salesdash import config
from salesdash.analysis import pipeline
from salesdash.analysis.answers import Reason
from salesdash.analysis.pipeline import Pipeline
from salesdash.charts import Words
from salesdash.periods import Period, Window
from salesdash.selection import Filter, Selection
from salesdash.warehouse.deals import Which
from tests.warehouse.build import build
from tests.warehouse.deals import EDGE, TODAY, deal, frame, many

ROOT = Path(__file__).resolve().parents[2]
ALL = Selection(None)
AUTUMN = Selection(Window(Period(date(2026, 9, 1), date(2026, 11, 18))))
ROWS = [
    deal("open", "2026-09-01", "2026-10-25", stage="Quoted", amount="100", probability="0.5",
         deal="D1", customer="C7", customer_name="Acme", record=12),
    deal("open", "2026-11-01", "2026-12-24", stage="Quoted", amount="40"),
    deal("open", None, None, stage="New"),
    deal("won", "2026-09-01", "2026-10-01", amount="70", person="Ana"),
    deal("won", "2026-09-20", None, amount="5", person="Ana"),
    deal("lost", "2026-06-20", "2026-09-30", amount="0", person="Bo"),
]  # fmt: skip


def build_pipeline(rows=ROWS, selection=ALL, by=None, today=TODAY) -> Pipeline:
    return pipeline.build(build(deals=rows), selection, today, by)


def said(reason: Reason, lang="en") -> str:
    return Words(lang, "USD").tell(reason)


def test_the_sentence_is_the_answer():
    """100 + 40 are open in three deals; one was due before 1 November."""
    found = build_pipeline()
    assert said(found.headline) == "$140 is open in 3 deals; 1 is past its expected close date."
    assert said(found.headline, "zh") == "在跟商机 3 个、金额 $140，其中 1 个已过预计成交日期。"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([deal("won", "2026-01-01")], "No deal is open."),
        ([deal("open", "2026-01-01")], "1 deal is open; none says when it should close."),
        (
            [deal("open", "2026-01-01", "2027-01-01", amount="5")] * 2,
            "$10.00 is open in 2 deals; none is past its expected close date.",
        ),
    ],
)
def test_other_sentences(rows, sentence):
    assert said(build_pipeline(rows).headline) == sentence


def test_the_lead_tells_of_the_period():
    """In autumn one deal was won and one lost; the other won one has no date."""
    found = build_pipeline(selection=AUTUMN)
    assert said(found.lead) == (
        "1 of 2 deals decided 1 Sep – 17 Nov were won (50.0%), worth $70.00."
    )
    assert (found.closed.won, found.closed.lost, found.closed.won_amount) == (1, 1, 70)
    summer = Selection(Window(Period(date(2026, 7, 1), date(2026, 8, 1))))
    assert said(build_pipeline(selection=summer).lead) == "No deal was decided 1–31 Jul."


def test_what_is_late_leads_to_its_row():
    """Due on 25 October, seven days before the last event, 1 November."""
    (late,) = build_pipeline().late
    assert (late.deal, late.customer, late.stage, late.amount) == ("D1", "Acme", "Quoted", 100)
    assert (late.expected, late.days) == (date(2026, 10, 25), 7)
    assert (late.event, late.sheet, late.record) == (1, 0, 12)


def test_what_is_left_out_is_counted():
    notes = [said(note) for note in build_pipeline(selection=AUTUMN).notes]
    assert notes == [
        "1 deal has no created date and is outside ages, cycle and the tiles of what is open.",
        "1 won or lost deal has no closing date and is in no figure of what was won and lost.",
        "1 open deal states no amount.",
        "1 open deal has an amount but no probability and adds nothing to the weighted amount.",
        "1 open deal has no expected close date, so it cannot be late.",
        "1 lost deal states no amount and adds nothing to the amounts lost.",
    ]


def test_odd_deals_are_told():
    rows = [deal("won", "2026-02-01", "2026-01-01"), deal("on hold", "2026-01-01")]
    keys = [note.key for note in build_pipeline(rows).notes]
    assert keys == ["pipeline.note.backwards", "pipeline.note.undecided"]


def test_a_filter_that_deals_have_no_values_for_is_left_out_and_said():
    narrowed = Selection(
        None, filters=(Filter("payment_method", ("cash",)), Filter("person", ("Ana",)))
    )
    found = build_pipeline(selection=narrowed)
    assert (found.standing.deals, found.closed.won) == (0, 1)
    assert said(found.notes[0]) == (
        "The filter on Payment method does not apply to deals and is left out here."
    )


def test_void_deals_never_count():
    rows = [*ROWS, deal("open", "2026-10-01", "2026-10-02", amount="999", counts=False)]
    assert build_pipeline(rows).standing == build_pipeline().standing


def test_conversion_goes_by_the_dimension_asked_or_the_first_that_tells_members_apart():
    rows = [*ROWS, deal("won", "2026-09-01", "2026-10-01", team="N", person="Bo")]
    found = build_pipeline(rows, by="person")
    assert found.dimension == "person"
    assert build_pipeline(rows, by="nonsense").dimension == "person"  # one team tells nothing
    nobody = build_pipeline([deal("won", "2026-09-01", "2026-10-01")])
    assert (nobody.dimension, nobody.conversion) == (None, None)


def test_keys_are_called_by_their_names():
    rows = [
        deal("won", "2026-09-01", "2026-10-01", customer=f"C{n}", customer_name=f"Name {n}")
        for n in range(2)
    ]
    found = build_pipeline(rows, by="customer")
    assert found.conversion is not None
    assert {bar.label.value for bar in found.conversion.bars} == {"Name 0", "Name 1"}
    assert {bar.filters for bar in found.conversion.bars} == {
        ("customer", "C0"),
        ("customer", "C1"),
    }


def test_the_rows_of_a_bar_are_as_many_as_it_says():
    house, found = build(deals=many()), build_pipeline(many(), AUTUMN, "team")
    assert found.conversion is not None
    for bars, column in (
        (found.stages, 1), (found.conversion, 1), (found.cycle, 0), (found.ages, 0),
        (found.reasons, 0), (found.competitors, 0),
    ):  # fmt: skip
        for bar in bars.bars:
            assert bar.which is not None
            behind = pipeline.rows(house, AUTUMN, TODAY, bar.which, 999)
            assert behind.table.num_rows == bar.figures[column], bar
    assert pipeline.rows(house, AUTUMN, TODAY, Which(("open",)), 5).more


def test_many_deals_against_pandas():
    data, found = frame(many()), build_pipeline(many())
    edge = pd.Timestamp(EDGE)
    opened, won = data[data.outcome == "open"], data[data.outcome == "won"]
    assert found.edge == EDGE
    assert found.standing.deals == len(opened)
    assert float(found.standing.amount or 0) == pytest.approx(opened.amount.sum())
    weighted = (opened.amount * opened.probability).sum()
    assert float(found.standing.weighted or 0) == pytest.approx(weighted)
    silent = opened.probability.isna() & (opened.amount > 0)
    assert found.standing.unweighted == silent.sum()
    assert found.standing.overdue == (opened.close_date < edge).sum()
    took = (won.close_date - won.created_date).dt.days
    assert found.cycle_length.mean == pytest.approx(took.mean())
    assert found.cycle_length.median == took.median()
    recent = took[(won.close_date >= edge - pd.Timedelta(days=365)) & (won.close_date <= edge)]
    usual = recent.dropna().quantile(0.9, interpolation="inverted_cdf")
    assert found.usual.usual == usual
    assert found.older == ((edge - opened.created_date).dt.days > usual).sum()
    assert sum(bar.figures[0] for bar in found.ages.bars) == opened.created_date.notna().sum()


def test_too_few_won_deals_say_nothing_about_age():
    found = build_pipeline()
    assert (found.usual.deals, found.older) == (1, None)


def test_nothing_to_see_without_deals():
    assert not pipeline.holds_deals(build())
    assert pipeline.holds_deals(build(deals=ROWS))


@pytest.mark.parametrize("selection", [ALL, AUTUMN])
def test_tiles_and_bars_tell_the_same(selection):
    """Two roads to one figure: the metrics of config.yaml, and the questions of this screen."""
    dated = [row for row in many() if row["created_date"] is not None]  # a state needs a first day
    house, settings = build(deals=dated), config.load(ROOT / "config.yaml")
    found = pipeline.build(house, selection, TODAY)
    tiles = {
        tile.metric: tile.figure.value for tile in pipeline.tiles(house, settings, selection, TODAY)
    }
    assert list(tiles) == list(pipeline.TILES)
    closed = found.closed
    assert tiles["win_rate"] == pytest.approx(closed.won / (closed.won + closed.lost))
    assert tiles["sales_cycle_days"] == pytest.approx(found.cycle_length.mean)
    assert tiles["pipeline"] == found.standing.amount
    assert float(tiles["weighted_pipeline"]) == pytest.approx(float(found.standing.weighted))
    amounts = (closed.won_amount, closed.lost_amount)
    assert tiles["win_rate_amount"] == pytest.approx(float(amounts[0]) / float(sum(amounts)))


def test_open_deals_by_forecast_category_the_surest_first():
    """Commit 30, best case 70, one of nobody's list, one without; the won one is not open."""
    rows = [
        deal("open", "2026-10-01", amount="70", forecast_category="Best Case"),
        deal("open", "2026-10-01", amount="9", forecast_category="Gut feeling"),
        deal("open", "2026-10-01", amount="30", forecast_category="Commit"),
        deal("open", "2026-10-01", amount="5"),
        deal("won", "2026-10-01", "2026-10-02", amount="500", forecast_category="Closed"),
    ]
    found = build_pipeline(rows).categories
    assert found is not None
    assert [(said_label(bar.label), bar.figures[:2]) for bar in found.bars] == [
        ("Commit", (30, 1)),
        ("Best Case", (70, 1)),
        ("Gut feeling", (9, 1)),
        ("not stated", (5, 1)),
    ]
    assert found.bars[0].which == Which(("open",), ("forecast_category", "Commit"))
    assert build_pipeline().categories is None


def said_label(label) -> str:
    return Words("en").told(label)
