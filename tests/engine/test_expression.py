import pytest

from salesdash.engine import parse_expression
from salesdash.errors import UsageError


def test_columns_functions_and_aggregates_are_found():
    found = parse_expression("count(distinct case when amount > 0 then document end)")
    assert found.columns == {"amount", "document"}
    assert found.aggregates == {"count"}


def test_operators_count_as_functions():
    assert "//" in parse_expression("sum(a) // 2").functions


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("(select 1)", "expression.subquery"),
        ("amount in (select 2)", "expression.subquery"),
        ("sum(a) over ()", "expression.window"),
        ("sum(a) + $p", "expression.parameter"),
        ("*", "expression.star"),
        ("list_transform([1], lambda x: x)", "expression.lambda"),
        ("unnest([1])", "expression.table_function"),
        ("read_text('/etc/passwd')", "expression.table_function"),
        ("a, b", "expression.one_only"),
        ("sum(a) from u --", "expression.syntax"),
        ("sum(a) from t where a > 0; select 1", "expression.one_only"),
        ("sum(", "expression.syntax"),
        ("1; drop table t", "expression.syntax"),
        ("", "expression.syntax"),
    ],
)
def test_anything_but_one_expression_is_refused(sql, key):
    with pytest.raises(UsageError) as error:
        parse_expression(sql)
    assert error.value.key == key
