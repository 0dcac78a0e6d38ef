"""Which SQL a simple metric may have."""

import pytest

from salesdash.errors import UsageError
from salesdash.metrics.aggregates import Merge, read_aggregate


@pytest.mark.parametrize(
    ("sql", "merge", "argument", "columns"),
    [
        ("sum(amount)", Merge.ADD, "amount", {"amount"}),
        ("count(*)", Merge.ADD, "*", set()),
        ("COUNT( quantity )", Merge.ADD, "quantity", {"quantity"}),
        ("min(price)", Merge.LEAST, "price", {"price"}),
        ("max(price)", Merge.GREATEST, "price", {"price"}),
        ("median(price)", Merge.VALUES, "price", {"price"}),
        ("sum(amount - cost)", Merge.ADD, "amount - cost", {"amount", "cost"}),
        (
            "count(distinct case when amount > 0 then document end)",
            Merge.KEYS,
            "case when amount > 0 then document end",
            {"amount", "document"},
        ),
        ("sum(amount / nullif(quantity, 0))", Merge.ADD, None, {"amount", "quantity"}),
        ("sum(amount / 100)", Merge.ADD, "amount / 100", {"amount"}),
    ],
)
def test_one_aggregate_is_read(sql, merge, argument, columns):
    found = read_aggregate(sql)
    assert found.merge is merge
    assert found.columns == columns
    assert argument is None or found.argument == argument


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("amount", "config.metric.one_aggregate"),
        ("sum(amount) - sum(cost)", "config.metric.one_aggregate"),
        ("sum(sum(amount))", "config.metric.one_aggregate"),
        ("sum(distinct amount)", "config.metric.one_aggregate"),
        ("sum(amount) filter (where amount > 0)", "config.metric.one_aggregate"),
        ("coalesce(sum(amount), 0)", "config.metric.one_aggregate"),
        ("count(distinct a, b)", "config.metric.one_aggregate"),
        ("mode(amount)", "config.metric.one_aggregate"),
        ("avg(amount)", "config.metric.average"),
        ("sum(amount // 2)", "config.metric.integer_division"),
        ("sum(amount % 2)", "config.metric.integer_division"),
        ("sum(amount / quantity)", "config.metric.divisor"),
        ("sum(amount / 0)", "config.metric.divisor"),
        ("sum(amount) -- all", "config.metric.comment"),
        ("sum(/* all */ amount)", "config.metric.comment"),
        ("sum(random())", "config.metric.unsteady"),
        ("sum((select 1))", "expression.subquery"),
        ("sum(amount) over ()", "expression.window"),
        ("sum(unnest([1, 2]))", "expression.table_function"),
        ("sum($amount)", "expression.parameter"),
    ],
)
def test_anything_else_is_refused_with_its_reason(sql, key):
    with pytest.raises(UsageError) as caught:
        read_aggregate(sql)
    assert caught.value.key == key


def test_a_second_statement_is_refused():
    with pytest.raises(UsageError):
        read_aggregate("sum(amount) from sales; drop table sales")
