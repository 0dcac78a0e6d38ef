from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash import formats

NBSP = "\u00a0"
amounts = st.decimals(Decimal("-1e13"), Decimal("1e13"), places=4)
languages = st.sampled_from(["en", "zh"])


@pytest.mark.parametrize(
    ("amount", "english"),
    [
        ("1184", "$1,184"),
        ("224000", "$224K"),
        ("7620000", "$7.62M"),
        ("18000000", "$18.0M"),
        ("1240000000", "$1.24B"),
        ("12400000000", "$12.4B"),
        ("124000000000", "$124B"),
        ("1240000000000", "$1.24T"),
        ("0", "$0"),
        ("0.004", "$0.00"),
        ("12.345", "$12.34"),  # half to even
        ("12.355", "$12.36"),
        ("5", "$5.00"),
        ("9999.4", "$9,999"),
        ("-7620000", "−$7.62M"),
        # promoted at the border
        ("99.996", "$100"),
        ("9999.6", "$10.0K"),
        ("99949", "$99.9K"),
        ("99950", "$100K"),
        ("999499", "$999K"),
        ("999500", "$1.00M"),
        ("999950", "$1.00M"),
        ("9995000", "$10.0M"),
        ("99950000", "$100M"),
        ("999999999", "$1.00B"),
    ],
)
def test_dollars(amount, english):
    assert formats.money(Decimal(amount), "USD", "en") == english


@pytest.mark.parametrize(
    ("amount", "chinese"),
    [
        ("11840", "¥11,840"),
        ("660000", "¥66.0万"),
        ("7220000", "¥722万"),
        ("76200000", "¥7,620万"),
        ("180000000", "¥1.80亿"),
        ("123456000000", "¥1,234.56亿"),
        ("1200000000000", "¥1.20万亿"),
        ("0", "¥0"),
        ("12.5", "¥12.50"),
        ("-660000", "−¥66.0万"),
        # promoted at the border
        ("99999.4", "¥99,999"),
        ("99999.6", "¥10.0万"),
        ("999500", "¥100万"),
        ("99994999", "¥9,999万"),
        ("99999999", "¥1.00亿"),
        ("999999999999", "¥1.00万亿"),
    ],
)
def test_yuan(amount, chinese):
    assert formats.money(Decimal(amount), "CNY", "zh") == chinese


@pytest.mark.parametrize(
    ("style", "english", "chinese"),
    [
        ("short", "$7.62M", "$762万"),
        ("exact", "$7,621,184.37", "$7,621,184.37"),
        ("axis", "7.62118M", "762.118万"),
        ("signed", "+$7.62M", "+$762万"),
        ("about", "about $7.6M", "约$760万"),
    ],
)
def test_styles_of_money(style, english, chinese):
    for lang, expected in (("en", english), ("zh", chinese)):
        assert formats.money(Decimal("7621184.37"), "USD", lang, style) == expected


@pytest.mark.parametrize(
    ("amount", "english", "chinese"),
    [
        (2_000_000, "2M", "200万"),
        (40_000_000, "40M", "4,000万"),
        (150_000_000, "150M", "1.5亿"),
        (12_500, "12.5K", "1.25万"),
        (2_000, "2K", "2,000"),
        (500, "500", "500"),
        (0, "0", "0"),
        (-20_000, "−20K", "−2万"),
        (999_999.9, "1M", "100万"),
        (0.1 + 0.2, "0.3", "0.3"),
    ],
)
def test_ticks_carry_no_currency_and_no_needless_zero(amount, english, chinese):
    assert formats.money(amount, "USD", "en", "axis") == english
    assert formats.number(amount, "zh", "axis") == chinese


@pytest.mark.parametrize(
    ("amount", "english"),
    [(2_345_678, "about 2.3M"), (224_000, "about 220K"), (1_184, "about 1,200"), (0, "about 0")],
)
def test_an_estimate_has_a_digit_less(amount, english):
    assert formats.number(amount, "en", "about") == english


@pytest.mark.parametrize(
    ("currency", "shown"),
    [
        ("USD", "$9"),
        ("usd", "$9"),
        ("EUR", "€9"),
        ("CNY", "¥9"),
        ("HKD", "HK$9"),
        ("CHF", f"CHF{NBSP}9"),
        ("XYZ", f"XYZ{NBSP}9"),
        ("", "9"),
        (None, "9"),
    ],
)
def test_currencies(currency, shown):
    assert formats.money(Decimal(9), currency, "en") == f"{shown}.00"


def test_yen_have_no_cents():
    assert formats.money(Decimal("12.4"), "JPY", "en") == "¥12"
    assert formats.money(Decimal("1234.5"), "JPY", "en", "exact") == "¥1,234"


