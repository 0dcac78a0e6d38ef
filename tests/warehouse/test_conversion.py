"""Leads that became customers: what the won deals tell of them, and cohorts still maturing."""

import math
import random
from datetime import date, timedelta

import pytest

from salesdash.metrics import Figure
from salesdash.periods import Period
from salesdash.selection import Filter, Organisation, Selection
from salesdash.warehouse.questions import measure
from tests.warehouse.build import build
from tests.warehouse.test_deals_metrics import figures
from tests.warehouse.test_questions import ALL, FEBRUARY, JANUARY, bound, month

LEADS = (
    {"lead": "L1", "created_date": "2026-01-02", "deal": "D1", "channel": "web"},
    {"lead": "L2", "created_date": "2026-01-03", "deal": None, "channel": "fair"},
    {"lead": "L3", "created_date": "2026-01-04", "deal": "D3", "channel": "web"},
    {"lead": "L4", "created_date": "2026-01-05", "deal": None, "channel": "web"},
    {"lead": "L5", "created_date": "2026-01-06", "deal": "D9", "counts": False},
    {"lead": "L6", "created_date": "2026-02-20", "deal": "D6", "channel": "web"},
)
DEALS = (
    {"deal": "D1", "outcome": "won", "close_date": "2026-01-12"},  # 10 days after L1
    {"deal": "D1b", "lead": "L1", "outcome": "won", "close_date": "2026-03-01"},  # L1 once more
    {"deal": "D2", "lead": "L2", "outcome": "won", "close_date": "2026-02-02"},  # 30 days after L2
    {"deal": "D3", "outcome": "lost", "close_date": "2026-01-20"},
    {"deal": "D4", "lead": "L4", "outcome": "won", "close_date": "2026-01-09", "counts": False},
    {"deal": "D6", "outcome": "won", "close_date": "2026-02-25"},  # 5 days after L6
    {"deal": "D7", "outcome": "open", "created_date": "2026-03-10"},
)
CHANNELS = ("web", "fair")
MATURING = ("metrics.note.maturing", (("days", 30),))


def conversion(window=JANUARY, selection=ALL, leads=LEADS, deals=DEALS):
    store = build(leads=leads, deals=deals)
    return figures(store, ("lead_conversion",), window, selection)["lead_conversion"]


def test_leads_whose_deal_was_won_over_leads_created():
    # L1 (by its deal) and L2 (by the lead of the deal) of L1 to L4; void deals and leads are out
    assert conversion().value == 2 / 4


def test_a_lead_with_two_won_deals_counts_once():
    store = build(leads=LEADS, deals=DEALS)
    found = figures(store, ("leads", "leads_won"))
    assert [each.value for each in found.values()] == [4, 2]


def test_a_cohort_is_mature_when_its_last_lead_had_as_long_as_most_took():
    # they took 5, 10 and 30 days: 9 of 10 of 3 are all 3, 30 days. Deals reach to 10 March:
    # the last of January + 30 days is 2 March, the last of February + 30 days is 30 March.
    assert conversion().notes == ()
    assert conversion(FEBRUARY) == Figure(1.0, *MATURING)


def test_it_matures_on_the_day():
    until = {"deal": "D8", "outcome": "open", "created_date": "2026-03-29"}
    assert conversion(FEBRUARY, deals=(*DEALS, until)).is_maturing
    until = {**until, "created_date": "2026-03-30"}
    assert not conversion(FEBRUARY, deals=(*DEALS, until)).is_maturing


def test_by_channel_all_of_them_are_measured_against_the_same_days():
    store = build(leads=LEADS, deals=DEALS)
    found = measure(
        store, bound(store), ("lead_conversion",), ALL, windows=(JANUARY, FEBRUARY), by=("channel",)
    )
    web, fair = ([found.figure("lead_conversion", n, None, (m,)) for n in (0, 1)] for m in CHANNELS)
    assert web == [Figure(1 / 3), Figure(1.0, *MATURING)]
    assert fair[0] == Figure(1.0)
    web = Selection(None, filters=(Filter("channel", ("web",)),))
    assert conversion(selection=web).value == 1 / 3
    assert conversion(FEBRUARY, web) == Figure(1.0, *MATURING)


