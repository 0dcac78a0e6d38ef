"""The eight stories, their figures taken by pandas from the demo's rows."""

import shlex
from pathlib import Path

import pandas as pd
import pytest

from salesdash.demo.stories import stories
from salesdash.driving import coded, leaves, search, sums

RECENT = (pd.Timestamp(2026, 8, 1), pd.Timestamp(2026, 11, 1))
"""The last three complete months before 23 November 2026, half-open."""

YEAR = pd.DateOffset(years=1)


def between(frame: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    return frame[frame["order_date"].ge(start) & frame["order_date"].lt(end)]


def now_and_then(frame: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Sales by member in the recent months and a year before, with the change."""
    start, end = RECENT
    both = pd.DataFrame(
        {
            "now": between(frame, start, end).groupby(dimension)["amount"].sum(),
            "then": between(frame, start - YEAR, end - YEAR).groupby(dimension)["amount"].sum(),
        }
    )
    return both.assign(ratio=both["now"] / both["then"] - 1)


def test_a_region_slips_while_the_others_hold(demo, frame):
    regions = now_and_then(frame, "region")["ratio"]
    slipping = regions.pop(demo.world.company.plots.region)
    assert slipping < -0.25
    assert regions.min() > slipping + 0.15


def test_it_slips_further_every_quarter(demo, frame):
    mine = frame[frame["region"] == demo.world.company.plots.region]
    recent = between(mine, *RECENT)["amount"].sum()
    before = between(mine, pd.Timestamp(2026, 5, 1), RECENT[0])["amount"].sum()
    season = demo.recipe.lang == "zh"  # September is one
    assert recent < before * (1.3 if season else 0.9)


def test_a_product_comes_and_becomes_the_best_of_its_category(demo, frame):
    launch = demo.world.company.plots.launch
    mine = frame[frame["product_name"] == launch]
    assert mine["order_date"].min() >= pd.Timestamp(2026, 3, 1)
    months = mine.groupby(mine["order_date"].dt.to_period("M"))["amount"].sum()
    assert months.index[0] == pd.Period("2026-03")
    assert months["2026-07"] > 2.5 * months["2026-03"]
    products = now_and_then(frame, "product_name").sort_values("now", ascending=False)
    fresh = products[products["then"].isna()]
    assert fresh.index.tolist() == [launch]
    coffee = frame[frame["category"] == demo.world.company.categories[0]]
    assert now_and_then(coffee, "product_name")["now"].idxmax() == launch


def test_a_category_has_its_season_every_year(demo, frame):
    plots = demo.world.company.plots
    mine = frame[frame["category"] == plots.season]
    months = mine.groupby(mine["order_date"].dt.to_period("M"))["amount"].sum()
    for year in (2024, 2025):
        whole = months[months.index.year == year]
        peak = whole[whole.index.month.isin(plots.season_months)]
        rest = whole[~whole.index.month.isin(plots.season_months)]
        assert peak.min() > 3.5 * rest.mean()


def test_a_salesperson_slumps_while_colleagues_hold(demo, frame):
    people = now_and_then(frame, "person")["ratio"]
    here = demo.world.company
    plots = here.plots
    slump = people.pop(plots.person)
    assert slump < -0.35
    home = dict(here.people)[plots.person]
    colleagues = [name for name, region in here.people if region == home and name != plots.person]
    assert people[colleagues].min() > slump + 0.2


def test_a_big_customer_is_lost(demo, frame):
    plots = demo.world.company.plots
    customers = now_and_then(frame, "customer_name")
    lost = customers[customers["now"].isna()].sort_values("then", ascending=False)
    assert lost.index[0] == plots.customer.name
    assert lost["then"].iloc[0] > 3 * lost["then"].iloc[1]
    mine = frame[frame["customer_name"] == plots.customer.name]
    assert pd.Timestamp(2026, 7, 1) <= mine["order_date"].max() < pd.Timestamp(2026, 7, 20)
    year = between(frame, pd.Timestamp(2025, 7, 1), pd.Timestamp(2026, 7, 1))
    share = between(mine, pd.Timestamp(2025, 7, 1), pd.Timestamp(2026, 7, 1))["amount"].sum()
    assert 0.03 < share / year["amount"].sum() < 0.08


RATIOS = ["flood", "undercut", "unpaid"]


@pytest.mark.parametrize("name", RATIOS)
def test_a_ratio_falls_for_one_member_far_more_than_for_the_others(demo, shares, name):
    found = {story.id: story for story in stories(demo.world.company, demo.world.timeline)}
    both = shares(demo, name).dropna()
    change = both["now"] - both["then"]
    mine = change.pop(found[name].member)
    assert mine < -0.12
    assert change.min() > mine + 0.04


def test_the_competitor_and_the_price_explain_it(demo):
    deals = demo.registers.deals(demo.world.timeline.days - 1).to_pandas()
    plots = demo.world.company.desk_plots
    recent = pd.to_datetime(deals["close_date"]).between("2026-08-01", "2026-10-31")
    lost = deals[(deals["team"] == plots.team) & recent & deals["lost_reason"].notna()]
    assert (lost["competitor"] == plots.competitor).mean() > 0.6
    assert (lost["lost_reason"] == plots.reason).mean() > 0.6


def test_each_story_has_a_command_line(demo):
    found = {story.id: story for story in stories(demo.world.company, demo.world.timeline)}
    assert list(found)[:5] == ["slip", "launch", "season", "slump", "loss"]
    assert list(found)[5:] == ["flood", "undercut", "unpaid"]
    if demo.recipe.lang == "en":
        assert found["slip"].arguments == (
            *("sales", "--by", "region", "--from", "2026-08-01", "--to", "2026-10-31"),
            *("--compare", "last-year"),
        )
        assert found["season"].arguments == (
            *("sales", "--where", "category=Gift Boxes", "--grain", "month"),
            *("--from", "2025-11-01", "--to", "2026-10-31"),
        )
        assert found["season"].member == "2025-12-01"


DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_treasure_hunt_gives_these_commands_and_figures(demo, frame, shares):
    name = {"en": "demo.md", "zh": "demo.zh.md"}[demo.recipe.lang]
    page = (DOCS / name).read_text(encoding="utf-8")
    plots = demo.world.company.plots
    told = [plots.region, plots.launch, plots.person, plots.customer.name]
    commands = [
        shlex.split(line.removeprefix("query "))
        for line in page.splitlines()
        if line.startswith("query ")
    ]
    known = stories(demo.world.company, demo.world.timeline)
    assert commands == [list(story.arguments) for story in known]
    figures = [
        *now_and_then(frame, "region").loc[plots.region, ["now", "then"]],
        now_and_then(frame, "product_name").loc[plots.launch, "now"],
        *now_and_then(frame, "person").loc[plots.person, ["now", "then"]],
        now_and_then(frame, "customer_name").loc[plots.customer.name, "then"],
    ]
    season = frame[frame["category"] == plots.season]
    year = between(season, pd.Timestamp(2025, 11, 1), pd.Timestamp(2026, 11, 1))
    months = year.groupby(year["order_date"].dt.month)["amount"].sum()
    figures += [months[month] for month in plots.season_months]
    desk = demo.world.company.desk_plots
    told += [desk.channel, desk.team, desk.competitor, desk.late_region]
    members = dict(zip(RATIOS, (desk.channel, desk.team, desk.late_region), strict=True))
    pairs = [shares(demo, name).loc[member] for name, member in members.items()]
    percents = [f"{ratio * 100:.1f}" for pair in pairs for ratio in pair]
    assert [percent for percent in percents if percent not in page] == []
    assert [name for name in told if name not in page] == []
    assert [f"{figure:,.2f}" for figure in figures if f"{figure:,.2f}" not in page] == []


def test_the_driver_search_names_what_happened_in_sales(demo, frame):
    """The slip, the launch, the slump and the lost customer, among six slices at most."""
    start, end = RECENT
    rows = pd.concat(
        [between(frame, start - YEAR, end - YEAR), between(frame, start, end)], ignore_index=True
    )
    later, amount = rows["order_date"].ge(start), rows["amount"].astype(float)
    names = ("region", "segment", "channel", "person", "category", "product_name", "customer_name")
    texts = rows[list(names)].astype(object)
    texts = texts.where(texts.notna(), None)
    columns = [coded(name, texts[name]) for name in names]
    sides = amount.where(~later, 0.0).to_numpy(), amount.where(later, 0.0).to_numpy()
    found = search(leaves(columns, sums(*sides)))
    named = {condition for each in found.slices for condition in each.conditions}
    plots = demo.world.company.plots
    told = {("region", plots.region), ("product_name", plots.launch), ("person", plots.person)}
    assert named >= told
    slices = [
        pd.concat([texts[name] == member for name, member in each.conditions], axis=1).all(axis=1)
        for each in found.slices
    ]
    lost = texts["customer_name"] == plots.customer.name
    assert any(not (lost & ~each).any() for each in slices)  # by its name, or within a slice
    parts = [each.part.change for each in found.slices] + [found.rest.change]
    assert float(sum(parts)) == pytest.approx(sides[1].sum() - sides[0].sum(), abs=0.01)
