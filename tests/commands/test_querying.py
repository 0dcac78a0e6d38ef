"""The command query: rows, total, comparison and time, as exact figures."""

from decimal import Decimal

import pytest

from salesdash.cli import show_query
from salesdash.commands.asked import Query
from salesdash.commands.querying import query
from salesdash.errors import UsageError
from tests.commands.desks import desk
from tests.warehouse.test_questions import settings

ROWS = [
    # January: North 100 + 50 (one order), South 30; February: North 40; March: South 60
    {
        "order_date": "2026-01-05",
        "document": "A",
        "region": "North",
        "amount": "100",
        "profit": "20",
    },
    {
        "order_date": "2026-01-05",
        "document": "A",
        "region": "North",
        "amount": "50",
        "profit": "10",
    },
    {"order_date": "2026-01-31", "document": "B", "region": "South", "amount": "30", "profit": "0"},
    {"order_date": "2026-02-10", "document": "C", "region": "North", "amount": "40", "profit": "8"},
    {"order_date": "2026-03-31", "document": "D", "region": "South", "amount": "60", "profit": "6"},
    {"order_date": "2026-03-31", "document": "E", "region": None, "amount": "10", "profit": "5"},
    # a year earlier
    {"order_date": "2025-01-15", "document": "Z", "region": "North", "amount": "60", "profit": "6"},
]


@pytest.fixture(scope="module")
def shop():
    return desk(ROWS)


def ask(shop, *metrics, **arguments):
    return query(shop, Query(metrics=metrics, **arguments)).document


def test_without_dates_all_dates_are_meant(shop):
    answer = ask(shop, "sales", "orders", "margin")
    assert answer["columns"] == ["sales", "orders", "margin"]
    assert answer["rows"] == [[Decimal(350), 6, 55 / 350]]
    assert answer["total"] == {"sales": Decimal(350), "orders": 6, "margin": 55 / 350}
    assert answer["period"] is None
    assert answer["comparison"] is None
    assert answer["data_edge"] == "2026-03-31"
    assert answer["cut"] == 1
    assert answer["definitions"]["sales"]["sql"] == "sum(amount)"


def test_the_last_day_is_included(shop):
    answer = ask(shop, "sales", since="2026-01-01", to="2026-01-31")
    assert answer["rows"] == [[Decimal(180)]]
    assert answer["period"] == {"from": "2026-01-01", "to": "2026-01-31"}
    assert ask(shop, "sales", since="2026-01-01", to="2026-01-30")["rows"] == [[Decimal(150)]]


def test_one_end_may_stay_open(shop):
    assert ask(shop, "sales", to="2025-12-31")["period"] == {
        "from": "2025-01-15",
        "to": "2025-12-31",
    }
    assert ask(shop, "sales", since="2026-03-01")["period"] == {
        "from": "2026-03-01",
        "to": "2026-03-31",
    }


def test_members_come_biggest_first_and_the_total_is_asked(shop):
    answer = ask(shop, "sales", "margin", by=("region",), since="2026-01-01", to="2026-12-31")
    assert answer["columns"] == ["region", "sales", "margin"]
    assert answer["rows"] == [
        ["North", Decimal(190), 38 / 190],
        ["South", Decimal(90), 6 / 90],
        [None, Decimal(10), 0.5],
    ]
    assert answer["total"] == {"sales": Decimal(290), "margin": 49 / 290}


def test_a_grain_lists_every_unit_also_an_empty_one(shop):
    answer = ask(shop, "sales", grain="month", since="2025-12-01", to="2026-02-28")
    assert answer["columns"] == ["month", "sales"]
    assert answer["rows"] == [
        ["2025-12-01", None],
        ["2026-01-01", Decimal(180)],
        ["2026-02-01", Decimal(40)],
    ]


def test_with_dimension_and_grain_only_what_occurs_is_listed(shop):
    answer = ask(shop, "sales", grain="month", by=("region",), since="2026-01-01", to="2026-02-28")
    assert answer["rows"] == [
        ["2026-01-01", "North", Decimal(150)],
        ["2026-01-01", "South", Decimal(30)],
        ["2026-02-01", "North", Decimal(40)],
    ]


def test_a_month_is_compared_with_the_month_before(shop):
    answer = ask(shop, "sales", "orders", since="2026-02-01", to="2026-02-28", compare="previous")
    assert answer["columns"] == [
        *("sales", "sales_previous", "sales_change", "sales_change_ratio"),
        *("orders", "orders_previous", "orders_change", "orders_change_ratio"),
    ]
    assert answer["rows"] == [
        [Decimal(40), Decimal(180), Decimal(-140), -140 / 180, 1, 2, -1, -0.5]
    ]
    assert answer["comparison"] == {"kind": "previous", "from": "2026-01-01", "to": "2026-01-31"}


