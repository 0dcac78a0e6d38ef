"""Numbers, money, shares, changes, multiples and days as text."""

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from babel.numbers import get_currency_precision

from salesdash.formats.compact import SMALL, axis, rounded_to, short, trimmed, two_digits
from salesdash.formats.words import locale, patterns

Number = Decimal | int | float
Style = Literal["short", "exact", "axis", "signed", "about"]
"""short: tiles and tables. exact: hover. axis: ticks, without the currency. signed: differences.
about: estimates, with a digit less than a fact and the word for it."""

DASH = "—"
MINUS = "−"
NO_BREAK = "\u00a0"
PERCENT = Decimal(100)
SHARE_PLACES, EXACT_SHARE_PLACES = 1, 2
WHOLE_SHARE = 10  # from 1,000 % on, decimals of a percentage say nothing
EXACT_PLACES = 4  # as many as the stored amounts have


def money(amount: Number | None, currency: str | None, lang: str, style: Style = "short") -> str:
    """An amount: $7.62M, ¥722万; exact $7,621,184.37; axis 8M. None as currency: no sign."""
    size = _decimal(amount)
    if size is None:
        return DASH
    symbol = "" if style == "axis" else currency_symbol(currency)
    cents = get_currency_precision(currency) if currency else 2
    return _styled(size, lang, style, lambda figure: symbol + _money(figure, cents, lang, style))


def number(amount: Number | None, lang: str, style: Style = "short") -> str:
    """A count or quantity: 1,184 · 224K · 66.0万; exact with all its (up to four) decimals."""
    size = _decimal(amount)
    if size is None:
        return DASH
    return _styled(size, lang, style, lambda figure: _number(figure, lang, style))


def share(fraction: Number | None, lang: str, style: Style = "short") -> str:
    """A fraction as a percentage: 0.316 is 31.6%."""
    size = _decimal(fraction)
    if size is None:
        return DASH
    return _styled(size, lang, style, lambda figure: f"{_percent(figure, style)}%")


def points(difference: Number | None, lang: str) -> str:
    """The difference of two fractions in percentage points: 0.006 is +0.6 pp."""
    size = _decimal(difference)
    if size is None:
        return DASH
    text = _styled(size, lang, "signed", lambda figure: _percent(figure, "signed"))
    return str(patterns(lang)["points"]).format(value=text)


def change(ratio: Number | None, lang: str) -> str:
    """A relative change with its sign: -0.079 is −7.9%."""
    return share(ratio, lang, "signed")


def multiple(factor: Number | None, lang: str, style: Style = "short") -> str:
    """A ratio of two amounts: 3.2×; signed −0.5×."""
    size = _decimal(factor)
    if size is None:
        return DASH
    text = _styled(size, lang, style, lambda figure: _plain(figure, 1, style))
    return text if style == "axis" else str(patterns(lang)["multiple"]).format(value=text)


def days(amount: Number | None, lang: str, style: Style = "short") -> str:
    """A length of time: 23 days, 4.5 days, 1 day; 23 天."""
    size = _decimal(amount)
    if size is None:
        return DASH
    text = _styled(size, lang, style, lambda figure: _plain(figure, 1, style, whole_from=10))
    if style == "axis":
        return text
    form = locale(lang).plural_form(1 if text.lstrip("+" + MINUS) == "1" else 2)
    return str(patterns(lang)["days"][form]).format(value=text)


def value(
    figure: Number | None, unit: str, currency: str | None, lang: str, style: Style = "short"
) -> str:
    """A figure by the unit of its metric (money count number share days multiple).

    Signed is for differences, so that of two shares is in points. ValueError for other units.
    """
    match str(unit):
        case "money":
            return money(figure, currency, lang, style)
        case "count" | "number":
            return number(figure, lang, style)
        case "share":
            return points(figure, lang) if style == "signed" else share(figure, lang, style)
        case "days":
            return days(figure, lang, style)
        case "multiple":
            return multiple(figure, lang, style)
    raise ValueError(f"no unit {unit!r}")


def currency_symbol(currency: str | None) -> str:
    """The sign of an ISO code: $ € ¥; an unknown code is its own sign, held to the figure."""
    if not currency:
        return ""
    currency = currency.upper()
    # in English yuan are CN¥, to tell them from yen; here a business knows its own currency
    symbol = "¥" if currency == "CNY" else locale("en").currency_symbols.get(currency, currency)
    return symbol + NO_BREAK if symbol[-1].isalpha() else symbol


def _decimal(amount: Number | None) -> Decimal | None:
    """The exact value; None for no data, NaN and infinity."""
    if amount is None:
        return None
    size = amount if isinstance(amount, Decimal) else Decimal(str(amount))
    return size if size.is_finite() else None


def _styled(size: Decimal, lang: str, style: Style, write: Callable[[Decimal], str]) -> str:
    """Sign, figure and the word for an estimate; what rounds to nothing has no sign."""
    text = write(two_digits(abs(size)) if style == "about" else abs(size))
    if any(digit in text for digit in "123456789"):
        text = (MINUS if size < 0 else "+" if style == "signed" else "") + text
    return str(patterns(lang)["about"]).format(value=text) if style == "about" else text


def _money(size: Decimal, cents: int, lang: str, style: Style) -> str:
    if style == "axis":
        return axis(size, lang)
    if style == "about":
        return _about(size, lang)
    if style == "exact" or (size and rounded_to(size, cents) < SMALL):
        return f"{rounded_to(size, cents):,}"
    return short(size, lang)


def _number(size: Decimal, lang: str, style: Style) -> str:
    if style == "axis":
        return axis(size, lang)
    if style == "about":
        return _about(size, lang)
    if style == "exact":
        return trimmed(size, EXACT_PLACES)
    if size != size.to_integral_value() and rounded_to(size, 1) < SMALL:
        return _three_digits(size)
    return short(size, lang)


def _about(size: Decimal, lang: str) -> str:
    """Two digits that count: 2.3M, 18M, 720万."""
    return axis(size, lang) if size >= SMALL * SMALL else trimmed(size)


def _three_digits(size: Decimal) -> str:
    """12.5, 0.42: a fraction below a hundred."""
    places = 2 if rounded_to(size, 2) < 10 else 1  # noqa: PLR2004 - two digits before the point
    return f"{rounded_to(size, places)}"


def _percent(fraction: Decimal, style: Style) -> str:
    percentage = fraction * PERCENT
    if style in {"axis", "about"}:
        return trimmed(percentage)
    if style == "exact":
        return f"{rounded_to(percentage, EXACT_SHARE_PLACES):,}"
    return f"{rounded_to(percentage, 0 if fraction >= WHOLE_SHARE else SHARE_PLACES):,}"


def _plain(size: Decimal, places: int, style: Style, whole_from: int | None = None) -> str:
    if style in {"axis", "about"}:
        return trimmed(size)
    if style == "exact":
        return trimmed(size, EXACT_PLACES)
    if whole_from is None:
        return f"{rounded_to(size, places):,}"
    return trimmed(size, 0 if rounded_to(size, places) >= whole_from else places)
