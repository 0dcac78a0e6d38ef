"""What Vega needs to write as the app does, whatever the browser's language is."""

from typing import Any

from salesdash.formats.compact import AXIS
from salesdash.formats.dates import month_names
from salesdash.formats.words import locale

SIX_DIGITS = "',.6~r'"
"""d3: thousands separators, at most six significant digits, no trailing zeros, U+2212."""


def label_expr(unit: str, lang: str, field: str = "datum.value") -> str:
    """A Vega expression that writes ticks of a metric's unit as `value(..., style="axis")` does."""
    match str(unit):
        case "share":
            return f"format({field} * 100, {SIX_DIGITS}) + '%'"
        case "days" | "multiple":
            return f"format({field}, {SIX_DIGITS})"
    branches = "".join(
        f"abs({field}) >= {scale:.0f} ? format({field} / {scale:.0f}, {SIX_DIGITS}) + '{sign}' : "
        for scale, sign in AXIS[lang]
    )
    return f"{branches}format({field}, {SIX_DIGITS})"


def time_locale(lang: str) -> dict[str, Any]:
    """Vega's ``config.locale.time``: names of months and days, and the order of a date."""
    known = locale(lang)
    wide, short = known.days["format"]["wide"], known.days["format"]["abbreviated"]
    noon = known.day_periods["format"]["abbreviated"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    months = list(month_names(lang))
    long_date = "%Y年%-m月%-d日" if lang == "zh" else "%-d %b %Y"
    return {
        "dateTime": f"{long_date} %H:%M",
        "date": long_date,
        "time": "%H:%M",
        "periods": [noon["am"], noon["pm"]],
        "days": [wide[day] for day in sunday_first],
        "shortDays": [short[day] for day in sunday_first],
        "months": months,
        "shortMonths": months,
    }