def test_a_year_ago_by_month_and_nothing_to_compare_with(shop):
    answer = ask(
        shop, "sales", since="2026-01-01", to="2026-02-28", compare="last-year", grain="month"
    )
    assert answer["rows"] == [
        ["2026-01-01", Decimal(180), Decimal(60), Decimal(120), 2.0],
        ["2026-02-01", Decimal(40), None, None, None],
    ]
    assert answer["total"]["sales_previous"] == Decimal(60)


def test_all_dates_are_compared_with_a_year_earlier(shop):
    answer = ask(shop, "sales", compare="last-year", grain="year")
    assert answer["period"] == {"from": "2025-01-15", "to": "2026-03-31"}
    assert answer["rows"] == [
        ["2025-01-01", Decimal(60), None, None, None],
        ["2026-01-01", Decimal(290), Decimal(60), Decimal(230), 230 / 60],
    ]


def test_units_of_the_time_before_are_paired_by_their_place(shop):
    answer = ask(
        shop, "sales", since="2026-01-01", to="2026-03-31", compare="previous", grain="month"
    )
    assert [row[:3] for row in answer["rows"]] == [
        ["2026-01-01", Decimal(180), None],
        ["2026-02-01", Decimal(40), None],
        ["2026-03-01", Decimal(70), None],
    ]


def test_filters_of_one_dimension_are_alternatives_of_two_conditions(shop):
    assert ask(shop, "sales", where=("region=South", "region="))["rows"] == [[Decimal(100)]]
    assert ask(shop, "sales", where=("region!=North",))["rows"] == [[Decimal(100)]]
    assert ask(shop, "sales", where=("region=North", "region!=North"))["rows"] == [[None]]


def test_nobody_home_is_no_data():
    answer = ask(desk([]), "sales")
    assert (answer["rows"], answer["data_edge"]) == ([[None]], None)


def test_an_extra_column_is_a_dimension_with_or_without_prefix():
    shop = desk([{"amount": "1", "x_priority": "high"}, {"amount": "2", "x_priority": "low"}])
    for name in ("priority", "x_priority"):
        answer = ask(shop, "sales", by=(name,))
        assert answer["columns"] == ["x_priority", "sales"]
        assert answer["rows"] == [["low", Decimal(2)], ["high", Decimal(1)]]


def test_as_of_an_earlier_cut():
    shop = desk(
        [
            {"amount": "5", "event": 1, "valid_to": 2},
            {"amount": "7", "event": 2},
        ]
    )
    assert ask(shop, "sales")["rows"] == [[Decimal(7)]]
    answer = ask(shop, "sales", as_of_cut=1)
    assert (answer["rows"], answer["cut"]) == ([[Decimal(5)]], 1)


@pytest.mark.parametrize(
    ("metric", "arguments", "key", "suggestion"),
    [
        ("Sale", {}, "metric.unknown", "sales"),
        ("broken", {}, "metric.broken", None),
        ("sales", {"by": ("regoin",)}, "dimension.unknown", "region"),
        ("sales", {"by": ("amount",)}, "dimension.unknown", None),
        ("sales", {"where": ("regio=North",)}, "dimension.unknown", "region"),
        ("sales", {"where": ("North",)}, "usage.pair", None),
        ("sales", {"grain": "months"}, "usage.choice", "month"),
        ("sales", {"compare": "last_year"}, "usage.choice", "last-year"),
        ("sales", {"compare": "previous"}, "usage.compare_dates", None),
        ("sales", {"since": "31.01.2026"}, "usage.day", None),
        ("sales", {"since": "2026-02-01", "to": "2026-01-01"}, "usage.order", None),
        ("sales", {"as_of_cut": 2}, "cut.unknown", None),
        ("sales", {"as_of_cut": -1}, "cut.unknown", None),
    ],
)
def test_what_does_not_exist_is_refused_by_name(shop, metric, arguments, key, suggestion):
    with pytest.raises(UsageError) as caught:
        ask(shop, metric, **arguments)
    assert caught.value.key == key
    if suggestion:
        assert caught.value.values["suggestion"] == suggestion


def test_dates_without_data_have_no_open_end():
    with pytest.raises(UsageError) as caught:
        ask(desk([]), "sales", since="2026-01-01")
    assert caught.value.key == "usage.no_data"


WEB = {"channel": "web"}
LEADS = [
    *({"lead": f"A{n}", "created_date": "2026-01-05", "channel": "web"} for n in range(2)),
    *({"lead": f"B{n}", "created_date": "2026-02-10", "channel": "web"} for n in range(2)),
    {"lead": "C0", "created_date": "2026-02-20", "channel": "fair"},
]
WON = [
    {
        "lead": "A0",
        "outcome": "won",
        "close_date": "2026-01-25",
        "amount": "10",
        **WEB,
    },  # after 20 days
    {"lead": "B0", "outcome": "won", "close_date": "2026-02-28", "amount": "20", **WEB},
    {"lead": "B1", "outcome": "won", "close_date": None, "amount": "5", **WEB},
]


