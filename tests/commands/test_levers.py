"""The levers of a goal by the terminal."""

from decimal import Decimal

import pytest


def test_the_levers_of_a_goal(terminal):
    """150 so far, 90 to be made; the last 32 working days, from 5 October, made 150: 0.6."""
    terminal("goals set sales --target 240 --period 2026-Q4")
    code, found, _ = terminal("goals levers 1")
    assert (code, found["why"], found["working_days_left"]) == (0, None, 32)
    assert found["past"] == {"from": "2026-10-05", "to": "2026-11-17"}
    assert (found["missing"], found["made"], found["times"]) == (90, 150, Decimal("0.6"))
    levers = {each["lever"]: each for each in found["levers"]}
    assert {name: (each["now"], each["needed"]) for name, each in levers.items()} == {
        "customers": (1, 1),
        "orders_per_customers": (2, Decimal("1.2")),
        "sales_per_orders": (75, 45),
    }
    assert levers["sales_per_orders"]["high"] == {
        "value": 120,
        "from": "2026-09-28",
        "to": "2026-11-10",
    }
    assert levers["customers"]["standing"] == "holds"
    assert [each["lever"] for each in found["dropped"]] == ["units", "listed"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("32 working days left", "Orders per customer", "Enough as it is", "Units: ")),
        ("zh", ("剩余 32 个工作日", "每位客户订单数", "保持现状即可", "销量: ")),
    ],
)
def test_levers_read_as_a_table(terminal, lang, told):
    terminal("goals set sales --target 240 --period 2026-Q4")
    table = terminal("goals levers 1", json=False, lang=lang)[1]
    assert all(words in table for words in told)
    terminal("goals set sales --target 100 --period 2026-Q4")
    assert terminal("goals levers 1", json=False, lang=lang)[1].count("\n") == 1


@pytest.mark.parametrize(
    ("line", "key"),
    [("goals levers", "goal.missing"), ("goals levers 1", "goal.unknown")],
)
def test_a_goal_that_is_not_there_is_told(terminal, line, key):
    code, told, _ = terminal(line)
    assert (code, told["error"]["key"]) == (2, key)
