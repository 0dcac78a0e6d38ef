"""One reporting currency: other amounts by their month's rate, or the import is refused."""

from decimal import Decimal

import pytest

from salesdash.errors import DataRefused
from salesdash.ingest import Exchange
from tests.ingest import kit
from tests.ingest.test_mapping import lines

RATES = {
    "2024-01": {"EUR": "1.10", "GBP": "1.25"},
    "2024-02": {"EUR": "1.20"},
}
HOME = Exchange("USD", RATES)
ORDERS = lines(
    "Order ID,Order Date,Amount,Cost,Currency",
    "1,2024-01-05,100,50,USD",
    "2,2024-01-06,100,50,EUR",
    "3,2024-02-07,100,,eur",
    "4,2024-01-08,100,10,GBP",
    "5,2024-01-09,100,10,",
)


def refused(folder, text, exchange=HOME, **said) -> str:
    with pytest.raises(DataRefused) as error:
        kit.cleaned(folder, text, exchange=exchange, **said)
    assert error.value.key in ("data.rates_missing", "data.some_currency")
    return str(error.value.values["list"])


def test_each_amount_has_the_rate_of_its_month(tmp_path):
    """100 EUR in January: 110.00; in February: 120.00; 100 GBP: 125.00. Costs go along."""
    done = kit.cleaned(tmp_path, ORDERS, exchange=HOME)
    found = kit.column(done, "document", "amount", "cost", "original_amount", "currency", "rate")
    assert found == [
        ("1", 100, 50, None, "USD", None),
        ("2", 110, 55, 100, "EUR", Decimal("1.1")),
        ("3", 120, None, 100, "EUR", Decimal("1.2")),
        ("4", 125, Decimal("12.5"), 100, "GBP", Decimal("1.25")),
        ("5", 100, 10, None, None, None),
    ]
    assert done.amount == "555.0000"
    assert ("cleaning.converted", "EUR, GBP") in [
        (w.key, w.values.get("list")) for w in done.warnings
    ]
    assert (done.currencies, done.unconverted) == (("EUR", "GBP", "USD"), ("USD",))


def test_missing_rates_are_named_by_currency_and_month(tmp_path):
    text = ORDERS.replace("2024-01-08,100,10,GBP", "2024-02-08,100,10,GBP").replace("eur", "CHF")
    assert refused(tmp_path, text) == "CHF (2024-02); GBP (2024-02)"


def test_rows_that_do_not_count_need_no_rate(tmp_path):
    text = lines(
        "Order ID,Order Date,Amount,Currency,Status",
        "1,2024-01-05,100,EUR,paid",
        "2,2024-01-06,100,CHF,cancelled",
    )
    assert kit.column(kit.cleaned(tmp_path, text, exchange=HOME), "amount") == [110, 100]


def test_one_other_currency_throughout_is_taken_as_it_stands_and_said(tmp_path):
    text = lines(
        "Order ID,Order Date,Amount,Currency", "1,2024-01-05,100,SEK", "2,2024-02-05,9,SEK"
    )
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert (done.amount, done.unconverted) == ("109.0000", ("SEK",))
    assert "cleaning.one_currency" in [w.key for w in done.warnings]
    assert refused(tmp_path, text.replace("9,SEK", "9,")) == "SEK (2024-01)"


def test_the_currency_may_stand_in_the_amount(tmp_path):
    text = lines(
        "Order ID\tOrder Date\tAmount",
        "1\t2024-01-05\t€ 1,000.00",
        "2\t2024-01-06\t$1,000.00",
        "3\t2024-01-07\tGBP 1,000.00",
        "4\t2024-01-08\t1,000.00",
    )
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert kit.column(done, "amount", "currency") == [
        (1100, "EUR"),
        (1000, "USD"),
        (1250, "GBP"),
        (1000, None),
    ]


def test_a_sign_speaks_where_the_column_of_currencies_is_silent(tmp_path):
    text = lines(
        "Order ID\tOrder Date\tAmount\tCurrency",
        "1\t2024-01-05\t€ 10\t",
        "2\t2024-01-06\t$ 10\tGBP",
    )
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert kit.column(done, "amount", "currency") == [(11, "EUR"), (Decimal("12.5"), "GBP")]


