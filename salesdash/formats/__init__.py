"""Formats: how numbers, money, dates and changes are written, in English and Chinese.

Display only: exact figures come in, are rounded once (half to even), and leave as text. No data
(None, NaN, infinity) is an em dash. The rules are those of the look's table of numbers.
"""

from salesdash.formats.dates import date, date_range, month_names, unit_label
from salesdash.formats.numbers import (
    DASH,
    Style,
    change,
    currency_symbol,
    days,
    money,
    multiple,
    number,
    points,
    share,
    value,
)
from salesdash.formats.vega import label_expr, time_locale

__all__ = [
    "DASH",
    "Style",
    "change",
    "currency_symbol",
    "date",
    "date_range",
    "days",
    "label_expr",
    "money",
    "month_names",
    "multiple",
    "number",
    "points",
    "share",
    "time_locale",
    "unit_label",
    "value",
]
