"""The quality of data as tables."""

from datetime import date, datetime
from decimal import Decimal

from salesdash.analysis.answers import Reason
from salesdash.analysis.health import Covered, Empty, Fresh, Health
from salesdash.analysis.quality import Quality
from salesdash.charts import Words
from salesdash.charts import quality as tables
from salesdash.imports import Waiting
from salesdash.warehouse.coverage import Month
from salesdash.warehouse.quality import Filled, Repeats, Restated
from salesdash.workspace import Event, EventKind, Status

EN = Words("en", "USD", names=(("sales", "Sales"), ("aov", "Average")))

HEALTH = Health(
    "sales",
    Filled(1200, 1000, 0, 2, 0, {}),
    Fresh(date(2026, 11, 9), 9, stale=True, last=None, imports=1),
    Covered(
        (Month(date(2026, 10, 1), 3, 2, Decimal("10.5")), Month(date(2026, 11, 1), 0, 0, None)), 1
    ),
    (
        Empty("customer", 250, 1000, ("sales", "aov", "x", "y"), dimension=True),
        Empty("region", 1, 1000, (), dimension=True),
        Empty("line", 1, 1000, ()),
    ),
    (),
    Repeats(4, Decimal(20), 3),
    (
        Waiting(7, "sales", "reject.number", "Amount", 2, "=1+1"),
        Waiting(7, "sales", "x", None, 1, None),
    ),
    (
        Restated(8, date(2026, 10, 1), Decimal(10), Decimal(12)),
        Restated(9, date(2026, 9, 1), Decimal(1), Decimal(0)),
    ),
)
PEOPLE = Health(
    "people",
    Filled(3, 3, 0, 0, 0, {}),
    Fresh(None, None, stale=False, last=None, imports=1),
    Covered((), 0),
    (),
    (),
    Repeats(0, None, 0),
    (),
    (),
)


def test_all_kinds_of_data():
    answer = Quality(
        (HEALTH, PEOPLE), (), Reason("quality.headline.nothing"), None, date(2026, 11, 18)
    )
    found = tables.datasets(answer, EN)
    assert found.shown == (
        (
            "Order lines",
            "1,200",
            "9 Nov 2026",
            "9 days",
            "1 of 2",
            "out of date, 1 empty months, 3 rejected, 3 twice, 2 after today",
        ),
        ("People", "3", "—", "—", "—", "In order"),
    )
    assert found.rows[0][:5] == ("Order lines", 1200, "2026-11-09", 9, 1)
    assert found.rows[1][2:] == (None, None, 0, "")


def test_months():
    found = tables.months(HEALTH, EN)
    assert found.shown == (("Oct 2026", "2", "$10.50"), ("Nov 2026", "0", "—"))
    assert found.rows == (("2026-10-01", 2, Decimal("10.5")), ("2026-11-01", 0, None))


def test_fields_name_three_metrics_and_count_the_others():
    found = tables.fields(HEALTH, EN)
    assert found.shown[0] == ("Customer", "250", "25.0%", "Sales, Average, x and 1 more")
    assert [row[3] for row in found.shown[1:]] == ["breakdowns by it", "nothing yet"]
    assert found.rows[0] == ("Customer", 250, 0.25, "Sales, Average, x, y")


def test_rejected_rows():
    found = tables.rejected(HEALTH, EN)
    assert found.shown[0][1:] == ("Amount", "2", "=1+1", "7")
    assert found.rows[1][1:] == (None, 1, None, 7)


def test_restated_months_name_what_changed_them():
    moment = datetime(2026, 11, 18)
    books = {"status": Status.DONE, "version": 1, "who": "Ana", "at": moment}
    events = {
        8: Event(id=8, kind=EventKind.IMPORT, file_name="late.csv", **books),
        9: Event(id=9, kind=EventKind.UNDO, target=3, **books),
    }
    found = tables.restated(HEALTH, events, EN)
    assert found.shown[0] == ("Oct 2026", "$10.00", "$12.00", "+$2.00", "8 · late.csv")
    assert found.shown[1][4] == "9 · Import 3 taken back"
    assert tables.restated(HEALTH, {}, EN).shown[0][4] == "8"
    assert found.rows[0][:4] == ("2026-10-01", 10, 12, 2)