def test_it_needs_deals_and_a_key_of_both():
    empty = Figure(None, "metrics.reason.empty", (("dataset", "deals"),))
    assert conversion(deals=()) == empty
    loose = [{**row, "deal": None} for row in LEADS]
    alone = [{**row, "lead": None} for row in DEALS]
    fields = (("fields", ("deal", "lead")),)
    found = conversion(leads=loose, deals=alone)
    assert found == Figure(None, "metrics.reason.not_mapped", fields)
    assert conversion(leads=loose).value == 2 / 4  # L1 and L2 by the lead of their deals


def test_leads_without_any_conversion_are_0():
    lost = [row for row in DEALS if row["outcome"] != "won"]
    assert conversion(deals=lost) == Figure(0.0)


def test_qualification_matures_by_the_day_of_the_deal():
    leads = (
        {"created_date": "2026-01-02", "converted_date": "2026-01-06"},  # 4 days
        {"created_date": "2026-01-20", "converted_date": None},
        {"created_date": "2026-02-20", "converted_date": "2026-02-21"},
        {"created_date": "2026-02-27", "converted_date": None},
    )
    store = build(leads=leads)
    found = measure(store, bound(store), ("lead_qualification",), ALL, windows=(JANUARY, FEBRUARY))
    assert found.figure("lead_qualification", 0) == Figure(0.5)
    assert found.figure("lead_qualification", 1).is_maturing  # 4 days more are 4 March


def test_people_and_customers_tell_their_part_beside_the_deals():
    leads = [{**row, "person": "Ann"} for row in LEADS]
    store = build(leads=leads, deals=DEALS, people=[{"person": "Ann", "team": "North"}])
    north = Selection(None, filters=(Filter("team", ("North",)),))
    for how in Organisation:
        chosen = Selection(None, filters=north.filters, organisation=how)
        assert figures(store, ("lead_conversion",), JANUARY, chosen)["lead_conversion"].value == 0.5


@pytest.mark.parametrize("seed", range(6))
def test_as_loops_count_it(seed):
    dice = random.Random(seed)
    first = date(2026, 1, 1)

    def day(least, most):
        return first + timedelta(days=dice.randint(least, most))

    leads = [
        {
            "lead": f"L{n}", "created_date": day(0, 120), "counts": dice.random() < 0.9,
            "deal": dice.choice([None, f"D{dice.randint(0, 40)}"]),
        }
        for n in range(60)
    ]  # fmt: skip
    deals = [
        {
            "deal": f"D{n}", "outcome": dice.choice(["won", "lost", "open"]),
            "lead": dice.choice([None, f"L{dice.randint(0, 59)}"]), "counts": dice.random() < 0.9,
            "created_date": day(0, 100), "close_date": dice.choice([None, day(40, 200)]),
        }
        for n in range(40)
    ]  # fmt: skip
    won = [d for d in deals if d["outcome"] == "won" and d["counts"]]
    paired = [
        (lead, [d for d in won if lead["deal"] == d["deal"] or d["lead"] == lead["lead"]])
        for lead in leads
        if lead["counts"]
    ]
    took = []
    for lead, own in paired:
        closed = [d["close_date"] for d in own if d["close_date"] is not None]
        if closed and min(closed) >= lead["created_date"]:
            took.append((min(closed) - lead["created_date"]).days)
    most = sorted(took)[math.ceil(len(took) * 0.9) - 1]
    happened = [d["created_date"] for d in deals if d["counts"]] + [
        d["close_date"] for d in deals if d["close_date"] is not None and d["outcome"] != "open"
    ]
    windows = [month(2026, n) for n in range(1, 5)] + [Period(first, date(2026, 5, 1))]
    store = build(leads=leads, deals=deals)
    found = measure(store, bound(store), ("lead_conversion",), ALL, windows=windows)
    for number, window in enumerate(windows):
        inside = [own for lead, own in paired if window.start <= lead["created_date"] < window.end]
        figure = found.figure("lead_conversion", number)
        assert figure.value == sum(map(bool, inside)) / len(inside)
        young = window.last_day + timedelta(days=most) > store.ends("deals")[1]
        assert figure.is_maturing is young
    assert store.ends("deals")[1] >= max(happened)
