"""What moved between two cuts: every unit with what it did, and the units sum to the difference."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from salesdash.metrics import Kind, Unit, bind
from salesdash.periods import Period
from salesdash.selection import Filter, Selection
from salesdash.warehouse import Warehouse, restated
from salesdash.warehouse.questions import measure
from salesdash.warehouse.units import Between
from tests.analysis.company import metric, sale, settings
from tests.examples import tries
from tests.warehouse.build import build
from tests.warehouse.deals import deal

WEEK_47 = Period(date(2026, 11, 16), date(2026, 11, 23))
WEEK_46 = Period(date(2026, 11, 9), date(2026, 11, 16))
EVERYTHING = Selection(None)

ROWS = (
    sale("2026-11-16", 100, document="A", customer="K1", valid_to=2),
    sale("2026-11-16", 150, document="A", customer="K1", event=2),
    sale("2026-11-17", 40, document="B"),
    sale("2026-11-18", 70, document="C", event=3),
    sale("2026-11-19", 30, document="D", valid_to=3),
    sale("2026-11-20", 25, document="E", valid_to=3),
    sale("2026-11-13", 25, document="E", event=3),
    sale("2026-11-25", 5, document="F", event=3),
)
"""After event 1: A 100, D 30, E 25 in week 47. Event 2 makes A 150. Event 3 brings C, lets D go and
moves E to week 46. B stays, F lies in a week nobody saw."""


def asked(warehouse: Warehouse, *metrics: str, **more) -> restated.Restated:
    """What moved behind metrics of sales, from the first event to the third."""
    spans = more.pop("spans", (WEEK_47, WEEK_46))
    selection = more.pop("selection", EVERYTHING)
    at = Between(more.pop("since", 1), more.pop("until", 3), spans, selection)
    bound = bind(settings())
    return restated.of(warehouse, bound, metrics or ("sales", "orders"), at)["sales"]


def told(found: restated.Restated) -> list[tuple[object, ...]]:
    return [
        (row.span, row.how, row.key, row.events[1], *row.effects.values()) for row in found.rows()
    ]


def test_each_unit_says_what_happened_to_it_by_which_event_and_what_that_did():
    assert told(asked(build(ROWS))) == [
        (0, "late", "C", 3, Decimal(70), 1),
        (0, "amount", "A", 2, Decimal(50), 0),
        (0, "gone", "D", 3, Decimal(-30), -1),
        (0, "moved", "E", 3, Decimal(-25), -1),
        (1, "moved", "E", 3, Decimal(25), 1),
    ]


def test_what_it_was_and_what_it_is_stands_beside_each_other():
    fields = {row.key: row.fields for row in asked(build(ROWS), "sales").rows()}
    assert fields["A"]["amount"] == (Decimal(100), Decimal(150))
    assert fields["A"]["customer"] == ("K1", "K1")
    assert fields["E"]["order_date"] == (date(2026, 11, 20), date(2026, 11, 13))
    assert fields["C"]["amount"] == (None, Decimal(70))
    assert fields["D"]["amount"] == (Decimal(30), None)


def test_between_two_other_cuts_only_what_moved_there_is_told():
    assert told(asked(build(ROWS), since=1, until=2)) == [(0, "amount", "A", 2, Decimal(50), 0)]
    assert told(asked(build(ROWS), since=2, until=2)) == []
    assert told(asked(build(ROWS), spans=())) == []


def test_sums_count_all_units_and_the_largest_come_first():
    found = asked(build(ROWS))
    assert [row.key for row in found.rows(2)] == ["C", "A"]
    sums = [(s.span, s.how, s.events, s.units, s.effects["sales"]) for s in found.sums()]
    assert sums == [
        (0, "amount", (2, 2), 1, Decimal(50)),
        (0, "gone", (3, 3), 1, Decimal(-30)),
        (0, "late", (3, 3), 1, Decimal(70)),
        (0, "moved", (3, 3), 1, Decimal(-25)),
        (1, "moved", (3, 3), 1, Decimal(25)),
    ]


def test_a_change_that_was_taken_back_is_none():
    rows = (
        sale("2026-11-16", 100, document="A", valid_to=2),
        sale("2026-11-16", 150, document="A", event=2, valid_to=3),
        sale("2026-11-16", 100, document="A", event=1, valid_from=3),
    )
    assert told(asked(build(rows))) == []


def test_who_touched_it_first_and_last_is_known():
    rows = (
        sale("2026-11-16", 100, document="A", valid_to=2),
        sale("2026-11-16", 150, document="A", event=2, valid_to=3),
        sale("2026-11-16", 170, document="A", event=3),
    )
    (row,) = asked(build(rows)).rows()
    assert (row.events, row.effects["sales"]) == ((2, 3), Decimal(70))


def test_a_void_document_leaves_the_figures_and_says_so():
    rows = (
        sale("2026-11-16", 100, document="A", status="Completed", valid_to=2),
        sale("2026-11-16", 100, document="A", status="Void", counts=False, event=2),
    )
    (row,) = asked(build(rows)).rows()
    assert (row.how, row.effects["sales"], row.effects["orders"]) == ("status", Decimal(-100), -1)
    assert row.fields["status"] == ("Completed", "Void")


def test_what_never_counted_moves_nothing():
    rows = (
        sale("2026-11-16", 100, document="A", counts=False, valid_to=2),
        sale("2026-11-16", 150, document="A", counts=False, event=2),
        sale("2026-11-16", 50, document="B", counts=False, event=2),
    )
    assert told(asked(build(rows))) == []


def test_lines_of_a_document_are_one_unit():
    rows = (
        sale("2026-11-16", 100, document="A", product_name="Tea", valid_to=2),
        sale("2026-11-16", 20, document="A", product_name="Cup", valid_to=2),
        sale("2026-11-16", 100, document="A", product_name="Tea", event=2),
        sale("2026-11-16", 60, document="A", product_name="Pot", event=2),
    )
    (row,) = asked(build(rows)).rows()
    assert row.fields["amount"] == (Decimal(120), Decimal(160))
    assert row.fields["product_name"] == ("Cup ... Tea", "Pot ... Tea")
    assert (row.how, row.effects["sales"], row.effects["orders"]) == ("amount", Decimal(40), 0)


def test_rows_without_a_key_that_come_again_as_they_were_moved_nothing():
    """A file replaces its dates: the 10 are the same, the 7 became 9, a second 10 is new."""
    rows = (
        sale("2026-11-16", 10, valid_to=2),
        sale("2026-11-17", 7, valid_to=2),
        sale("2026-11-16", 10, event=2, record=1),
        sale("2026-11-17", 9, event=2, record=2),
        sale("2026-11-16", 10, event=2, record=3),
    )
    found = asked(build(rows), "sales")
    assert [(r.how, r.key, r.place, r.effects["sales"]) for r in found.rows()] == [
        ("amount", None, (2, 0, 3), Decimal(10)),
        ("late", None, (2, 0, 2), Decimal(9)),
        ("gone", None, (None, 0, 2), Decimal(-7)),
    ]


def test_filters_narrow_what_moved_and_a_unit_that_left_them_is_a_loss():
    rows = (
        sale("2026-11-16", 100, document="A", person="Ana", valid_to=2),
        sale("2026-11-16", 100, document="A", person="Bo", event=2),
        sale("2026-11-17", 30, document="B", person="Bo", event=2),
    )
    ana = Selection(None, filters=(Filter("person", ("Ana",)),))
    (row,) = asked(build(rows), selection=ana).rows()
    assert (row.key, row.effects["sales"]) == ("A", Decimal(-100))
    assert row.fields["person"] == ("Ana", "Bo")


def test_what_does_not_add_up_has_no_parts_but_its_rows_are_told():
    found = asked(build(ROWS), "aov", "retention")
    assert found.metrics == ()
    assert {(row.how, row.key) for row in found.rows()} == {
        ("late", "C"),
        ("amount", "A"),
        ("gone", "D"),
        ("moved", "E"),
    }


@pytest.mark.parametrize(
    ("sql", "adds_up"),
    [
        ("count(*)", True),
        ("count(distinct document)", True),
        ("count(distinct case when amount > 0 then document end)", True),
        ("count(distinct case when amount > 0 then document when true then line end)", False),
        ("count(distinct customer)", False),
        ("max(amount)", False),
    ],
)
def test_which_figures_units_add_up_to(sql, adds_up):
    known = settings()
    own = metric("own", Kind.SIMPLE, Unit.COUNT, sql=sql)
    rules = type("Rules", (), {**vars(known), "metrics": {"own": own}})()
    at = Between(1, 3, (WEEK_47,), EVERYTHING)
    found = restated.of(build(ROWS), bind(rules), ("own",), at)["sales"]
    assert found.metrics == (("own",) if adds_up else ())


DEALS = (
    metric(
        "won_amount",
        Kind.SIMPLE,
        Unit.MONEY,
        sql="sum(amount)",
        where="outcome = 'won'",
        dataset="deals",
        date="close_date",
    ),
    metric(
        "created", Kind.SIMPLE, Unit.COUNT, sql="count(*)", dataset="deals", date="created_date"
    ),
    metric("open", Kind.STOCK, Unit.COUNT, sql="count(*)", dataset="deals", date="created_date"),
)


def deals(rows, *metrics: str) -> list[tuple[object, ...]]:
    rules = type("Rules", (), {**vars(settings()), "metrics": {m.id: m for m in DEALS}})()
    at = Between(1, 2, (WEEK_47, WEEK_46), EVERYTHING)
    return told(restated.of(build(deals=rows), bind(rules), metrics, at)["deals"])


def test_a_deal_belongs_to_the_days_of_each_figure():
    """D1 is won late. D2 was won in week 47 and is lost. An open deal is pushed: no figure."""
    rows = (
        deal("open", "2026-11-02", "2026-11-30", deal="D1", amount=500, valid_to=2),
        deal("won", "2026-11-02", "2026-11-18", deal="D1", amount=450, event=2),
        deal("won", "2026-11-10", "2026-11-19", deal="D2", amount=80, valid_to=2),
        deal("lost", "2026-11-10", "2026-11-19", deal="D2", amount=80, event=2),
        deal("open", "2026-10-10", "2026-11-20", deal="D3", amount=70, valid_to=2),
        deal("open", "2026-10-10", "2026-12-20", deal="D3", amount=70, event=2),
    )
    assert deals(rows, "won_amount") == [
        (0, "status", "D1", 2, Decimal(450)),
        (0, "status", "D2", 2, Decimal(-80)),
    ]
    both = deals(rows, "won_amount", "created")
    assert both == [
        (0, "status", "D1", 2, Decimal(450), 0),
        (0, "status", "D2", 2, Decimal(-80), 0),
        (1, "status", "D2", 2, 0, 0),  # created in week 46: its count stands
    ]


def test_states_have_no_rows_of_a_period():
    rows = (deal("open", "2026-11-17", None, deal="D1", amount=500, event=2),)
    assert deals(rows, "open") == []


# --- the promise: what units did sums to the difference of the figures ------------------------

DAYS = st.integers(0, 20).map(lambda n: (date(2026, 11, 5) + timedelta(days=n)).isoformat())
VERSION = st.fixed_dictionaries(
    {
        "document": st.sampled_from(["A", "B", "C", None]),
        "order_date": DAYS,
        "amount": st.decimals(-50, 50, places=2).map(str),
        "counts": st.sampled_from([True, True, True, False]),
        "valid_from": st.integers(1, 4),
    },
    optional={"valid_to": st.integers(2, 5)},
)


@examples(max_examples=tries(15))
@given(st.lists(VERSION, max_size=12), st.integers(1, 4), st.integers(1, 4))
def test_units_sum_to_the_difference_of_every_figure_between_any_two_cuts(rows, since, until):
    rows = [r for r in rows if r.get("valid_to", 9) > r["valid_from"]]
    since, until = sorted((since, until))
    warehouse, bound = build(rows), bind(settings())
    spans = (WEEK_47, WEEK_46)
    found = asked(warehouse, since=since, until=until, spans=spans)
    gained = defaultdict(Decimal)
    for row in found.rows():
        for name, value in row.effects.items():
            gained[row.span, name] += value
    summed = defaultdict(Decimal)
    for each in found.sums():
        for name, value in each.effects.items():
            summed[each.span, name] += value
    for place in (0, 1):
        for name in ("sales", "orders"):
            then, now = (
                measure(warehouse, bound, (name,), Selection(None, cut=cut), windows=spans).figure(
                    name, place
                )
                for cut in (since, until)
            )
            expected = (now.value or 0) - (then.value or 0)
            assert gained[place, name] == summed[place, name] == expected


def test_when_all_rows_are_gone_they_are_told():
    rows = (sale("2026-11-16", 100, document="A", valid_to=2),)
    assert told(asked(build(rows))) == [(0, "gone", "A", 2, Decimal(-100), -1)]


def test_rows_that_lack_a_filter_are_left_out():
    at = Between(1, 3, (WEEK_47,), Selection(None, filters=(Filter("stage", ("Won",)),)))
    assert restated.of(build(ROWS), bind(settings()), ("sales",), at) == {}