@pytest.mark.parametrize(
    ("amount", "style", "shown"),
    [
        (7, "short", "7"),
        (Decimal("12.0000"), "short", "12"),
        (12.5, "short", "12.5"),
        (1.256, "short", "1.26"),
        (9.999, "short", "10.0"),
        (99.97, "short", "100"),
        (1184, "short", "1,184"),
        (Decimal("1184.5"), "short", "1,184"),
        (224_000, "short", "224K"),
        (Decimal("1184.5000"), "exact", "1,184.5"),
        (224_013, "exact", "224,013"),
        (-3, "signed", "−3"),
        (3, "signed", "+3"),
        (0, "signed", "0"),
    ],
)
def test_numbers(amount, style, shown):
    assert formats.number(amount, "en", style) == shown


def test_shares_and_changes():
    assert formats.share(0.316, "en") == formats.share(0.316, "zh") == "31.6%"
    assert formats.share(Decimal("0.31579"), "en", "exact") == "31.58%"
    assert formats.share(0.25, "en", "axis") == "25%"
    assert formats.change(-0.079, "en") == "−7.9%"
    assert formats.change(0.12, "zh") == "+12.0%"
    assert formats.change(12.34, "en") == "+1,234%"
    assert formats.change(-0.0004, "en") == "0.0%"  # rounds to nothing: no sign


def test_points():
    assert formats.points(0.006, "en") == "+0.6 pp"
    assert formats.points(0.006, "zh") == "+0.6 个百分点"
    assert formats.points(-0.0213, "en") == "−2.1 pp"
    assert formats.points(0, "en") == "0.0 pp"


def test_multiples():
    assert formats.multiple(3.24, "en") == "3.2×"
    assert formats.multiple(-0.5, "zh", "signed") == "−0.5×"
    assert formats.multiple(Decimal("3.24"), "en", "exact") == "3.24×"
    assert formats.multiple(3, "en", "axis") == "3"


@pytest.mark.parametrize(
    ("amount", "style", "english", "chinese"),
    [
        (1, "short", "1 day", "1 天"),
        (23.4, "short", "23 days", "23 天"),
        (4.52, "short", "4.5 days", "4.5 天"),
        (9.96, "short", "10 days", "10 天"),
        (10.4, "short", "10 days", "10 天"),
        (1.02, "short", "1 day", "1 天"),
        (0, "short", "0 days", "0 天"),
        (23.41, "exact", "23.41 days", "23.41 天"),
        (-1, "signed", "−1 day", "−1 天"),
        (2, "signed", "+2 days", "+2 天"),
        (60, "axis", "60", "60"),
    ],
)
def test_days(amount, style, english, chinese):
    assert formats.days(amount, "en", style) == english
    assert formats.days(amount, "zh", style) == chinese


@pytest.mark.parametrize(
    ("unit", "short", "signed"),
    [
        ("money", "$12.50", "+$12.50"),
        ("count", "12.5", "+12.5"),
        ("number", "12.5", "+12.5"),
        ("share", "1,250%", "+1,250 pp"),
        ("days", "12 days", "+12 days"),
        ("multiple", "12.5×", "+12.5×"),
    ],
)
def test_a_value_by_the_unit_of_its_metric(unit, short, signed):
    assert formats.value(12.5, unit, "USD", "en") == short
    assert formats.value(12.5, unit, "USD", "en", "signed") == signed


def test_a_unit_that_does_not_exist():
    with pytest.raises(ValueError, match="furlong"):
        formats.value(1, "furlong", "USD", "en")


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf"), Decimal("NaN")])
@pytest.mark.parametrize("style", ["short", "exact", "axis", "signed", "about"])
@pytest.mark.parametrize("unit", ["money", "count", "share", "days", "multiple"])
def test_no_data_is_a_dash(nothing, style, unit):
    assert formats.value(nothing, unit, "USD", "en", style) == "—"


def test_the_whole_range_of_the_warehouse_fits():
    assert formats.money(Decimal("1e31"), None, "en", "exact").startswith("10,000,000")
    assert formats.money(Decimal("1e31"), None, "zh").endswith(".00万亿")


UNITS = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def read_back(text: str) -> Decimal:
    """The figure a short text stands for."""
    digits = text.replace("−", "-").replace(",", "").rstrip("KMBT万亿")
    return Decimal(digits) * UNITS.get(text[len(text.rstrip("KMBT万亿")) :], 1)


@given(amounts, languages)
def test_a_short_figure_stays_within_half_a_percent(amount, lang):
    shown = read_back(formats.money(amount, None, lang))
    assert abs(shown - amount) <= max(abs(amount) * Decimal("0.00501"), Decimal("0.005"))


@given(amounts, amounts, languages)
def test_a_larger_figure_never_reads_smaller(one, other, lang):
    small, large = sorted((one, other))
    assert read_back(formats.money(small, None, lang)) <= read_back(
        formats.money(large, None, lang)
    )


@given(amounts)
def test_english_figures_have_three_digits_from_ten_thousand_on(amount):
    text = formats.money(abs(amount), None, "en")
    if text[-1] in "KMB":
        assert len(text.replace(".", "")) == 4


@given(amounts, languages, st.sampled_from(["short", "exact", "signed"]))
def test_a_minus_is_the_minus_sign_and_stands_first(amount, lang, style):
    text = formats.money(amount, "CNY", lang, style)
    assert "-" not in text
    assert text.count("−") == text.startswith("−")