@pytest.fixture(scope="module")
def agency():
    found = desk([], leads=LEADS, deals=WON)
    found.settings = settings()
    return found


def test_notes_stand_once_beside_the_rows_they_are_about(agency):
    answer = ask(agency, "lead_conversion", "won_amount", grain="month", by=("channel",))
    young = "Still maturing: 9 of 10 took up to 20 days, and the last of these had less."
    assert answer["notes"] == [
        {
            "metric": "lead_conversion",
            "note": young,
            "rows": [["2026-02-01", "web"], ["2026-02-01", "fair"]],
        },
        {
            "metric": "won_amount",
            "note": "1 row without Close date is left out.",
            "rows": [["2026-01-01", "web"], ["2026-02-01", "web"]],
        },
    ]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Lead conversion (2026-02-01 · web, 2026-02-01 · fair): Still maturing: 9 of 10"),
        ("zh", "线索转化率（2026-02-01 · web、2026-02-01 · fair）：尚未成熟：九成在"),
    ],
)
def test_the_terminal_prints_them_below_the_table(agency, lang, told):
    agency.lang = lang
    text = show_query.words(ask(agency, "lead_conversion", grain="month", by=("channel",)), lang)
    agency.lang = "en"
    assert told in text.splitlines()[-1]


def test_against_days_of_ones_own(shop):
    # February and March 2026 (59 days): 110; against 1-31 January: 180
    answer = ask(shop, "sales", since="2026-02-01", to="2026-03-31", against="month:2026-01")
    assert answer["rows"] == [[Decimal(110), Decimal(180), Decimal(-70), -70 / 180]]
    assert answer["comparison"] == {"kind": "days", "from": "2026-01-01", "to": "2026-01-31"}
    assert answer["lengths"] == {"days": 59, "days_then": 31, "working": 42, "working_then": 22}
    assert answer["per_day"]["sales"] == pytest.approx((110 / 59) / (180 / 31) - 1)
    told = show_query.words(answer, "en")
    assert "59 days (42 working days) are compared with 31 (22)." in told
    assert "Sales per day: −67.9%." in told


def test_two_months_are_compared_as_they_are(shop):
    answer = ask(
        shop, "sales", since="2026-02-01", to="2026-02-28", against="2026-01-01..2026-01-31"
    )
    assert answer["total"]["sales_change"] == Decimal(40 - 180)
    assert "lengths" not in answer


def test_by_members_and_by_months_against_days(shop):
    answer = ask(
        shop,
        "sales",
        by=("region",),
        grain="month",
        since="2026-02-01",
        to="2026-03-31",
        against="2026-01-01..2026-01-31",
    )
    # the first month beside January, the second beside nothing
    assert answer["rows"] == [
        ["2026-02-01", "North", Decimal(40), Decimal(150), Decimal(-110), -110 / 150],
        ["2026-02-01", "South", None, Decimal(30), None, None],
        ["2026-03-01", "South", Decimal(60), None, None, None],
        ["2026-03-01", None, Decimal(10), None, None, None],
    ]


def test_without_dates_all_of_them_stand_against_days(shop):
    answer = ask(shop, "sales", against="2026-01-01..2026-01-31")
    assert answer["period"] == {"from": "2025-01-15", "to": "2026-03-31"}
    assert answer["total"]["sales_previous"] == Decimal(180)


@pytest.mark.parametrize("days", ["last:30", "previous", "2026-03-31..2026-03-01"])
def test_only_fixed_days_are_days_of_ones_own(shop, days):
    with pytest.raises(UsageError) as refused:
        ask(shop, "sales", against=days)
    assert refused.value.key == "period.unknown"


def test_a_rule_or_days_but_not_both(shop):
    with pytest.raises(UsageError) as refused:
        ask(shop, "sales", compare="previous", against="month:2026-01", since="2026-02-01")
    assert refused.value.key == "usage.compare_twice"


def test_days_that_the_data_do_not_reach_are_not_counted(shop):
    # data until 31 March: 31 days of the 61 asked for, 70 of them; January has 31 days and 180
    answer = ask(
        shop, "sales", since="2026-03-01", to="2026-04-30", against="2026-01-02..2026-01-31"
    )
    assert (answer["lengths"]["days"], answer["lengths"]["days_then"]) == (31, 30)
    assert answer["per_day"]["sales"] == pytest.approx((70 / 31) / (180 / 30) - 1)
