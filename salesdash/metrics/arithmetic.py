"""Arithmetic over metrics: the expressions of derived metrics and the division of ratios.

Blank in, blank out: a missing operand or a divisor of 0 makes the whole blank.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import isfinite

from salesdash.errors import UsageError

Number = Decimal | int | float

MAX_LENGTH = 500
"""Characters of an expression; far more than arithmetic over metrics needs."""

DIGITS = 50
"""Sums of DECIMAL(38,x) need 38 digits; Python's default of 28 would round them."""

_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number | None]] = {}

_PICKS: Mapping[str, Callable[[Number, Number], Number]] = {"max": max, "min": min}


@dataclass(frozen=True)
class Arithmetic:
    """One expression over metric ids: ``+ - * /``, max and min of two, brackets, numbers."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]

    @property
    def linear(self) -> bool:
        """Only sums and differences of metrics: additive when all its metrics are."""
        return _is_linear(self.tree)

    def value(self, values: Mapping[str, Number | None]) -> Number | None:
        """The result, None when an operand is None or a divisor 0."""
        return _value(self.tree, values)


def read_arithmetic(text: str) -> Arithmetic:
    """Read an expression; raises UsageError naming what is not arithmetic."""
    if len(text) > MAX_LENGTH:
        raise UsageError("config.metric.arithmetic", part=text[:40])
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UsageError("config.metric.arithmetic", part=text.strip()) from error
    names = tuple(dict.fromkeys(_names(tree)))
    if not names:
        raise UsageError("config.metric.arithmetic", part=text.strip())
    return Arithmetic(text.strip(), tree, names)


def divide(numerator: Number | None, denominator: Number | None) -> float | None:
    """Both as DOUBLE, divided last; None when either is None or the divisor is 0."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    return float(numerator) / float(denominator)


def plus(one: Number, other: Number) -> Number:
    """The sum, exact as `minus` is."""
    return minus(one, -other)


def minus(one: Number, other: Number) -> Number:
    """The difference, exact for all the digits a sum may have; a float only where one is one."""
    first, second = _alike(one, other)
    if isinstance(first, float) or isinstance(second, float):
        return float(first) - float(second)
    with localcontext(prec=DIGITS):
        return first - second


def _names(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            yield from _names(left)
            yield from _names(right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield from _names(operand)
        case ast.Call(func=ast.Name(id=name), args=[first, second], keywords=[]) if name in _PICKS:
            yield from _names(first)
            yield from _names(second)
        case ast.Name(id=name):
            yield name
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            yield from ()
        case _:
            raise UsageError("config.metric.arithmetic", part=ast.unparse(node))


def _is_linear(node: ast.expr) -> bool:
    match node:
        case ast.Name():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_linear(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            return _is_linear(left) and _is_linear(right)
        case _:
            return False


def _value(node: ast.expr, values: Mapping[str, Number | None]) -> Number | None:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _both(_OPERATORS[type(op)], _value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=[left, right]):
            return _both(_PICKS[name], _value(left, values), _value(right, values))
        case ast.UnaryOp(operand=operand):
            inner = _value(operand, values)
            return None if inner is None else -inner
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=value):
            return Decimal(str(value)) if isinstance(value, float) else int(str(value))
    raise AssertionError(node)  # pragma: no cover - read_arithmetic refused everything else


def _both(
    how: Callable[[Number, Number], Number | None], first: Number | None, second: Number | None
) -> Number | None:
    """Two operands put together; blank when one of them is."""
    return None if first is None or second is None else how(*_alike(first, second))


def _alike(first: Number, second: Number) -> tuple[Number, Number]:
    """Money stays DECIMAL; beside a float (a ratio) everything is DOUBLE."""
    if isinstance(first, float) or isinstance(second, float):
        return float(first), float(second)
    return first, second


def finite(value: Number | None) -> Number | None:
    """The value, None for infinite and not-a-number."""
    return value if value is None or isfinite(value) else None


_OPERATORS.update(
    {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: divide}
)
