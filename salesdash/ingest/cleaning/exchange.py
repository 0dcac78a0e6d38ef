"""Amounts of other currencies become the company's, with the rate of their month.

The original amount, its currency and the rate stay beside the converted ones. Where a rate is
missing nothing is guessed: the import is refused with the currencies and months. A file that
is in one other currency throughout, for which no rate is known at all, is taken as it stands.
"""

from collections.abc import Mapping as Rates
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salesdash.datasets import DEALS, Dataset, Kind
from salesdash.engine import Asks, Row
from salesdash.errors import DataRefused, Problem
from salesdash.ingest import currencies
from salesdash.ingest.mapping.plan import COMPUTED, Exchange, Mapping
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import literal

if TYPE_CHECKING:
    from salesdash.ingest.cleaning.statement import Statement

_EXACT = "decimal(24,12)"
"""Of rates: one dong is 0.0000394 dollars, which six places would make 1 % less."""

ORIGINAL, CURRENCY, RATE = "original_amount", "currency", "rate"
SHOWN = 12


@dataclass(frozen=True)
class Conversion:
    """The rates that are used: (month, currency) -> rate; none: nothing is converted."""

    home: str
    rates: Rates[tuple[str, str], str]
    warnings: tuple[Problem, ...] = ()


def is_of_money(dataset: Dataset) -> bool:
    """Whether rows of a dataset keep what they were in another currency."""
    return {CURRENCY, ORIGINAL, RATE} <= set(dataset.names)


def signs_of(table: Table, mapping: Mapping) -> int | None:
    """The column whose amounts carry their currency, or may."""
    name = "price" if mapping.amount.name == COMPUTED else "amount"
    column = mapping.column(name)
    if column is None or column.member is not None:
        return None
    profile = table.profiles[column.index]
    signed = any(currencies.found_in(shape.text) for shape in profile.shapes)
    return column.index if signed or profile.others else None


def code(expression: str, home: str) -> str:
    """The ISO code that a currency's code, sign or name means, as SQL."""
    text = f"upper(trim(translate({expression}, '￥＄', '¥$')))"
    meanings = currencies.meanings(home)
    whens = " ".join(f"when {literal(sign)} then {literal(it)}" for sign, it in meanings.items())
    return f"case {text} {whens} else {text} end"


def carried(cell: str, home: str) -> str:
    """The code of the sign that an amount carries, as SQL; null without any."""
    text = f"upper(translate({cell}, '￥＄', '¥$'))"
    return code(f"nullif(regexp_extract({text}, {literal(currencies.PATTERN)}), '')", home)


def decide(asks: Asks, statement: "Statement") -> Conversion | None:
    """The rates for the currencies and months of a table; None: nothing is foreign.

    Raises DataRefused("data.rates_missing") with the currencies and months that have none.
    """
    exchange = statement.mapping.exchange
    if exchange is None:
        return None
    found = _present(asks, statement)
    present = {currency for currency, _, _ in found}
    foreign = sorted(present - {None, exchange.currency})
    if not foreign:
        return None
    known = {name for rates in exchange.rates.values() for name in rates}
    if len(present) == 1 and not known & present:
        values = {"currency": foreign[0], "home": exchange.currency}
        return Conversion(exchange.currency, {}, (Problem("cleaning.one_currency", values),))
    bare = None in present and len(foreign) == 1 and exchange.currency not in present
    used = _rates(exchange, [each for each in found if each[0] in foreign], bare=bare)
    listed = ", ".join(foreign)
    told = Problem("cleaning.converted", {"list": listed, "home": exchange.currency})
    return Conversion(exchange.currency, used, (told,))


def _present(asks: Asks, statement: "Statement") -> list[Row]:
    """The currencies and months there are; a bare 0 among amounts with one sign is of its kind."""
    found = asks.rows(_surveyed(statement))
    present = {currency for currency, _, _ in found}
    signs = present - {None}
    is_mixed = None in present and len(signs) == 1
    if not is_mixed or signs_of(statement.table, statement.mapping) is None:
        return found
    fields = statement.fields
    zero = f"case when {fields['amount']} = 0 then {literal(signs.pop())} end"
    fields[CURRENCY] = f"coalesce({fields[CURRENCY]}, {zero})"
    return asks.rows(_surveyed(statement))