def test_a_bare_zero_among_amounts_with_one_sign_is_of_that_currency(tmp_path):
    text = lines("Order ID\tOrder Date\tAmount", "1\t2024-01-05\t€ 10", "2\t2024-01-06\t0")
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert kit.column(done, "amount", "currency") == [(11, "EUR"), (0, "EUR")]
    bare = kit.cleaned(tmp_path, f"{text}3\t2024-01-07\t20\n", exchange=HOME)
    assert kit.column(bare, "amount", "currency")[2] == (20, None)
    swedish = kit.cleaned(tmp_path, text.replace("€ 10", "SEK 10"), exchange=HOME)
    assert (swedish.amount, swedish.unconverted) == ("10.0000", ("SEK",))


def test_a_sign_is_found_among_amounts_of_many_patterns(tmp_path):
    """Only the most frequent patterns are listed; the rare € stands in none of these."""
    bare = [f"{'1' * n}.{'5' * m}" for n in range(1, 9) for m in range(1, 10)] * 2
    rows = [f"{n}\t2024-01-05\t{amount}" for n, amount in enumerate([*bare, "€ 10"])]
    done = kit.cleaned(tmp_path, lines("Order ID\tOrder Date\tAmount", *rows), exchange=HOME)
    assert kit.column(done, "amount", "currency")[-1] == (11, "EUR")


def test_small_rates_keep_all_their_digits(tmp_path):
    text = lines("Order ID,Order Date,Amount,Currency", "1,2024-01-05,10000000,VND")
    rates = Exchange("USD", {"2024-01": {"VND": "0.0000394"}})
    assert kit.column(kit.cleaned(tmp_path, text, exchange=rates), "amount") == [394]


@pytest.mark.parametrize(
    ("home", "written", "code"),
    [
        ("CNY", "￥5", "CNY"),
        ("JPY", "¥5", "JPY"),
        ("USD", "$5", "USD"),
        ("CAD", "$5", "CAD"),
        ("EUR", "$5", "USD"),
        ("EUR", "HK$5", "HKD"),
        ("USD", "5 元", "CNY"),
    ],
)
def test_a_sign_of_several_currencies_is_the_companys_own_if_it_may_be(
    tmp_path, home, written, code
):
    text = lines("Order ID\tOrder Date\tAmount", f"1\t2024-01-05\t{written}")
    done = kit.cleaned(tmp_path, text, exchange=Exchange(home))
    assert kit.column(done, "currency", "amount") == [(code, 5)]


def test_names_of_currencies_mean_their_codes(tmp_path):
    text = lines("日期,金额,币种", "2024-01-05,100,欧元", "2024-01-06,100,USD")
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert kit.column(done, "amount", "currency") == [(110, "EUR"), (100, "USD")]


def test_the_currency_that_was_said_is_converted_too(tmp_path):
    text = lines("Order ID,Order Date,Amount", "1,2024-01-05,100")
    done = kit.cleaned(tmp_path, text, exchange=HOME, currency="EUR")
    assert kit.column(done, "amount", "original_amount", "currency") == [(110, 100, "EUR")]


def test_deals_take_the_rate_of_their_close_and_open_ones_the_newest_at_most(tmp_path):
    text = lines(
        "Deal ID,Stage,Amount,Created Date,Close Date,Currency",
        "1,Won,100,2024-01-05,2024-02-05,EUR",
        "2,Prospecting,100,2024-01-05,2024-12-05,EUR",
        "3,Prospecting,100,,,EUR",
        "4,Prospecting,100,2024-01-05,,USD",
    )
    done = kit.of("deals", tmp_path, text, exchange=HOME)[1]
    assert kit.column(done, "amount") == [120, 120, 120, 100]


def test_price_times_quantity_is_converted_once(tmp_path):
    """2 x 10 EUR = 20 EUR = 22 USD; the price becomes 11."""
    text = lines(
        "Order ID,Order Date,Price,Quantity,Currency",
        "1,2024-01-05,10,2,EUR",
        "2,2024-01-05,10,2,USD",
    )
    done = kit.cleaned(tmp_path, text, exchange=HOME)
    assert kit.column(done, "amount", "price", "original_amount") == [(22, 11, 20), (20, 10, None)]
