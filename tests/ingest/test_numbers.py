from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesdash.engine import Engine
from salesdash.ingest.cleaning import values
from salesdash.ingest.mapping import numbers
from salesdash.ingest.mapping.plan import NumberFormat
from tests.ingest import kit


def decided(folder, *texts: str, given=None, file=None):
    content = "n\tcustomer\n" + "".join(f"{text}\tAnn\n" for text in texts)
    profile = kit.read(folder, content, delimiter="\t").tables[0].profiles[0]
    return numbers.decide(profile, given, file)


@pytest.mark.parametrize(
    ("texts", "decimal"),
    [
        (("1,234.50", "2.00"), "."),
        (("1.234,50", "2,00"), ","),
        (("1 234,5", "2,0"), ","),
        (("1,234", "12"), "."),
        (("1,234,567", "1"), "."),
        (("1.234.567", "1,5"), ","),
        (("12.5", "3"), "."),
        (("0.125", "0.250"), "."),
        (("￥1,234.50", "￥2"), "."),
    ],
)
def test_the_decimal_sign_of_a_column(tmp_path, texts, decimal):
    found = decided(tmp_path, *texts)
    assert (found.format.decimal, found.ambiguous) == (decimal, False)


def test_three_digits_behind_every_point_could_be_either(tmp_path):
    assert decided(tmp_path, "1.234", "5.678").ambiguous
    assert not decided(tmp_path, "1.234", "5.678", given=",").ambiguous
    assert decided(tmp_path, "1.234", "5.678", file=",").format == NumberFormat(",")


def test_short_numbers_do_not_hide_that_the_long_ones_could_be_either(tmp_path):
    assert decided(tmp_path, "1.234", "567", "12.345").ambiguous
    assert not decided(tmp_path, *["1.234", "567"] * 50, "1.25").ambiguous
    assert not decided(tmp_path, "0.234", "567").ambiguous


def test_a_comma_before_three_digits_is_of_thousands_unless_cells_end_in_semicolons(tmp_path):
    text = "n\tcustomer\n1,234\tAnn\n5,678\tBob\n"
    profile = kit.read(tmp_path, text, delimiter="\t").tables[0].profiles[0]
    assert numbers.decide(profile, None, None, ",").format.decimal == "."
    assert not numbers.decide(profile, None, None, "\t").ambiguous
    assert numbers.decide(profile, None, None, ";").ambiguous


def test_plain_numbers_take_the_fast_way(tmp_path):
    assert decided(tmp_path, "1", "-2.5").format.plain
    assert not decided(tmp_path, "1", "-2,5").format.plain


def test_words_for_nothing_are_listed(tmp_path):
    assert set(decided(tmp_path, "1.5", "NA", "-", "2.5", "3").blanks) == {"NA", "-"}


def test_both_signs_in_one_column_contradict(tmp_path):
    content = "n\tcustomer\n1.234,5\tAnn\n1,234.5\tBob\n"
    profile = kit.read(tmp_path, content, delimiter="\t").tables[0].profiles[0]
    assert numbers.contradicts(profile)
    assert numbers.evidence(profile) is None


ENGINE = Engine.open()


def parsed(text, decimal=".", *, share=False, **form):
    cell = "'" + text.replace("'", "''") + "'"
    sql = values.number(cell, NumberFormat(decimal, **form), "decimal(18,4)", share=share)
    return ENGINE.rows(f"select {sql}")[0][0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.5"),
        ("1 234.50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1\u00a0234", "1234"),
        ("(1,200)", "-1200"),
        ("($1,234.00)", "-1234"),
        ("1200-", "-1200"),
        ("-$5", "-5"),
        ("$-5", "-5"),
        ("−5", "-5"),
        ("+5", "5"),
        (" $-   ", "0"),
        ("￥1,234.50", "1234.5"),
        ("€ 5", "5"),
        ("5 元", "5"),
        ("CNY 5", "5"),
        ("US$5", "5"),
        ("１２３．５", "123.5"),
        ("1.5万", "15000"),
        ("2亿", "200000000"),
        ("12,34,567", "1234567"),
        (".5", "0.5"),
        ("1\u2009234\u202f567", "1234567"),
        ("1’234.50", "1234.5"),
        ("$(1,234.00)", "-1234"),
        ("–1,234.50", "-1234.5"),
        ("USD 1,234.00", "1234"),
        ("1,234.00 EUR", "1234"),
        ("CHF 1'234.50", "1234.5"),
        ("₹12,34,567.00", "1234567"),
        ("Rs. 1,234.50", "1234.5"),
        ("HK$1,234.50", "1234.5"),
        ("1.5万元", "15000"),
        ("'1234", "1234"),
        ("5.", "5"),
        ("'$5", "5"),
        ("1,234.00- USD", "-1234"),
        ("CHF 5.-", "5"),
        ("5 万 元", "50000"),
    ],
)
def test_numbers_in_any_usual_writing(text, number):
    assert parsed(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "1,23", "1.2.3", "12 34", "Sin_Factura", "15%", "1,234.5.6", "1e5x", "--"),
        *("12€50", "3元5", "100-200", "1+1", "(12)34"),
    ],
)
def test_what_is_no_number_is_none(text):
    assert parsed(text) is None


def test_decimal_comma():
    assert parsed("1.234,50", ",") == Decimal("1234.5")
    assert parsed("1.234", ",") == Decimal(1234)
    assert parsed("12.34", ",") is None
    assert parsed("1 234,5", ",") == Decimal("1234.5")
    assert parsed("1 234,00 zł", ",") == Decimal(1234)
    assert parsed("R$ 1.234,00", ",") == Decimal(1234)
    assert parsed("-1.234,50 €", ",") == Decimal("-1234.5")


def test_shares():
    assert parsed("15%", share=True) == Decimal("0.15")
    assert parsed("0.15", share=True) == Decimal("0.15")
    assert parsed("15", share=True, percent=True) == Decimal("0.15")
    assert parsed("15", share=True, percent=True, plain=True) == Decimal("0.15")


def test_units_of_ten_thousand():
    assert parsed("1.5", factor=10_000) == Decimal(15_000)
    assert parsed("1.5", factor=10_000, plain=True) == Decimal(15_000)


amounts = st.decimals(-(10**11), 10**11, places=4)


@given(amounts)
def test_plain_numbers_come_back_exactly(number):
    assert parsed(f"{number:f}", plain=True) == number
    assert parsed(f"{number:f}") == number


@given(amounts, st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ".")]))
def test_grouped_numbers_come_back_exactly(number, signs):
    group, point = signs
    text = f"{number:,.4f}".replace(",", "G").replace(".", point).replace("G", group)
    assert parsed(text, point) == number


def test_line_amounts_are_exact_and_never_overflow_silently():
    def worked(price, quantity, discount):
        cells = (f"{price}::decimal(18,6)", f"{quantity}::decimal(18,4)")
        rest = None if discount is None else f"cast({discount} as decimal(18,6))"
        return ENGINE.rows(f"select {values.line_amount(*cells, rest)}")[0][0]

    assert worked("9.80", "10", None) == Decimal(98)
    assert worked("9.80", "10", "0.15") == Decimal("83.3")
    assert worked("9.80", "10", "null") == Decimal(98)
    assert worked("9999.99", "1200000", None) == Decimal(11999988000)
    assert worked("9999.99", "1200000", "0.05") == Decimal(11399988600)
    assert worked("99999999999", "9999999999999", None) is None
