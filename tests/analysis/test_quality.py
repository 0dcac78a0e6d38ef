"""How good the data are, from rows whose faults one can count."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from salesdash.analysis import health, quality
from salesdash.analysis.answers import Name, Reason
from salesdash.analysis.asking import bound
from salesdash.analysis.fields import readers
from salesdash.analysis.health import Log, Unknown
from salesdash.charts import Words
from salesdash.imports import Waiting
from salesdash.workspace import Event, EventKind, Status
from tests.analysis.company import TODAY, settings
from tests.warehouse.build import build

EN, ZH = Words("en", "USD"), Words("zh", "CNY")


def event(number, dataset="sales", *, at="2026-11-18", **more):
    moment = datetime.fromisoformat(at)
    given = {"kind": EventKind.IMPORT, "who": "Ana", "as_of": moment, **more}
    return Event(id=number, status=Status.DONE, version=1, at=moment, dataset=dataset, **given)


def sale(day, amount=1, **more):
    return {"order_date": day, "amount": amount, "document": f"{day}{amount}", **more}


def asked(sales=(), log=(), waiting=(), today=TODAY, cut=None, **others):
    warehouse = build(sales, **others)
    return quality.build(warehouse, settings(), today, Log(tuple(log), tuple(waiting)), cut)


def only(sales, **more):
    (found,) = asked(sales, **more).datasets
    return found


def told(found):
    return EN.tell(found.headline)


# --- fresh ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "age", "stale"), [("2026-11-12", 6, False), ("2026-11-11", 7, True)]
)
def test_data_are_stale_from_the_days_of_the_config_on(until, age, stale):
    fresh = only([sale("2026-11-10"), sale(until, 2)]).fresh
    assert (fresh.until, fresh.age, fresh.stale) == (date.fromisoformat(until), age, stale)


def test_what_pauses_for_a_month_is_not_late_after_a_week():
    rare = [sale("2026-09-08"), sale("2026-10-08"), sale("2026-11-08")]
    assert not only(rare).fresh.stale  # 10 days old, it paused for 31
    assert only(rare[:2]).fresh.stale  # 41 days


def test_plans_and_lists_have_no_age():
    found = asked(targets=[{"period_start": "2020-01-01", "target": 1}], people=[{"person": "Ann"}])
    assert [each.fresh.stale for each in found.datasets] == [False, False]
    assert [each.fresh.age for each in found.datasets] == [None, None]


def test_the_last_import_that_stands():
    log = [event(1), event(2), event(3, kind=EventKind.UNDO, target=2), event(4, "deals")]
    fresh = only([sale("2026-11-17")], log=log).fresh
    assert (fresh.last.id, fresh.imports) == (1, 1)


# --- complete --------------------------------------------------------------------------------


def test_months_without_rows_between_months_with_rows():
    found = only([sale("2026-05-03"), sale("2026-05-04", 2), sale("2026-08-01", 3)])
    assert [(m.start.month, m.counted) for m in found.covered.months] == [
        (5, 2),
        (6, 0),
        (7, 0),
        (8, 1),
    ]
    assert found.covered.empty == 2


def test_stray_days_make_no_empty_months():
    found = only([sale("1900-01-01"), sale("2026-11-03"), sale("2099-01-01")])
    assert (len(found.covered.months), found.covered.empty) == (1, 0)
    assert (found.filled.early, found.filled.ahead) == (1, 1)


def test_months_without_a_plan_are_no_fault():
    plans = [{"period_start": f"2026-{month:02}-01", "target": 1} for month in (1, 4, 12)]
    found = asked(targets=plans)
    assert (len(found.datasets[0].covered.months), found.findings) == (3, ())


def test_void_rows_cover_nothing():
    found = only([sale("2026-05-03"), sale("2026-06-01", counts=False), sale("2026-07-01")])
    assert found.covered.empty == 1


def test_fields_with_gaps_and_who_reads_them():
    rows = [
        sale("2026-11-03", customer="Ann", region="North", cost=1),
        sale("2026-11-04", 2, customer="Ann"),
        sale("2026-11-05", 3),
        sale("2026-11-06", 4, channel="Web", customer="V", counts=False),
    ]
    found = only(rows)
    assert [(e.field, e.rows, e.of) for e in found.empty] == [
        ("cost", 2, 3),
        ("customer", 1, 3),
        ("region", 2, 3),
    ]
    cost, customer, region = found.empty
    assert cost.metrics == ("cost", "gross_profit", "margin")
    assert customer.metrics == ("buyers", "retained", "before", "retention")
    assert (region.metrics, region.dimension, cost.dimension) == ((), True, False)
    assert customer.share == pytest.approx(1 / 3)


def test_a_mapped_field_may_be_empty_throughout():
    mapping = {"columns": [{"field": "channel"}, {"field": None}]}
    found = only([sale("2026-11-03")], log=[event(1, mapping=mapping)])
    assert [(e.field, e.share) for e in found.empty] == [("channel", 1.0)]


def test_who_reads_what():
    found = readers(bound(build([]), settings()))
    assert found["sales", "amount"] == ("sales", "gross_profit", "margin", "aov")
    assert ("sales", "line") not in found


# --- the sentence --------------------------------------------------------------------------------

PEOPLE = [{"person": "Ann Lee", "team": "North"}]


def test_the_sentence_tells_the_three_gravest():
    rows = [
        sale("2026-08-03", person="Ann Lee"),
        sale("2026-10-04", 2, person="Bob"),
        sale("2026-10-04", 3, person="ANN LEE"),
        sale("2027-01-01", 4),
    ]
    waiting = [Waiting(1, "sales", "reject.number", "Amount", 2, "x")]
    found = asked(rows, people=PEOPLE, waiting=waiting)
    assert told(found) == (
        "Order lines have no rows in 1 of 3 months, 1 salesperson is in no list,"
        " 2 rejected rows wait to be mended."
    )
    assert EN.tell(found.lead) == "Also: 1 row is dated after today."
    assert len(found.findings) == 4


def test_several_kinds_out_of_date():
    deals = [{"deal": "A", "created_date": "2026-11-01", "outcome": "open"}]
    found = asked([sale("2026-11-09")], deals=deals)
    assert told(found) == "Deals are 17 days old, 1 other kind of data is out of date, too."
    assert ZH.tell(found.headline).startswith("商机已有 17 天未更新")


def test_nothing_to_look_at():
    found = asked([sale("2026-11-17", person="Ann Lee")], people=PEOPLE)
    assert (found.findings, found.lead) == ((), None)
    assert told(found) == "All data are complete and up to date: the newest day is 17 Nov 2026."
    assert told(asked(people=PEOPLE)) == "All lists are complete."


def test_nothing_stored():
    found = asked()
    assert (found.datasets, told(found)) == ((), "Nothing is stored yet.")


def test_the_same_key_of_two_datasets_is_one_key():
    deals = [{"deal": "A", "created_date": "2026-11-17", "outcome": "open", "person": "Bob"}]
    found = asked([sale("2026-11-17", person="Bob")], deals=deals, people=PEOPLE)
    assert told(found) == "1 salesperson is in no list."
    assert [each.unknown for each in found.datasets] == [1, 1, 0]


def test_rows_that_came_twice():
    found = asked([sale("2026-11-17"), sale("2026-11-17", event=2)])
    assert told(found) == "1 row came twice, from different imports."
    assert found.datasets[0].repeats.amount == Decimal(1)


def test_looking_back_ages_are_those_of_the_cut():
    rows = [sale("2026-10-01", event=1), sale("2026-11-17", 2, event=2)]
    log = [event(1, at="2026-10-05")]
    found = asked(rows, log=log, cut=1)
    assert found.seen == date(2026, 10, 5)
    assert (found.datasets[0].filled.rows, found.datasets[0].fresh.age) == (1, 4)


# --- for the overview ----------------------------------------------------------------------------


def test_kinds_that_are_out_of_date_the_oldest_first():
    deals = [{"deal": "A", "created_date": "2026-10-01", "outcome": "open"}]
    leads = [{"lead": "A", "created_date": "2026-11-01"}]
    warehouse = build([sale("2026-11-17")], deals=deals, leads=leads)
    assert health.stale(warehouse, settings(), TODAY) == (("deals", 48), ("leads", 17))


def test_keys_that_lists_lack():
    deal = {"created_date": "2026-10-01", "outcome": "open"}
    deals = [{"deal": name, "person": name, **deal} for name in ("Bob", "Cid")]
    rows = [sale("2026-11-17", person="ANN LEE"), sale("2026-11-17", 2, person="Cid")]
    assert health.unknown(build(rows, deals=deals, people=PEOPLE)) == (
        Unknown("people", 2, "deals"),
    )
    assert health.unknown(build(rows, deals=deals)) == ()


def test_findings_are_reasons():
    deals = [{"deal": "A", "created_date": "2026-10-01", "outcome": "open"}]
    (finding,) = asked(deals=deals).findings
    assert finding == Reason(
        "quality.found.old", (("dataset", Name("dataset", "deals")), ("count", 48))
    )
