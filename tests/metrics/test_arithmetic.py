"""Arithmetic over metrics: blank in, blank out; money stays exact."""

from decimal import Decimal

import pytest

from salesdash.errors import UsageError
from salesdash.metrics.arithmetic import divide, finite, read_arithmetic


@pytest.mark.parametrize(
    ("text", "values", "result"),
    [
        ("a - b", {"a": Decimal("0.3"), "b": Decimal("0.1")}, Decimal("0.2")),
        ("1 - share", {"share": 0.25}, 0.75),
        ("-a + 2 * (a - b)", {"a": 5, "b": 1}, 3),
        ("a / b", {"a": 1, "b": 4}, 0.25),
        ("a / b", {"a": 1, "b": 0}, None),
        ("a + b", {"a": 1, "b": None}, None),
        ("-a", {"a": None}, None),
        ("money * share", {"money": Decimal(10), "share": 0.5}, 5.0),
        ("a / max(b, 0.1)", {"a": 3, "b": Decimal(0)}, 30.0),
        ("min(a, 2 * b)", {"a": 3, "b": Decimal("1.25")}, Decimal("2.5")),
        ("max(a, b)", {"a": 3, "b": None}, None),
        ("max(a, b)", {"a": None, "b": 3}, None),
        ("money * 1.1", {"money": Decimal(10)}, Decimal("11.0")),
    ],
)
def test_value(text, values, result):
    assert read_arithmetic(text).value(values) == result


@pytest.mark.parametrize(
    "text",
    ["", "1 + 2", "a ** 9", "a.b", "f(a)", "a if b else c", "__import__('os')", "a // b",
     "max(a)", "max(a, b, c)", "min(a, b=c)",
     "True + a", "'x' + a", "a +", "a" * 501, "[a for a in b]", "(" * 300 + "a" + ")" * 300],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(UsageError, match=r"config\.metric\.arithmetic"):
        read_arithmetic(text)


def test_names_in_the_order_of_the_text():
    assert read_arithmetic("b - a + b").names == ("b", "a")


@pytest.mark.parametrize(
    ("text", "linear"), [("a - (b + -c)", True), ("a * 2", False), ("1 - a", False)]
)
def test_only_sums_and_differences_are_linear(text, linear):
    assert read_arithmetic(text).linear is linear


def test_divide_gives_a_double_or_nothing():
    assert divide(Decimal(1), 8) == 0.125
    assert divide(Decimal(1), 0) is None
    assert divide(None, 2) is None
    assert divide(2, None) is None


def test_infinite_is_blank():
    assert finite(float("inf")) is None
    assert finite(float("nan")) is None
    assert finite(Decimal(2)) == 2
    assert finite(None) is None
