"""Fields that follow from others, as expressions over a row's fields; one function a dataset."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from salesdash.datasets import SQL_TYPES, Dataset, Kind
from salesdash.datasets.keys import folded_sql
from salesdash.ingest.cleaning import exchange, sharing, values
from salesdash.ingest.mapping import acquisition
from salesdash.ingest.mapping.plan import COMPUTED
from salesdash.ingest.relation import literal

if TYPE_CHECKING:
    from salesdash.ingest.cleaning.statement import Statement

Fields = dict[str, str]


def derive(statement: "Statement") -> None:
    """Complete the fields of a statement."""
    own = _OF.get(statement.dataset.name)
    if own is not None:
        own(statement)
    fields, mapping = statement.fields, statement.mapping
    if "currency" in statement.dataset.names:
        _currency(statement)
    for name, text in mapping.values.items():
        if text:
            _fill(fields, statement.dataset, name, text, mapping.fiscal_start, mapping.named_by)


def _currency(statement: "Statement") -> None:
    """The code of the row's currency: of its column, of what its amount carries, as was said."""
    fields, mapping = statement.fields, statement.mapping
    home = mapping.exchange.currency if mapping.exchange is not None else mapping.currency or ""
    index = exchange.signs_of(statement.table, mapping)
    known = [exchange.code(fields["currency"], home)] if "currency" in fields else []
    known += [exchange.carried(f"p.c{index}", home)] if index is not None else []
    known += [literal(mapping.currency)] if mapping.currency else []
    if known:
        fields["currency"] = f"coalesce({', '.join(known)})"


def _fill(  # noqa: PLR0913 - one value and all that says how it is read
    fields: Fields, dataset: Dataset, name: str, text: str, fiscal_start: int, named_by: str
) -> None:
    """What holds where a row says nothing."""
    kind = dataset.field(name).kind
    value = f"try_cast({literal(text)} as {SQL_TYPES[kind]})"
    if kind is Kind.DATE:
        first = values.period(literal(text), fiscal_start, named_by)[0]
        value = f"coalesce({value}, {first})"
    fields[name] = f"coalesce({fields[name]}, {value})" if name in fields else value


def _sales(statement: "Statement") -> None:
    fields = statement.fields
    if statement.mapping.amount.name == COMPUTED:
        discount = fields.get("discount")
        amount = values.line_amount(fields["price"], fields["quantity"], discount)
        statement.lines = fields["amount"] = sharing.less_line(statement, amount)
    known = {"price", "quantity", *(("discount",) if statement.mapping.off is None else ())}
    if known <= fields.keys() and "list_amount" not in fields:
        fields["list_amount"] = values.line_amount(fields["price"], fields["quantity"], None)
    if "order_date" not in fields and "ordered_at" in fields:
        fields["order_date"] = f"cast({fields['ordered_at']} as date)"


def _deals(statement: "Statement") -> None:
    """The outcome: as its own column says, else as the stage says."""
    fields, rule = statement.fields, statement.mapping.stages
    assert rule is not None
    stage, outcome = fields.get("stage"), fields.get("outcome")
    said = []
    if outcome is not None:
        said.append(_worded(outcome, {**rule.words, **rule.outcomes}))
    if stage is not None:
        said.append(_worded(stage, rule.words))
    fields["outcome"] = f"coalesce({', '.join(said)})"
    fields["stage"] = f"coalesce({', '.join(each for each in (stage, outcome) if each)})"


def _worded(expression: str, words: Mapping[str, str]) -> str:
    whens = " ".join(
        f"when {literal(word)} then {literal(meaning)}" for word, meaning in words.items()
    )
    return f"case {folded_sql(expression)} {whens} end" if whens else "cast(null as varchar)"


def _costs(statement: "Statement") -> None:
    """The purpose: acquisition by the words of the row, else none."""
    fields = statement.fields
    named = [fields[name] for name in acquisition.FIELDS if name in fields]
    fields.pop("purpose", None)
    if named and "purpose" not in statement.mapping.values:
        words = f"lower(concat_ws(' ', {', '.join(named)}))"
        fields["purpose"] = (
            f"case when regexp_matches({words}, {literal(acquisition.PATTERN)}) "
            f"then {literal(acquisition.ACQUISITION)} end"
        )


def _targets(statement: "Statement") -> None:
    """The metric by its id, where a name of it was given."""
    fields = statement.fields
    if "metric" in fields:
        known = _worded(fields["metric"], statement.mapping.metrics)
        fields["metric"] = f"coalesce({known}, {fields['metric']})"


def _named(key: str, name: str) -> Callable[["Statement"], None]:
    """The key of a row without an id is its name."""

    def keyed(statement: "Statement") -> None:
        fields = statement.fields
        if key in fields and name in fields:
            fields[key] = f"coalesce({fields[key]}, {fields[name]})"

    return keyed


_OF: Mapping[str, Callable[["Statement"], None]] = {
    "sales": _sales,
    "deals": _deals,
    "costs": _costs,
    "targets": _targets,
    "customers": _named("customer", "customer_name"),
    "products": _named("product", "product_name"),
}