def _rates(exchange: Exchange, found: list[Row], *, bare: bool) -> dict[tuple[str, str], str]:
    """The rate of each month and currency; refuses when one is missing.

    `bare`: some amounts carry one currency and all others none, so it may be that of all.
    """
    used: dict[tuple[str, str], str] = {}
    missing: dict[str, list[str]] = {}
    for currency, month, is_open in found:
        wanted = _month(exchange.rates, currency, month, is_open=is_open)
        rate = exchange.rates.get(wanted or "", {}).get(currency)
        if rate is None:
            missing.setdefault(currency, []).append(month or "?")
        else:
            used[month or "", currency] = rate
    if missing:
        raise _refused(missing, exchange.currency, bare=bare)
    return used


def _month(
    rates: Rates[str, Rates[str, str]], currency: str, month: str | None, *, is_open: bool
) -> str | None:
    """The month whose rate counts: its own; what is open or undated, the newest there is."""
    newest = max((each for each, of in rates.items() if currency in of), default=None)
    if month is None or newest is None:
        return newest
    return min(month, newest) if is_open else month


def _refused(missing: Rates[str, list[str]], home: str, *, bare: bool) -> DataRefused:
    parts = []
    for currency, months in sorted(missing.items()):
        ordered = sorted(set(months))
        rest = f" +{len(ordered) - SHOWN}" if len(ordered) > SHOWN else ""
        parts.append(f"{currency} ({', '.join(ordered[:SHOWN])}{rest})")
    if bare:
        (one,) = missing
        return DataRefused("data.some_currency", home=home, list=parts[0], currency=one)
    return DataRefused("data.rates_missing", home=home, list="; ".join(parts))


def _surveyed(statement: "Statement") -> str:
    """A SELECT of the currencies and months of the rows that count, and whether they are open."""
    fields = statement.fields
    is_open = f"coalesce({_open(statement)}, false)"
    return (
        f"select distinct {fields[CURRENCY]}, {_month_sql(statement)}, {is_open} "  # noqa: S608
        f"from ({statement.source}) p where {statement.counts} and {statement.fine}"
    )


def _open(statement: "Statement") -> str:
    fields = statement.fields
    return f"{fields['outcome']} = 'open'" if statement.dataset is DEALS else "false"


def _month_sql(statement: "Statement") -> str:
    """The month of a row: of a deal when it closes, of everything else its date."""
    fields = statement.fields
    names = ("close_date", "created_date") if statement.dataset is DEALS else ()
    dated = [fields[name] for name in names or (statement.dataset.date,) if name in fields]
    day = f"coalesce({', '.join(dated)})" if dated else "null"
    return f"strftime(cast({day} as date), '%Y-%m')"


def convert(statement: "Statement", conversion: Conversion) -> None:
    """The money of foreign rows times their rate; original amount and rate beside it."""
    if not conversion.rates:
        return
    fields, dataset = statement.fields, statement.dataset
    whens = " ".join(
        f"when {literal(f'{month} {currency}')} then cast({rate} as {_EXACT})"
        for (month, currency), rate in conversion.rates.items()
    )
    month = f"coalesce({_month_sql(statement)}, '')"
    rate = f"case concat({month}, ' ', {fields[CURRENCY]}) {whens} end"
    original = fields.get(ORIGINAL, "null")
    amount = fields.get("amount")
    for field in dataset.fields:
        is_money = field.kind in (Kind.MONEY, Kind.RATE) and field.name not in (ORIGINAL, RATE)
        if is_money and field.name in fields:
            worth = f"({fields[field.name]}) * coalesce({rate}, 1)"
            fields[field.name] = f"cast({worth} as {field.sql_type})"
    if amount is not None:
        fields[ORIGINAL] = f"case when {rate} is null then {original} else {amount} end"
    fields[RATE] = rate
