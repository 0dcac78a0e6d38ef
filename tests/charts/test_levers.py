"""A bridge as bars and as a table."""

from decimal import Decimal

from salesdash import charts
from salesdash.analysis.answers import Change, Figure
from salesdash.analysis.bridge import Bridge, Step
from salesdash.charts import Words
from salesdash.metrics import Unit
from salesdash.periods import Comparison, FiscalCalendar

WORDS = Words("en", "USD", FiscalCalendar())
STEPS = (
    Step("customers", Decimal(100), Unit.COUNT, then=2, now=3, metric="active_customers"),
    Step("orders_per_customers", Decimal("-40.50"), then=1.5, now=1.2, metric="orders"),
    Step("mix", Decimal(0)),
)
CHANGE = Change(Figure(Decimal("259.50")), Figure(Decimal(200)), Decimal("59.50"), None, None)
FOUND = Bridge("sales", Unit.MONEY, "up", None, None, Comparison.PREVIOUS, CHANGE, STEPS)


def test_each_bar_begins_where_the_one_before_ended():
    assert [(step.code, left, width) for step, left, width in charts.way(FOUND)] == [
        ("customers", 0.0, 1.0),
        ("orders_per_customers", 0.595, 0.405),
        ("mix", 0.595, 0.0),
    ]


def test_nothing_moved():
    still = Bridge("sales", Unit.MONEY, "up", None, None, Comparison.PREVIOUS, CHANGE, STEPS[2:])
    assert [place for _, *place in charts.way(still)] == [[0.0, 0.0]]
    assert charts.table(still, WORDS).rows[-1][-1] is None


def test_the_table_is_exact_and_ends_with_the_change():
    found = charts.table(FOUND, WORDS)
    assert found.rows[0] == ("Customers", 2, 3, Decimal(100), float(Decimal(100) / Decimal("59.5")))
    assert found.rows[-1] == ("Change", Decimal(200), Decimal("259.50"), Decimal("59.50"), 1.0)
    assert found.shown[1][3] == "−$40.50"
